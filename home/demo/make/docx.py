"""Writes a document as a Word file with real styles, lists, tables and language."""

import io
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from home.demo.make.package import unpacked, write_package
from home.demo.make.source import EXAMPLE, LANGUAGE_TAG, PAGE_WORD, PUBLISHER, Source
from home.demo.make.text import Grid, Heading, ItemList, Paragraph, Part, Run, parts

PETROL, CORAL = RGBColor(0x0B, 0x4F, 0x5C), RGBColor(0xB8, 0x47, 0x2F)
PARAGRAPH_STYLES = {"normal": "Normal", "lead": "Inleiding", "box": "Kader", "quote": "Citaat", "notes": "Normal"}


def make_docx(source: Source, path: Path) -> None:
    """Write the document to `path`."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)
    _prepare_styles(document, source.language)
    document.add_paragraph(source.title, style="Title")
    document.add_paragraph(source.subtitle, style="Subtitle")
    document.add_paragraph(f"{source.dateline}. {PUBLISHER[source.language]}")
    document.add_paragraph(EXAMPLE[source.language], style="Kader")
    for part in parts(source.html, source.figures):
        _add(document, part)
    _add_page_number(document, source.language)
    _describe(document, source)
    buffer = io.BytesIO()
    document.save(buffer)
    write_package(path, unpacked(buffer.getvalue()), source.moment)


def _describe(document: Document, source: Source) -> None:
    properties = document.core_properties
    properties.title, properties.subject = source.title, source.kind
    properties.author = properties.last_modified_by = PUBLISHER[source.language]
    properties.language, properties.comments, properties.keywords = source.language, source.subtitle, ""
    properties.created = properties.modified = source.moment


def _add(document: Document, part: Part) -> None:
    match part:
        case Heading():
            document.add_heading(part.text, level=part.level)
        case Paragraph():
            _write(document.add_paragraph(style=PARAGRAPH_STYLES[part.style]), part.runs)
        case ItemList():
            _add_list(document, part)
        case Grid():
            _add_table(document, part)


def _write(paragraph: DocxParagraph, runs: list[Run], *, bold: bool = False) -> None:
    for text, strong in runs:
        paragraph.add_run(text).bold = True if strong or bold else None


def _add_list(document: Document, part: ItemList) -> None:
    if part.kind == "ol":
        _restart_numbering(document)
    for item in part.items:
        if part.kind == "check":
            _write(document.add_paragraph("☐ ", style="Vinklijst"), item)
        elif part.kind == "ol":
            paragraph = document.add_paragraph(style="List Number")
            numbering = document.part.numbering_part.element.findall(qn("w:num"))[-1]
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = int(numbering.get(qn("w:numId")))
            _write(paragraph, item)
        else:
            _write(document.add_paragraph(style="List Bullet"), item)


def _add_table(document: Document, part: Grid) -> None:
    if part.caption:
        document.add_paragraph(part.caption, style="Caption")
    table = document.add_table(rows=len(part.rows), cols=len(part.rows[0]), style="Table Grid")
    for number, row in enumerate(part.rows):
        # The cells of a row at once: asking the table for each is slow.
        for column, (cell, runs) in enumerate(zip(table.rows[number].cells, row, strict=True)):
            cell.paragraphs[0].style = document.styles["Tabeltekst"]
            _write(cell.paragraphs[0], runs, bold=number == 0 or column == 0)
            if number == 0:
                _shade(cell, "DCEBEA")
    _repeat_header(table)
    _spread(table)
    document.add_paragraph(style="Tabeltekst")


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _repeat_header(table: Table) -> None:
    """Mark the first row as header: screen readers name it, and Word repeats it on the next page."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)


def _spread(table: Table) -> None:
    """Give the columns equal shares of the text width."""
    table.autofit = False
    for column in table.columns:
        for cell in column.cells:
            cell.width = Cm(16 / len(table.columns))


def _restart_numbering(document: Document) -> None:
    """Add a numbering of its own for the next list, starting at 1."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element.find(f".//{qn('w:numId')}")
    original = next(n for n in numbering.findall(qn("w:num")) if n.get(qn("w:numId")) == style.get(qn("w:val")))
    abstract = original.find(qn("w:abstractNumId")).get(qn("w:val"))
    numbering.add_num(int(abstract)).add_lvlOverride(ilvl=0).add_startOverride(1)


def _prepare_styles(document: Document, language: str) -> None:
    """Fonts, colours and language of the document: a Word user can change each of them as a style."""
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.2
    defaults = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for name in ("val", "eastAsia"):
        defaults.find(qn("w:lang")).set(qn(f"w:{name}"), LANGUAGE_TAG[language])
    for name, size, colour in (
        ("Title", 24.0, PETROL),
        ("Subtitle", 13.0, CORAL),
        ("Heading 1", 15.0, PETROL),
        ("Heading 2", 12.0, PETROL),
        ("Caption", 9.5, PETROL),
    ):
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), colour
        style.font.italic = False
        style.element.rPr.rFonts.attrib.pop(qn("w:asciiTheme"), None)
        style.element.rPr.rFonts.attrib.pop(qn("w:hAnsiTheme"), None)
    for name, left, before in (
        ("Inleiding", 0.0, 4),
        ("Kader", 0.5, 4),
        ("Citaat", 1.0, 4),
        ("Vinklijst", 0.6, 0),
        ("Tabeltekst", 0.0, 0),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.paragraph_format.left_indent = Cm(left)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(4)
    styles["Vinklijst"].paragraph_format.first_line_indent = Cm(-0.6)
    styles["Kader"].font.color.rgb = CORAL
    styles["Citaat"].font.italic = True
    styles["Inleiding"].font.size = Pt(12)


def _add_page_number(document: Document, language: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{PUBLISHER[language]}, {PAGE_WORD[language].lower()} ").font.size = Pt(8)
    run = paragraph.add_run()
    run.font.size = Pt(8)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
