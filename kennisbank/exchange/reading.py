"""Finds and reads a sheet of publications. What stands in its cells, importing.py judges."""

from pathlib import Path

from cms.exchange.reading import SHEETS, SheetError, SheetRow, read_rows
from kennisbank.exchange.columns import COLUMNS


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
    return read_rows(sheet.name, sheet.read_bytes(), COLUMNS, ("titel", "kenmerk"))
