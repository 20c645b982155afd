"""The columns of a sheet: the same ones when it is read and when it is written."""

from collections.abc import Iterable
from dataclasses import dataclass

# Between several values in one cell.
BETWEEN = "|"
# A cell that empties what was there; an empty cell leaves it as it is.
EMPTY = "-"


@dataclass(frozen=True)
class Column:
    """One column: its name, what stands in it, and an example for the template."""

    name: str
    meaning: str
    example: str = ""
    # Written only: a sheet that was exported can be read again.
    told: bool = False


def template(columns: Iterable[Column]) -> list[list[str]]:
    """Give a sheet to fill in: the names of the columns, and one row as an example."""
    filled = [column for column in columns if not column.told]
    return [[column.name for column in filled], [column.example for column in filled]]


def together(values: list[str]) -> str:
    """Give several values as one cell."""
    return BETWEEN.join(value.replace(BETWEEN, "/") for value in values)


def apart(cell: str) -> list[str]:
    """Give the values of one cell."""
    return [value.strip() for value in cell.split(BETWEEN) if value.strip()]
