"""Reading the TOML files: values with the place they came from, so that an error names the file and the key."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any


class ContentError(Exception):
    """Something in a data file, or its absence, stops the command. The message is Dutch and meant for who runs it."""


class Record:
    """One table of a data file. Asking for a key that is missing or of another type raises ContentError."""

    def __init__(self, values: dict[str, Any], place: str) -> None:
        self._values = values
        self.place = place

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def _value(self, key: str, kind: type, name: str) -> Any:
        if key not in self._values:
            raise ContentError(f"{self.place}: de sleutel '{key}' ontbreekt.")
        value = self._values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise ContentError(f"{self.place}: de sleutel '{key}' moet {name} zijn, niet {value!r}.")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Give a text, without the line ends around it; `default` where the key may be missing."""
        if default is not None and key not in self._values:
            return default
        return self._value(key, str, "een tekst").strip()

    def number(self, key: str) -> int:
        """Give a whole number."""
        return self._value(key, int, "een geheel getal")

    def day(self, key: str) -> date:
        """Give a date."""
        return self._value(key, date, "een datum (zoals 2027-01-31)")

    def optional_number(self, key: str) -> int | None:
        """Give a whole number, or None where the key is missing."""
        return self.number(key) if key in self else None

    def optional_day(self, key: str) -> date | None:
        """Give a date, or None where the key is missing."""
        return self.day(key) if key in self else None

    def optional_text(self, key: str) -> str | None:
        """Give a text, or None where the key is missing."""
        return self.text(key) if key in self else None

    def flag(self, key: str) -> bool:
        """Give true or false; false where the key is missing."""
        return self._value(key, bool, "true of false") if key in self else False

    def texts(self, key: str) -> list[str]:
        """Give a list of texts."""
        values = self._value(key, list, "een lijst")
        for value in values:
            if not isinstance(value, str):
                raise ContentError(f"{self.place}: de lijst '{key}' mag alleen teksten bevatten, niet {value!r}.")
        return values

    def table(self, key: str) -> "Record":
        """Give the table under `key`."""
        return Record(self._value(key, dict, "een tabel"), f"{self.place}, {key}")

    def tables(self, key: str) -> list["Record"]:
        """Give the list of tables under `key`; none where the key is missing."""
        if key not in self:
            return []
        records = []
        for number, values in enumerate(self._value(key, list, "een lijst van tabellen"), start=1):
            if not isinstance(values, dict):
                raise ContentError(f"{self.place}: '{key}' mag alleen tabellen bevatten, niet {values!r}.")
            name = values.get("key") or values.get("code") or values.get("type")
            label = f"{key} {number} ({name})" if name else f"{key} {number}"
            records.append(Record(values, f"{self.place}, {label}"))
        return records


def read(path: Path) -> Record:
    """Read a TOML file. Raises ContentError where it is missing or no TOML."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError(f"Het bestand {path.name} is niet te lezen: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"Het bestand {path.name} is geen geldige TOML: {error}.") from error
    return Record(values, path.name)
