"""Values are counted as the index has them now, though each process keeps a copy of which entry has which."""

import pytest
from django.db import connection

from cms.models import IndexVersion
from cms.search import versions
from cms.search.bits import BLOCK
from cms.search.engine import find
from cms.search.entries import Entry
from cms.search.values import Question
from cms.search.writing import remove_entries, write_entries

pytestmark = pytest.mark.django_db


def plan(number: int, *years: str) -> Entry:
    return Entry(
        key=f"page:{number}",
        page_id=number,
        source_id=number,
        kind="publicatie",
        language="nl",
        text_language="nl",
        title=f"Plan {number}",
        facets=frozenset(("jaar", year) for year in years),
    )


def write(version: int, *entries: Entry) -> None:
    write_entries(version, [(entry, ()) for entry in entries], public_on=1)


def years(**filters: frozenset[str]) -> dict[str, int]:
    return find(Question(1, "nl", "plan", filters=filters, facets=("jaar",))).facets["jaar"]


def test_what_is_kept_follows_each_change_of_the_index() -> None:
    version = versions.ensure_live()
    write(version, plan(1, "2024"), plan(2, "2024", "2025"))
    assert years() == {"2024": 2, "2025": 1}
    write(version, plan(1, "2026"))
    assert years() == {"2024": 1, "2025": 1, "2026": 1}
    assert years(jaar=frozenset({"2026"})) == years()
    write(version, plan(3, "2026"))
    assert years()["2026"] == 2
    remove_entries(version, ["page:2"])
    assert years() == {"2026": 2}


def test_another_version_has_values_of_its_own() -> None:
    first = versions.ensure_live()
    write(first, plan(1, "2024"))
    assert years() == {"2024": 1}
    second = versions.make()
    versions.make_indexes(second)
    write(second, plan(1, "2025"), plan(2, "2025"))
    assert years() == {"2024": 1}
    IndexVersion.objects.filter(pk=first).delete()
    IndexVersion.objects.filter(pk=second).update(state=IndexVersion.State.LIVE)
    assert years() == {"2025": 2}


def test_entries_in_many_blocks_are_told_apart() -> None:
    version = versions.ensure_live()
    for number, start in enumerate((BLOCK - 1, 3 * BLOCK, 3 * BLOCK + 7), start=1):
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('cms_searchentry', 'id'), %s)", [start])
        write(version, plan(number, f"202{number}"))
        # An id is that after the last one.
        assert years() == {f"202{other}": 1 for other in range(1, number + 1)}
    answer = find(Question(1, "nl", "plan", filters={"jaar": frozenset({"2021", "2023"})}, order="titel"))
    assert [hit.title for hit in answer.hits] == ["Plan 1", "Plan 3"]


def test_ids_that_were_set_back_are_counted_too() -> None:
    version = versions.ensure_live()
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('cms_searchentry', 'id'), %s)", [5 * BLOCK])
    write(version, plan(1, "2024"))
    assert years() == {"2024": 1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('cms_searchentry', 'id'), %s)", [2 * BLOCK])
    write(version, plan(2, "2024"))
    assert years() == {"2024": 2}
