"""What a command did, a line for each kind of record."""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Report:
    """Counts, for each kind, what was new and what was there already; kinds stay in the order of first mention."""

    def __init__(self) -> None:
        self.new: Counter[str] = Counter()
        self.known: Counter[str] = Counter()
        self._kinds: dict[str, None] = {}
        self.notes: list[str] = []

    def add(self, kind: str, *, new: bool) -> None:
        """Count one record of `kind` (a Dutch plural, as "Gemeenten")."""
        self._kinds[kind] = None
        (self.new if new else self.known)[kind] += 1

    def note(self, text: str) -> None:
        """Add a line of its own, after the counts."""
        self.notes.append(text)

    def lines(self) -> list[str]:
        """Give a line a kind, as "Gemeenten: 79 nieuw, 0 bestonden al"; then the notes."""
        counts = [f"{kind}: {self.new[kind]} nieuw, {self.known[kind]} bestonden al" for kind in self._kinds]
        return [*counts, *self.notes]


@contextmanager
def without_page_log() -> Iterator[None]:
    """Leave Wagtail's three log lines a page out of a command's output; warnings stay."""
    logger = logging.getLogger("wagtail")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
