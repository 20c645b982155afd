"""Writes a document of slides as a presentation: titles, lists and tables in place, notes for the speaker."""

import io
import re
from pathlib import Path
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Cm, Pt

from home.demo.make.package import unpacked, write_package
from home.demo.make.source import EXAMPLE, LANGUAGE_TAG, PUBLISHER, Source
from home.demo.make.text import Grid, Heading, ItemList, Paragraph, Part, Run, parts, plain, slides

WIDTH, HEIGHT = Cm(33.867), Cm(19.05)
PETROL = RGBColor(0x0B, 0x4F, 0x5C)
TITLE_SLIDE, TITLE_AND_TEXT, TITLE_ONLY = 0, 1, 5


def make_pptx(source: Source, path: Path) -> None:
    """Write the slides to `path`."""
    presentation = pptx.Presentation()
    _widen(presentation)
    first = presentation.slides.add_slide(presentation.slide_layouts[TITLE_SLIDE])
    first.shapes.title.text = source.title
    first.placeholders[1].text = f"{source.subtitle}\n{source.dateline}\n{EXAMPLE[source.language]}"
    for line in first.placeholders[1].text_frame.paragraphs:
        line.font.size = Pt(18)
    for html in slides(source.html):
        _add_slide(presentation, parts(html, source.figures))
    for slide in presentation.slides:
        slide.shapes.title.text_frame.paragraphs[0].font.color.rgb = PETROL
        _set_language(slide, LANGUAGE_TAG[source.language])
    _describe(presentation, source)
    buffer = io.BytesIO()
    presentation.save(buffer)
    write_package(path, _with_font(unpacked(buffer.getvalue())), source.moment)


def _widen(presentation: Any) -> None:
    """Make the template's slides of 4:3 as wide as screens are, with everything that stands on them."""
    ratio = WIDTH / presentation.slide_width
    presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    for page in (presentation.slide_master, *presentation.slide_layouts):
        for shape in page.placeholders:
            # A placeholder without a place of its own takes that of the master.
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                shape.left, shape.width = round(shape.left * ratio), round(shape.width * ratio)


def _add_slide(presentation: Any, content: list[Part]) -> None:
    notes = [plain(part.runs) for part in content if isinstance(part, Paragraph) and part.style == "notes"]
    title = next(part.text for part in content if isinstance(part, Heading))
    tables = [part for part in content if isinstance(part, Grid)]
    lines = _lines(content)
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_ONLY if tables else TITLE_AND_TEXT])
    slide.shapes.title.text = title
    if tables:
        _add_table(slide, tables[0])
    if lines:
        box = slide.shapes.add_textbox(Cm(2), Cm(14.5), Cm(29.8), Cm(3)) if tables else slide.placeholders[1]
        _write(box.text_frame, lines)
    if notes:
        slide.notes_slide.notes_text_frame.text = "\n".join(notes)


def _lines(content: list[Part]) -> list[tuple[str, list[Run]]]:
    """What stands in the text of a slide: each line with the kind of list it is in."""
    lines: list[tuple[str, list[Run]]] = []
    for part in content:
        if isinstance(part, Paragraph) and part.style != "notes":
            lines.append(("", part.runs))
        elif isinstance(part, ItemList):
            lines += [(part.kind, item) for item in part.items]
    return lines


def _write(frame: Any, lines: list[tuple[str, list[Run]]]) -> None:
    frame.word_wrap = True
    for number, (kind, runs) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(8)
        properties = paragraph._p.get_or_add_pPr()
        if kind == "ol":
            properties.append(properties.makeelement(qn("a:buFont"), {"typeface": "+mj-lt"}))
            properties.append(properties.makeelement(qn("a:buAutoNum"), {"type": "arabicPeriod"}))
        elif not kind:
            properties.append(properties.makeelement(qn("a:buNone"), {}))
            properties.set("marL", "0")
            properties.set("indent", "0")
        for text, bold in runs:
            run = paragraph.add_run()
            run.text, run.font.size = text, Pt(24)
            run.font.bold = True if bold else None


def _add_table(slide: Any, grid: Grid) -> None:
    shape = slide.shapes.add_table(
        len(grid.rows), len(grid.rows[0]), Cm(2), Cm(4.6), Cm(29.8), Cm(1.4 * len(grid.rows))
    )
    shape.name = grid.caption or "Tabel"
    for row, cells in enumerate(grid.rows):
        for column, runs in enumerate(cells):
            cell = shape.table.cell(row, column)
            cell.text = plain(runs)
            cell.text_frame.paragraphs[0].font.size = Pt(17)
            if row == 0:
                cell.fill.solid()
                cell.fill.fore_color.rgb = PETROL


def _set_language(slide: Any, tag: str) -> None:
    pages = [slide, slide.notes_slide] if slide.has_notes_slide else [slide]
    for page in pages:
        for properties in page._element.iter(qn("a:rPr"), qn("a:endParaRPr")):
            properties.set("lang", tag)


def _describe(presentation: Any, source: Source) -> None:
    properties = presentation.core_properties
    properties.title, properties.subject = source.title, source.kind
    properties.author = properties.last_modified_by = PUBLISHER[source.language]
    properties.language, properties.comments, properties.keywords = source.language, source.subtitle, ""
    properties.created = properties.modified = source.moment


def _with_font(files: dict[str, bytes]) -> dict[str, bytes]:
    """Set the template's typeface to one that every computer has."""
    for name in files:
        if re.fullmatch(r"ppt/theme/theme\d+\.xml", name):
            files[name] = files[name].replace(b'latin typeface="Calibri"', b'latin typeface="Arial"')
    return files
