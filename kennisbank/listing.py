"""The Kennisbank's own page: ways in while nothing is asked, else what the search finds, with facets.

All is in the query of the address. A value that stands for nothing is ignored, as if it had not been given: an old
link still gives a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cms.listing import ListAddress, asked_part, numbered, page_links
from cms.navigation import site_texts
from cms.rendering.build import browser_title
from cms.rendering.context import RenderContext
from cms.rendering.links import page_path, worded_link
from cms.rendering.values import Link
from cms.rendering.view import Seo
from cms.search.asking import fields_of
from cms.search.showing import (
    ANY_WORD,
    Found,
    best_bets,
    completions,
    correction_of,
    counted,
    find_part,
    number_of,
    other_words,
)
from cms.search.titles import clean_words
from cms.search.values import Answer, Order, Question
from cms.sections import (
    AFTER_BODY,
    LEAD,
    BaseSection,
    CardsSection,
    ChosenFilter,
    CountsSection,
    Facet,
    FacetValue,
    LinkGroup,
    LinksSection,
    NumberedLink,
    Option,
    SearchSection,
)
from kennisbank import models
from kennisbank.contact import whom_to_ask
from kennisbank.facets import LABELS, NAMES, OLD_NAMES, Counted, Facets
from kennisbank.publications import public_publications, publication_cards
from kennisbank.results import results_of

KIND = "publicatie"
KEY = "publicaties"
NEWEST = 6
# A longer facet begins with its largest values, and gets a field to look for one.
LONG = 10
# The facets that stand open; the others unfold.
OPEN = ("thema", "type")
# These make a list a page in its own right, as long as nothing else is asked.
OWN = ("thema", "district")
# In the address: the list of all publications, instead of the ways in.
WHOLE = ("overzicht", "alles")
MOST_NAMED = 3
COMPLETIONS = "/api/v1/publicaties/aanvullingen"
# After a search in vain, so many filters are tried without at most: each costs a question to the index.
MOST_WAYS_ON = 3
ORDERS: dict[str, Any] = {
    "relevantie": _("Beste eerst"),
    "nieuwste": _("Nieuwste eerst"),
    "oudste": _("Oudste eerst"),
    "titel": _("Op titel, A tot Z"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks of the Kennisbank, with only what stands for something."""

    words: str
    filters: Mapping[str, frozenset[str]]
    order: Order
    any_word: bool
    is_sorted: bool
    is_whole: bool
    part: str
    facets: Facets
    action: str

    @classmethod
    def of(cls, page: models.KennisbankPage, context: RenderContext) -> Asked:
        """Read it once for each rendering."""
        return context.once("asked of the Kennisbank", lambda: cls._read(page, context))

    @classmethod
    def _read(cls, page: models.KennisbankPage, context: RenderContext) -> Asked:
        facets = Facets.of(context)
        words, fields = fields_of(clean_words(context.asked("zoek")))
        filters = {name: keys for name, keys in facets.in_index(context.query).items() if keys}
        for typed_name, typed in fields.items():
            name = OLD_NAMES.get(typed_name, typed_name)
            known = {key for value in typed if name in LABELS and (key := facets.named(name, value))}
            if known:
                filters[name] = filters.get(name, frozenset()) | known
            else:
                # No filter after all: then words like any other.
                words = " ".join([words, *typed]).strip()
        default = "relevantie" if words else "nieuwste"
        sort = context.asked("sorteer")
        is_sorted = sort in ORDERS and sort != default and bool(words or sort != "relevantie")
        part = context.asked("pagina")
        is_whole = context.asked(WHOLE[0]) == WHOLE[1] or is_sorted or asked_part(part) > 1
        return cls(
            words=words,
            filters={name: filters[name] for name in NAMES if name in filters},
            order=sort if is_sorted else default,  # type: ignore[arg-type]
            any_word=bool(words) and context.asked(ANY_WORD[0]) == ANY_WORD[1],
            is_sorted=is_sorted,
            is_whole=is_whole and not words and not filters,
            part=part,
            facets=facets,
            action=page_path(page),
        )

    @property
    def is_front(self) -> bool:
        """Tell whether nothing is asked: then the page shows the ways in."""
        return not (self.words or self.filters or self.is_whole)

    @cached_property
    def address(self) -> ListAddress:
        """The address of the first part of this list."""
        pairs = [("zoek", self.words)]
        pairs += [(name, address) for name, keys in self.filters.items() for address in self._addresses(name, keys)]
        pairs += [WHOLE] if self.is_whole else []
        pairs += [ANY_WORD] if self.any_word else []
        pairs += [("sorteer", self.order)] if self.is_sorted else []
        return ListAddress(self.action, tuple(pair for pair in pairs if pair[1]))

    def _addresses(self, name: str, keys: frozenset[str]) -> list[str]:
        return sorted(value.address for key in keys if (value := self.facets.value(name, key)))

    @cached_property
    def own_query(self) -> str:
        """The part of the address by which it is a page in its own right: all, one theme, one district, or both."""
        if self.is_whole:
            return ListAddress("", (WHOLE,)).query
        single = [name for name in OWN if len(self.filters.get(name, ())) == 1]
        pairs = [(name, address) for name in single for address in self._addresses(name, self.filters[name])]
        return ListAddress("", tuple(pairs)).query

    @property
    def is_own_page(self) -> bool:
        """Tell whether nothing but that is asked."""
        rest = {name for name, keys in self.filters.items() if name not in OWN or len(keys) > 1}
        return bool(self.own_query) and not (self.words or rest or self.any_word or self.is_sorted)

    def subject(self, name: str) -> str:
        """Give the label of the one value chosen of a facet; "" where there is none or more."""
        keys = self.filters.get(name, frozenset())
        value = self.facets.value(name, next(iter(keys))) if len(keys) == 1 else None
        return value.label if value else ""

    def question(self, context: RenderContext) -> Question:
        """Give what the engine is asked."""
        return Question(
            site_id=context.site.pk,
            language=context.locale.language_code,
            words=self.words,
            filters=self.filters,
            facets=NAMES,
            kinds=frozenset({KIND}),
            order=self.order,
            any_word=self.any_word,
            passed=context.passed,
        )


