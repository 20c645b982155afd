"""What a theme's page tells of the Kennisbank as a whole: documents by type, the theme in districts, related themes."""

from __future__ import annotations

from collections import Counter, defaultdict
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext

from cms.rendering.context import RenderContext, page_cards
from cms.rendering.links import foreign_language, in_own_language, page_path
from cms.sections import RELATED, CardsSection, CountsSection, LinkGroup, LinksSection, NumberedLink
from districts.models import DistrictPage
from districts.priorities import priorities_of_today
from kennisbank.models import KennisbankPage
from kennisbank.publications import address_name, public_publications, types_of
from kennisbank.theme_district import district_links, theme_links
from themes.models import ThemePage

MOST_RELATED = 3


def documents_by_type(page: ThemePage, context: RenderContext) -> list[CountsSection]:
    """On a theme: how many documents of each type there are, each with the way to them."""
    front = context.front_page(KennisbankPage)
    counts = context.shared("documents by theme and type", lambda: _numbers(context)).get(page.translation_key)
    if front is None or not counts:
        return []
    base, theme, types = page_path(front), address_name(page), types_of(context)
    links = [
        NumberedLink(
            title=types[pk].name_plural or types[pk].name,
            url=f"{base}?{urlencode({'thema': theme, 'type': types[pk].key})}",
            number=number,
            language=foreign_language(types[pk], context.locale),
        )
        for pk, number in sorted(counts.items(), key=lambda pair: -pair[1])
        if pk in types
    ]
    return [CountsSection(key="documentsoorten", title=gettext("Documenten per soort"), links=links, order=RELATED + 6)]


def _numbers(context: RenderContext) -> dict[UUID, dict[int, int]]:
    """Give of each theme, by its translation key, how many documents of each type there are."""
    about = public_publications(context.site).filter(themes__isnull=False).order_by()
    found = about.values_list("themes__translation_key", "publication_type").annotate(Count("pk", distinct=True))
    numbers: dict[UUID, dict[int, int]] = defaultdict(dict)
    for key, publication_type, number in found:
        numbers[key][publication_type] = number
    return numbers


def theme_in_districts(page: ThemePage, context: RenderContext) -> list[LinksSection]:
    """On a theme: the districts in which there is something about it."""
    links = district_links(page, context)
    return (
        [
            LinksSection(
                key="in-districten",
                title=gettext("Dit thema in de districten"),
                groups=[LinkGroup(links=links)],
                order=RELATED + 2,
            )
        ]
        if links
        else []
    )


def themes_in_district(page: DistrictPage, context: RenderContext) -> list[LinksSection]:
    """On a district: the themes about which there is something there."""
    links = theme_links(page, context)
    return (
        [
            LinksSection(
                key="themas",
                title=gettext("Thema's in dit district"),
                groups=[LinkGroup(links=links)],
                order=RELATED + 2,
            )
        ]
        if links
        else []
    )


def _themes_together(context: RenderContext) -> list[set[int]]:
    """Give the themes of each publication that has several, as ids in the own language."""
    about = public_publications(context.site).order_by().filter(themes__isnull=False)
    together: dict[int, set[int]] = defaultdict(set)
    for publication, theme in about.values_list("pk", "themes"):
        together[publication].add(theme)
    return [themes for themes in together.values() if len(themes) > 1]


def related_themes(page: ThemePage, context: RenderContext) -> list[CardsSection]:
    """On a theme: those that stand with it in most publications and in most plans of today."""
    source = in_own_language(page)
    score: Counter[int] = Counter()
    for themes in context.shared("themes of each publication", lambda: _themes_together(context)):
        if source.pk in themes:
            score.update(themes)
    planned = priorities_of_today(context)
    plans = {each.plan for each in planned if each.theme == source.pk}
    score.update(each.theme for each in planned if each.plan in plans)
    del score[source.pk]
    if not score:
        return []
    pages = context.of_type(ThemePage)
    ranked = sorted(pages.keys() & score.keys(), key=lambda pk: (-score[pk], pages[pk].path))[:MOST_RELATED]
    cards = page_cards([pages[pk] for pk in ranked], context)
    return (
        [CardsSection(key="verwante-themas", title=gettext("Verwante thema's"), cards=cards, order=RELATED + 8)]
        if cards
        else []
    )
