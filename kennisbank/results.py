"""Publications among the results of a search, here and in the search of the whole site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from cms.names import sort_key
from cms.rendering.build import date_text
from cms.rendering.context import RenderContext
from cms.rendering.links import foreign_language, page_path
from cms.search.showing import marks_of, places_of
from cms.search.values import Hit
from cms.sections import Place, Result
from kennisbank import models
from kennisbank.publications import types_of

# More names than this would hide the rest of a result.
MOST_NAMED = 2


def results_of(hits: Iterable[Hit], context: RenderContext) -> dict[str, Result]:
    """Give the results of hits that are publications, by their keys. At most four queries, whatever their number."""
    hits = list(hits)
    if not hits:
        return {}
    ids = {pk for hit in hits for pk in (hit.page_id, hit.source_id)}
    pages: dict[int, Any] = models.PublicationPage.objects.prefetch_related("organisations").in_bulk(ids)
    places = places_of(hits)
    return {
        hit.key: _result(
            hit, pages[hit.page_id], pages.get(hit.source_id, pages[hit.page_id]), places[hit.key], context
        )
        for hit in hits
        if hit.page_id in pages
    }


def _result(
    hit: Hit, page: models.PublicationPage, source: models.PublicationPage, places: list[Place], context: RenderContext
) -> Result:
    locale = context.locale
    publishers = sorted((str(organisation) for organisation in source.organisations.all()), key=sort_key)
    details = [date_text(source.publication_date), _named(publishers)]
    if source.document_language != locale.language_code:
        details.append(str(source.get_document_language_display()))
    # Title and summary are written in the document's language, unless the page was translated.
    language = foreign_language(page, locale) if page.pk != source.pk else source.document_language
    return Result(
        title=page.title,
        url=page_path(page),
        language=language if language != locale.language_code else None,
        label=str(types_of(context).get(source.publication_type_id, "")),
        marks=marks_of(hit),
        details=[detail for detail in details if detail],
        introduction="" if places else page.introduction,
        places=places,
    )


def _named(names: list[str]) -> str:
    """Give the first names, and how many more there are."""
    if len(names) <= MOST_NAMED + 1:
        return ", ".join(names)
    values = {"names": ", ".join(names[:MOST_NAMED]), "number": len(names) - MOST_NAMED}
    return gettext("%(names)s en %(number)d andere") % values
