"""The search page: pages, records and publications together, with tabs by kind, and where to go on without a result.

The engine (cms/search/) finds; this module shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.api.page_types import kind_of, page_models
from cms.listing import ListAddress, asked_part, introductions_of, numbered, page_links
from cms.navigation import site_texts
from cms.rendering.build import browser_title
from cms.rendering.context import RenderContext
from cms.rendering.links import foreign_language, localized, page_link, page_path, worded_link
from cms.rendering.values import Card, Link
from cms.rendering.view import Seo
from cms.search.showing import (
    ANY_WORD,
    Found,
    best_bets,
    completions,
    correction_of,
    find_part,
    marks_of,
    number_of,
    other_words,
    places_of,
)
from cms.search.titles import clean_words
from cms.search.values import Hit, Question
from cms.sections import (
    AFTER_BODY,
    LEAD,
    BaseSection,
    CardsSection,
    LinkGroup,
    LinksSection,
    NumberedLink,
    Option,
    Result,
    SearchSection,
)
from cms.visibility import visible
from districts.addresses import MunicipalityAddresses
from districts.models import DistrictIndexPage, Municipality, MunicipalityIndexPage
from districts.sections import introduction_of
from home import models
from kennisbank.models import KennisbankPage
from kennisbank.results import results_of
from kennisbank.theme_district import KIND as THEME_DISTRICT
from kennisbank.theme_district import found_theme_districts
from network.models import NetworkPage
from network.search import KIND as ORGANISATION
from network.search import found_organisations
from themes.models import ThemeIndexPage

COMPLETIONS = "/api/v1/zoeken/aanvullingen"
PUBLICATION, MUNICIPALITY = "publicatie", "gemeente"
# Kinds of records with an address below a page.
RECORDS = (MUNICIPALITY, ORGANISATION, THEME_DISTRICT)


@dataclass(frozen=True)
class Group:
    """A tab: its name in the address, its names to read, and the kinds in it."""

    key: str
    title: Any
    label: Any
    kinds: frozenset[str]


GROUPS = (
    Group("publicaties", _("Publicaties"), _("Publicatie"), frozenset({PUBLICATION})),
    Group("themas", _("Thema's"), _("Thema"), frozenset({"thema", "themaoverzicht", THEME_DISTRICT})),
    Group("netwerk", _("Netwerk"), _("Netwerk"), frozenset({"netwerk", "netwerkorgaan"})),
    Group("partners", _("Partners"), _("Partner"), frozenset({ORGANISATION, "organisatieoverzicht"})),
    Group("districten", _("Districten"), _("District"), frozenset({"district", "districtenoverzicht"})),
    Group("gemeenten", _("Gemeenten"), _("Gemeente"), frozenset({MUNICIPALITY, "gemeentenoverzicht"})),
)
OTHER = "overige"
MAIN_PARTS = (ThemeIndexPage, KennisbankPage, NetworkPage, DistrictIndexPage, MunicipalityIndexPage)


def groups() -> tuple[Group, ...]:
    """Give all tabs; the last one has the kinds that are in no other."""
    grouped = frozenset(kind for group in GROUPS for kind in group.kinds)
    kinds = frozenset(kind_of(model.view_type) for model in page_models() if not model.holds_search)
    return (*GROUPS, Group(OTHER, _("Overige"), _("Pagina"), kinds - grouped))


def sections_of(page: models.SearchPage, context: RenderContext) -> list[BaseSection]:
    """Give the form with what was found, and below it where else to look."""
    words = clean_words(context.asked("zoek"))
    if not words:
        return [_field(page, words, context), *_main_parts(context)]
    found = _found(words, context)
    section = _results(page, words, found, context)
    return [section] if section.results else [section, *_ways_on(page, words, context)]


def search_values(page: models.SearchPage, context: RenderContext) -> dict[str, Any]:
    """Give what the typed view holds beyond that of any page. No search engine keeps the answers of another one."""
    words = clean_words(context.asked("zoek"))
    title = gettext("%(words)s – %(title)s") % {"words": words, "title": page.title} if words else page.title
    title = numbered(title, asked_part(context.asked("pagina")) if words else 1)
    introduction = page.introduction or site_texts(context).search_text
    return {
        "words": words,
        "introduction": "" if words else introduction,
        # When somebody last changed its few words says nothing of what it finds.
        "updated_at": None,
        "updated_text": "",
        "seo": Seo(title=browser_title(title, context.site), description=introduction, noindex=True),
    }


@dataclass(frozen=True)
class _Search:
    question: Question
    found: Found
    group: Group | None


def _found(words: str, context: RenderContext) -> _Search:
    group = next((group for group in groups() if group.key == context.asked("soort")), None)
    question = Question(
        site_id=context.site.pk,
        language=context.locale.language_code,
        words=words,
        filters={"kind": group.kinds} if group else {},
        facets=("kind",),
        any_word=context.asked(ANY_WORD[0]) == ANY_WORD[1],
        passed=context.passed,
    )
    return _Search(question, find_part(question, context.asked("pagina")), group)


def _field(page: models.SearchPage, words: str, context: RenderContext, **values: Any) -> SearchSection:
    return SearchSection(
        key="resultaten",
        label=gettext("Zoek in de hele site"),
        action=page_path(page),
        query=words,
        query_label=gettext("Zoekwoorden"),
        submit_label=gettext("Zoeken"),
        completions=completions(COMPLETIONS, context.locale.language_code),
        order=LEAD,
        **values,
    )


def _results(page: models.SearchPage, words: str, search: _Search, context: RenderContext) -> SearchSection:
    found, answer, group = search.found, search.found.answer, search.group
    pairs = [("zoek", words), ("soort", group.key if group else ""), *([ANY_WORD] if search.question.any_word else [])]
    address = ListAddress(page_path(page), tuple(pair for pair in pairs if pair[1]))
    nothing = not answer.total and not found.too_slow
    bets = best_bets(answer, context) if found.part == 1 and not group else []
    hits = [hit for hit in answer.hits if not bets or hit.page_id not in answer.best_bets]
    ways_on = _other_questions(search, address) if nothing else []
    return _field(
        page,
        words,
        context,
        kept=[Option(name="soort", value=group.key)] if group else [],
        tabs=_tabs(search, address),
        tabs_label=gettext("Soort resultaat"),
        summary=_summary(words, found),
        message=gettext("Het zoeken duurde te lang. Probeer het nog eens, of gebruik minder of andere woorden.")
        if found.too_slow
        else "",
        correction=correction_of(answer, address.without("soort")),
        correction_label=gettext("Bedoelde u:"),
        results=[*bets, *_shown(hits, context)],
        advice=site_texts(context).no_results_text if nothing else "",
        ways_on_label=gettext("Dit geeft wel resultaten") if ways_on else "",
        ways_on=ways_on,
        paging=page_links(found.part, answer.total, address),
        is_result=True,
    )


def _tabs(search: _Search, address: ListAddress) -> list[NumberedLink]:
    """Give the tabs with something behind them, and the chosen one."""
    numbers = search.found.answer.facets.get("kind", {})
    counted = [(group, sum(numbers.get(kind, 0) for kind in group.kinds)) for group in groups()]
    tabs = [
        NumberedLink(
            title=str(group.title), url=address.having("soort", group.key).url, number=number,
            current=search.group is not None and group.key == search.group.key,
        )
        for group, number in counted
        if number or (search.group and group.key == search.group.key)
    ]  # fmt: skip
    if len(tabs) < 2:
        return []
    everything = NumberedLink(
        title=gettext("Alles"), url=address.without("soort").url, number=sum(number for _group, number in counted),
        current=search.group is None,
    )  # fmt: skip
    return [everything, *tabs]


def _summary(words: str, found: Found) -> str:
    number = found.answer.total
    if found.too_slow:
        return gettext("Geen antwoord")
    if not number:
        return gettext("Niets gevonden voor “%(words)s”") % {"words": words}
    text = ngettext("%(number)d resultaat voor “%(words)s”", "%(number)d resultaten voor “%(words)s”", number)
    return text % {"number": number, "words": words}


def _other_questions(search: _Search, address: ListAddress) -> list[NumberedLink]:
    """After a search in vain: the same among all kinds, or with other words."""
    question, links = search.question, []
    if search.group:
        number = number_of(replace(question, filters={}))
        if number:
            everywhere = gettext("Zoek in alle soorten")
            links.append(NumberedLink(title=everywhere, url=address.without("soort").url, number=number))
    return [*links, *other_words(question, address)]


def _shown(hits: list[Hit], context: RenderContext) -> list[Result]:
    """Give the results in the order of the hits. At most twelve queries, whatever their number."""
    publications = [hit for hit in hits if hit.kind == PUBLICATION]
    others = [hit for hit in hits if hit.kind != PUBLICATION]
    shown = results_of(publications, context) | _pages_and_records(others, context)
    return [shown[hit.key] for hit in hits if hit.key in shown]


def _pages_and_records(hits: list[Hit], context: RenderContext) -> dict[str, Result]:
    if not hits:
        return {}
    pages = Page.objects.in_bulk({hit.page_id for hit in hits})
    places = places_of(hits)
    introductions = introductions_of(pages.values())
    records = _municipalities(hits, context) | _organisations(hits, context) | _theme_districts(hits, context)
    labels = {kind: str(group.label) for group in groups() for kind in group.kinds}
    shown = {}
    for hit in hits:
        values: Mapping[str, Any] = {"label": labels.get(hit.kind, ""), "marks": marks_of(hit)}
        if hit.kind in RECORDS:
            card = records.get(hit.key)
            if card:
                shown[hit.key] = Result(title=card.title, url=card.url, introduction=card.introduction, **values)
        elif page := pages.get(hit.page_id):
            shown[hit.key] = Result(
                title=page.title,
                url=page_path(page),
                language=foreign_language(page, context.locale),
                introduction="" if places[hit.key] else introductions.get(page.pk, ""),
                places=places[hit.key],
                **values,
            )
    return shown


def _municipalities(hits: Iterable[Hit], context: RenderContext) -> dict[str, Card]:
    """Give the cards of the municipalities among the hits, by key. Up to three queries, none without them."""
    ids = [int(hit.key.partition(":")[2]) for hit in hits if hit.kind == MUNICIPALITY]
    if not ids:
        return {}
    addresses = MunicipalityAddresses.on_page(context)
    found = Municipality.objects.in_bulk(ids)
    asked = Page.objects.filter(pk__in={item.district_id for item in found.values()})
    districts = localized(asked, context.site, context.locale)
    return {
        f"{MUNICIPALITY}:{pk}": Card(
            title=item.name,
            url=addresses.path(item),
            introduction=introduction_of(
                item, page_link(district, context.locale) if (district := districts.get(item.district_id)) else None
            ),
        )
        for pk, item in found.items()
    }


def _organisations(hits: Iterable[Hit], context: RenderContext) -> dict[str, Card]:
    ids = [int(hit.key.partition(":")[2]) for hit in hits if hit.kind == ORGANISATION]
    found = found_organisations(ids, context) if ids else {}
    return {f"{ORGANISATION}:{pk}": card for pk, card in found.items()}


def _theme_districts(hits: Iterable[Hit], context: RenderContext) -> dict[str, Card]:
    keys = [hit.key.partition(":")[2] for hit in hits if hit.kind == THEME_DISTRICT]
    return {f"{THEME_DISTRICT}:{key}": card for key, card in found_theme_districts(keys, context).items()}


def _main_parts(context: RenderContext) -> list[BaseSection]:
    """Before the first search: what there is to find."""
    parts = [page for page in map(context.front_page, MAIN_PARTS) if page]
    introductions = introductions_of(parts)
    cards = [
        Card(**{**dict(page_link(page, context.locale)), "introduction": introductions.get(page.pk, "")})
        for page in parts
    ]
    return [CardsSection(key="onderdelen", title=gettext("Of kies een onderdeel"), cards=cards, order=AFTER_BODY)]


def _ways_on(page: models.SearchPage, words: str, context: RenderContext) -> list[BaseSection]:
    """After a search without result: the search in the site's own language, somebody to ask."""
    query = "?" + urlencode({"zoek": words})
    links: list[Link] = []
    if context.locale.language_code != settings.LANGUAGE_CODE:
        source = type(page).objects.filter(
            translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        links += [worded_link(other, other.title, context.locale, query) for other in visible(source, context.site)]
    links += contact_links(page, context)
    if not links:
        return _main_parts(context)
    return [
        LinksSection(
            key="verder-zoeken", title=gettext("Verder zoeken"), groups=[LinkGroup(links=links)], order=AFTER_BODY
        )
    ]


def contact_links(page: models.SearchPage, context: RenderContext) -> list[Link]:
    """Give the page where a reader may ask somebody, where editors chose one that the public sees."""
    if not page.contact_page_id:
        return []
    contact = localized(Page.objects.filter(pk=page.contact_page_id), context.site, context.locale)
    return [page_link(found, context.locale) for found in contact.values()]
