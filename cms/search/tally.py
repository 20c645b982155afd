"""Which entries have a value of a facet, as each process keeps it, and counting by that.

PostgreSQL lays rows of bits over each other byte by byte: with 100,000 entries and 320 values that took 5 ms of a
question, and takes 2 to 3 here, for 13 kB a value in each process. What is kept is brought up to date within the
question that finds it older than the index.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from threading import Lock
from typing import Any

from cms.search import statements
from cms.search.asking import Query
from cms.search.bits import BLOCK, Ids, ids_of
from cms.search.statements import Counts, FacetBits, Reader
from cms.search.values import Scope

_WHOLE_BLOCK = (1 << BLOCK) - 1


@dataclass(frozen=True)
class Tally:
    """Of one version of the index, up to its change `changed`: a number for each value of each facet.

    An entry's bit stands in the block of its id, counted from `first`, as PostgreSQL writes a block. No entry lies
    before: each has a value of the facet "kind".
    """

    version: int
    changed: int
    first: int
    values: Mapping[str, Mapping[str, int]]

    def laid(self, blocks: Mapping[int, str]) -> int:
        """Give the number that these blocks make."""
        joined = 0
        for block, bits in blocks.items():
            joined |= int(bits, 2) << (block - self.first) * BLOCK
        return joined

    def blocks(self, laid: int) -> dict[int, str]:
        """Give the blocks that make this number."""
        found, block = {}, self.first
        while laid:
            if bits := laid & _WHOLE_BLOCK:
                found[block] = f"{bits:0{BLOCK}b}"
            laid >>= BLOCK
            block += 1
        return found

    def chosen(self, facet: str, values: Collection[str]) -> int:
        """Give which entries have one of these values."""
        known = self.values.get(facet, {})
        return reduce(or_, (known.get(value, 0) for value in values), 0)

    def counted(self, facet: str, among: int) -> dict[str, int]:
        """Give how many of these entries have each value; nothing of values that none has."""
        numbers = ((value, (bits & among).bit_count()) for value, bits in self.values.get(facet, {}).items())
        return {value: number for value, number in numbers if number}


_kept: Tally | None = None
_lock = Lock()


def count(
    cursor: Any,
    reader: Reader,
    changed: int,
    query: Query,
    kinds: Collection[str],
    filters: Mapping[str, Collection[str]],
    facets: Sequence[str],
    scope: Scope,
    *,
    many: bool = False,
) -> Counts:
    """Count what matches, and the values of facets among it, each facet as if it had no filter of its own.

    `changed` is the last change of the index. With `many`, tell which entries pass all filters, however many they are.
    """
    tally = _of(cursor, reader.version, changed)
    matched, within = statements.found(cursor, reader, query, kinds, scope)
    if not matched:
        return Counts(facets={name: {} for name in facets})
    among = tally.laid(within)
    chosen = {name: tally.chosen(name, values) for name, values in filters.items()}
    passed = reduce(and_, chosen.values(), among)
    counts = Counts(total=passed.bit_count(), matched=sum(bits.count("1") for bits in matched.values()))
    for name in facets:
        others = (bits for other, bits in chosen.items() if other != name)
        counts.facets[name] = tally.counted(name, reduce(and_, others, among) if name in chosen else passed)
    if counts.total <= statements.LOOKED_AT:
        counts.few = [one for block, bits in tally.blocks(passed).items() for one in ids_of(block, bits)]
    elif many:
        counts.many = Ids.of(tally.blocks(passed))
    return counts


def _of(cursor: Any, version: int, changed: int) -> Tally:
    """Give the tally of a version at this change of it, or a later one."""
    global _kept
    kept = _kept
    if kept is not None and (kept.version, kept.changed) == (version, changed):
        return kept
    with _lock:
        kept = _kept
        if kept is None or kept.version != version or kept.changed > changed:
            kept = Tally(version, -1, -1, {})
        rows = statements.facet_bits(cursor, version, kept.changed)
        if kept.first > min((row.block for row in rows), default=kept.first):
            # Ids only go up, but for who sets them back.
            kept = Tally(version, -1, -1, {})
            rows = statements.facet_bits(cursor, version, kept.changed)
        _kept = _brought_up(kept, rows)
        return _kept


def _brought_up(kept: Tally, rows: Sequence[FacetBits]) -> Tally:
    if not rows:
        return kept
    first = kept.first if kept.first >= 0 else min(row.block for row in rows)
    values = {facet: dict(bits) for facet, bits in kept.values.items()}
    for row in rows:
        of_facet, at = values.setdefault(row.facet, {}), (row.block - first) * BLOCK
        rest = of_facet.get(row.value, 0) & ~(_WHOLE_BLOCK << at)
        of_facet[row.value] = rest | int(row.bits, 2) << at
    return Tally(kept.version, max(row.changed for row in rows), first, values)
