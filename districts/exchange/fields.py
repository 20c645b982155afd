"""What a cell of a sheet stands for, both ways: from text to the value of a field, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cms.exchange.choices import Choices, UnknownError
from cms.exchange.columns import Column, apart, together


class CellError(Exception):
    """A cell that can't be what it says; tells what to write instead."""


Reader = Callable[[str], Any]
Writer = Callable[[Any], str]


@dataclass(frozen=True)
class Field:
    """A column, the field of the record that it fills, and how. `empty` is what "-" makes of it; None: it may not.

    A record is known again by its `key` fields.
    """

    column: Column
    name: str
    read: Reader
    write: Writer = str
    key: bool = False
    needed: bool = False
    empty: Any = ""
    many: bool = False

    def of(self, record: Any) -> Any:
        """Give the value that the record has now."""
        value = getattr(record, self.name)
        return set(value.all()) if self.many else value

    def cell(self, record: Any) -> str:
        """Give the record's cell."""
        value = self.of(record)
        return "" if value is None or value == "" else self.write(value)


def text(column: Column, name: str, **values: Any) -> Field:
    """A text, as it is."""
    return Field(column, name, str, **values)


def number(column: Column, name: str, **values: Any) -> Field:
    """A whole number."""

    def read(cell: str) -> int:
        try:
            return int(cell)
        except ValueError:
            raise CellError(f"{column.name} “{cell}” is geen getal.") from None

    return Field(column, name, read, **{"empty": None, **values})


def day(column: Column, name: str, **values: Any) -> Field:
    """A date."""

    def read(cell: str) -> date:
        for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
            try:
                return datetime.strptime(cell, form).date()
            except ValueError:
                continue
        raise CellError(f"{column.name} “{cell}” is geen datum. Schrijf haar als 2026-11-23.")

    return Field(column, name, read, date.isoformat, **{"empty": None, **values})


def option(column: Column, name: str, options: dict[str, str], **values: Any) -> Field:
    """One of a few fixed words."""

    def read(cell: str) -> str:
        if cell.lower() not in options:
            raise CellError(f"{column.name} “{cell}” is er niet. Kies uit: {', '.join(options)}.")
        return cell.lower()

    return Field(column, name, read, **values)


def record(column: Column, name: str, choices: Choices, shown: Writer, **values: Any) -> Field:
    """Another record, by one of its names."""
    return Field(column, name, _finder(choices), shown, **{"empty": None, **values})


def records(column: Column, name: str, choices: Choices, shown: Writer, **values: Any) -> Field:
    """Several other records, with | between."""
    find = _finder(choices)

    def read(cell: str) -> set[Any]:
        return {find(each) for each in apart(cell)}

    def write(value: set[Any]) -> str:
        return together(sorted(shown(each) for each in value))

    return Field(column, name, read, write, **{"empty": frozenset(), "many": True, **values})


def _finder(choices: Choices) -> Reader:
    def find(cell: str) -> Any:
        try:
            return choices.find(cell)
        except UnknownError as error:
            raise CellError(str(error)) from error

    return find
