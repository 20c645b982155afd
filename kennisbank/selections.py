"""What a query of the Kennisbank's address keeps, for feeds and tables: words, values of facets, and pages in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext
from wagtail.models import Site

from cms.found.feeds import Selection
from cms.rendering.links import locale_by_id
from cms.search import engine
from cms.search.showing import ANY_WORD
from cms.search.titles import clean_words
from cms.search.values import Answer, Order, Question
from cms.visibility import visible
from kennisbank import models
from kennisbank.facets import LABELS, NAMES, OLD_NAMES, Facets
from kennisbank.questions import question

FEED_LENGTH = 50
# What of a query counts; order and page do not.
KEYS = ("zoek", *NAMES, *OLD_NAMES, ANY_WORD[0])
ORDERS: tuple[Order, ...] = ("relevantie", "nieuwste", "oudste", "titel", "-titel")


@dataclass(frozen=True)
class Asked:
    """A query of the address, as the page reads it: what stands for nothing is ignored."""

    facets: Facets
    query: Mapping[str, Sequence[str]]

    @property
    def words(self) -> str:
        """What somebody typed."""
        return clean_words("".join(self.query.get("zoek", ())[:1]))

    @property
    def any_word(self) -> bool:
        """Whether one of the words is enough."""
        return bool(self.words) and "".join(self.query.get(ANY_WORD[0], ())[:1]) == ANY_WORD[1]

    @cached_property
    def filters(self) -> dict[str, frozenset[str]]:
        """The values of facets that exist, as the index has them."""
        chosen = self.facets.in_index({name: self.query[name] for name in (*NAMES, *OLD_NAMES) if name in self.query})
        return {name: values for name, values in chosen.items() if values}

    def question(self, size: int, order: Order | None = None) -> Question:
        """Give the question for the first `size` hits, in the order of the address unless told otherwise."""
        asked = next((known for known in ORDERS if known == "".join(self.query.get("sorteer", ())[:1])), None)
        return question(
            self.facets,
            self.filters,
            self.words,
            order or asked,
            size=size,
            fragments=False,
            mended=False,
            any_word=self.any_word,
        )

    @cached_property
    def labels(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The chosen values of each facet, as (address, label), in the order in which readers get them."""
        found = []
        for name in NAMES:
            values = [self.facets.value(name, value) for value in self.filters.get(name, ())]
            pairs = sorted((value.label, value.address) for value in values if value)
            if pairs:
                found.append((name, [(address, label) for label, address in pairs]))
        return found

    def in_words(self) -> str:
        """Give the query as a reader would say it: “leegstand”, Thema: Ondermijning of Jeugd."""
        words = f"“{self.words}”"
        if self.any_word:
            words = gettext("één van de woorden %(words)s") % {"words": words}
        parts = [words] if self.words else []
        for name, values in self.labels:
            choice = f" {gettext('of')} ".join(label for _address, label in values)
            parts.append(f"{LABELS[name]}: {choice}")
        return ", ".join(parts)

    def as_query(self) -> str:
        """Give its shortest form, always the same for the same question."""
        pairs = [(name, address) for name, values in self.labels for address, _label in values]
        pairs += [ANY_WORD] if self.any_word else []
        return urlencode([*([("zoek", self.words)] if self.words else []), *pairs])


def asked_on(page: models.KennisbankPage, site: Site, query: Mapping[str, Sequence[str]]) -> Asked:
    """Give what the query of the Kennisbank's address asks for, in the page's language."""
    return Asked(Facets(site, locale_by_id(page.locale_id)), query)


def feed_of(page: models.KennisbankPage, site: Site, query: Mapping[str, Sequence[str]]) -> Selection:
    """Give the newest that somebody would find with this query."""
    asked = asked_on(page, site, query)
    found = engine.find(asked.question(FEED_LENGTH, "nieuwste"))
    return Selection(pages=pages_of(found, site), words=asked.in_words(), query=asked.as_query())


def pages_of(found: Answer, site: Site) -> list[models.PublicationPage]:
    """Give the pages of an answer in its order, each as its readers get it. One query."""
    ids = [hit.page_id for hit in found.hits]
    pages = visible(models.PublicationPage.objects.filter(pk__in=ids), site).in_bulk() if ids else {}
    return [pages[pk] for pk in ids if pk in pages]
