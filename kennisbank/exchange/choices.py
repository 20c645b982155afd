"""What a sheet of publications can name."""

from django.conf import settings
from django.contrib.auth.models import Group

from cms.exchange.choices import Choices
from districts.models import DistrictPage, Municipality
from kennisbank.models import Audience, PublicationType
from network.models import Organisation
from themes.models import ThemePage


class AllChoices:
    """What a sheet can name, read once."""

    def __init__(self) -> None:
        own = {"locale__language_code": settings.LANGUAGE_CODE}
        self.by_column = {
            "soort": Choices(
                "Documentsoort", PublicationType.objects.filter(live=True, **own),
                lambda each: (each.key, each.name, each.name_plural),
            ),
            "themas": Choices("Thema", ThemePage.objects.filter(**own), lambda each: (each.slug, each.title)),
            "districten": Choices("District", DistrictPage.objects.filter(**own), lambda each: (each.slug, each.title)),
            "gemeenten": Choices(
                "Gemeente", Municipality.objects.all(), lambda each: (each.name, each.slug, each.code)
            ),
            "organisaties": Choices(
                "Organisatie", Organisation.objects.all(), lambda each: (each.name, each.short_name, each.slug)
            ),
            "doelgroepen": Choices("Doelgroep", Audience.objects.filter(**own), lambda each: (each.key, each.name)),
            "verantwoordelijk": Choices("Groep", Group.objects.all(), lambda each: (each.name,)),
        }  # fmt: skip
