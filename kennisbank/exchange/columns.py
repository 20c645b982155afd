"""The columns of a sheet of publications: the same ones when it is read and when it is written."""

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


COLUMNS = [
    Column(
        "kenmerk", "Uw eigen vaste naam voor de publicatie. Daaraan herkent een tweede keer haar.", "2026-leegstand"
    ),
    Column("titel", "De titel.", "Factsheet leegstand (voorbeeld)"),
    Column("samenvatting", "Hooguit 400 tekens.", "Waar u op let als u een schuur verhuurt."),
    Column("soort", "Naam of sleutel van een documentsoort.", "factsheet"),
    Column("datum", "Als 2026-11-23 of 23-11-2026.", "2026-11-23"),
    Column("taal", "nl, en, de of fr: de taal van het bestand.", "nl"),
    Column("themas", "Titels van thema's, met | ertussen.", "ondermijning"),
    Column("districten", "Titels van districten, met | ertussen.", "twente|ijsselland"),
    Column("gemeenten", "Namen of CBS-codes, met | ertussen.", "Zwolle|Deventer"),
    Column("organisaties", "Namen van wie het uitgeeft, met | ertussen.", ""),
    Column("doelgroepen", "Namen of sleutels, met | ertussen.", "ondernemers"),
    Column("verantwoordelijk", "Naam van de groep die haar bijhoudt.", "Redactie"),
    Column("controleren", "De dag waarop iemand moet nagaan of het stuk nog klopt.", "2027-11-01"),
    Column("bestanden", "Namen van bestanden, gezien vanaf de map van dit blad, met | ertussen.", "leegstand.pdf"),
    Column("vervangen_door", "Kenmerk of adres van de publicatie die haar vervangt.", ""),
    Column("publiceren", "ja of nee. Leeg: zoals u het commando geeft.", "nee"),
    Column("adres", "Het adres op de website.", told=True),
    Column("gepubliceerd", "ja of nee.", told=True),
    Column("bestand_adressen", "De adressen van de bestanden.", told=True),
    Column("bijgewerkt", "Wanneer zij het laatst gepubliceerd is.", told=True),
]
NAMES = [column.name for column in COLUMNS]
READ = [column.name for column in COLUMNS if not column.told]


def template() -> list[list[str]]:
    """Give a sheet to fill in: the names of the columns, and one row as an example."""
    columns = [column for column in COLUMNS if not column.told]
    return [[column.name for column in columns], [column.example for column in columns]]


def together(values: list[str]) -> str:
    """Give several values as one cell."""
    return BETWEEN.join(value.replace(BETWEEN, "/") for value in values)


def apart(cell: str) -> list[str]:
    """Give the values of one cell."""
    return [value.strip() for value in cell.split(BETWEEN) if value.strip()]
