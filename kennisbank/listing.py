"""The list of the Kennisbank: words, filters and pages, all from the query of the address.

A value that stands for nothing is ignored, as if it had not been given: an old link still gives a list.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from cms.listing import PAGE_SIZE, page_links
from cms.names import sort_key
from cms.rendering.context import RenderContext
from cms.rendering.links import page_path, translated
from cms.rendering.values import Link
from cms.search.titles import clean_words
from cms.sections import LEAD, Filter, FilterOption, ListingSection
from cms.visibility import visible
from districts.models import DistrictPage
from kennisbank import models
from kennisbank.publications import public_publications, publication_cards, types_of
from themes.models import ThemePage


@dataclass(frozen=True)
class Choice:
    """One value of a facet: as in the address, as the reader sees it, and what it keeps."""

    value: str
    label: str
    keeps: Q


@dataclass(frozen=True)
class Facet:
    """A filter and the choices that lead to at least one publication."""

    name: str
    label: str
    everything: str
    choices: list[Choice]

    def chosen(self, context: RenderContext) -> Choice | None:
        """Give the choice that the address asks for."""
        asked = context.asked(self.name)
        return next((choice for choice in self.choices if choice.value == asked), None)

    def as_filter(self, chosen: Choice | None) -> Filter:
        """Give the form field."""
        options = [FilterOption(value="", label=self.everything, selected=chosen is None)]
        options += [
            FilterOption(value=choice.value, label=choice.label, selected=choice is chosen) for choice in self.choices
        ]
        return Filter(name=self.name, label=self.label, options=options)


def listing(page: models.KennisbankPage, context: RenderContext) -> list[ListingSection]:
    """Give the list with its form."""
    publications = public_publications(context.site)
    facets = facets_of(publications, context)
    chosen = {facet.name: facet.chosen(context) for facet in facets}
    words = clean_words(context.asked("zoek"))
    found = publications.filter(holds_words(words))
    for choice in chosen.values():
        if choice:
            found = found.filter(choice.keeps)
    current = Paginator(found, PAGE_SIZE).get_page(context.asked("pagina"))
    action = page_path(page)
    asked = {"zoek": words, **{name: choice.value for name, choice in chosen.items() if choice}}
    asked = {name: value for name, value in asked.items() if value}
    return [
        ListingSection(
            key="publicaties",
            title=gettext("Publicaties"),
            action=action,
            query=words or None,
            query_label=gettext("Zoekwoorden"),
            submit_label=gettext("Zoeken"),
            filters=[facet.as_filter(chosen[facet.name]) for facet in facets if facet.choices],
            reset=Link(title=gettext("Alle keuzes wissen"), url=action) if asked else None,
            summary=_summary(current.paginator.count, filtered=bool(asked)),
            cards=publication_cards(current.object_list, context),
            empty=_empty(filtered=bool(asked)),
            paging=page_links(current, action, asked),
            order=LEAD,
        )
    ]


def facets_of(publications: QuerySet, context: RenderContext) -> list[Facet]:
    """Give the filters. Four queries, two more in another language than the site's own."""
    kept = set(publications.order_by().values_list("publication_type_id", "publication_date__year"))
    types = types_of(context)
    sources = {pk: types[pk] for pk in {pk for pk, _year in kept} if pk in types}
    return [
        Facet("thema", gettext("Thema"), gettext("Alle thema's"), _pages(ThemePage, "themes", publications, context)),
        Facet(
            "soort",
            gettext("Soort document"),
            gettext("Alle soorten"),
            _sorted([Choice(term.key, str(term), Q(publication_type=pk)) for pk, term in sources.items()]),
        ),
        Facet(
            "district",
            gettext("District"),
            gettext("Alle districten"),
            _pages(DistrictPage, "districts", publications, context),
        ),
        Facet(
            "jaar",
            gettext("Jaar"),
            gettext("Alle jaren"),
            [
                Choice(str(year), str(year), Q(publication_date__year=year))
                for year in sorted({year for _pk, year in kept}, reverse=True)
            ],
        ),
    ]


def _pages(model: type[Page], field: str, publications: QuerySet, context: RenderContext) -> list[Choice]:
    used = model.objects.filter(
        publications__in=publications.order_by().values("pk"), locale__language_code=settings.LANGUAGE_CODE
    )
    sources = list(visible(used, context.site).distinct())
    shown = translated(sources, model, context.site, context.locale)
    # The address keeps the source's name, so that a link means the same in every language.
    return _sorted([Choice(source.slug, shown[source.pk].title, Q(**{field: source.pk})) for source in sources])


def _sorted(choices: list[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: sort_key(choice.label))


def holds_words(words: str) -> Q:
    """Keep what holds all words in title or summary."""
    condition = Q()
    for word in words.split():
        condition &= Q(title__icontains=word) | Q(introduction__icontains=word)
    return condition


def _summary(number: int, *, filtered: bool) -> str:
    if number == 0:
        return gettext("Geen publicaties gevonden") if filtered else gettext("Geen publicaties")
    if filtered:
        text = ngettext("%(number)d publicatie gevonden", "%(number)d publicaties gevonden", number)
    else:
        text = ngettext("%(number)d publicatie", "%(number)d publicaties", number)
    return text % {"number": number}


def _empty(*, filtered: bool) -> str:
    if filtered:
        return gettext("Probeer een ander woord of kies minder filters.")
    return gettext("Er staan nog geen publicaties in de Kennisbank.")
