"""Writes a document as OpenDocument text (odt) or spreadsheet (ods), with styles, headings, lists and tables."""

from html import escape
from pathlib import Path
from typing import Any

from home.demo.make.package import write_package
from home.demo.make.source import EXAMPLE, LANGUAGE_TAG, PAGE_WORD, PUBLISHER, Sheet, Source
from home.demo.make.text import Grid, Heading, ItemList, Paragraph, Part, Run, parts

TEXT, SPREADSHEET = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = {
    "office": f"{OASIS}:office:1.0",
    "style": f"{OASIS}:style:1.0",
    "text": f"{OASIS}:text:1.0",
    "table": f"{OASIS}:table:1.0",
    "meta": f"{OASIS}:meta:1.0",
    "fo": f"{OASIS}:xsl-fo-compatible:1.0",
    "of": f"{OASIS}:of:1.2",
    "dc": "http://purl.org/dc/elements/1.1/",
}
NAMES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
STRONG = 'fo:font-weight="bold"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
PARAGRAPH_STYLES = {"normal": "Tekst", "lead": "Inleiding", "box": "Kader", "quote": "Citaat", "notes": "Tekst"}
LIST_STYLES = {"ul": "Opsomming", "ol": "Nummering", "check": "Vinklijst"}


def make_odt(source: Source, path: Path) -> None:
    """Write the text to `path`."""
    first = [
        f'<text:h text:style-name="Titel" text:outline-level="1">{escape(source.title)}</text:h>',
        _paragraph("Ondertitel", [(source.subtitle, False)]),
        _paragraph("Tekst", [(f"{source.dateline}. {PUBLISHER[source.language]}", False)]),
        _paragraph("Kader", [(EXAMPLE[source.language], False)]),
    ]
    content = [_part(part, number) for number, part in enumerate(parts(source.html, source.figures))]
    _write(path, TEXT, "text", "".join([*first, *content]), source)


def make_ods(source: Source, path: Path) -> None:
    """Write the sheets to `path`."""
    _write(path, SPREADSHEET, "spreadsheet", "".join(_sheet(sheet, source) for sheet in source.sheets), source)


def _part(part: Part, number: int) -> str:
    match part:
        case Heading():
            style = f"Kop_20_{part.level}"
            return (
                f'<text:h text:style-name="{style}" text:outline-level="{part.level + 1}">{escape(part.text)}</text:h>'
            )
        case Paragraph():
            return _paragraph(PARAGRAPH_STYLES[part.style], part.runs)
        case ItemList():
            items = "".join(f"<text:list-item>{_paragraph('Lijsttekst', item)}</text:list-item>" for item in part.items)
            return f'<text:list text:style-name="{LIST_STYLES[part.kind]}">{items}</text:list>'
        case Grid():
            return _table(part, number)


def _paragraph(style: str, runs: list[Run]) -> str:
    content = "".join(
        f'<text:span text:style-name="Vet">{escape(text)}</text:span>' if bold else escape(text) for text, bold in runs
    )
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def _table(grid: Grid, number: int) -> str:
    caption = _paragraph("Bijschrift", [(grid.caption, False)]) if grid.caption else ""
    columns, rows = len(grid.rows[0]), []
    for position, cells in enumerate(grid.rows):
        style, text = ("Kopcel", "Kopceltekst") if position == 0 else ("Cel", "Tabeltekst")
        content = "".join(
            f'<table:table-cell table:style-name="{style}" office:value-type="string">{_paragraph(text, runs)}'
            "</table:table-cell>"
            for runs in cells
        )
        rows.append(f"<table:table-row>{content}</table:table-row>")
    return (
        f'{caption}<table:table table:name="Tabel {number}" table:style-name="Tabel">'
        f'<table:table-column table:style-name="Deel{columns}" table:number-columns-repeated="{columns}"/>'
        f"<table:table-header-rows>{rows[0]}</table:table-header-rows>{''.join(rows[1:])}</table:table>"
        '<text:p text:style-name="Tekst"/>'
    )


