"""What somebody found in the Kennisbank as a table: `publicaties.csv` right below it, with the same query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Site

from cms.addresses import public_address
from cms.found.answers import for_everybody, try_again
from cms.rendering.links import page_path, translated
from cms.rendering.resolve import find_path
from cms.search import engine
from cms.search.engine import SearchTooSlowError
from cms.tables import table_response
from kennisbank.api.rows import publications, with_facts
from kennisbank.api.values import Publication
from kennisbank.models import KennisbankPage, PublicationPage
from kennisbank.publications import public_publications
from kennisbank.selections import asked_on

NAME = "publicaties.csv"
LENGTH = 1000


@require_safe
def table(request: HttpRequest) -> HttpResponseBase:
    """Answer with the first thousand that the query finds, for a spreadsheet; 404 where no Kennisbank stands above."""
    site = Site.find_for_request(request)
    found = find_path(site, request.path_info.removesuffix(NAME)) if site else None
    if site is None or found is None or found.subject is not None or not isinstance(found.page, KennisbankPage):
        raise Http404
    asked = asked_on(found.page, site, dict(request.GET.lists()))
    try:
        answer = engine.find(asked.question(LENGTH))
    except SearchTooSlowError:
        return try_again()
    rows = rows_of([hit.source_id for hit in answer.hits], site, asked.facets.locale)
    response = table_response(rows, NAME)
    for_everybody(request, response)
    return response


def rows_of(ids: Sequence[int], site: Site, locale: Locale) -> list[list[str]]:
    """Give the table, its head first. At most ten queries, whatever its length."""
    found = {row.pk: row for row in with_facts(public_publications(site).filter(pk__in=ids))} if ids else {}
    sources = [found[pk] for pk in ids if pk in found]
    shown = translated(sources, PublicationPage, site, locale)
    items = publications(sources, site, locale) if sources else []
    head = [
        _("Titel"), _("Samenvatting"), _("Soort"), _("Datum"), _("Thema's"), _("Districten"), _("Gemeenten"),
        _("Uitgegeven door"), _("Voor wie"), _("Taal"), _("Vervangen door"), _("Bijgewerkt op"), _("Adres"),
    ]  # fmt: skip
    return [head, *(_row(item, shown[source.pk], site) for source, item in zip(sources, items, strict=True))]


def _row(item: Publication, page: Any, site: Site) -> list[str]:
    return [
        page.title,
        page.introduction,
        item.publication_type.name if item.publication_type else "",
        _day(item.publication_date),
        _together(theme.title for theme in item.themes),
        _together(district.title for district in item.districts),
        _together(place.name for place in item.municipalities),
        _together(organisation.name for organisation in item.organisations),
        _together(audience.name for audience in item.audiences),
        page.get_document_language_display(),
        item.replaced_by.title if item.replaced_by else "",
        _day(timezone.localtime(item.updated_at).date()) if item.updated_at else "",
        public_address(site) + page_path(page),
    ]


def _together(names: Any) -> str:
    # Not with semicolons: those part the cells.
    return ", ".join(names)


def _day(day: date) -> str:
    return day.isoformat()
