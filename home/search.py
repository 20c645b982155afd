"""The search page: what was found as a list with a choice of kinds, and where to go on when that is nothing.

The engine (cms/search/titles.py) finds; this module shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.api.page_types import kind_of, page_models
from cms.listing import PAGE_SIZE, introductions_of, page_links
from cms.names import sort_key
from cms.navigation import site_texts
from cms.rendering.build import browser_title
from cms.rendering.context import RenderContext
from cms.rendering.links import localized, page_link, page_path, worded_link
from cms.rendering.values import Card, Link
from cms.rendering.view import Seo
from cms.search.titles import Findable, clean_words, matching_pages, matching_records
from cms.sections import (
    AFTER_BODY,
    LEAD,
    BaseSection,
    CardsSection,
    Filter,
    FilterOption,
    LinkGroup,
    LinksSection,
    ListingSection,
)
from cms.visibility import visible, without_fallbacks
from districts.models import DistrictIndexPage, MunicipalityIndexPage
from home import models
from kennisbank.models import KennisbankPage, PublicationPage
from kennisbank.publications import publication_cards
from network.models import NetworkPage
from themes.models import ThemeIndexPage

# More hits than anybody pages through; they are put in order in memory.
MOST = 1000


@dataclass(frozen=True)
class Group:
    """A choice in the filter: its name in the address, its names to read, and the kinds of page in it."""

    key: str
    title: Any
    label: Any
    kinds: frozenset[str]


GROUPS = (
    Group("themas", _("Thema's"), _("Thema"), frozenset({"thema", "themaoverzicht"})),
    Group("netwerk", _("Netwerk"), _("Netwerk"), frozenset({"netwerk", "netwerkorgaan"})),
    Group("districten", _("Districten"), _("District"), frozenset({"district", "districtenoverzicht"})),
    Group("gemeenten", _("Gemeenten"), _("Gemeente"), frozenset({"gemeente", "gemeentenoverzicht"})),
    Group("publicaties", _("Publicaties"), _("Publicatie"), frozenset({"publicatie"})),
)
OTHER = Group("overige", _("Overige pagina's"), _("Pagina"), frozenset())
MAIN_PARTS = (ThemeIndexPage, KennisbankPage, NetworkPage, DistrictIndexPage, MunicipalityIndexPage)


@dataclass(frozen=True)
class Hit:
    """A page or record that holds the words: `item` is the record itself, or the page with its plain fields."""

    group: Group
    order: tuple[Any, ...]
    item: Page | Findable


def sections_of(page: models.SearchPage, context: RenderContext) -> list[BaseSection]:
    """Give the form with what was found, and below it where else to look."""
    words = clean_words(context.asked("zoek"))
    hits = find(words, context) if words else []
    listing = _listing(page, words, hits, context)
    if hits:
        return [listing]
    return [listing, *(_ways_on(page, words, context) if words else _main_parts(context))]


def search_values(page: models.SearchPage, context: RenderContext) -> dict[str, Any]:
    """Give what the typed view holds beyond that of any page. No search engine keeps the answers of another one."""
    words = clean_words(context.asked("zoek"))
    title = gettext("%(words)s – %(title)s") % {"words": words, "title": page.title} if words else page.title
    introduction = page.introduction or site_texts(context).search_text
    return {
        "words": words,
        "introduction": introduction,
        # When somebody last changed its few words says nothing of what it finds.
        "updated_at": None,
        "updated_text": "",
        "seo": Seo(title=browser_title(title, context.site), description=introduction, noindex=True),
    }


def find(words: str, context: RenderContext) -> list[Hit]:
    """Give the visible pages in the reader's language and the records that hold the words, best first."""
    types = [model for model in page_models() if not model.holds_search]
    pages = without_fallbacks(visible(Page.objects.type(*types), context.site)).filter(locale=context.locale)
    # What a hit needs, of up to a thousand rows; cards take the rest for the ten that are shown.
    found = matching_pages(pages, words).only("title", "url_path", "path", "locale_id", "content_type_id", "slug")
    hits = [
        Hit(_group_of(_kind(page)), (page.place, -page.rank, sort_key(page.title)), page)  # type: ignore[attr-defined]
        for page in found[:MOST]
    ]
    # A record counts as the best text among titles that hold the words in the same place.
    hits += [
        Hit(_group_of(record.kind), (record.place, -1.0, sort_key(record.title)), record)
        for record in matching_records(words, context.site, context.locale)
    ]
    return sorted(hits, key=lambda hit: hit.order)


