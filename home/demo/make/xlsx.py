"""Writes a document of sheets as a workbook: tables to filter, columns with a fixed choice, sums as formulas."""

import io
import re
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from home.demo.make.package import unpacked, write_package
from home.demo.make.source import EXAMPLE, PUBLISHER, Sheet, Source

TITLE = Font(name="Arial", size=18, bold=True, color="0B4F5C")
TEXT = Font(name="Arial", size=11)
HEADER = Font(name="Arial", size=11, bold=True, color="FFFFFF")
PETROL = PatternFill("solid", fgColor="0B4F5C")
WRAPPED = Alignment(wrap_text=True, vertical="top")
FIRST_ROW = 4


def make_xlsx(source: Source, path: Path) -> None:
    """Write the workbook to `path`."""
    workbook = Workbook()
    for number, sheet in enumerate(source.sheets):
        page = workbook.active if number == 0 else workbook.create_sheet()
        _write_sheet(page, sheet, source, number)
    properties = workbook.properties
    properties.title, properties.subject = source.title, source.kind
    properties.creator = properties.lastModifiedBy = PUBLISHER[source.language]
    properties.language, properties.description = source.language, source.subtitle
    properties.created = source.moment
    buffer = io.BytesIO()
    workbook.save(buffer)
    files = unpacked(buffer.getvalue())
    # Saving writes the moment of saving, whatever was set.
    moment = f"{source.moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    core = files["docProps/core.xml"]
    files["docProps/core.xml"] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment, core)
    write_package(path, files, source.moment)


def _write_sheet(page: Worksheet, sheet: Sheet, source: Source, number: int) -> None:
    page.title = sheet.name
    first = number == 0
    for row, (text, font) in enumerate(
        ((source.title if first else sheet.name, TITLE), (sheet.text, TEXT), (EXAMPLE[source.language], TEXT)), start=1
    ):
        page.cell(row, 1, text).font = font
    last_row, last_column = FIRST_ROW + len(sheet.rows), get_column_letter(len(sheet.columns))
    for row, values in enumerate([sheet.columns, *sheet.rows], start=FIRST_ROW):
        for column, value in enumerate(values, start=1):
            cell = page.cell(row, column, value)
            cell.font, cell.alignment = TEXT, WRAPPED
    for column, name in enumerate(sheet.columns, start=1):
        letter = get_column_letter(column)
        page.cell(FIRST_ROW, column).font, page.cell(FIRST_ROW, column).fill = HEADER, PETROL
        page.column_dimensions[letter].width = sheet.widths[column - 1] if sheet.widths else 22
        if name in sheet.choices:
            allowed = DataValidation(type="list", formula1=f'"{",".join(sheet.choices[name])}"', allow_blank=True)
            allowed.add(f"{letter}{FIRST_ROW + 1}:{letter}{last_row + 50}")
            page.add_data_validation(allowed)
        if name in sheet.total:
            cell = page.cell(last_row + 1, column, f"=SUM({letter}{FIRST_ROW + 1}:{letter}{last_row})")
            cell.font = Font(name="Arial", size=11, bold=True)
    if sheet.total:
        page.cell(last_row + 1, 1, "Totaal").font = Font(name="Arial", size=11, bold=True)
    table = Table(displayName=f"Tabel{number + 1}", ref=f"A{FIRST_ROW}:{last_column}{last_row}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
    page.add_table(table)
    page.freeze_panes = f"A{FIRST_ROW + 1}"
    page.print_title_rows = f"{FIRST_ROW}:{FIRST_ROW}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
