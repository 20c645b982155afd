"""Reads a sheet of publications, from CSV or XLSX. What stands in the cells, importing.py judges."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cms.tables import FORMULA
from kennisbank.exchange.columns import NAMES, READ

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


def find_sheet(place: Path) -> Path:
    """Give the sheet: the file itself, or the one sheet in a folder."""
    if place.is_file():
        if place.suffix.lower() not in SHEETS:
            raise SheetError(f"{place.name} is geen csv of xlsx. Geef een map of een blad met die extensie.")
        return place
    if not place.is_dir():
        raise SheetError(f"{place} bestaat niet.")
    found = sorted(
        each for each in place.iterdir() if each.suffix.lower() in SHEETS and not each.name.startswith(("~", "."))
    )
    named = [each for each in found if each.stem.lower() in ("publicaties", "metadata")]
    if len(found) == 1 or len(named) == 1:
        return (named or found)[0]
    if not found:
        raise SheetError(
            f"In {place} staat geen blad met gegevens. Maak er een met --sjabloon {place}/publicaties.csv."
        )
    names = ", ".join(each.name for each in found)
    raise SheetError(f"In {place} staan meer bladen ({names}). Noem het goede: publicaties.csv.")


def read_sheet(sheet: Path) -> list[SheetRow]:
    """Give the rows that have anything in them."""
    lines = list(_xlsx(sheet) if sheet.suffix.lower() == ".xlsx" else _csv(sheet))
    if not lines:
        raise SheetError(f"{sheet.name} is leeg.")
    head = [cell.strip().lower().replace(" ", "_").replace("'", "") for cell in lines[0]]
    _check_head(sheet, head)
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = {name: _plain(cell) for name, cell in zip(head, line, strict=False) if name in READ}
        if any(cells.values()):
            rows.append(SheetRow(number, cells))
    return rows


def _check_head(sheet: Path, head: list[str]) -> None:
    for name in head:
        if name and name not in NAMES:
            close = get_close_matches(name, NAMES, 1)
            hint = f"Bedoelt u “{close[0]}”?" if close else f"Deze kolommen zijn er: {', '.join(NAMES)}."
            raise SheetError(f"{sheet.name}: onbekende kolom “{name}”. {hint}")
    doubles = {name for name in head if name and head.count(name) > 1}
    if doubles:
        raise SheetError(f"{sheet.name}: de kolom “{sorted(doubles)[0]}” staat er twee keer.")
    if "titel" not in head and "kenmerk" not in head:
        raise SheetError(f"{sheet.name}: de eerste rij moet de namen van de kolommen hebben, met minstens “titel”.")


def _csv(sheet: Path) -> Iterable[list[str]]:
    content = sheet.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # as Excel saves where UTF-8 was not asked for
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        yield from csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise SheetError(f"{sheet.name} is geen goede csv: {error}.") from error


def _xlsx(sheet: Path) -> Iterable[list[str]]:
    from openpyxl import load_workbook  # Wagtail brings it, for its own exports

    try:
        book = load_workbook(sheet, read_only=True, data_only=True)
    except Exception as error:  # the library raises of all sorts on a broken file
        raise SheetError(f"{sheet.name} is geen goede xlsx.") from error
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
