"""What the search is asked and what it answers. Plain values: no request, no page, nothing of one domain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Order = Literal["relevantie", "nieuwste", "oudste", "titel", "-titel"]


@dataclass(frozen=True)
class Scope:
    """What is looked among, apart from facets: dates from `since` up to and including `until`, pages published again at
    or after `changed_since`, pages somewhere below the one with the path `below`.
    """

    since: date | None = None
    until: date | None = None
    changed_since: datetime | None = None
    below: str = ""


@dataclass(frozen=True)
class Question:
    """A question of one reader.

    `words` is what somebody typed. `filters` holds the chosen values of each facet: one of the values of a facet is
    enough, and all facets must hold. `facets` names those to count. `passed` are the view restrictions that this
    reader has passed (cms/visibility.py); nobody in particular has passed none. A long list does without `fragments`,
    and who shows no correction without `mended`.
    """

    site_id: int
    language: str
    words: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facets: Sequence[str] = ()
    kinds: frozenset[str] = frozenset()
    order: Order = "relevantie"
    start: int = 0
    size: int = 20
    any_word: bool = False
    fragments: bool = True
    mended: bool = True
    passed: frozenset[int] = frozenset()
    scope: Scope = Scope()


@dataclass(frozen=True)
class Fragment:
    """A piece of text with the words marked. `html` is escaped but for `<mark>`.

    `document_id` and `number` (page, slide or sheet, from 1) tell where it stands; None: in the page's own text.
    """

    html: str
    document_id: int | None = None
    number: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Hit:
    """Something found. `page_id` is the page of the entry itself, or the page that carries the record `key`.

    `title_html` is the title, escaped, with the words marked.
    """

    key: str
    kind: str
    page_id: int
    source_id: int
    language: str
    title: str
    date: date | None
    outdated: bool
    private: bool
    fragments: tuple[Fragment, ...] = ()
    title_html: str = ""


@dataclass(frozen=True)
class Answer:
    """What was found. `facets`: {facet: {value: number}}, each counted as if its own filter had not been set.

    `matched` is how much the words find without any filter.
    `correction` is the whole question with the likely typing errors mended, only where that finds something.
    """

    total: int
    matched: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    correction: str = ""
    best_bets: tuple[int, ...] = ()
