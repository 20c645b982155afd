"""Publications and their terms, files and front page."""

from datetime import date

from django.conf import settings
from django.utils.text import slugify
from wagtail.models import Locale

from cms.models import CMSDocument
from home.models import HomePage
from kennisbank.models import Audience, KennisbankPage, PublicationFile, PublicationPage, PublicationType
from tests.cms.factories import make_document, publish


def make_kennisbank(home: HomePage) -> KennisbankPage:
    """Add the front page of the Kennisbank."""
    return publish(home, KennisbankPage(title="Kennisbank", slug="kennisbank"))


def make_type(name: str = "Factsheet", **values: object) -> PublicationType:
    """Add a type of publication, or give the one of that name."""
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    found, _created = PublicationType.objects.get_or_create(
        key=slugify(name), locale=locale, defaults={"name": name, "name_plural": f"{name}s", **values}
    )
    return found


def make_audience(name: str = "Adviseurs veiligheid") -> Audience:
    """Add an audience."""
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    return Audience.objects.create(key=slugify(name), locale=locale, name=name)


def make_publication(
    kennisbank: KennisbankPage, title: str = "Factsheet leegstand", **values: object
) -> PublicationPage:
    """Add a publication. Lists as `themes` and `districts` may be among the values."""
    many = {name: values.pop(name) for name in list(values) if isinstance(values[name], list)}
    values.setdefault("publication_type", make_type())
    values.setdefault("publication_date", date(2026, 3, 2))
    page = PublicationPage(title=title, **values)
    for name, chosen in many.items():
        setattr(page, name, chosen)
    return publish(kennisbank, page)


def add_file(page: PublicationPage, document: CMSDocument | None = None, **values: object) -> PublicationFile:
    """Add a file to a publication."""
    document = document or make_document()
    return PublicationFile.objects.create(
        page=page, document=document, **{"sort_order": PublicationFile.objects.count(), **values}
    )
