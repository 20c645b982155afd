"""Finds a municipality by what somebody types of its name, also one that went into another. Nothing is kept of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from cms.names import sort_key
from cms.rendering.context import RenderContext
from cms.search.titles import clean_words, folded
from cms.sections import LEAD, Result, SearchSection
from districts.addresses import MunicipalityAddresses

if TYPE_CHECKING:
    from districts.models import Municipality

KEY = "mijn-gemeente"
MOST = 10
MOST_NEAR = 5
# Of 1: how much two names must be alike for the one to be meant by the other. "Enchede" and "Enschede" are 0.93.
LIKE_ENOUGH = 0.7


@dataclass(frozen=True)
class Match:
    """A municipality, with the older one by whose name it was found."""

    municipality: Municipality
    former: Municipality | None = None

    @property
    def name(self) -> str:
        """The name that was looked for."""
        return (self.former or self.municipality).name


@dataclass(frozen=True)
class Found:
    """What a name stands for: `exact` where it is the name of one, else `matches` that hold it, else names like it."""

    exact: Match | None
    matches: Sequence[Match]
    near: Sequence[Match]


def plain(name: str) -> str:
    """Give a name without case, accents, hyphens and the word "gemeente", to compare with another."""
    words = re.sub(r"[\W_]+", " ", folded(name)).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "gemeente" else words)


def known(municipalities: Iterable[Municipality]) -> list[Match]:
    """Give by which names which municipality is found, in Dutch order: the last one in the row of its successors."""
    every = {item.pk: item for item in municipalities}
    found = []
    for item in every.values():
        last, passed = item, {item.pk}
        while last.has_ended() and last.successor_id in every and last.successor_id not in passed:
            last = every[last.successor_id]
            passed.add(last.pk)
        found.append(Match(last, item if last is not item else None))
    return sorted(found, key=lambda match: sort_key(match.name))


def find(asked: str, names: Sequence[Match]) -> Found:
    """Find what somebody typed among these names; the best match goes first, and each municipality comes once."""
    words = plain(asked)
    if not words:
        return Found(None, [], [])
    ranked = [(rank, match) for match in names if (rank := _rank(words, plain(match.name))) is not None]
    matches = _once(match for _rank, match in sorted(ranked, key=lambda pair: pair[0]))
    exact = matches[0] if matches and plain(matches[0].name) == words else None
    if matches:
        return Found(exact, matches[:MOST], [])
    by_name = {plain(match.name): match for match in names}
    near = get_close_matches(words, by_name, MOST_NEAR, LIKE_ENOUGH)
    return Found(None, [], _once(by_name[name] for name in near))


def _rank(words: str, name: str) -> int | None:
    """Say how well a name answers to the words, the lower the better: all, its start, one of its words, any part."""
    if name == words:
        return 0
    if name.startswith(words):
        return 1
    if f" {words}" in name:
        return 2
    return 3 if words in name else None


def _once(matches: Iterable[Match]) -> list[Match]:
    found: dict[int, Match] = {}
    for match in matches:
        found.setdefault(match.municipality.pk, match)
    return list(found.values())


def asked_for(context: RenderContext) -> str:
    """Give the name that the address asks for."""
    return clean_words(context.asked("zoek"))


def leads_to(addresses: MunicipalityAddresses, context: RenderContext) -> str:
    """Give the address of the municipality whose whole name was typed; "" where that is none or one of the past."""
    words = asked_for(context)
    exact = find(words, _names(context)).exact if words and addresses.base else None
    return addresses.path(exact.municipality) if exact and exact.former is None else ""


def finder(addresses: MunicipalityAddresses, context: RenderContext, order: int = LEAD) -> list[SearchSection]:
    """Give the field, as it stands on any page; it leads to the overview of municipalities. One query."""
    return [_section(addresses, context, order)] if addresses.base and _names(context) else []


def answered(addresses: MunicipalityAddresses, context: RenderContext) -> list[SearchSection]:
    """Give the field on the overview itself, with what it found."""
    words = asked_for(context)
    sections = finder(addresses, context)
    if not words or not sections:
        return sections
    found = find(words, _names(context))
    number = len(found.matches)
    values: dict[str, object] = {
        "query": words,
        "results": [_result(match, addresses) for match in found.matches or found.near],
        "is_result": True,
    }
    if number:
        text = ngettext("%(number)d gemeente voor “%(words)s”", "%(number)d gemeenten voor “%(words)s”", number)
        values["summary"] = text % {"number": number, "words": words}
    elif found.near:
        text = gettext("Geen gemeente gevonden voor “%(words)s”. Bedoelt u een van deze?")
        values["summary"] = text % {"words": words}
    else:
        values["summary"] = gettext("Geen gemeente gevonden voor “%(words)s”") % {"words": words}
        values["advice"] = gettext(
            "Kijk of u de naam goed hebt geschreven, of kies uw gemeente hieronder uit de lijst. "
            "Gemeenten buiten dit gebied staan hier niet."
        )
    return [section.model_copy(update=values) for section in sections]


def _names(context: RenderContext) -> list[Match]:
    from districts.models import Municipality  # its page types import this module

    return context.shared("names of municipalities", lambda: known(Municipality.objects.of(context.site)))


def _section(addresses: MunicipalityAddresses, context: RenderContext, order: int) -> SearchSection:
    return SearchSection(
        key=KEY,
        title=gettext("Mijn gemeente"),
        introduction=gettext("Typ de naam van uw gemeente. Ook namen van vroeger mogen."),
        action=addresses.base,
        label=gettext("Zoek uw gemeente"),
        query_label=gettext("Naam van de gemeente"),
        submit_label=gettext("Zoek"),
        options=[match.name for match in _names(context)],
        order=order,
    )


def _result(match: Match, addresses: MunicipalityAddresses) -> Result:
    names = {"former": match.name, "name": match.municipality.name}
    return Result(
        title=match.municipality.name,
        url=addresses.path(match.municipality),
        introduction=gettext("%(former)s is opgegaan in %(name)s.") % names if match.former else "",
    )
