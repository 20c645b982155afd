"""Finds records by what people write in a sheet: their key, name or code. What is not there, gets suggestions."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

MOST_NAMED = 10


class UnknownError(Exception):
    """A name that stands for nothing, or for several records; says which are meant perhaps."""


class Choices:
    """The records of one kind by all their names, in any case."""

    def __init__(self, kind: str, records: Iterable[Any], names: Callable[[Any], Iterable[str]]) -> None:
        self.kind = kind
        self._found: dict[str, list[Any]] = defaultdict(list)
        self._shown: dict[str, str] = {}
        self._first: dict[Any, str] = {}
        for record in records:
            for name in dict.fromkeys(name for name in names(record) if name):
                folded = name.casefold()
                self._found[folded].append(record)
                self._shown.setdefault(folded, name)
                self._first.setdefault(record.pk, name)

    def find(self, name: str) -> Any:
        """Give the record of this name; raises UnknownError."""
        found = self._found.get(name.casefold(), [])
        if len({record.pk for record in found}) == 1:
            return found[0]
        if found:
            raise UnknownError(f"{self.kind} “{name}” is er meer dan één keer. Gebruik de sleutel of de code.")
        close = [self._shown[each] for each in get_close_matches(name.casefold(), self._found, 3, 0.6)]
        if close:
            hint = "Bedoelt u " + " of ".join(f"“{each}”" for each in close) + "?"
        else:
            names = sorted(self._first.values())
            more = f" en nog {len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
            hint = f"Kies uit: {', '.join(names[:MOST_NAMED])}{more}."
        raise UnknownError(f"{self.kind} “{name}” bestaat niet. {hint}")
