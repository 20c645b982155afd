"""Makes the demo's PDF and DOCX files from the texts in documents/.

Run from anywhere: `python home/demo/make_files.py [name ...]`; needs python-docx, Pillow and Playwright's Chromium.
Dates inside the files are those of the documents, so the same programs give the same files.

A text is a TOML file: title, subtitle, kind, date, language, html (h2, h3, p, ul, ol, table, blockquote, aside,
section), and optionally format (pdf|docx), layout (report|columns|slides) and image (a key of images/, for page one).
"""

import base64
import io
import re
import shutil
import sys
import tomllib
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
SOURCES, TARGET, PICTURES = HERE / "documents", HERE / "files", HERE / "images"
PUBLISHER = {
    "nl": "Veiligheidsnetwerk Oost-Nederland (voorbeeld)",
    "en": "Veiligheidsnetwerk Oost-Nederland (example)",
    "de": "Veiligheidsnetwerk Oost-Nederland (Beispiel)",
}
PAGE_WORD = {"nl": "Pagina", "en": "Page", "de": "Seite"}
MONTHS = {
    "nl": "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "de": "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
}
PETROL, CORAL = RGBColor(0x0B, 0x4F, 0x5C), RGBColor(0xB8, 0x47, 0x2F)

Source = dict[str, Any]

STYLE = """
:root { --petrol: #0b4f5c; --ink: #0c2a30; --sand: #f6eedf; --coral: #b8472f; --mist: #dcebea; }
* { box-sizing: border-box; }
html { font-family: "Liberation Sans", Arial, sans-serif; font-size: 10.5pt; line-height: 1.5; color: var(--ink); }
body { margin: 0; }
h1, h2, h3 { color: var(--petrol); line-height: 1.2; break-after: avoid; margin: 0; }
h1 { font-size: 25pt; letter-spacing: -0.01em; }
h2 { font-size: 15pt; margin: 6mm 0 2mm; }
h3 { font-size: 11.5pt; margin: 4mm 0 1mm; }
p, ul, ol, table, blockquote { margin: 0 0 3mm; }
ul, ol { padding-left: 6mm; }
li { margin-bottom: 1mm; }
li::marker { color: var(--coral); font-weight: bold; }
p, li { orphans: 3; widows: 3; }
.lead { font-size: 12.5pt; line-height: 1.45; color: var(--petrol); }
table { width: 100%; border-collapse: collapse; font-size: 9.5pt; line-height: 1.4; }
caption { text-align: left; font-weight: bold; padding: 0 0 1.5mm; color: var(--petrol); }
th { background: var(--petrol); color: #fff; text-align: left; font-weight: bold; }
th, td { padding: 1.8mm 2.5mm; vertical-align: top; }
td { border-bottom: 0.3mm solid #b9d0d1; }
tr { break-inside: avoid; }
tbody tr:nth-child(even) td { background: #f4f8f8; }
td:first-child { font-weight: bold; }
.getal { text-align: right; font-variant-numeric: tabular-nums; }
td.getal { font-weight: normal; }
aside { background: var(--sand); border-left: 1.2mm solid var(--coral); padding: 3.5mm 5mm 1mm; margin: 5mm 0;
  break-inside: avoid; }
aside h3 { margin-top: 0; }
blockquote { border-left: 1.2mm solid var(--petrol); padding: 1mm 0 0.5mm 5mm; font-size: 12pt; color: var(--petrol);
  break-inside: avoid; margin: 4mm 0; }
blockquote p { margin-bottom: 1mm; }
blockquote p + p { font-size: 9pt; color: var(--ink); }
.banner { background: var(--mist) center / cover; }
.mark { display: flex; align-items: center; gap: 3mm; font-weight: bold; color: var(--petrol); font-size: 10pt; }
.mark svg { width: 9mm; height: 9mm; flex: none; }
.kind { display: inline-block; background: var(--coral); color: #fff; font-weight: bold; font-size: 9pt;
  margin: 0 0 5mm; padding: 0.8mm 3mm; border-radius: 1mm; }
.subtitle { font-size: 13pt; margin: 2mm 0 1mm; }
.date { font-size: 9.5pt; color: #3c5a60; margin: 0 0 6mm; }
"""

