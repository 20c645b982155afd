"""Keeps the index up to date: notes what changed in the transaction of the change, and lets the worker do the rest."""

import contextlib
import logging
from collections.abc import Collection, Iterable

from django.db import connection, transaction
from django.db.models import F

from cms.models import PendingEntry
from cms.search import building, versions
from cms.search.entries import held
from cms.search.loading import load, page_key
from cms.search.writing import prepare, remove_entries, write_prepared

logger = logging.getLogger(__name__)

BATCH = 100
MOST_ATTEMPTS = 3
_NOTE = """
INSERT INTO cms_pendingentry (key, since, attempts, message)
SELECT key, clock_timestamp(), 0, '' FROM unnest(%s::text[]) AS key
ON CONFLICT (key) DO UPDATE SET since = excluded.since, attempts = 0
"""
_HOLDERS = """
SELECT DISTINCT e.key FROM cms_searchpart p JOIN cms_searchentry e ON e.version = p.version AND e.id = p.entry_id
WHERE p.document_id = ANY (%s)
"""


def note_change(keys: Iterable[str]) -> None:
    """Have these entries looked at anew once this transaction is done: made, changed or removed."""
    # In one order, so that two transactions never wait for each other.
    changed = sorted(set(keys))
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [changed])
    wake_worker()


def wake_worker() -> None:
    """Have the worker look for changes after this transaction, once however often this is called in it."""
    if not any(waiting[1] is _enqueue for waiting in connection.run_on_commit):
        transaction.on_commit(_enqueue)


def _enqueue() -> None:
    from cms.search.tasks import index_changes  # imports this module

    index_changes.enqueue()


def note_pages(ids: Iterable[int]) -> None:
    """As `note_change`, for pages."""
    note_change(page_key(pk) for pk in ids)


def note_documents(ids: Collection[int]) -> None:
    """As `note_change`, for all entries that hold one of these documents."""
    ids = list(ids)
    keys = {key for key, _document_id in held(ids)}
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, [ids])
        keys |= {key for (key,) in cursor.fetchall()}
    note_change(keys)


def note_records(kind: str, ids: Iterable[object]) -> None:
    """As `note_change`, for records of a kind that an app registered (cms/search/entries.py)."""
    note_change(f"{kind}:{pk}" for pk in ids)


def index_pending() -> int:
    """Put all that changed into the index, and give how many entries that were. Safe to run twice, also at once.

    Where there is no index of this analyser, a whole one is built first. What fails is tried three times, then keeps
    its row with the reason.
    """
    if not building.up_to_date():
        # If another process is at it, what changed goes into what it builds.
        with contextlib.suppress(building.BusyError):
            building.rebuild()
    return index_pending_now()


def index_pending_now() -> int:
    """As `index_pending`, into the versions that there are."""
    done = 0
    while rows := _next_rows() if versions.targets() else []:
        try:
            _index(rows)
        except Exception:
            logger.exception("Could not index %s changes together", len(rows))
            done += sum(_index_alone(row) for row in rows)
        else:
            done += len(rows)
    return done


def retry_failed() -> int:
    """Let changes that failed be tried again, and give how many those are."""
    number = PendingEntry.objects.filter(attempts__gte=MOST_ATTEMPTS).update(attempts=0)
    wake_worker()
    return number


def _next_rows() -> list[PendingEntry]:
    return list(PendingEntry.objects.filter(attempts__lt=MOST_ATTEMPTS).order_by("since", "pk")[:BATCH])


def _index(rows: Collection[PendingEntry]) -> None:
    index_keys([row.key for row in rows])
    # A row that was written again meanwhile has a later moment, and stays.
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM cms_pendingentry p USING unnest(%s::bigint[], %s::timestamptz[]) AS done (id, since)"
            " WHERE p.id = done.id AND p.since = done.since",
            [[row.pk for row in rows], [row.since for row in rows]],
        )


def _index_alone(row: PendingEntry) -> bool:
    try:
        with transaction.atomic():
            _index([row])
    except Exception as error:
        logger.exception("Could not index %s", row.key)
        message = f"{type(error).__name__}: {error}"[:2_000]
        PendingEntry.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1, message=message)
        return False
    return True


def index_keys(keys: Collection[str]) -> None:
    """Put these entries into the versions in use, as they are now; those that are none (any more) are removed."""
    prepared = [prepare(loaded) for loaded in load(keys)]
    gone = set(keys) - {one.entry.key for one in prepared}
    for version in versions.targets():
        with transaction.atomic():
            write_prepared(version, prepared)
            remove_entries(version, gone)
