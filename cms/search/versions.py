"""The versions of the index: made beside the one that readers search, filled, and put in its place at once."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from cms.models import IndexVersion
from cms.search import bits
from cms.search.analysis import ANALYSER

# The number of the lock in migration 0008: visibility changes under it together, rows are added under it alone.
LOCK = 7301
_TABLES = ("cms_searchentry", "cms_searchtitle", "cms_searchpart", "cms_searchword", "cms_searchfacetbits")
# What filters and counts reads thousands of rows of entries: only their words stand elsewhere, and titles with all that
# ranks them in a table of their own.
_STANDS_IN_ROW = {
    "cms_searchentry": ("key", "kind", "language", "text_language", "restrictions", "facets"),
    "cms_searchtitle": ("title", "sort_title", "rv"),
    "cms_searchfacetbits": ("bits",),
}
# Kilobytes that an index of words leaves unsorted. Every question reads them all: with 4 MB, as PostgreSQL has it, each
# statement took 2 ms more while changes came in.
_PENDING = "(gin_pending_list_limit = 128)"
_INDEXES = (
    ("cms_searchentry", "tsv", "CREATE INDEX {quietly} {name} ON {table} USING gin (tsv) WITH {pending}"),
    ("cms_searchtitle", "rv", "CREATE INDEX {quietly} {name} ON {table} USING gin (rv) WITH {pending}"),
    ("cms_searchentry", "date", "CREATE INDEX {quietly} {name} ON {table} (date DESC NULLS LAST, id DESC)"),
    # All that is public, for questions without words: read from the index alone.
    (
        "cms_searchentry",
        "public",
        "CREATE INDEX {quietly} {name} ON {table} (language, site_id, kind, id) INCLUDE (version, expires_at)"
        " WHERE published AND restrictions = '{{}}'",
    ),
    # The most frequent words that begin with two letters, without reading all that do.
    (
        "cms_searchword",
        "frequent",
        "CREATE INDEX {quietly} {name} ON {table} (language, left(word, 2) text_pattern_ops, number DESC)",
    ),
    ("cms_searchword", "deletions", "CREATE INDEX {quietly} {name} ON {table} USING gin (deletions) WITH {pending}"),
)
_LEFTOVERS = """
SELECT parent.relname, child.relname FROM pg_inherits
JOIN pg_class parent ON parent.oid = inhparent JOIN pg_class child ON child.oid = inhrelid
WHERE parent.relkind = 'p' AND parent.relname = ANY (%(tables)s)
    AND substring(child.relname FROM '[0-9]+$')::integer <> ALL (%(known)s::integer[])
"""


def live() -> int | None:
    """Give the number of the version that readers search; None before the first is there."""
    return IndexVersion.objects.filter(state=IndexVersion.State.LIVE).values_list("number", flat=True).first()


def targets() -> list[int]:
    """Give the versions that changes go into: the live one and one that is being built, of this analyser."""
    states = [IndexVersion.State.LIVE, IndexVersion.State.BUILDING]
    found = IndexVersion.objects.filter(state__in=states, analyser=ANALYSER)
    return list(found.order_by("number").values_list("number", flat=True))


def ensure_live() -> int:
    """Give the live version, a new and empty one where there is none."""
    found = live()
    if found is not None:
        return found
    with transaction.atomic():
        number = make()
        make_indexes(number)
        IndexVersion.objects.filter(pk=number).update(state=IndexVersion.State.LIVE, finished_at=timezone.now())
    return number


def make() -> int:
    """Make an empty version, without the indexes that `make_indexes` gives it."""
    with transaction.atomic(), connection.cursor() as cursor:
        number = (IndexVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        IndexVersion.objects.create(number=number, analyser=ANALYSER)
        for table in _TABLES:
            # Attached afterwards: that lets others go on reading, where making it a part at once would not.
            name = _partition(table, number)
            cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS)")
            for column in _STANDS_IN_ROW.get(table, ()):
                cursor.execute(f"ALTER TABLE {name} ALTER COLUMN {column} SET STORAGE PLAIN")
            if table == "cms_searchentry":
                cursor.execute(f"ALTER TABLE {name} SET (toast_tuple_target = 128)")
            cursor.execute(f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES IN ({number})")
    return number


def make_indexes(number: int) -> None:
    """Give a filled version what is made quickest of all rows at once: indexes, for which nobody waits, and bits."""
    quietly = "" if connection.in_atomic_block else "CONCURRENTLY"
    with connection.cursor() as cursor:
        # An index of words is made four times as quickly when it need not be put together from many pieces.
        cursor.execute("SELECT set_config('maintenance_work_mem', '512MB', false)")
        for table, column, statement in _INDEXES:
            name = f"{_partition(table, number)}_{column}"
            # One that was broken off is there and does not work.
            cursor.execute(f"DROP INDEX IF EXISTS {name}")
            cursor.execute(
                statement.format(quietly=quietly, name=name, table=_partition(table, number), pending=_PENDING)
            )
    with transaction.atomic(), connection.cursor() as cursor:
        alone(cursor)
        bits.fill(cursor, number)


def alone(cursor: Any) -> None:
    """Wait until no transaction that changed visibility is open, and hold up new ones until this one ends."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def partitions(number: int) -> list[str]:
    """Give the names of the tables of a version."""
    return [_partition(table, number) for table in _TABLES]


def drop_leftovers(*, dry_run: bool = False) -> list[str]:
    """Remove the tables of versions that are no longer known, and give their names."""
    with connection.cursor() as cursor:
        cursor.execute(
            _LEFTOVERS, {"tables": list(_TABLES), "known": [*IndexVersion.objects.values_list("number", flat=True)]}
        )
        found = cursor.fetchall()
        for table, name in [] if dry_run else found:
            if not connection.in_atomic_block:
                # Locks out no reader, where dropping it at once would lock them all out.
                cursor.execute(f"ALTER TABLE {table} DETACH PARTITION {name} CONCURRENTLY")
            cursor.execute(f"DROP TABLE {name}")
    return [name for _table, name in found]


def _partition(table: str, number: int) -> str:
    return f"{table}_{int(number)}"