PORTRAIT = """
@page { size: A4; margin: 18mm 0 20mm;
  @bottom-left { content: "%(publisher)s"; font: 8pt "Liberation Sans", Arial, sans-serif; color: #3c5a60;
    padding-left: 25mm; }
  @bottom-right { content: "%(page)s " counter(page) " / " counter(pages); color: #3c5a60; padding-right: 25mm;
    font: 8pt "Liberation Sans", Arial, sans-serif; } }
@page :first { margin-top: 0; }
.banner { height: 54mm; }
.head { background: #fff; margin: -16mm 17mm 0; padding: 6mm 8mm 0; position: relative; }
.head .mark { position: absolute; right: 8mm; top: 6mm; }
main { padding: 0 25mm; }
.columns main { columns: 2; column-gap: 9mm; padding: 0 25mm; font-size: 10pt; }
.columns main h2 { font-size: 13pt; margin-top: 5mm; }
.columns main h2:first-child { margin-top: 0; }
"""

SLIDES = """
@page { size: 297mm 167mm; margin: 0; }
html { font-size: 24pt; line-height: 1.35; }
section { height: 167mm; padding: 18mm 26mm 20mm; break-after: page; position: relative; overflow: hidden; }
section:last-child { break-after: auto; }
section::before { content: ""; position: absolute; left: 0; top: 0; width: 6mm; height: 100%;
  background: var(--petrol); }
section h2 { font-size: 38pt; margin: 0 0 10mm; }
section li { margin-bottom: 4mm; }
section p { margin-bottom: 6mm; }
section ul, section ol { padding-left: 13mm; }
table { font-size: 19pt; }
th, td { padding: 4mm; }
.foot { position: absolute; left: 26mm; right: 26mm; bottom: 8mm; display: flex; justify-content: space-between;
  font-size: 10pt; color: #3c5a60; }
.title { padding: 0; }
.title .banner { position: absolute; left: 6mm; right: 0; top: 0; height: 84mm; }
.title .head { position: absolute; left: 26mm; top: 92mm; right: 26mm; margin: 0; padding: 0; }
.title h1 { font-size: 37pt; }
.title .subtitle { font-size: 20pt; }
.title .date { font-size: 13pt; }
.title .kind { font-size: 13pt; margin-bottom: 3mm; }
"""

MARK = """<svg viewBox="0 0 40 40" aria-hidden="true"><path d="M8 29 20 9l13 15-25 5Z" fill="none" stroke="#0b4f5c"
stroke-width="3" stroke-linejoin="round"/><circle cx="20" cy="9" r="6" fill="#0b4f5c"/><circle cx="8" cy="29" r="6"
fill="#e26d52"/><circle cx="33" cy="24" r="6" fill="#26727d"/></svg>"""


def long_date(day: date, language: str) -> str:
    """A date as people write it: 23 november 2026."""
    dot = "." if language == "de" else ""
    return f"{day.day}{dot} {MONTHS[language].split('|')[day.month - 1]} {day.year}"


def banner(key: str, width: int, height: int) -> str:
    """The picture cut to shape, as a data address: Chromium keeps a JPEG as it is, which keeps the PDF small."""
    with Image.open(PICTURES / f"{key}.webp") as picture:
        cut = round(picture.width * height / width)
        top = min(picture.height - cut, round((picture.height - cut) * 0.62))
        shape = picture.convert("RGB").crop((0, top, picture.width, top + cut)).resize((width, height))
    buffer = io.BytesIO()
    shape.save(buffer, "JPEG", quality=80, optimize=True)
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def page_html(source: Source) -> str:
    """The whole document that Chromium prints."""
    language, layout = source["language"], source.get("layout", "report")
    facts = {"publisher": PUBLISHER[language], "page": PAGE_WORD[language]}
    head = f"""<p class="kind">{escape(source["kind"])}</p><h1>{escape(source["title"])}</h1>
<p class="subtitle">{escape(source["subtitle"])}</p><p class="date">{long_date(source["date"], language)}</p>"""
    mark = f'<div class="mark">{MARK}<span>Veiligheidsnetwerk<br>Oost-Nederland</span></div>'
    if layout == "slides":
        style = STYLE + SLIDES
        picture = banner(source["image"], 1400, 404)
        slides = re.findall(r"<section>(.*?)</section>", source["html"], re.S)
        total = len(slides) + 1
        body = f'<section class="title"><div class="banner"></div><header class="head">{head}</header></section>'
        for number, slide in enumerate(slides, start=2):
            foot = f"<span>{escape(facts['publisher'])}</span><span>{facts['page']} {number} / {total}</span>"
            body += f'<section>{slide}<div class="foot">{foot}</div></section>'
    else:
        style = STYLE + PORTRAIT % facts
        picture = banner(source["image"], 1400, 360)
        body = f'<div class="banner"></div><header class="head">{mark}{head}</header><main>{source["html"]}</main>'
    return f"""<!doctype html><html lang="{language}" class="{layout}"><head><meta charset="utf-8">
<title>{escape(source["title"])}</title><style>{style} .banner {{ background-image: url({picture}); }}</style>
</head><body>{body}</body></html>"""


