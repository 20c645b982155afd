"""Names and numbers of municipalities in words and in Dutch order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from cms.names import sort_key

if TYPE_CHECKING:
    from districts.models import Municipality


def in_dutch_order(municipalities: Iterable[Municipality]) -> list[Municipality]:
    """Sort by name, by Dutch rules."""
    return sorted(municipalities, key=lambda municipality: sort_key(municipality.name))


def municipality_count(number: int) -> str:
    """Give a number of municipalities in words, as "1 gemeente" or "14 gemeenten"."""
    return ngettext("%(number)d gemeente", "%(number)d gemeenten", number) % {"number": number}
