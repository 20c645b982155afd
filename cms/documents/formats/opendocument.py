"""ODT, ODP and ODS: sections by heading, slides with their notes, sheets by name."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from cms.documents.cleaning import clean
from cms.documents.formats.package import Package, attribute, local, titles
from cms.documents.limits import CHARACTERS, UnreadableError
from cms.documents.parts import Facts, Part, sections

_CONTENT = "content.xml"


def read(file: BinaryIO, extension: str) -> Iterator[Facts | Part]:
    package = Package(file)
    if _CONTENT not in package.names:
        raise UnreadableError("damaged")
    yield from titles(package, "meta.xml")
    if extension == "odt":
        yield from _pages_noted(package)
        yield from sections(_paragraphs(package))
    elif extension == "odp":
        yield from _numbered(package, "page")
    else:
        yield from _numbered(package, "table")


def _pages_noted(package: Package) -> Iterator[Facts]:
    for _event, element in package.events("meta.xml"):
        pages = attribute(element, "page-count") if local(element) == "document-statistic" else ""
        if pages.isdigit() and 0 < int(pages) < 100_000:
            yield Facts({"page_count": int(pages)})


def _text(element: Any) -> str:
    """Give the text of a paragraph, with the spaces, tabs and line ends that stand in it as elements."""
    pieces = [element.text or ""]
    for child in element:
        tag = local(child)
        if tag in ("s", "tab", "line-break"):
            pieces.append(" ")
        elif tag not in ("annotation", "tracked-changes", "p", "h"):
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _paragraphs(package: Package) -> Iterator[tuple[str, str]]:
    hidden = 0
    for event, element in package.events(_CONTENT, starts=True):
        tag = local(element)
        if tag in ("tracked-changes", "annotation"):
            hidden += 1 if event == "start" else -1
        if event == "start" or hidden or tag not in ("p", "h"):
            continue
        text = _text(element)
        level = attribute(element, "outline-level")
        if text.strip():
            yield (clean(text)[:200] if tag == "h" and level in ("", "1", "2") else ""), text
        # A frame in a paragraph has paragraphs of its own, given already.
        element.clear()


def _numbered(package: Package, wanted: str) -> Iterator[Facts | Part]:
    """Give each slide or sheet. Cells that are said to be repeated a million times count once."""
    number, length, depth = 0, 0, 0
    lines: list[str] = []
    parent: Any = None
    for event, element in package.events(_CONTENT, starts=True):
        tag = local(element)
        if tag == wanted:
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                number, lines = number + 1, []
                parent = element
            elif event == "end" and depth == 0:
                label = attribute(element, "name")
                if text := clean("\n".join(lines)):
                    yield Part(number, text, clean(label)[:200])
                lines = []
                element.clear()
        elif event == "end" and depth and tag in ("p", "h"):
            text = _text(element).strip()
            length += len(text)
            if text and length <= CHARACTERS:
                lines.append(text)
        elif event == "end" and depth and tag == "table-row":
            element.clear()
            if parent is not None and wanted == "table" and depth == 1:
                _forget_children(parent)
    yield Facts({"page_count": number})


def _forget_children(parent: Any) -> None:
    for child in list(parent):
        parent.remove(child)
