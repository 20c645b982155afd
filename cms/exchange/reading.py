"""Reads a sheet, from CSV or XLSX. What stands in its cells, each import judges for itself."""

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from io import BytesIO
from typing import Any

from cms.exchange.columns import Column
from cms.tables import FORMULA

SHEETS = (".csv", ".xlsx")


class SheetError(Exception):
    """The sheet itself is no good; says what to do."""


@dataclass(frozen=True)
class SheetRow:
    """One row. `number` is that of the row in a spreadsheet; `cells` holds columns that are there, without spaces."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)

    def cell(self, name: str) -> str:
        return self.cells.get(name, "")


def read_rows(name: str, content: bytes, columns: Collection[Column], needed: Collection[str]) -> list[SheetRow]:
    """Give the rows of a file of this name that have anything in them; it must have one of the `needed` columns.

    Raises SheetError.
    """
    lines = list(_xlsx(name, content) if name.lower().endswith(".xlsx") else _csv(name, content))
    if not lines:
        raise SheetError(f"{name} is leeg.")
    head = [cell.strip().lower().replace(" ", "_").replace("'", "") for cell in lines[0]]
    _check_head(name, head, [column.name for column in columns], needed)
    read = {column.name for column in columns if not column.told}
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = {column: _plain(cell) for column, cell in zip(head, line, strict=False) if column in read}
        if any(cells.values()):
            rows.append(SheetRow(number, cells))
    return rows


def _check_head(sheet: str, head: list[str], names: list[str], needed: Collection[str]) -> None:
    for name in head:
        if name and name not in names:
            close = get_close_matches(name, names, 1)
            hint = f"Bedoelt u “{close[0]}”?" if close else f"Deze kolommen zijn er: {', '.join(names)}."
            raise SheetError(f"{sheet}: onbekende kolom “{name}”. {hint}")
    doubles = {name for name in head if name and head.count(name) > 1}
    if doubles:
        raise SheetError(f"{sheet}: de kolom “{sorted(doubles)[0]}” staat er twee keer.")
    if not any(name in head for name in needed):
        least = " of ".join(f"“{name}”" for name in needed)
        raise SheetError(f"{sheet}: de eerste rij moet de namen van de kolommen hebben, met minstens {least}.")


def _csv(sheet: str, content: bytes) -> Iterable[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # as Excel saves where UTF-8 was not asked for
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        yield from csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise SheetError(f"{sheet} is geen goede csv: {error}.") from error


def _xlsx(sheet: str, content: bytes) -> Iterable[list[str]]:
    from openpyxl import load_workbook  # Wagtail brings it, for its own exports

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # the library raises of all sorts on a broken file
        raise SheetError(f"{sheet} is geen goede xlsx.") from error
    try:
        for line in book.worksheets[0].iter_rows(values_only=True):
            yield [_text(value) for value in line]
    finally:
        book.close()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _plain(cell: str) -> str:
    """Take off what our export puts before a text that a spreadsheet would take for a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