def settle(pdf: bytes, day: date) -> bytes:
    """Put the document's own date and publisher where Chromium wrote the moment of making and its browser string.

    Every replacement is as long as what it replaces, so the offsets in the PDF stay right.
    """
    stamp = f"D:{day:%Y%m%d}090000+00'00'".encode()
    pdf = re.sub(rb"D:\d{14}\+00'00'", stamp, pdf)
    return re.sub(
        rb"(?<=/Creator \()(?:\\.|[^\\)])*", lambda found: b"Veiligheidsnetwerk".ljust(len(found.group())), pdf, count=1
    )


def make_pdf(browser: Browser, source: Source, path: Path) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.set_content(page_html(source), wait_until="load")
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    pdf = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
    page.close()
    path.write_bytes(settle(pdf, source["date"]))


class DocxWriter(HTMLParser):
    """Writes the simple HTML of a text into a Word document with real styles, lists and tables."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.paragraph: Paragraph | None = None
        self.table: Table | None = None
        self.cell: _Cell | None = None
        self.row = -1
        self.column = -1
        self.lists: list[str] = []
        self.bold = False
        self.boxed = False

    def add_paragraph(self, style: str) -> None:
        if self.cell is not None:
            self.paragraph = self.cell.paragraphs[0]
        else:
            self.paragraph = self.document.add_paragraph(style=style)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "h2" | "h3":
                self.paragraph = self.document.add_heading(level=int(tag[1]) - 1)
            case "p":
                self.add_paragraph("Kader" if self.boxed else "Normal")
            case "ul" | "ol":
                self.lists.append("check" if dict(attrs).get("class") == "check" else tag)
                if tag == "ol":
                    restart_numbering(self.document)
            case "li":
                self.add_item()
            case "aside":
                self.boxed = True
            case "strong":
                self.bold = True
            case "table":
                self.table, self.row = None, -1
            case "tr":
                self.row += 1
                self.column = -1
            case "th" | "td":
                self.column += 1
                self.open_cell(header=tag == "th")

    def add_item(self) -> None:
        kind = self.lists[-1]
        if kind == "check":
            self.paragraph = self.document.add_paragraph("☐ ", style="Vinklijst")
        elif kind == "ol":
            self.paragraph = self.document.add_paragraph(style="List Number")
            numbering = self.document.part.numbering_part.element.findall(qn("w:num"))[-1]
            properties = self.paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = int(numbering.get(qn("w:numId")))
        else:
            self.paragraph = self.document.add_paragraph(style="List Bullet")

    def open_cell(self, *, header: bool) -> None:
        if self.table is None:
            self.table = self.document.add_table(rows=1, cols=1, style="Table Grid")
        while len(self.table.rows) <= self.row:
            self.table.add_row()
        while len(self.table.columns) <= self.column:
            self.table.add_column(Cm(4))
        self.cell = self.table.cell(self.row, self.column)
        self.paragraph = self.cell.paragraphs[0]
        self.paragraph.style = self.document.styles["Tabeltekst"]
        self.bold = header or self.column == 0
        if header:
            shade(self.cell, "DCEBEA")

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "ul" | "ol":
                self.lists.pop()
            case "aside":
                self.boxed = False
            case "strong":
                self.bold = False
            case "th" | "td":
                self.cell, self.bold = None, False
            case "table" if self.table is not None:
                repeat_header(self.table)
                spread(self.table)
                self.document.add_paragraph(style="Tabeltekst")
                self.table = None
        if tag in ("p", "li", "h2", "h3", "th", "td"):
            self.paragraph = None

    def handle_data(self, data: str) -> None:
        if self.paragraph is not None:
            self.paragraph.add_run(data).bold = True if self.bold else None


def shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def repeat_header(table: Table) -> None:
    """Mark the first row as header: screen readers name it, and Word repeats it on the next page."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)