def _kind(page: Page) -> str:
    return kind_of(page.specific_class.view_type)


def _group_of(kind: str) -> Group:
    return next((group for group in GROUPS if kind in group.kinds), OTHER)


def _listing(page: models.SearchPage, words: str, hits: list[Hit], context: RenderContext) -> ListingSection:
    offered = [group for group in (*GROUPS, OTHER) if any(hit.group is group for hit in hits)]
    chosen = next((group for group in offered if group.key == context.asked("soort")), None)
    kept = [hit for hit in hits if chosen in (None, hit.group)]
    current = Paginator(kept, PAGE_SIZE).get_page(context.asked("pagina"))
    action = page_path(page)
    asked = {"zoek": words, "soort": chosen.key if chosen else ""}
    asked = {name: value for name, value in asked.items() if value}
    return ListingSection(
        key="resultaten",
        title=gettext("Zoek in de hele site"),
        action=action,
        query=words or None,
        query_label=gettext("Zoekwoorden"),
        submit_label=gettext("Zoeken"),
        filters=[_filter(offered, chosen, hits)] if len(offered) > 1 else [],
        reset=Link(title=gettext("Alle keuzes wissen"), url=action) if asked else None,
        summary=_summary(words, len(kept)),
        cards=_cards(list(current.object_list), context),
        empty=site_texts(context).no_results_text if words else "",
        paging=page_links(current, action, asked),
        order=LEAD,
    )


def _filter(offered: list[Group], chosen: Group | None, hits: list[Hit]) -> Filter:
    everything = FilterOption(
        value="", label=gettext("Alle soorten (%(number)d)") % {"number": len(hits)}, selected=chosen is None
    )
    options = [
        FilterOption(
            value=group.key,
            label=f"{group.title} ({sum(hit.group is group for hit in hits)})",
            selected=group is chosen,
        )
        for group in offered
    ]
    return Filter(name="soort", label=gettext("Soort pagina"), options=[everything, *options])


def _summary(words: str, number: int) -> str:
    if not words:
        return gettext("Typ een woord, bijvoorbeeld de naam van een thema of een gemeente.")
    if not number:
        return gettext("Niets gevonden voor “%(words)s”") % {"words": words}
    text = ngettext("%(number)d resultaat voor “%(words)s”", "%(number)d resultaten voor “%(words)s”", number)
    return text % {"number": number, "words": words}


def _cards(hits: list[Hit], context: RenderContext) -> list[Card]:
    """Give the cards in the order of the hits. One query for pages, one to three for publications."""
    pages = [hit.item for hit in hits if isinstance(hit.item, Page)]
    ids = [page.pk for page in pages if _kind(page) == "publicatie"]
    publications = PublicationPage.objects.filter(pk__in=ids).in_bulk() if ids else {}
    cards = dict(zip(publications, publication_cards(publications.values(), context), strict=True))
    introductions = introductions_of(page for page in pages if page.pk not in cards)

    def card(hit: Hit) -> Card:
        item = hit.item
        if isinstance(item, Findable):
            return Card(title=item.title, url=item.url, introduction=item.introduction, label=str(hit.group.label))
        if item.pk in cards:
            return cards[item.pk]
        return Card(
            title=item.title,
            url=page_path(item),
            introduction=introductions.get(item.pk, ""),
            label=str(hit.group.label),
        )

    return [card(hit) for hit in hits]


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
    """After a search without result: the Kennisbank, the search in the site's own language, somebody to ask."""
    query = "?" + urlencode({"zoek": words})
    links = []
    kennisbank = context.front_page(KennisbankPage)
    if kennisbank:
        links.append(worded_link(kennisbank, gettext("Zoek dit in de Kennisbank"), context.locale, query))
    if context.locale.language_code != settings.LANGUAGE_CODE:
        source = type(page).objects.filter(
            translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        links += [worded_link(other, other.title, context.locale, query) for other in visible(source, context.site)]
    if page.contact_page_id:
        contact = localized(Page.objects.filter(pk=page.contact_page_id), context.site, context.locale)
        links += [page_link(found, context.locale) for found in contact.values()]
    if not links:
        return _main_parts(context)
    return [
        LinksSection(
            key="verder-zoeken", title=gettext("Verder zoeken"), groups=[LinkGroup(links=links)], order=AFTER_BODY
        )
    ]
