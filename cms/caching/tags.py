"""What an answer is made of, for caches in front of the site: the header `Cache-Tag`.

The words are a contract with operators and with other people's frontends: docs/api/README.md lists them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

Kind = Literal["site", "language", "type", "list", "part", "page", "image", "document"]
ORDER: tuple[Kind, ...] = ("site", "language", "type", "list", "part", "page", "image", "document")
# Servers in front refuse long headers: with more than this of one kind, its plural stands for all of them.
MOST = 60

_noted: ContextVar[set[tuple[Kind, str]] | None] = ContextVar("cache tags", default=None)


def note(kind: Kind, key: object) -> None:
    """Say that the answer that is being made shows something of this."""
    found = _noted.get()
    if found is not None:
        found.add((kind, str(key)))


@contextmanager
def collecting() -> Iterator[set[tuple[Kind, str]]]:
    """Give a set that fills with what is noted meanwhile."""
    found: set[tuple[Kind, str]] = set()
    token = _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)


def written(found: set[tuple[Kind, str]]) -> str:
    """Give the header's value, as "site-1,language-nl,type-thema,page-12"; the same for the same things."""
    words: list[str] = []
    for kind in ORDER:
        keys = sorted(key for noted, key in found if noted == kind)
        words += [f"{kind}s"] if len(keys) > MOST else [f"{kind}-{key}" for key in keys]
    return ",".join(words)
