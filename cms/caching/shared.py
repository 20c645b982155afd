"""What many answers of one generation are made of, as menu and footer are: made once a process and generation.

It works only while an answer for everybody is being made (cms/caching/answers.py). The worker, the admin and a reader
with a cookie ask the database, so that nobody ever works on with what it changed itself.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from cms.caching import tags
from cms.caching.generation import Generation

Made = TypeVar("Made")

# More than a site has of languages times kinds of parts, and the pictures of its cards; a generation ends sooner.
MOST = 2000


@dataclass
class _Parts:
    """The parts of one generation: {key: (what was made, the tags noted meanwhile)}."""

    generation: str = ""
    made: dict[Hashable, tuple[Any, set[tuple[tags.Kind, str]]]] = field(default_factory=dict)


_latest = _Parts()
_sharing: ContextVar[_Parts | None] = ContextVar("parts of the generation", default=None)


@contextmanager
def sharing(generation: Generation | None) -> Iterator[None]:
    """Let what is made meanwhile use the parts of this generation; of None: make everything itself."""
    token = _sharing.set(_parts_of(str(generation)) if generation is not None and generation.settled else None)
    try:
        yield
    finally:
        _sharing.reset(token)


def is_sharing() -> bool:
    """Whether an answer for everybody is being made, so that parts of the generation are used."""
    return _sharing.get() is not None


def shared(key: Hashable, make: Callable[[], Made]) -> Made:
    """Give what `make` gives, or gave before for this key in this generation. Nobody may change it.

    `key` says all that it depends on besides the database. Two threads may make the same at once: that harms nobody.
    """
    parts = _sharing.get()
    if parts is None:
        return make()
    found = parts.made.get(key)
    if found is None:
        with tags.collecting() as noted:
            found = make(), noted
        if len(parts.made) < MOST:
            parts.made[key] = found
    value, noted = found
    for kind, noted_key in noted:
        tags.note(kind, noted_key)
    result: Made = value
    return result


def shared_each(
    kind: Hashable, keys: Collection[Hashable], load: Callable[[list[Any]], Mapping[Any, Made]]
) -> dict[Any, Made]:
    """Give what `load` gives for these keys, or gave before in this generation; only the others are loaded, in one go.

    A key that has nothing is in no answer. Nobody may change what comes out; who calls notes the tags of it.
    """
    parts = _sharing.get()
    if parts is None:
        return dict(load(list(keys)))
    known = {key: parts.made[kind, key][0] for key in keys if (kind, key) in parts.made}
    missing = [key for key in keys if key not in known]
    if missing:
        loaded = load(missing)
        known |= {key: loaded.get(key) for key in missing}
        if len(parts.made) + len(missing) <= MOST:
            parts.made |= {(kind, key): (known[key], set()) for key in missing}
    return {key: value for key, value in known.items() if value is not None}


def _parts_of(generation: str) -> _Parts:
    global _latest
    latest = _latest
    if latest.generation != generation:
        latest = _latest = _Parts(generation)
    return latest
