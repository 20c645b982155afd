"""Municipalities for the site's search and for addresses that lead nowhere."""

from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from cms.rendering.links import localized, page_link
from cms.search.titles import Findable
from districts.addresses import MunicipalityAddresses
from districts.models import Municipality
from districts.sections import introduction_of


def findable_municipalities(site: Site, locale: Locale, described: bool) -> list[Findable]:
    """Give the municipalities, merged ones too, that have an address. Two queries, two more where described."""
    addresses = MunicipalityAddresses.of(site, locale)
    if not addresses.base:
        return []
    municipalities = list(Municipality.objects.all())
    districts = {}
    if described:
        asked = Page.objects.filter(pk__in={item.district_id for item in municipalities})
        districts = {pk: page_link(page, locale) for pk, page in localized(asked, site, locale).items()}
    with override(locale.language_code):
        return [
            Findable(
                kind="gemeente",
                title=item.name,
                url=addresses.path(item),
                introduction=introduction_of(item, districts.get(item.district_id)),
            )
            for item in municipalities
        ]