def listing(page: models.KennisbankPage, context: RenderContext) -> list[BaseSection]:
    """Give the search field, and with it the ways in or the results."""
    asked = Asked.of(page, context)
    if asked.is_front:
        return _front(asked, context)
    section = _results(asked, context)
    return [section] if section.results else [section, *_elsewhere(asked, context)]


def kennisbank_values(page: models.KennisbankPage, context: RenderContext) -> dict[str, Any]:
    """Give the heading and description of a list that is a page in its own right; nothing for any other."""
    asked = Asked.of(page, context)
    if asked.is_front:
        return {}
    # A list needs the room: no picture, and no introduction to all of the Kennisbank.
    values = {"hero": None, "introduction": "", "updated_at": None, "updated_text": ""}
    theme, district, part = asked.subject("thema"), asked.subject("district"), asked_part(asked.part)
    if asked.words or not (theme or district):
        labels = [asked.words, *(chosen.title for chosen in _chosen(asked))]
        named = ", ".join([label for label in labels if label][:MOST_NAMED]) or gettext("Alle publicaties")
        title = browser_title(numbered(f"{named} – {page.title}", part), context.site)
        return {**values, "seo": Seo(title=title, description=page.search_description or page.introduction)}
    number = _found(asked, context).answer.total
    names = {"theme": theme, "district": district, "number": number}
    if theme and district:
        title = gettext("Publicaties over %(theme)s in %(district)s") % names
        text = ngettext(
            "De Kennisbank heeft %(number)d publicatie over het thema %(theme)s in het district %(district)s.",
            "De Kennisbank heeft %(number)d publicaties over het thema %(theme)s in het district %(district)s.",
            number,
        )
    elif theme:
        title = gettext("Publicaties over %(theme)s") % names
        text = ngettext(
            "De Kennisbank heeft %(number)d publicatie over het thema %(theme)s.",
            "De Kennisbank heeft %(number)d publicaties over het thema %(theme)s.",
            number,
        )
    else:
        title = gettext("Publicaties over %(district)s") % names
        text = ngettext(
            "De Kennisbank heeft %(number)d publicatie over het district %(district)s.",
            "De Kennisbank heeft %(number)d publicaties over het district %(district)s.",
            number,
        )
    # Where more is chosen, the number is not that of the theme.
    introduction = text % names if asked.is_own_page else ""
    seo = Seo(title=browser_title(numbered(f"{title} – {page.title}", part), context.site), description=introduction)
    return {**values, "title": title, "introduction": introduction, "seo": seo}


def _found(asked: Asked, context: RenderContext) -> Found:
    return context.once("found in the Kennisbank", lambda: find_part(asked.question(context), asked.part))


def _field(asked: Asked, context: RenderContext, **values: Any) -> SearchSection:
    return SearchSection(
        **{
            "key": KEY,
            "label": gettext("Zoek in de Kennisbank"),
            "action": asked.action,
            "query": asked.words,
            "query_label": gettext("Zoekwoorden"),
            "submit_label": gettext("Zoeken"),
            "completions": completions(COMPLETIONS, context.locale.language_code),
            "order": LEAD,
            **values,
        }
    )


