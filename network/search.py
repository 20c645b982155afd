"""Organisations for the site's search and for addresses that lead nowhere."""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Site

from cms.rendering.context import RenderContext
from cms.rendering.values import Card
from cms.search.entries import Entry
from cms.search.indexing import note_records
from cms.search.titles import Findable
from network.models import Organisation, OrganisationIndexPage
from network.partner_addresses import OrganisationAddresses, pages_elsewhere
from network.partners import organisation_cards

KIND = "organisatie"


def findable_organisations(site: Site, locale: Locale) -> list[Findable]:
    """Give the organisations that have their address here. Few queries."""
    addresses = OrganisationAddresses.of(site, locale)
    if not addresses.base:
        return []
    organisations = list(Organisation.objects.of(site).select_related("kind"))
    elsewhere = pages_elsewhere(organisations, site, locale)
    paths = addresses.paths(organisations)
    return [
        Findable(kind=KIND, title=each.name, url=paths[each.pk]) for each in organisations if each.pk not in elsewhere
    ]


def organisation_entries(ids: Collection[str] | None) -> Iterable[Entry]:
    """Give the entries of organisations: one each, in the site's own language, for the readers of all languages.

    Who may see the overview of partners may see them. One that has its page elsewhere is found there.
    """
    overviews = OrganisationIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    # The first of each site; an organisation of several sites has its entry on the first of those.
    found: dict[str, Entry] = {}
    for overview in overviews.order_by("path").select_related("locale"):
        for entry in _entries_below(overview, ids):
            found.setdefault(entry.key, entry)
    return found.values()


def _entries_below(overview: OrganisationIndexPage, ids: Collection[str] | None) -> Iterable[Entry]:
    site = overview.get_site()
    if site is None:
        return []
    organisations = Organisation.objects.of(site).select_related("kind")
    if ids is not None:
        organisations = organisations.filter(pk__in=[pk for pk in ids if pk.isdigit()])
    found = list(organisations)
    elsewhere = pages_elsewhere(found, site, overview.locale)
    return [
        Entry(
            key=f"{KIND}:{each.pk}",
            page_id=overview.pk,
            source_id=overview.pk,
            kind=KIND,
            language=settings.LANGUAGE_CODE,
            text_language=settings.LANGUAGE_CODE,
            title=each.name,
            summary=each.description,
            names=tuple(name for name in (each.short_name, str(each.kind)) if name),
            fallback=True,
        )
        for each in found
        if each.pk not in elsewhere
    ]


def found_organisations(ids: Collection[int], context: RenderContext) -> dict[int, Card]:
    """Give the cards of organisations that somebody found, by id. Few queries, whatever their number."""
    organisations = Organisation.objects.filter(pk__in=ids).select_related("kind")
    return organisation_cards(organisations, OrganisationAddresses.on_page(context), context)


def connect() -> None:
    """Note organisations whose entries change with them, or with the overview they stand below."""
    for model in (Organisation, OrganisationIndexPage):
        post_save.connect(_saved, sender=model, dispatch_uid="search organisations")
    post_delete.connect(_saved, sender=Organisation, dispatch_uid="search organisations")


def _saved(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Organisation):
        note_records(KIND, [instance.pk])
    else:
        note_records(KIND, Organisation.objects.values_list("pk", flat=True))
