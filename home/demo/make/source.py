"""The text of one document, as it stands in documents/, and what every kind of file says about it."""

import hashlib
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
SOURCES, TARGET, PICTURES = HERE / "documents", HERE / "files", HERE / "images"

PUBLISHER = {
    "nl": "Veiligheidsnetwerk Oost-Nederland (voorbeeld)",
    "en": "Veiligheidsnetwerk Oost-Nederland (example)",
    "de": "Veiligheidsnetwerk Oost-Nederland (Beispiel)",
}
EXAMPLE = {
    "nl": "Voorbeelddocument. De inhoud is gemaakt voor een voorbeeldsite. Cijfers en gebeurtenissen zijn verzonnen.",
    "en": "Example document. The content was made for an example site. Figures and events are invented.",
    "de": "Beispieldokument. Der Inhalt wurde für eine Beispielseite erstellt. Zahlen und Ereignisse sind erfunden.",
}
PAGE_WORD = {"nl": "Pagina", "en": "Page", "de": "Seite"}
CONTENTS_WORD = {"nl": "Inhoud", "en": "Contents", "de": "Inhalt"}
LANGUAGE_TAG = {"nl": "nl-NL", "en": "en-GB", "de": "de-DE"}
MONTHS = {
    "nl": "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "de": "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
}


@dataclass(frozen=True)
class Figure:
    """A chart: bars with a number each, or steps in an order. `text` says in words what it shows."""

    kind: str
    title: str
    text: str
    values: list[tuple[str, float]]
    label: str = ""
    unit: str = ""


def shown(value: float) -> str:
    """A number as Dutch and German write it: 2,5."""
    return f"{value:g}".replace(".", ",")


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook. `choices` gives the words that a column allows; `total` names the columns to add up."""

    name: str
    columns: list[str]
    rows: list[list[Any]]
    text: str = ""
    widths: list[int] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    total: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """A document: who reads it, what it is, its text or its sheets, and the files to make of it."""

    name: str
    title: str
    subtitle: str
    kind: str
    date: date
    language: str
    formats: list[str]
    html: str = ""
    layout: str = "report"
    image: str = ""
    contents: bool = False
    figures: dict[str, Figure] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    digest: str = ""

    @property
    def moment(self) -> datetime:
        """When the files say they were made: on the day of the document, so that they come out the same each time."""
        return datetime(self.date.year, self.date.month, self.date.day, 9)

    @property
    def dateline(self) -> str:
        """The kind of document and its date as people write it: "Factsheet, 23 november 2026"."""
        dot = "." if self.language == "de" else ""
        month = MONTHS[self.language].split("|")[self.date.month - 1]
        return f"{self.kind}, {self.date.day}{dot} {month} {self.date.year}"


def read_source(path: Path) -> Source:
    """Read a document. `digest` names its text: a PDF carries it, so that a test sees one that was not made again."""
    content = path.read_bytes()
    record = tomllib.loads(content.decode())
    record["figures"] = {key: Figure(**value) for key, value in record.get("figures", {}).items()}
    record["sheets"] = [Sheet(**value) for value in record.get("sheets", [])]
    record.setdefault("formats", ["pdf"])
    return Source(name=path.stem, digest=hashlib.sha256(content).hexdigest()[:12], **record)


def sources() -> dict[str, Source]:
    """Give all documents by name."""
    return {path.stem: read_source(path) for path in sorted(SOURCES.glob("*.toml"))}
