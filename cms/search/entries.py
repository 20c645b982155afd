"""What is findable: each app tells of its pages and records what the index needs to know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import Page


@dataclass(frozen=True)
class Entry:
    """One findable thing in one reading language.

    `key` is "page:<id>", or "<kind>:<id>" of a record with an address below the page `page_id`; whoever may see that
    page may see the entry. `language` is that of the lists it stands in, `text_language` that of its words. `names`
    are words it is known by: of its themes, makers, place; `named` the pages among these, whose names go from it at
    once when those are hidden. `texts` is its own text, `documents` the ids of its files.
    `source_id` is its page in the site's own language; with `fallback` it stands in the lists of other languages too,
    until it has a public translation there. `facets` are pairs of facet and value.
    """

    key: str
    page_id: int
    source_id: int
    kind: str
    language: str
    text_language: str
    title: str
    summary: str = ""
    names: tuple[str, ...] = ()
    named: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    documents: tuple[int, ...] = ()
    facets: frozenset[tuple[str, str]] = frozenset()
    date: date | None = None
    outdated: bool = False
    fallback: bool = False


PageProvider = Callable[[Sequence[tuple["Page", Entry]]], Iterable[Entry]]
RecordProvider = Callable[[Collection[str] | None], Iterable[Entry]]
DocumentHolders = Callable[[Collection[int]], Iterable[tuple[str, int]]]
_holders: list[DocumentHolders] = []
_page_providers: dict[str, PageProvider] = {}
_record_providers: dict[str, RecordProvider] = {}


def register_page_entries(label: str, provider: PageProvider) -> None:
    """Let `provider` say more of pages of a model, as "kennisbank.publicationpage".

    It gets many pages at once, each with the entry that any page has, and gives better ones in the same order. Call
    it from an AppConfig's `ready()`.
    """
    _page_providers[label.lower()] = provider


def register_record_entries(kind: str, provider: RecordProvider) -> None:
    """Make records findable whose keys begin with "<kind>:".

    `provider(ids)` gives the entries of these records, of all where `ids` is None. Call it from an AppConfig's
    `ready()`.
    """
    _record_providers[kind] = provider


def page_provider(label: str) -> PageProvider | None:
    """Give what an app registered for pages of a model."""
    return _page_providers.get(label.lower())


def record_providers() -> dict[str, RecordProvider]:
    """Give what apps registered for records, by kind."""
    return dict(_record_providers)


def register_document_holders(provider: DocumentHolders) -> None:
    """Let `provider(document_ids)` give the keys of entries that hold one of these documents, each with the document.

    An entry shows the words of its documents only while it is given here, or by another provider. Who takes a document
    off an entry calls `cms_forget_document_of` in the same transaction (migration 0023). Call it from an AppConfig's
    `ready()`. Registering the same provider twice has no effect.
    """
    if provider not in _holders:
        _holders.append(provider)


def held(document_ids: Collection[int]) -> set[tuple[str, int]]:
    """Give the keys of all entries that hold one of these documents, each with the document."""
    return {pair for provider in _holders for pair in provider(document_ids)}
