"""The search gives what somebody asked for, best first, and nothing that this reader may not see."""

import pytest

from cms.search.engine import find
from cms.search.values import Question
from tests.cms.search.rows import add_entry, make_index

pytestmark = pytest.mark.django_db


def titles(words: str = "", **options: object) -> list[str]:
    options = {"site_id": 1, "language": "nl"} | options
    return [hit.title for hit in find(Question(words=words, **options)).hits]


def test_without_an_index_nothing_is_found() -> None:
    assert find(Question(1, "nl", "plan")).total == 0


def test_all_words_must_be_there() -> None:
    make_index()
    add_entry("Aanpak ondermijning", "In de gemeente Almelo")
    add_entry("Aanpak overlast", "In de gemeente Almelo")
    assert titles("ondermijning almelo") == ["Aanpak ondermijning"]
    assert titles("ondermijning overlast") == []
    assert set(titles("ondermijning overlast", any_word=True)) == {"Aanpak ondermijning", "Aanpak overlast"}
    assert len(titles()) == 2


def test_facets_count_as_if_their_own_filter_were_not_set() -> None:
    make_index()
    add_entry("Plan A", facets=[("jaar", "2024"), ("thema", "1"), ("thema", "2")])
    add_entry("Plan B", facets=[("jaar", "2025"), ("thema", "1")])
    add_entry("Plan C", facets=[("jaar", "2025"), ("thema", "3")])
    answer = find(
        Question(
            1,
            "nl",
            "plan",
            filters={"jaar": frozenset({"2025"}), "thema": frozenset({"1"})},
            facets=("jaar", "thema", "taal"),
        )
    )
    assert answer.total == 1
    assert answer.facets == {"jaar": {"2024": 1, "2025": 1}, "thema": {"1": 1, "3": 1}, "taal": {}}


def test_only_what_this_reader_may_see_is_found_or_counted() -> None:
    make_index()
    add_entry("Open plan")
    add_entry("Besloten plan", restrictions=[4])
    add_entry("Concept plan", published=False)
    add_entry("Ander plan", site_id=2)
    for options in ({}, {"passed": frozenset({5})}):
        answer = find(Question(1, "nl", "plan", facets=("kind",), **options))
        assert (answer.total, answer.facets) == (1, {"kind": {"publicatie": 1}})
    answer = find(Question(1, "nl", "plan", facets=("kind",), passed=frozenset({4, 5})))
    assert {(hit.title, hit.private) for hit in answer.hits} == {("Open plan", False), ("Besloten plan", True)}
