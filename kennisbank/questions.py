"""A question about publications: the same for the API, for feeds and for tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cms.search import asking
from cms.search.values import Order, Question
from kennisbank.facets import OLD_NAMES, Facets

KIND = "publicatie"


def question(
    known: Facets, filters: Mapping[str, frozenset[str]], words: str, order: Order | None, **values: Any
) -> Question:
    """Give the question of a reader in the language of `known`; `filters` as the index has them.

    Fields among the words, as `thema:ondermijning`, join the filters. Without an order the best stand first, and the
    newest where nothing was typed.
    """
    words, typed = _fields(known, words)
    filters = {name: filters.get(name, frozenset()) | typed.get(name, frozenset()) for name in {**filters, **typed}}
    return Question(
        site_id=known.site.pk,
        language=known.locale.language_code,
        words=words,
        filters=filters,
        kinds=frozenset({KIND}),
        order=order or ("relevantie" if words.strip() else "nieuwste"),
        **values,
    )


def _fields(facets: Facets, words: str) -> tuple[str, dict[str, frozenset[str]]]:
    """Take the fields that stand for something out of the words; the others stay words."""
    rest, fields = asking.fields_of(words)
    found: dict[str, frozenset[str]] = {}
    for typed_name, typed in fields.items():
        name = OLD_NAMES.get(typed_name, typed_name)
        values = {value: facets.named(name, value) for value in typed}
        known = frozenset(value for value in values.values() if value)
        if known:
            found[name] = found.get(name, frozenset()) | known
        rest = " ".join([rest, *(value for value, index_value in values.items() if index_value is None)]).strip()
    return rest, found