def spread(table: Table) -> None:
    """Give the columns equal shares of the text width."""
    table.autofit = False
    for column in table.columns:
        for cell in column.cells:
            cell.width = Cm(16 / len(table.columns))


def restart_numbering(document: Document) -> None:
    """Add a numbering of its own for the next list, starting at 1."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element.find(f".//{qn('w:numId')}")
    original = next(n for n in numbering.findall(qn("w:num")) if n.get(qn("w:numId")) == style.get(qn("w:val")))
    abstract = original.find(qn("w:abstractNumId")).get(qn("w:val"))
    numbering.add_num(int(abstract)).add_lvlOverride(ilvl=0).add_startOverride(1)


def prepare_styles(document: Document, language: str) -> None:
    """Fonts, colours and language of the document: a Word user can change each of them as a style."""
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.2
    defaults = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    tag = {"nl": "nl-NL", "en": "en-GB", "de": "de-DE"}[language]
    for name in ("val", "eastAsia"):
        defaults.find(qn("w:lang")).set(qn(f"w:{name}"), tag)
    for name, size, colour in (
        ("Title", 24, PETROL),
        ("Subtitle", 13, CORAL),
        ("Heading 1", 15, PETROL),
        ("Heading 2", 12, PETROL),
    ):
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), colour
        style.font.italic = False
        style.element.rPr.rFonts.attrib.pop(qn("w:asciiTheme"), None)
        style.element.rPr.rFonts.attrib.pop(qn("w:hAnsiTheme"), None)
    for name, left, before in (("Kader", 0.5, 4), ("Vinklijst", 0.6, 0), ("Tabeltekst", 0.0, 0)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.paragraph_format.left_indent = Cm(left)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(4)
    styles["Vinklijst"].paragraph_format.first_line_indent = Cm(-0.6)
    styles["Kader"].font.color.rgb = CORAL


def add_page_number(document: Document, language: str) -> None:
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


def make_docx(source: Source, path: Path) -> None:
    document = docx.Document()
    language = source["language"]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)
    prepare_styles(document, language)
    document.add_paragraph(source["title"], style="Title")
    document.add_paragraph(source["subtitle"], style="Subtitle")
    line = document.add_paragraph()
    line.add_run(f"{source['kind']}, {long_date(source['date'], language)}").add_break(WD_BREAK.LINE)
    line.add_run(PUBLISHER[language])
    writer = DocxWriter(document)
    writer.feed(re.sub(r">\s+<", "><", source["html"].strip()))
    add_page_number(document, language)
    moment = datetime(source["date"].year, source["date"].month, source["date"].day, 9)
    properties = document.core_properties
    properties.title, properties.subject = source["title"], source["kind"]
    properties.author = properties.last_modified_by = PUBLISHER[language]
    properties.language, properties.comments, properties.keywords = language, source["subtitle"], ""
    properties.created = properties.modified = moment
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, date_time=moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, made.read(name))


def main(chosen: Sequence[str]) -> None:
    TARGET.mkdir(exist_ok=True)
    paths = [path for path in sorted(SOURCES.glob("*.toml")) if not chosen or path.stem in chosen]
    sources = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}
    writers: dict[str, Callable[[Source, Path], None]] = {"docx": make_docx}
    with sync_playwright() as playwright:
        # A Chromium of the system when there is one, Playwright's own otherwise.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        writers["pdf"] = lambda source, path: make_pdf(browser, source, path)
        for name, source in sources.items():
            extension = source.get("format", "pdf")
            path = TARGET / f"{name}.{extension}"
            writers[extension](source, path)
            print(f"{path.name}: {path.stat().st_size // 1024} KB")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
