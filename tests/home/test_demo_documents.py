"""The demo's documents: files that open, that everybody can read and that are made from the text as it is."""

import re
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from lxml import etree

from home.demo.make.package import unpacked
from home.demo.make.pdf import page_html
from home.demo.make.source import EXAMPLE, TARGET, Source, sources
from home.demo.make_files import stale

SOURCES = sources()
FILES = [(source, kind) for source in SOURCES.values() for kind in source.formats]
TEXT_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def of_kind(kind: str) -> list[Source]:
    return [source for source, made in FILES if made == kind]


def path(source: Source, kind: str) -> Path:
    return TARGET / f"{source.name}.{kind}"


def pages(source: Source) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", path(source, "pdf").read_bytes()))


def docx_start(source: Source) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path(source, "docx"))).paragraphs[:5])


def pptx_start(source: Source) -> str:
    first = pptx.Presentation(str(path(source, "pptx"))).slides[0]
    return "\n".join(shape.text_frame.text for shape in first.shapes)


def xlsx_start(source: Source) -> str:
    sheet = openpyxl.load_workbook(path(source, "xlsx")).worksheets[0]
    return "\n".join(str(row[0].value) for row in sheet.iter_rows(max_row=3))


def odf_start(kind: str) -> Callable[[Source], str]:
    def start(source: Source) -> str:
        content = etree.fromstring(unpacked(path(source, kind).read_bytes())["content.xml"])
        found = [element for element in content.iter() if element.tag in (f"{TEXT_NAMESPACE}h", f"{TEXT_NAMESPACE}p")]
        return "\n".join("".join(element.itertext()) for element in found[:5])

    return start


STARTS: dict[str, Callable[[Source], str]] = {
    "pdf": page_html,
    "docx": docx_start,
    "pptx": pptx_start,
    "xlsx": xlsx_start,
    "odt": odf_start("odt"),
    "ods": odf_start("ods"),
}


def test_every_file_is_made_from_the_text_as_it_is() -> None:
    assert stale(list(SOURCES.values())) == []


def test_a_changed_text_is_noticed(tmp_path) -> None:
    changed = SOURCES["factsheet-deepfakes"]
    changed = Source(**{**vars(changed), "digest": "0" * 12})
    assert stale([changed]) == ["factsheet-deepfakes.pdf"]


@pytest.mark.parametrize(("source", "kind"), FILES, ids=[f"{source.name}.{kind}" for source, kind in FILES])
def test_a_document_begins_with_its_title_and_says_that_it_is_an_example(source: Source, kind: str) -> None:
    start = STARTS[kind](source)
    assert source.title in start
    assert EXAMPLE[source.language] in start


@pytest.mark.parametrize("source", of_kind("pdf"), ids=lambda source: source.name)
def test_a_pdf_is_tagged_and_knows_its_title_and_language(source: Source) -> None:
    content = path(source, "pdf").read_bytes()
    assert b"/StructTreeRoot" in content
    assert b"/Marked true" in content
    assert f"/Lang ({source.language})".encode() in content
    assert len(re.findall(rb"/S /H1\b", content)) == 1
    assert re.search(rb"/S /H2\b", content)
    assert (rb"/S /Table" in content) == ("<table" in source.html)
    assert (rb"/S /TH" in content) == ("<table" in source.html)
    # One drawing each, with its description: a figure without one says nothing to who cannot see it.
    assert len(re.findall(rb"/S /Figure\n/Alt ", content)) == len(re.findall(rb"/S /Figure\b", content))
    assert len(re.findall(rb"/S /Figure\b", content)) == len(source.figures)


def test_there_are_documents_of_one_page_and_of_dozens() -> None:
    counts = sorted(pages(source) for source in of_kind("pdf"))
    assert counts[0] == 1
    assert counts[-1] >= 40
    assert counts[-2] >= 20


def test_word_files_have_headings_in_order() -> None:
    for source in of_kind("docx"):
        styles = [paragraph.style.name for paragraph in docx.Document(str(path(source, "docx"))).paragraphs]
        levels = [int(name.removeprefix("Heading ")) for name in styles if name.startswith("Heading ")]
        assert styles[0] == "Title", source.name
        assert levels[0] == 1, source.name
        assert all(after - before <= 1 for before, after in pairwise(levels)), source.name


def test_presentations_have_a_title_on_every_slide_and_notes_for_the_speaker() -> None:
    for source in of_kind("pptx"):
        slides = pptx.Presentation(str(path(source, "pptx"))).slides
        assert len(slides) >= 6, source.name
        assert all(slide.shapes.title.text for slide in slides), source.name
        assert all(slide.has_notes_slide for slide in list(slides)[1:]), source.name


def test_workbooks_have_a_table_on_every_sheet_and_add_up() -> None:
    for source in of_kind("xlsx"):
        sheets = openpyxl.load_workbook(path(source, "xlsx")).worksheets
        assert [sheet.title for sheet in sheets] == [sheet.name for sheet in source.sheets]
        assert all(len(sheet.tables) == 1 for sheet in sheets)
        formulas = [
            cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        ]
        assert len(formulas) == sum(len(sheet.total) for sheet in source.sheets)


@pytest.mark.parametrize("source", [*of_kind("odt"), *of_kind("ods")], ids=lambda source: source.name)
def test_opendocument_files_are_packed_as_the_standard_asks(source: Source) -> None:
    kind = "odt" if "odt" in source.formats else "ods"
    with zipfile.ZipFile(path(source, kind)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        for name in package.namelist()[1:]:
            etree.fromstring(package.read(name))
        content = etree.fromstring(package.read("content.xml"))
    assert content.find(f".//{TABLE_NAMESPACE}table") is not None
    if kind == "odt":
        levels = [int(heading.get(f"{TEXT_NAMESPACE}outline-level")) for heading in content.iter(f"{TEXT_NAMESPACE}h")]
        assert levels[:2] == [1, 2]


def test_what_people_search_for_stands_in_the_right_document() -> None:
    def documents_with(word: str) -> set[str]:
        return {source.name for source in SOURCES.values() if re.search(word, source.html, re.IGNORECASE)}

    assert "onderzoek-kamerverhuur" in documents_with("kamerverhuur")
    assert len(documents_with("kamerverhuur")) <= 2
    assert documents_with("meldplicht") == {"handreiking-meldplicht-datalekken"}
    assert documents_with("deepfake") == {"factsheet-deepfakes"}
    assert documents_with("bemoeizorg") >= {"handreiking-onbegrepen-gedrag"}