def _front(asked: Asked, context: RenderContext) -> list[BaseSection]:
    question = replace(asked.question(context), facets=("thema", "type", "district"))
    answer = counted(question)

    def links(name: str) -> list[NumberedLink]:
        address = ListAddress(asked.action)
        return [
            NumberedLink(
                title=item.value.label,
                url=address.having(name, item.value.address).url,
                language=item.value.language,
                number=item.number,
            )
            for item in asked.facets.counted(name, answer.facets.get(name, {}))
        ]

    types = sorted(links("type"), key=lambda link: -link.number)[:LONG]
    ways_in = [
        CountsSection(key="themas", title=gettext("Op thema"), links=links("thema"), prominent=True, order=LEAD + 1),
        CountsSection(key="soorten", title=gettext("Op soort document"), links=types, order=AFTER_BODY + 1),
        CountsSection(key="districten", title=gettext("Op district"), links=links("district"), order=AFTER_BODY + 2),
    ]
    cards = publication_cards(public_publications(context.site)[:NEWEST], context)
    newest = CardsSection(
        key="nieuwste",
        title=gettext("Nieuwste publicaties"),
        cards=cards,
        empty=gettext("Er staan nog geen publicaties in de Kennisbank."),
        more=_whole_list(answer.total, asked) if cards else None,
        order=LEAD + 2,
    )
    return [_field(asked, context), newest, *[section for section in ways_in if section.links]]


def _whole_list(number: int, asked: Asked) -> Link:
    words = ngettext("Bekijk %(number)d publicatie", "Bekijk alle %(number)d publicaties", number) % {"number": number}
    return Link(title=words, url=ListAddress(asked.action, (WHOLE,)).url)


def _results(asked: Asked, context: RenderContext) -> SearchSection:
    found, address, question = _found(asked, context), asked.address, asked.question(context)
    answer = found.answer
    nothing = not answer.total and not found.too_slow
    bets = best_bets(answer, context) if found.part == 1 else []
    hits = [hit for hit in answer.hits if hit.page_id not in answer.best_bets or not bets]
    facets = [facet for name in NAMES if (facet := _facet(name, asked, answer.facets.get(name, {}))).values]
    chosen = _chosen(asked)
    ways_on = _ways_on(asked, question, answer) if nothing else []
    return _field(
        asked,
        context,
        facets=facets,
        facets_label=gettext("Filters (%(number)d)") % {"number": len(chosen)} if chosen else gettext("Filters"),
        apply_label=gettext("Toon resultaten"),
        chosen=chosen,
        chosen_label=gettext("Gekozen filters"),
        remove_label=gettext("Verwijder filter"),
        reset=Link(title=gettext("Wis alles"), url=ListAddress(asked.action).url) if chosen else None,
        orders=_orders(asked) if answer.total > 1 else [],
        kept=[Option(name=name, value=value) for name, value in ([WHOLE] if asked.is_whole else [])],
        order_label=gettext("Volgorde"),
        summary=_summary(asked, answer.total, found),
        message=gettext("Het zoeken duurde te lang. Probeer het nog eens, of gebruik minder of andere woorden.")
        if found.too_slow
        else "",
        correction=correction_of(answer, address),
        correction_label=gettext("Bedoelde u:"),
        results=[*bets, *results_of(hits, context).values()],
        advice=site_texts(context).no_results_text if nothing and asked.words else "",
        ways_on_label=gettext("Dit geeft wel resultaten") if ways_on else "",
        ways_on=ways_on,
        paging=page_links(found.part, answer.total, address),
        exports=_exports(address) if answer.total else [],
        own_query=asked.own_query,
        is_result=not asked.is_own_page and bool(address.asked),
    )


def _orders(asked: Asked) -> list[Option]:
    """Give the ways to sort. The usual one has no value: with other words it may be another."""
    default = "relevantie" if asked.words else "nieuwste"
    names = [default, *(name for name in ORDERS if name not in (default, "relevantie"))]
    return [
        Option(value="" if name == default else name, label=str(ORDERS[name]), selected=name == asked.order)
        for name in names
    ]


def _facet(name: str, asked: Asked, numbers: Mapping[str, int]) -> Facet:
    counted = asked.facets.counted(name, numbers, asked.filters.get(name, frozenset()))
    shown = counted
    if len(counted) > LONG:
        # Those with most results at once, but in the order in which readers look for a name.
        largest = sorted(counted, key=lambda item: (not item.chosen, -item.number))[:LONG]
        shown = [item for item in counted if item in largest]
    further = [item for item in counted if item not in shown]
    label = str(LABELS[name])
    chosen = sum(item.chosen for item in counted)
    return Facet(
        name=name,
        label=label,
        values=_facet_values(shown),
        further=_facet_values(further),
        further_label=gettext("Toon alle %(number)d") % {"number": len(counted)} if further else "",
        find_label=gettext("Zoek een keuze: %(facet)s") % {"facet": label.lower()} if further else "",
        found_one=gettext("1 keuze") if further else "",
        found_many=gettext("# keuzes") if further else "",
        chosen=chosen,
        open=bool(chosen) or name in OPEN,
    )