def _sheet(sheet: Sheet, source: Source) -> str:
    widths = sheet.widths or [22] * len(sheet.columns)
    columns = "".join(f'<table:table-column table:style-name="Kolom{width}"/>' for width in widths)
    top = [_row([source.title], "Titelcel"), _row([sheet.text]), _row([EXAMPLE[source.language]])]
    header = f"<table:table-header-rows>{_row(sheet.columns, 'Kopcel')}</table:table-header-rows>"
    rows = [*top, header, *(_row(row, "Cel") for row in sheet.rows), _sums(sheet)]
    name = escape(sheet.name, quote=True)
    return f'<table:table table:name="{name}" table:style-name="Blad">{columns}{"".join(rows)}</table:table>'


def _row(values: list[Any], style: str = "") -> str:
    cells = []
    for value in values:
        number = isinstance(value, int | float)
        kind = f'office:value-type="float" office:value="{value}"' if number else 'office:value-type="string"'
        cells.append(_cell(style, kind, value))
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _sums(sheet: Sheet) -> str:
    if not sheet.total:
        return ""
    cells = [_cell("Kopcel", 'office:value-type="string"', "Totaal")]
    for column, name in enumerate(sheet.columns[1:], start=1):
        if name in sheet.total:
            letter = chr(ord("A") + column)
            total = sum(row[column] for row in sheet.rows)
            formula = f"of:=SUM([.{letter}5:.{letter}{4 + len(sheet.rows)}])"
            cells.append(
                _cell("Kopcel", f'office:value-type="float" office:value="{total}" table:formula="{formula}"', total)
            )
        else:
            cells.append("<table:table-cell/>")
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(style: str, kind: str, value: Any) -> str:
    named = f'table:style-name="{style}" ' if style else ""
    return f"<table:table-cell {named}{kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def _write(path: Path, kind: str, body: str, content: str, source: Source) -> None:
    document = (
        f'{HEAD}<office:document-content {NAMES} office:version="1.3">'
        f"<office:automatic-styles>{_table_styles(source)}</office:automatic-styles>"
        f"<office:body><office:{body}>{content}</office:{body}></office:body></office:document-content>"
    )
    files = {
        "mimetype": kind,
        "META-INF/manifest.xml": _manifest(kind),
        "meta.xml": _meta(source),
        "styles.xml": _styles(source),
        "content.xml": document,
    }
    write_package(path, {name: text.encode() for name, text in files.items()}, source.moment)


def _table_styles(source: Source) -> str:
    """Styles of tables and cells. LibreOffice takes these only from the document itself, not from the named styles."""
    border = 'fo:padding="0.12cm" fo:border="0.5pt solid #b9d0d1" style:vertical-align="top"'
    styles = [
        '<style:style style:name="Blad" style:family="table" style:master-page-name="Standard"/>',
        '<style:style style:name="Tabel" style:family="table"><style:table-properties style:width="16cm" '
        'table:align="left"/></style:style>',
        '<style:style style:name="Cel" style:family="table-cell"><style:table-cell-properties '
        f'{border} fo:wrap-option="wrap"/></style:style>',
        f'<style:style style:name="Kopcel" style:family="table-cell"><style:table-cell-properties {border} '
        f'fo:background-color="#dcebea" fo:wrap-option="wrap"/><style:text-properties {STRONG}/></style:style>',
        f'<style:style style:name="Titelcel" style:family="table-cell"><style:text-properties {STRONG} '
        'fo:font-size="18pt" fo:color="#0b4f5c"/></style:style>',
    ]
    for columns in range(1, 7):
        styles.append(
            f'<style:style style:name="Deel{columns}" style:family="table-column"><style:table-column-properties '
            f'style:column-width="{16 / columns:.2f}cm"/></style:style>'
        )
    for width in sorted({width for sheet in source.sheets for width in sheet.widths or [22]}):
        styles.append(
            f'<style:style style:name="Kolom{width}" style:family="table-column"><style:table-column-properties '
            f'style:column-width="{width / 5:.1f}cm"/></style:style>'
        )
    return "".join(styles)


def _manifest(kind: str) -> str:
    names = {"/": kind, **dict.fromkeys(("content.xml", "styles.xml", "meta.xml"), "text/xml")}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{media}"/>'
        for name, media in names.items()
    )
    address = f"{OASIS}:manifest:1.0"
    return f'{HEAD}<manifest:manifest xmlns:manifest="{address}" manifest:version="1.3">{entries}</manifest:manifest>'


