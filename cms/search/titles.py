"""Titles of pages and records, to compare with what somebody asked for: what a missing page offers.

The search itself is engine.py.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wagtail.models import Locale, Site

# What a search field takes (`maxlength` in both renderings), and the API.
MAX_LENGTH = 100


def clean_words(asked: str) -> str:
    """Give the words searched for, one space apart, cut after a whole word to what a search field takes."""
    # PostgreSQL refuses the character NUL in a text.
    words = " ".join(asked[: 4 * MAX_LENGTH].replace("\x00", " ").split())
    if len(words) <= MAX_LENGTH:
        return words
    return words[: MAX_LENGTH + 1].rpartition(" ")[0] or words[:MAX_LENGTH]


def folded(text: str) -> str:
    """Give a text without case and accents, to compare with what somebody typed."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()


@dataclass(frozen=True)
class Findable:
    """A record with an address of its own below a page, as a municipality. `kind` is that of its view."""

    kind: str
    title: str
    url: str


RecordProvider = Callable[[Site, Locale], Iterable[Findable]]
_providers: list[RecordProvider] = []


def register_records(provider: RecordProvider) -> None:
    """Let a missing page offer records that have addresses of their own, as municipalities.

    `provider(site, locale)` gives those that the public may see. Call it from an AppConfig's `ready()`. Registering
    the same provider twice has no effect.
    """
    if provider not in _providers:
        _providers.append(provider)


def records(site: Site, locale: Locale) -> list[Findable]:
    """Give all records that have an address, in the reader's language."""
    return [record for provider in _providers for record in provider(site, locale)]
