"""DOCX, PPTX and XLSX: sections by heading, slides with their notes, sheets by name."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from cms.documents.cleaning import clean
from cms.documents.formats.package import Package, attribute, local, titles
from cms.documents.limits import CHARACTERS, TooBigError, UnreadableError
from cms.documents.parts import Facts, Part, sections

# Headings of these levels begin a new section.
_SECTION_LEVELS = (1, 2)


def read(file: BinaryIO, extension: str) -> Iterator[Facts | Part]:
    package = Package(file)
    yield from titles(package, "docProps/core.xml")
    yield from {"docx": _document, "pptx": _slides, "xlsx": _sheets}[extension](package)


def _main_part(package: Package) -> str:
    """Give the name of the member that is the document itself."""
    for _event, element in package.events("_rels/.rels"):
        if local(element) == "Relationship" and attribute(element, "Type").endswith("/officeDocument"):
            return attribute(element, "Target").lstrip("/")
    raise UnreadableError("damaged")


def _related(package: Package, name: str) -> dict[str, str]:
    """Give {id: name of member} of what a member refers to within the file."""
    folder, base = posixpath.split(name)
    found = {}
    for _event, element in package.events(f"{folder}/_rels/{base}.rels"):
        if local(element) == "Relationship" and attribute(element, "TargetMode") != "External":
            target = attribute(element, "Target")
            member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            found[attribute(element, "Id")] = member
    return found


def _reference(element: Any) -> str:
    """Give the id of what an element refers to: the one in the namespace of relations, not its own."""
    return next((value for key, value in element.attrib.items() if key.endswith("}id")), "")


def _pages_noted(package: Package, label: str) -> Iterator[Facts]:
    """Give the number of pages or slides that the program noted when it saved the file."""
    for _event, element in package.events("docProps/app.xml"):
        if local(element) == label and (element.text or "").isdigit() and 0 < int(element.text) < 100_000:
            yield Facts({"page_count": int(element.text)})


# ---- Word


def _document(package: Package) -> Iterator[Facts | Part]:
    main = _main_part(package)
    if main not in package.names:
        raise UnreadableError("damaged")
    yield from _pages_noted(package, "Pages")
    related = _related(package, main).values()
    headings = _headings(package, posixpath.join(posixpath.dirname(main), "styles.xml"))
    notes = [name for name in related if posixpath.basename(name) in ("footnotes.xml", "endnotes.xml")]
    yield from sections(pair for name in (main, *sorted(notes)) for pair in _paragraphs(package, name, headings))


def _headings(package: Package, name: str) -> set[str]:
    """Give the ids of the styles that begin a section; a translated Word names them otherwise, the level tells."""
    found = set()
    for _event, element in package.events(name):
        if local(element) != "style":
            continue
        level, words = 0, ""
        for child in element.iter():
            if local(child) == "outlineLvl" and attribute(child, "val").isdigit():
                level = int(attribute(child, "val")) + 1
            elif local(child) == "name":
                words = attribute(child, "val").lower()
        match = re.fullmatch(r"(?:heading|kop) ?(\d)", words)
        if (int(match[1]) if match else level) in _SECTION_LEVELS or words in ("title", "titel"):
            found.add(attribute(element, "styleId"))
        element.clear()
    return found


def _paragraphs(package: Package, name: str, headings: set[str]) -> Iterator[tuple[str, str]]:
    """Give the paragraphs in order, those in tables and text boxes too; a text box stands before what holds it."""
    stack: list[tuple[list[str], list[bool]]] = []
    fallback = 0
    for event, element in package.events(name, starts=True):
        tag = local(element)
        if tag == "Fallback":
            # The same text box once more, for old programs.
            fallback += 1 if event == "start" else -1
        if fallback:
            continue
        if tag == "p" and event == "start":
            stack.append(([], [False]))
        elif event == "start" or not stack:
            pass
        elif tag == "t":
            stack[-1][0].append(element.text or "")
        elif tag in ("tab", "br", "cr"):
            stack[-1][0].append(" ")
        elif tag == "noBreakHyphen":
            stack[-1][0].append("-")
        elif tag == "pStyle" and attribute(element, "val") in headings:
            stack[-1][1][0] = True
        elif tag == "p":
            pieces, heading = stack.pop()
            text = "".join(pieces)
            if text.strip():
                yield (clean(text)[:200] if heading[0] else ""), text
        if event == "end" and tag in ("p", "tr", "tbl") and not stack:
            element.clear()


# ---- PowerPoint


def _slides(package: Package) -> Iterator[Facts | Part]:
    main = _main_part(package)
    related = _related(package, main)
    order = [
        related[_reference(element)]
        for _event, element in package.events(main)
        if local(element) == "sldId" and _reference(element) in related
    ]
    yield Facts({"page_count": len(order)})
    for number, name in enumerate(order, start=1):
        title, lines = "", []
        for kind, text in _shapes(package, name):
            lines.append(text)
            title = title or (text if kind in ("title", "ctrTitle") else "")
        for other in _related(package, name).values():
            if "/notesSlides/" in other:
                lines += [text for kind, text in _shapes(package, other) if kind not in ("sldNum", "dt", "hdr", "ftr")]
        if text := clean("\n".join(lines)):
            yield Part(number, text, clean(title)[:200])


def _shapes(package: Package, name: str) -> Iterator[tuple[str, str]]:
    """Give (kind of placeholder, text) of each shape and each row of a table on a slide."""
    kind, words, lines = "", [], []
    for _event, element in package.events(name):
        tag = local(element)
        if tag == "t":
            words.append(element.text or "")
        elif tag == "br":
            words.append(" ")
        elif tag == "p":
            lines.append("".join(words))
            words = []
        elif tag == "ph":
            kind = attribute(element, "type")
        elif tag in ("sp", "tr", "graphicFrame"):
            text = "\n".join(lines).strip()
            if text:
                yield kind, text
            kind, lines = "", []
            element.clear()


# ---- Excel


def _sheets(package: Package) -> Iterator[Facts | Part]:
    main = _main_part(package)
    related = _related(package, main)
    found = [
        (attribute(element, "name"), related[_reference(element)])
        for _event, element in package.events(main)
        if local(element) == "sheet" and _reference(element) in related
    ]
    yield Facts({"page_count": len(found)})
    texts = next((name for name in related.values() if posixpath.basename(name) == "sharedStrings.xml"), "")
    shared = _shared(package, texts)
    for number, (label, name) in enumerate(found, start=1):
        if text := clean("\n".join(_rows(package, name, shared))):
            yield Part(number, text, clean(label)[:200])


def _shared(package: Package, name: str) -> list[str]:
    """Give the table of texts that cells refer to."""
    found, length = [], 0
    for _event, element in package.events(name):
        if local(element) == "si":
            text = "".join(child.text or "" for child in element.iter() if local(child) == "t")
            length += len(text)
            if length > 2 * CHARACTERS:
                raise TooBigError("characters")
            found.append(text)
            element.clear()
    return found


def _rows(package: Package, name: str, shared: list[str]) -> Iterator[str]:
    """Give the filled cells of each filled row. What the sheet says of its own size is of no interest."""
    length = 0
    data = None
    cells: list[str] = []
    for event, element in package.events(name, starts=True):
        tag = local(element)
        if event == "start":
            data = element if tag == "sheetData" else data
        elif tag == "c":
            cells.append(_cell(element, shared))
            element.clear()
        elif tag == "row":
            line = " ".join(filter(None, cells))
            cells = []
            if data is not None:
                data.clear()
            if line:
                length += len(line)
                yield line
            if length > CHARACTERS:
                return


def _cell(cell: Any, shared: list[str]) -> str:
    kind = attribute(cell, "t")
    if kind == "inlineStr":
        return "".join(child.text or "" for child in cell.iter() if local(child) == "t")
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if kind == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    # Numbers, dates (which are numbers) and errors help nobody who searches.
    return value if kind == "str" else value if value.isdigit() and len(value) <= 8 else ""