def _meta(source: Source) -> str:
    moment = source.moment.isoformat()
    return f"""{HEAD}<office:document-meta {NAMES} office:version="1.3"><office:meta>
<dc:title>{escape(source.title)}</dc:title><dc:subject>{escape(source.kind)}</dc:subject>
<dc:description>{escape(source.subtitle)}</dc:description><dc:language>{LANGUAGE_TAG[source.language]}</dc:language>
<dc:creator>{escape(PUBLISHER[source.language])}</dc:creator><dc:date>{moment}</dc:date>
<meta:creation-date>{moment}</meta:creation-date></office:meta></office:document-meta>"""


def _text_style(name: str, paragraph: str, text: str = "", parent: str = "Tekst", shown: str = "") -> str:
    named = f' style:display-name="{shown}"' if shown else ""
    inherited = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}"{named} style:family="paragraph"{inherited}>'
        f"<style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>"
    )


def _list_style(name: str, level: str) -> str:
    place = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:margin-left="0.8cm" '
        'fo:text-indent="-0.6cm"/></style:list-level-properties>'
    )
    kind = level.split(" ")[0]
    return f'<text:list-style style:name="{name}"><text:{level} text:level="1">{place}</text:{kind}></text:list-style>'


def _styles(source: Source) -> str:
    language, country = LANGUAGE_TAG[source.language].split("-")
    petrol, coral = 'fo:color="#0b4f5c"', 'fo:color="#b8472f"'
    space = 'fo:margin-top="{}cm" fo:margin-bottom="{}cm"'.format
    keep = 'fo:keep-with-next="always"'
    number = f"{escape(PUBLISHER[source.language])}, {PAGE_WORD[source.language].lower()} <text:page-number/>"
    # A wide sheet is printed on its side, as small as needed to fit the width.
    size = 'fo:page-width="21cm" fo:page-height="29.7cm"'
    if source.sheets:
        size = 'fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" style:scale-to-X="1"'
    return f"""{HEAD}<office:document-styles {NAMES} office:version="1.3"><office:styles>
<style:default-style style:family="paragraph"><style:text-properties fo:font-family="Arial" fo:font-size="10.5pt"
fo:language="{language}" fo:country="{country}"/></style:default-style>
{_text_style("Tekst", f'{space(0, 0.25)} fo:line-height="130%"', parent="")}
{_text_style("Titel", f"{space(0, 0.2)} {keep}", f'fo:font-size="24pt" {STRONG} {petrol}')}
{_text_style("Ondertitel", space(0, 0.3), f'fo:font-size="13pt" {coral}')}
{_text_style("Kop_20_1", f"{space(0.6, 0.2)} {keep}", f'fo:font-size="15pt" {STRONG} {petrol}', shown="Kop 1")}
{_text_style("Kop_20_2", f"{space(0.4, 0.1)} {keep}", f'fo:font-size="12pt" {STRONG} {petrol}', shown="Kop 2")}
{_text_style("Inleiding", space(0, 0.3), f'fo:font-size="12pt" {petrol}')}
{_text_style("Kader", f'{space(0.2, 0.2)} fo:padding="0.2cm" fo:border-left="2pt solid #b8472f"', coral)}
{_text_style("Citaat", 'fo:margin-left="1cm"', 'fo:font-style="italic"')}
{_text_style("Lijsttekst", space(0, 0.1))}
{_text_style("Bijschrift", f"{space(0.2, 0.1)} {keep}", f"{STRONG} {petrol}")}
{_text_style("Tabeltekst", space(0, 0))}
{_text_style("Kopceltekst", space(0, 0), STRONG)}
{_text_style("Voettekst", space(0, 0), 'fo:font-size="8pt"')}
<style:style style:name="Vet" style:family="text"><style:text-properties {STRONG}/></style:style>
{_list_style("Opsomming", 'list-level-style-bullet text:bullet-char="•"')}
{_list_style("Vinklijst", 'list-level-style-bullet text:bullet-char="☐"')}
{_list_style("Nummering", 'list-level-style-number style:num-format="1" style:num-suffix="."')}
</office:styles><office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties
{size} fo:margin="2.2cm"/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer>
<text:p text:style-name="Voettekst">{number}</text:p></style:footer></style:master-page></office:master-styles>
</office:document-styles>"""
