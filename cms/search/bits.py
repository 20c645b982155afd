"""Which entries have a value of a facet, as bits (cms/migrations/0009_search_facet_bits.py): counted by in tally.py.

An entry's bit stays where it is as long as the entry is there; that of an entry that is gone stands for nothing.
"""

# ruff: noqa: S608 - statements are put together from pieces of this module.

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

# Entries in one row of bits: as the initial value of the aggregate `cms_bits` has bits.
BLOCK = 8000

_BITS = f"""
SELECT id / {BLOCK} AS block, facet, cms_bits(id %% {BLOCK}, 1)::varbit AS bits
FROM (SELECT id, unnest(facets) AS facet FROM cms_searchentry WHERE {{condition}}) each GROUP BY 1, 2
"""
# Under the lock of those who write: who comes later has a higher number.
_NOW = "(SELECT nextval('cms_searchfacetbits_changes'))"
_FILL = f"""
INSERT INTO cms_searchfacetbits (version, block, facet, bits, changed)
SELECT %(version)s, block, facet, bits, {_NOW} FROM ({_BITS.format(condition="version = %(version)s")}) filled
"""
_OF_WRITTEN = "version = %(version)s AND id = ANY (%(ids)s)"
_CHANGE = f"""
WITH written AS (
    SELECT id / {BLOCK} AS block, cms_bits(id %% {BLOCK}, 1)::varbit AS mask
    FROM unnest(%(ids)s::integer[]) id GROUP BY 1
), held AS ({_BITS.format(condition=_OF_WRITTEN)}), now AS (
    SELECT b.block, b.facet, (b.bits & ~written.mask) | coalesce(held.bits, b.bits & ~b.bits) AS bits
    FROM cms_searchfacetbits b JOIN written USING (block) LEFT JOIN held USING (block, facet)
    WHERE b.version = %(version)s
)
UPDATE cms_searchfacetbits b SET bits = now.bits, changed = {_NOW} FROM now
WHERE b.version = %(version)s AND b.block = now.block AND b.facet = now.facet AND b.bits <> now.bits
"""
_ADD = f"""
INSERT INTO cms_searchfacetbits (version, block, facet, bits, changed)
SELECT %(version)s, block, facet, bits, {_NOW} FROM ({_BITS.format(condition=_OF_WRITTEN)}) held
ON CONFLICT (version, block, facet) DO NOTHING
"""


def fill(cursor: Any, version: int) -> None:
    """Make the bits of all entries of a version anew: 0.4 s for 100,000. Nobody may write to it meanwhile."""
    cursor.execute("DELETE FROM cms_searchfacetbits WHERE version = %(version)s", {"version": version})
    cursor.execute(_FILL, {"version": version})


def keep(cursor: Any, version: int, ids: Collection[int]) -> None:
    """Make the bits of these entries those of their facets, in the transaction that wrote them."""
    values = {"version": version, "ids": list(ids)}
    cursor.execute(_CHANGE, values)
    cursor.execute(_ADD, values)


def ids_of(block: int, bits: str) -> list[int]:
    """Give the ids of the entries whose bits are set in a row of bits, written as "0101…"."""
    found, at = [], bits.find("1")
    while at >= 0:
        found.append(block * BLOCK + at)
        at = bits.find("1", at + 1)
    return found


@dataclass(frozen=True)
class Ids:
    """Ids of entries as bits, of which the first is that of `lowest`: written as PostgreSQL reads a `varbit`."""

    lowest: int
    highest: int
    bits: str

    @classmethod
    def of(cls, blocks: Mapping[int, str]) -> "Ids":
        """Give the ids of rows of bits, each by its block."""
        first, last = min(blocks), max(blocks)
        bits = "".join(blocks.get(block, "0" * BLOCK) for block in range(first, last + 1))
        # A quarter of the length.
        return cls(first * BLOCK, (last + 1) * BLOCK - 1, f"x{int(bits, 2):0{len(bits) // 4}x}")
