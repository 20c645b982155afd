"""Counting by bits gives what the facets of the entries themselves give, whatever was written before."""

import random
from dataclasses import replace

import pytest
from django.db import connection, transaction

from cms.search import bits, versions
from cms.search.bits import BLOCK, ids_of
from cms.search.entries import Entry
from cms.search.writing import remove_entries, write_entries

pytestmark = pytest.mark.django_db


def by_bits(version: int) -> dict[tuple[int, int], set[int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT block, facet, bits::text FROM cms_searchfacetbits WHERE version = %s ORDER BY 1, 2", [version]
        )
        found = {(block, facet): set(ids_of(block, written)) for block, facet, written in cursor.fetchall()}
    return {key: ids for key, ids in found.items() if ids}


def by_entries(version: int) -> dict[tuple[int, int], set[int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, unnest(facets) FROM cms_searchentry WHERE version = %s", [version])
        found: dict[tuple[int, int], set[int]] = {}
        for pk, facet in cursor.fetchall():
            found.setdefault((pk // BLOCK, facet), set()).add(pk)
    return found


def make_entry(number: int, chance: random.Random) -> Entry:
    return Entry(
        key=f"page:{number}",
        page_id=number,
        source_id=number,
        kind=chance.choice(["publicatie", "pagina"]),
        language="nl",
        text_language="nl",
        title=f"Plan {number}",
        facets=frozenset({("jaar", str(chance.randrange(2020, 2024))), ("thema", str(chance.randrange(3)))}),
    )


@pytest.fixture
def version() -> int:
    number = versions.ensure_live()
    with connection.cursor() as cursor:
        # The entries of the test stand on both sides of the border between two rows of bits.
        cursor.execute("SELECT setval(pg_get_serial_sequence('cms_searchentry', 'id'), %s)", [BLOCK - 20])
    return number


def test_entries_that_come_change_and_go_keep_their_bits_right(version: int) -> None:
    chance = random.Random(1)  # noqa: S311 (the same changes each time)
    entries = [make_entry(number, chance) for number in range(1, 51)]
    write_entries(version, [(entry, ()) for entry in entries], public_on=1)
    assert by_bits(version) == by_entries(version)
    assert len({block for block, _facet in by_bits(version)}) == 2
    changed = [replace(make_entry(number, chance), title="Anders") for number in range(1, 51, 3)]
    write_entries(version, [(entry, ()) for entry in changed], public_on=1)
    assert by_bits(version) == by_entries(version)
    remove_entries(version, ["page:1", "page:2"])
    kept = set().union(*by_entries(version).values())
    assert {key: ids & kept for key, ids in by_bits(version).items() if ids & kept} == by_entries(version)


def test_an_entry_that_loses_a_value_loses_its_bit(version: int) -> None:
    entry = make_entry(1, random.Random(1))  # noqa: S311
    write_entries(version, [(entry, ())], public_on=1)
    write_entries(version, [(replace(entry, facets=frozenset()), ())], public_on=1)
    assert len(by_bits(version)) == 1
    assert by_bits(version) == by_entries(version)


def test_bits_made_anew_are_those_that_were_kept(version: int) -> None:
    chance = random.Random(2)  # noqa: S311
    write_entries(version, [(make_entry(number, chance), ()) for number in range(1, 41)], public_on=1)
    kept = by_bits(version)
    with transaction.atomic(), connection.cursor() as cursor:
        bits.fill(cursor, version)
    assert by_bits(version) == kept
