"""Municipalities for the site's search and for addresses that lead nowhere."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from cms.rendering.links import localized, page_link
from cms.search.entries import Entry
from cms.search.indexing import note_records
from cms.search.titles import Findable
from districts.addresses import MunicipalityAddresses
from districts.models import DistrictPage, Municipality, MunicipalityIndexPage
from districts.sections import introduction_of

KIND = "gemeente"


def findable_municipalities(site: Site, locale: Locale) -> list[Findable]:
    """Give the municipalities, merged ones too, that have an address. Two queries."""
    addresses = MunicipalityAddresses.of(site, locale)
    if not addresses.base:
        return []
    return [Findable(kind=KIND, title=item.name, url=addresses.path(item)) for item in Municipality.objects.of(site)]


def municipality_entries(ids: Collection[str] | None) -> Iterable[Entry]:
    """Give the entries of municipalities: one each, in the site's own language, for the readers of all languages.

    Who may see the overview of municipalities may see them. Who looks for a municipality of the past finds that and
    the one that it went into.
    """
    overviews = MunicipalityIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    # The first of each site; a municipality stands on one site.
    found: dict[str, Entry] = {}
    for overview in overviews.order_by("path").select_related("locale"):
        for entry in _entries_below(overview, ids):
            found.setdefault(entry.key, entry)
    return found.values()


def _entries_below(overview: MunicipalityIndexPage, ids: Collection[str] | None) -> Iterable[Entry]:
    site = overview.get_site()
    if site is None:
        return []
    municipalities = Municipality.objects.of(site).prefetch_related("predecessors")
    if ids is not None:
        municipalities = municipalities.filter(pk__in=[pk for pk in ids if pk.isdigit()])
    found = list(municipalities)
    districts = _districts(found, site, overview.locale)
    introductions = _introductions(found, districts, overview.locale)
    return [
        Entry(
            key=f"{KIND}:{item.pk}",
            page_id=overview.pk,
            source_id=overview.pk,
            kind=KIND,
            language=settings.LANGUAGE_CODE,
            text_language=settings.LANGUAGE_CODE,
            title=item.name,
            summary=introductions[item.pk],
            names=tuple(former.name for former in item.predecessors.all()),
            # The summary names it: its words go from the entry at once when the district is hidden.
            named=(districts[item.district_id].pk,) if item.district_id in districts else (),
            fallback=True,
        )
        for item in found
    ]


def _districts(municipalities: Iterable[Municipality], site: Site, locale: Locale) -> dict[int, Page]:
    """Give the districts of municipalities that the public may see, by the id that those have. No query for none."""
    asked = Page.objects.filter(pk__in={item.district_id for item in municipalities})
    return localized(asked, site, locale) if municipalities else {}


def _introductions(
    municipalities: Iterable[Municipality], districts: Mapping[int, Page], locale: Locale
) -> dict[int, str]:
    """Give what is said of municipalities, by id. Of districts only those that the public may see are named."""
    links = {pk: page_link(page, locale) for pk, page in districts.items()}
    with override(locale.language_code):
        return {item.pk: introduction_of(item, links.get(item.district_id)) for item in municipalities}


def connect() -> None:
    """Note municipalities whose entries change with them, with the overview they stand below or with their district."""
    for model in (Municipality, MunicipalityIndexPage, DistrictPage):
        post_save.connect(_saved, sender=model, dispatch_uid="search municipalities")
    post_delete.connect(_saved, sender=Municipality, dispatch_uid="search municipalities")


def _saved(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Municipality):
        note_records(KIND, {instance.pk, instance.successor_id} - {None})
        return
    municipalities = Municipality.objects.all()
    if isinstance(instance, DistrictPage):
        municipalities = municipalities.filter(district=instance)
    note_records(KIND, municipalities.values_list("pk", flat=True))