def _facet_values(counted: list[Counted]) -> list[FacetValue]:
    return [
        FacetValue(
            value=item.value.address,
            label=item.value.label,
            number=item.number,
            selected=item.chosen,
            language=item.value.language,
        )
        for item in counted
    ]


def _chosen(asked: Asked) -> list[ChosenFilter]:
    return [
        ChosenFilter(
            facet=str(LABELS[name]),
            title=item.value.label,
            url=asked.address.without(name, item.value.address).url,
            language=item.value.language,
        )
        for name, keys in asked.filters.items()
        for item in asked.facets.counted(name, {}, keys)
    ]


def _ways_on(asked: Asked, question: Question, answer: Answer) -> list[NumberedLink]:
    """After a search in vain: the same without one of the filters, without all, with other words."""
    links = []
    # Words that nothing holds find nothing without filters either.
    if asked.filters and answer.matched:
        names = tuple(asked.filters)
        everything = counted(replace(question, filters={}, facets=names))
        for name in _most_telling(asked, answer):
            number = _number_without(name, question, everything)
            links.append(_way_on(asked, [name], number))
        if asked.words:
            links.append(_way_on(asked, list(names), everything.total))
    return [*(link for link in links if link), *other_words(question, asked.address)]


def _most_telling(asked: Asked, answer: Answer) -> list[str]:
    """Give the filters of which there are several, and without which most is found; each costs a question."""
    if len(asked.filters) < 2:
        return []
    if len(asked.filters) <= MOST_WAYS_ON:
        return list(asked.filters)
    numbers = {name: sum(answer.facets.get(name, {}).values()) for name in asked.filters}
    largest = sorted(numbers, key=lambda name: -numbers[name])[:MOST_WAYS_ON]
    return [name for name in asked.filters if name in largest]


def _number_without(name: str, question: Question, everything: Answer) -> int:
    """Give how much is found without one of the filters; no question where one value of one facet is left."""
    rest = {other: keys for other, keys in question.filters.items() if other != name}
    if len(rest) == 1:
        [(facet, keys)] = rest.items()
        if len(keys) == 1:
            return everything.facets.get(facet, {}).get(next(iter(keys)), 0)
    return number_of(replace(question, filters=rest)) if everything.total else 0


def _way_on(asked: Asked, dropped: list[str], number: int) -> NumberedLink | None:
    address = asked.address
    for name in dropped:
        address = address.without(name)
    if not number:
        return None
    title = (
        gettext("Zonder filters")
        if len(dropped) == len(asked.filters)
        else gettext("Zonder het filter %(facet)s") % {"facet": str(LABELS[dropped[0]]).lower()}
    )
    return NumberedLink(title=title, url=address.url, number=number)


def _elsewhere(asked: Asked, context: RenderContext) -> list[LinksSection]:
    """After a search in vain: the rest of the site, and somebody to ask."""
    query = ListAddress("", (("zoek", asked.words),)).query
    site_search, contact = context.search_page, whom_to_ask((), context).page
    links = [
        worded_link(site_search, gettext("Zoek in de hele site"), context.locale, query) if site_search else None,
        contact,
    ]
    groups = [LinkGroup(links=[link for link in links if link])]
    if not groups[0].links:
        return []
    return [LinksSection(key="verder-zoeken", title=gettext("Verder zoeken"), groups=groups, order=LEAD + 1)]


def _exports(address: ListAddress) -> list[Link]:
    query = address.without("sorteer").query
    return [
        Link(title=gettext("Volg deze zoekvraag (Atom)"), url=f"{address.action}nieuw.atom{query}"),
        Link(title=gettext("Download als CSV (eerste 1.000)"), url=f"{address.action}publicaties.csv{address.query}"),
    ]


def _summary(asked: Asked, number: int, found: Found) -> str:
    if found.too_slow:
        return gettext("Geen antwoord")
    if not number:
        return gettext("Geen publicaties gevonden")
    if asked.words or asked.filters:
        text = ngettext("%(number)d publicatie gevonden", "%(number)d publicaties gevonden", number)
    else:
        text = ngettext("%(number)d publicatie", "%(number)d publicaties", number)
    return text % {"number": number}
