"""Reads the simple HTML of a text into parts that Word, presentation and ODF files are written from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from home.demo.make.source import Figure, shown

# A piece of text and whether it is bold.
Run = tuple[str, bool]


@dataclass
class Heading:
    level: int
    text: str = ""


@dataclass
class Paragraph:
    """`style` is normal, lead, box, quote or notes (what a speaker says; on no slide)."""

    style: str = "normal"
    runs: list[Run] = field(default_factory=list)


@dataclass
class ItemList:
    """`kind` is ul, ol or check: a list to tick off."""

    kind: str
    items: list[list[Run]] = field(default_factory=list)


@dataclass
class Grid:
    """A table; its first row names the columns."""

    caption: str = ""
    rows: list[list[list[Run]]] = field(default_factory=list)


Part = Heading | Paragraph | ItemList | Grid


def plain(runs: list[Run]) -> str:
    """The text without its weight."""
    return "".join(text for text, _bold in runs)


def slides(html: str) -> list[str]:
    """The HTML of each slide."""
    return re.findall(r"<section>(.*?)</section>", html, re.S)


def parts(html: str, figures: Mapping[str, Figure]) -> list[Part]:
    """The parts in reading order. A figure becomes a table or a list: the same facts, for every reader."""
    reader = _Reader(figures)
    reader.feed(re.sub(r">\s+<", "><", html.strip()))
    reader.close()
    return reader.parts


class _Reader(HTMLParser):
    def __init__(self, figures: Mapping[str, Figure]) -> None:
        super().__init__()
        self.parts: list[Part] = []
        self.figures = figures
        self.runs: list[Run] | None = None
        self.style = "normal"
        self.bold = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        match tag:
            case "h2" | "h3":
                self.parts.append(Heading(int(tag[1]) - 1))
                self.runs = []
            case "p":
                style = "lead" if values.get("class") == "lead" else self.style
                self.runs = []
                self.parts.append(Paragraph(style, self.runs))
            case "aside":
                self.style = values.get("class") or "box"
            case "blockquote":
                self.style = "quote"
            case "ul" | "ol":
                self.parts.append(ItemList("check" if values.get("class") == "check" else tag))
            case "table":
                self.parts.append(Grid())
            case "figure":
                self.parts += _values(self.figures[values["id"] or ""])
            case "strong":
                self.bold = True
            case "caption" | "li" | "th" | "td" | "tr":
                self.open_inside(tag)

    def open_inside(self, tag: str) -> None:
        within = self.parts[-1]
        self.runs = []
        if isinstance(within, ItemList):
            within.items.append(self.runs)
        elif isinstance(within, Grid) and tag == "tr":
            within.rows.append([])
        elif isinstance(within, Grid) and tag in ("th", "td"):
            within.rows[-1].append(self.runs)

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "h2" | "h3" if isinstance(heading := self.parts[-1], Heading):
                heading.text = plain(self.runs or [])
            case "caption" if isinstance(grid := self.parts[-1], Grid):
                grid.caption = plain(self.runs or [])
            case "aside" | "blockquote":
                self.style = "normal"
            case "strong":
                self.bold = False
        if tag in ("p", "li", "h2", "h3", "th", "td", "caption"):
            self.runs = None

    def handle_data(self, data: str) -> None:
        if self.runs is not None:
            self.runs.append((re.sub(r"\s+", " ", data), self.bold))


def _values(figure: Figure) -> list[Part]:
    if figure.kind == "steps":
        steps = [[(name, False)] for name, _number in figure.values]
        return [Paragraph("normal", [(figure.title, True)]), ItemList("ol", steps)]
    rows: list[list[list[Run]]] = [[[(figure.label, False)], [(figure.unit, False)]]]
    rows += [[[(name, False)], [(shown(value), False)]] for name, value in figure.values]
    return [Grid(figure.title, rows)]
