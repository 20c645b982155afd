"""Builds a whole index beside the one that readers search, and puts it in its place."""

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context

import django
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from cms.models import IndexVersion, PendingEntry
from cms.search import versions
from cms.search.analysis import ANALYSER
from cms.search.entries import record_providers
from cms.search.loading import Loaded, load, page_key, with_documents
from cms.search.writing import Prepared, Words, prepare, write_prepared

logger = logging.getLogger(__name__)

BATCH = 200
# Words are counted for so many batches at once; a build that is broken off goes on behind the last of them.
BATCHES_OF_WORDS = 25
# Fewer are done before other processes have started.
WORTH_PROCESSES = 2_000
LOCK = 7302
# Longer than a reader's statement may take (cms/search/statements.py).
GRACE_SECONDS = 5

Progress = Callable[[int, int], None]


class BusyError(Exception):
    """Another process is building an index."""


def up_to_date() -> bool:
    """Tell whether readers search an index that was made by the analyser of this code."""
    return IndexVersion.objects.filter(state=IndexVersion.State.LIVE, analyser=ANALYSER).exists()


def rebuild(progress: Progress | None = None, processes: int | None = None) -> int:
    """Build a new version, switch to it and give its number. Goes on where an earlier build was broken off.

    `progress` is told how many entries are done, of how many. Changes that are made meanwhile go into both versions.
    Raises BusyError where another process is at it.
    """
    with _only_builder():
        version = _unfinished() or IndexVersion.objects.get(pk=versions.make())
        version.total = _number_of_keys()
        version.save(update_fields=["total", "touched_at"])
        try:
            _fill(version, progress or (lambda done, total: None), processes)
            versions.make_indexes(version.number)
            _switch(version)
        except Exception as error:
            # The next build goes on with what there is.
            message = f"{type(error).__name__}: {error}"[:2_000]
            IndexVersion.objects.filter(pk=version.pk).update(message=message)
            raise
        if versions.drop_leftovers(dry_run=True):
            if not connection.in_atomic_block:
                time.sleep(GRACE_SECONDS)
            versions.drop_leftovers()
    return version.number


@contextmanager
def _only_builder() -> Iterator[None]:
    """Hold a lock that ends with the connection: a killed builder leaves none behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise BusyError
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _unfinished() -> IndexVersion | None:
    """Give the build that was broken off; one of another analyser is thrown away."""
    building = IndexVersion.objects.filter(state=IndexVersion.State.BUILDING)
    if building.exclude(analyser=ANALYSER).delete()[0]:
        versions.drop_leftovers()
    return building.order_by("-number").first()


def _number_of_keys() -> int:
    records = sum(1 for provider in record_providers().values() for _entry in provider(None))
    return Page.objects.filter(depth__gt=1).count() + records


def _batches(after: str) -> Iterator[tuple[list[str], list[Loaded]]]:
    """Give all keys after one, in a fixed order, many at once, with what there is to index of them."""
    kind, _colon, pk = after.partition(":")
    if kind in ("", "page"):
        last = int(pk or 0)
        pages = Page.objects.filter(depth__gt=1).order_by("pk").values_list("pk", flat=True)
        while ids := list(pages.filter(pk__gt=last)[:BATCH]):
            keys = [page_key(pk) for pk in ids]
            yield keys, load(keys)
            last = ids[-1]
        kind = ""
    for name, provider in sorted(record_providers().items()):
        # Records of a kind are few: a kind that was broken off begins anew, and what is there stays.
        if name >= kind:
            rest = iter(provider(None))
            while entries := list(islice(rest, BATCH)):
                yield [entry.key for entry in entries], with_documents(entries)


def _fill(version: IndexVersion, progress: Progress, processes: int | None) -> None:
    from cms.search.indexing import index_pending_now  # imports this module

    number = processes if processes is not None else (os.cpu_count() or 1)
    with _executor(number if version.total >= WORTH_PROCESSES else 0) as executor:
        words = Words()
        written = 0
        waiting: deque[tuple[list[str], list[Loaded], list[Future[list[Prepared]]]]] = deque()
        batches = _batches(version.last_key)
        for keys, loaded in batches:
            share = max(1, -(-len(loaded) // max(number, 1)))
            pieces = [loaded[start : start + share] for start in range(0, len(loaded), share)]
            waiting.append((keys, loaded, [executor.submit(prepare_all, piece) for piece in pieces]))
            if len(waiting) > 2:
                _write(version, words, *waiting.popleft())
                written += 1
                if written % BATCHES_OF_WORDS == 0:
                    _keep(version, words)
                progress(version.done, version.total)
                # The worker that builds is the one that would index what is published meanwhile.
                index_pending_now()
        while waiting:
            _write(version, words, *waiting.popleft())
            progress(version.done, version.total)
        _keep(version, words)


def prepare_all(loaded: Sequence[Loaded]) -> list[Prepared]:
    """Analyse entries, in whatever process this runs."""
    return [prepare(one) for one in loaded]


def _write(
    version: IndexVersion, words: Words, keys: list[str], loaded: list[Loaded], prepared: list[Future[list[Prepared]]]
) -> None:
    try:
        write_prepared(
            version.number, [one for piece in prepared for one in piece.result()], only_new=True, words=words
        )
    except Exception:
        logger.exception("Could not index %s entries together", len(loaded))
        for one in loaded:
            _write_alone(version, one)
    version.last_key = keys[-1]
    version.done = min(version.done + len(keys), version.total)
    # For who looks how far it is.
    version.save(update_fields=["done", "touched_at"])


def _keep(version: IndexVersion, words: Words) -> None:
    """Write the words of what is in, and note where to go on."""
    with transaction.atomic():
        words.write(version.number)
        version.save(update_fields=["last_key", "touched_at"])


def _write_alone(version: IndexVersion, loaded: Loaded) -> None:
    try:
        write_prepared(version.number, [prepare(loaded)], only_new=True)
    except Exception as error:
        key = loaded[0].key
        logger.exception("Could not index %s", key)
        message = f"{type(error).__name__}: {error}"[:2_000]
        PendingEntry.objects.update_or_create(key=key, defaults={"attempts": 3, "message": message})


def _switch(version: IndexVersion) -> None:
    with connection.cursor() as cursor:
        for name in versions.partitions(version.number):
            cursor.execute(f"ANALYZE {name}")
    with transaction.atomic():
        IndexVersion.objects.filter(state=IndexVersion.State.LIVE).delete()
        version.state = IndexVersion.State.LIVE
        version.finished_at = timezone.now()
        version.message = ""
        version.save()


class _Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def _executor(processes: int) -> Executor:
    if processes < 1:
        return _Here()
    # Not forked: this process holds a connection, and perhaps threads.
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=django.setup)
