"""The generation of what the public may see: two answers of one generation to one question are the same.

It is another one after every change of a table that the public reads (cms/caching/watching.py), and after every moment
at which time alone changes something (cms/caching/moments.py). Each process asks for it at most once in
GENERATION_SECONDS.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error, connection
from wagtail.models import Site

from cms.caching import moments

logger = logging.getLogger(__name__)

# Who has read the generation in a transaction sees another one after what that transaction changes from then on.
_QUESTION = """
SELECT md5(string_agg(token::text, '' ORDER BY slot)), statement_timestamp(), set_config('cms.raised', '', true)
FROM cms_generation
"""
# Clocks of nodes and database differ a little: right after such a moment nothing is kept.
SETTLING = timedelta(seconds=2)


@dataclass(frozen=True)
class Generation:
    """A state of what is public, from one moment until another."""

    token: str
    since: datetime
    until: datetime
    now: datetime

    @property
    def settled(self) -> bool:
        """Whether all clocks agree that `since` has passed."""
        return self.now - self.since >= SETTLING

    @property
    def seconds_left(self) -> float:
        """How long the generation lasts if nobody changes anything."""
        return (self.until - self.now).total_seconds()

    def __str__(self) -> str:
        return f"{self.token} {self.since.isoformat()}"


@dataclass(frozen=True)
class _Known:
    token: str
    since: datetime
    until: datetime
    database_time: datetime
    asked_at: float  # time.monotonic

    def now(self) -> datetime:
        return self.database_time + timedelta(seconds=time.monotonic() - self.asked_at)


class Watch:
    """What one process knows of the generation."""

    def __init__(self) -> None:
        self._known: _Known | None = None
        self._asking = threading.Lock()
        self._forget_again = False

    def current(self) -> Generation | None:
        """Give the generation, at most GENERATION_SECONDS old; None where the database does not tell."""
        known = self._known
        if known is None or self._is_old(known):
            with self._asking:
                known = self._known
                if known is None or self._is_old(known):
                    try:
                        known = self._ask(known)
                    except Error:
                        logger.warning("The database does not tell the generation: nothing is kept", exc_info=True)
                        known = None
                    self._known = known
        return Generation(known.token, known.since, known.until, known.now()) if known else None

    @staticmethod
    def _is_old(known: _Known) -> bool:
        age = time.monotonic() - known.asked_at
        return age >= settings.GENERATION_SECONDS or known.now() >= known.until

    def _ask(self, known: _Known | None) -> _Known:
        # Before the question: the answer may be as old as that.
        asked_at = time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute(_QUESTION)
            token, database_time, _nothing = cursor.fetchone()
            same = known is not None and known.token == token
            if known is not None and same and database_time < known.until:
                since, until = known.since, known.until
            else:
                since, until = moments.around(cursor, database_time)
        if not same or self._forget_again:
            forget()
            # A request that began before may put back what it had read: once more next time.
            self._forget_again = not same
        return _Known(token, since, until, database_time, asked_at)


_forgetting: list[Callable[[], None]] = [Site.clear_site_root_paths_cache]


def forgetting(one: Callable[[], None]) -> None:
    """Let `one` make the process forget something whenever the generation changes."""
    _forgetting.append(one)


def forget() -> None:
    """Forget what this process remembers of the database: another one may have changed it."""
    for one in _forgetting:
        one()


_watch = Watch()
current = _watch.current
