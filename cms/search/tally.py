"""Which entries have a value of a facet, as each process keeps it, and counting by that.

PostgreSQL lays rows of bits over each other byte by byte: with 100,000 entries and 320 values that took 5 ms of a
question, and takes 2 to 3 here, for 13 kB a value in each process. What is kept is brought up to date within the
question that finds it older than the index.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from threading import Lock
from typing import Any

from django.db import connection

from cms.search import statements
from cms.search.asking import Query
from cms.search.bits import BLOCK, Ids, ids_of
from cms.search.statements import Counts, FacetBits, Found, Reader, Situation
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


@dataclass(frozen=True)
class Counted(Counts):
    """Counts, and of what: which entries match (`among`), and which have one of the values `chosen` of each facet."""

    tally: Tally | None = None
    among: int = 0
    chosen: Mapping[str, int] = field(default_factory=dict)

    def facets(self, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """Count the values of facets, each facet as if it had no filter of its own. Asks no database: 3 ms."""
        if self.tally is None:
            return {name: {} for name in names}
        found, passed = {}, reduce(and_, self.chosen.values(), self.among)
        for name in names:
            others = (bits for other, bits in self.chosen.items() if other != name)
            found[name] = self.tally.counted(name, reduce(and_, others, self.among) if name in self.chosen else passed)
        return found


@dataclass(frozen=True)
class _Everything:
    """What readers find who ask no words, by what they may see: so in this state of the index, and before a moment."""

    state: tuple[object, ...] = ()
    found: dict[Hashable, Found] = field(default_factory=dict)

    MOST = 50


_kept: Tally | None = None
_everything = _Everything()
_lock = Lock()


def count(
    cursor: Any,
    reader: Reader,
    situation: Situation,
    query: Query,
    kinds: frozenset[str],
    filters: Mapping[str, Collection[str]],
    scope: Scope,
    *,
    many: bool = False,
) -> Counted:
    """Count what matches. With `many`, tell which entries pass all filters, however many they are."""
    tally = _of(cursor, reader.version, situation.changed)
    found = _found(cursor, reader, situation, query, kinds, scope)
    if not found.matched:
        return Counted()
    among = tally.laid(found.within)
    chosen = {name: tally.chosen(name, values) for name, values in filters.items()}
    passed = reduce(and_, chosen.values(), among)
    total, few = passed.bit_count(), []
    if total <= statements.LOOKED_AT:
        few = [one for block, bits in tally.blocks(passed).items() for one in ids_of(block, bits)]
    return Counted(
        total=total,
        matched=sum(bits.count("1") for bits in found.matched.values()),
        few=few,
        many=Ids.of(tally.blocks(passed)) if many and total > statements.LOOKED_AT else None,
        tally=tally,
        among=among,
        chosen=chosen,
    )


def _found(
    cursor: Any, reader: Reader, situation: Situation, query: Query, kinds: frozenset[str], scope: Scope
) -> Found:
    """Give what matches; where no words and no scope are asked, what was found before as long as nothing changed.

    Whatever changes what somebody may see raises the generation in its own transaction. Within a longer transaction
    nothing is kept: it sees changes of its own, that may never be.
    """
    global _everything
    if query.asks_words or scope != Scope() or not _has_transaction_to_itself():
        return statements.found(cursor, reader, query, kinds, scope)
    state, key = (reader.version, situation.changed, situation.generation), (reader, kinds)
    everything = _everything
    if everything.state != state:
        everything = _everything = _Everything(state)
    found = everything.found.get(key)
    if found is None or (found.until and found.until <= situation.now):
        found = statements.found(cursor, reader, query, kinds, scope)
        if len(everything.found) < everything.MOST:
            everything.found[key] = found
    return found


def _has_transaction_to_itself() -> bool:
    return not connection.savepoint_ids


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
