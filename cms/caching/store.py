"""Keeps whole answers under the name of their question and generation, in Django's cache "answers".

An old generation's answers are never asked for again, and go when room is needed or their time is up. When the cache
is out of order the site goes on without it.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django.core.cache import BaseCache, caches

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

ALIAS = "answers"
LARGEST = 512 * 1024  # bytes
LONGEST = 600.0  # seconds
# One makes an answer; the others look for it this often, for at most so long (seconds).
_LOOK, _PATIENCE = 0.01, 2.0
# Who makes an answer and dies holds up nobody for longer; a cache that failed is left alone for so long (seconds).
_LOCKED, _REST = 10, 5.0


@dataclass(frozen=True)
class Kept:
    """An answer with status 200, as it goes out."""

    headers: list[tuple[str, str]]
    body: bytes


class JsonAndBytes:
    """How an answer stands in Redis. Django's own way, pickle, would run what somebody else put there."""

    def dumps(self, value: Kept | int) -> bytes | int:
        if isinstance(value, int):
            return value
        return json.dumps(value.headers).encode() + b"\n" + value.body

    def loads(self, data: bytes) -> Kept | int:
        if data.isdigit():
            return int(data)
        headers, _, body = data.partition(b"\n")
        return Kept([(name, value) for name, value in json.loads(headers)], body)


class Store:
    """The kept answers. Nothing here raises when the cache is out of order: then nothing is kept."""

    def __init__(self) -> None:
        self._rests_until = 0.0

    def get(self, key: str) -> Kept | None:
        return _kept(self._ask(lambda cache: cache.get(key), None))

    def put(self, key: str, kept: Kept, seconds: float) -> None:
        """Keep an answer for at most so many seconds."""
        if len(kept.body) <= LARGEST and seconds >= 1:
            self._ask(lambda cache: cache.set(key, kept, int(min(LONGEST, seconds))), None)

    @contextmanager
    def making(self, key: str) -> Iterator[bool]:
        """Say whether it is for us to make this answer; nobody else is told so before the block ends."""
        lock = _lock(key)
        ours = self._ask(lambda cache: cache.add(lock, 1, _LOCKED), True)
        try:
            yield ours
        finally:
            if ours:
                self._ask(lambda cache: cache.delete(lock), None)

    def wait(self, key: str) -> Kept | None:
        """Give the answer that somebody else is making; None when it was not kept or takes too long."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            # In this order: an answer is kept before its maker says that it is done.
            busy = self._ask(lambda cache: cache.get(_lock(key)), None)
            found = self.get(key)
            if found is not None or not busy:
                return found
            time.sleep(_LOOK)
        return None

    def _ask(self, question: Callable[[BaseCache], Result], otherwise: Result) -> Result:
        if time.monotonic() < self._rests_until:
            return otherwise
        try:
            return question(caches[ALIAS])
        except Exception:  # each backend has errors of its own
            self._rests_until = time.monotonic() + _REST
            logger.warning("The cache of answers is out of order; the site goes on without it", exc_info=True)
            return otherwise


def _lock(key: str) -> str:
    return f"{key}-making"


def _kept(found: object) -> Kept | None:
    return found if isinstance(found, Kept) else None


store = Store()
