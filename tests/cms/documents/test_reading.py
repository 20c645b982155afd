"""What is read from a file of every kind, and what editors are told where nothing is."""

import io
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from django.core.files.base import ContentFile
from django_tasks import default_task_backend

from cms.documents.reading import again, read_now
from cms.documents.tasks import read_document
from cms.models import CMSDocument
from tests.cms.documents.files import (
    DUTCH,
    make_docx,
    make_odf,
    make_odp,
    make_ods,
    make_odt,
    make_pdf,
    make_pptx,
    make_xlsx,
)
from tests.cms.factories import make_document

pytestmark = pytest.mark.django_db


def read(content: bytes, name: str) -> CMSDocument:
    document = make_document(content=content, name=name)
    read_now(document)
    document.refresh_from_db()
    return document


def texts(document: CMSDocument) -> list[tuple[int, str, str]]:
    return list(document.texts.values_list("number", "label", "text"))


TABLE = {"Cijfers": [["Gemeente", "Meldingen"], ["Arnhem", "veertig"]], "Uitleg": [["Bron: politie"]]}


@pytest.mark.parametrize(
    ("name", "content", "part_kind", "pages", "expected"),
    [
        ("stuk.pdf", make_pdf("Eerste pagina", "Tweede"), "page", 2, [(1, "", "Eerste pagina"), (2, "", "Tweede")]),
        (
            "stuk.docx",
            make_docx("Vooraf", "# Aanpak", "Samen"),
            "section",
            None,
            [(1, "", "Vooraf"), (2, "Aanpak", "Aanpak\nSamen")],
        ),
        ("stuk.pptx", make_pptx(("Balie", "Let op"), ("Einde", "Dank")), "slide", 2,
         [(1, "Balie", "Balie\nLet op"), (2, "Einde", "Einde\nDank")]),
        ("stuk.xlsx", make_xlsx(TABLE), "sheet", 2,
         [(1, "Cijfers", "Gemeente Meldingen\nArnhem veertig"), (2, "Uitleg", "Bron: politie")]),
        ("stuk.odt", make_odt("Vooraf", "# Aanpak", "Samen"), "section", None,
         [(1, "", "Vooraf"), (2, "Aanpak", "Aanpak\nSamen")]),
        ("stuk.ods", make_ods(TABLE), "sheet", 2,
         [(1, "Cijfers", "Gemeente\nMeldingen\nArnhem\nveertig"), (2, "Uitleg", "Bron: politie")]),
        ("stuk.odp", make_odp("Balie", "Einde"), "slide", 2, [(1, "Dia 1", "Balie"), (2, "Dia 2", "Einde")]),
        ("stuk.html", b"<!doctype html><title>T</title><p>Vooraf<h1>Aanpak</h1><p>Samen&amp;nu", "section", None,
         [(1, "", "Vooraf"), (2, "Aanpak", "Aanpak\nSamen&nu")]),
        ("stuk.txt", "Één regel\r\nNog een".encode("cp1252"), "section", None, [(1, "", "Één regel\nNog een")]),
        ("stuk.csv", "\ufeffnaam;plaats\nJan;Ede".encode("utf-16"), "section", None, [(1, "", "naam plaats\nJan Ede")]),
    ],
)  # fmt: skip
def test_reads_text_by_its_parts(
    name: str, content: bytes, part_kind: str, pages: int | None, expected: list[tuple[int, str, str]]
) -> None:
    document = read(content, name)
    assert document.extraction_state == "done", document.extraction_message
    assert texts(document) == expected
    assert (document.part_kind, document.page_count) == (part_kind, pages)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (DUTCH, "nl"),
        ("The police and the council work together, but this is not what they had in mind for the area.", "en"),
        (
            "Die Polizei und das Amt arbeiten zusammen, aber das ist nicht mit der Stadt und den Bürgern besprochen.",
            "de",
        ),
        ("La police et les communes sont dans une situation que nous ne voulons pas pour le quartier.", "fr"),
        ("Lorem ipsum", ""),
    ],
)
def test_guesses_the_language(text: str, language: str) -> None:
    assert read(make_pdf(text), "stuk.pdf").language == language


def test_joins_words_that_the_end_of_a_line_broke() -> None:
    document = read(make_pdf("veiligheids-\nnetwerk Oost-\nNederland zorg-\nen hulp"), "stuk.pdf")
    assert texts(document) == [(1, "", "veiligheidsnetwerk Oost-Nederland zorg-\nen hulp")]


def test_notes_what_a_pdf_says_of_its_accessibility() -> None:
    metadata = b'<x:xmpmeta><rdf:Description pdfuaid:part="1"/></x:xmpmeta>'
    content = make_pdf(
        DUTCH,
        title="Jaarplan",
        catalog=b"/Lang(nl-NL)/MarkInfo<</Marked true>>/StructTreeRoot 10 0 R/Metadata 11 0 R",
        objects=[
            b"<</Type/StructTreeRoot>>",
            b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream" % (len(metadata), metadata),
        ],
    )
    document = read(content, "stuk.pdf")
    assert (document.tagged, document.text_layer, document.claims_pdf_ua) == (True, True, True)
    assert (document.declared_title, document.declared_language) == ("Jaarplan", "nl-NL")
    plain = read(make_pdf(DUTCH), "kaal.pdf")
    assert (plain.tagged, plain.claims_pdf_ua, plain.declared_title) == (False, False, "")


def saved(file: Any, properties: Any, title: str) -> bytes:
    """Give what a library of its own makes of an office file."""
    properties.title = title
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def word_file(title: str) -> bytes:
    file = docx.Document()
    file.add_paragraph(DUTCH)
    return saved(file, file.core_properties, title)


def presentation(title: str) -> bytes:
    file = pptx.Presentation()
    file.slides.add_slide(file.slide_layouts[0]).shapes.title.text = DUTCH
    return saved(file, file.core_properties, title)


def workbook(title: str) -> bytes:
    file = openpyxl.Workbook()
    file.active["A1"] = DUTCH
    return saved(file, file.properties, title)


def open_document(title: str) -> bytes:
    meta = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<office:meta><meta:generator>LibreOffice/24.8</meta:generator>"
        f"<dc:title>{title}</dc:title></office:meta></office:document-meta>"
    )
    return make_odf("text", f"<text:p>{DUTCH}</text:p>", {"meta.xml": meta})


@pytest.mark.parametrize(
    ("name", "make"),
    [("stuk.docx", word_file), ("stuk.pptx", presentation), ("stuk.xlsx", workbook), ("stuk.odt", open_document)],
)
def test_reads_the_title_of_an_office_file(name: str, make: Callable[[str], bytes]) -> None:
    document = read(make("  Jaarplan\u200b 2026 "), name)
    assert (document.extraction_state, document.declared_title) == ("done", "Jaarplan 2026")
    assert read(make(""), f"zonder-{name}").declared_title == ""


def test_of_a_very_long_title_the_beginning_counts() -> None:
    assert read(open_document("Lang " * 500_000), "stuk.odt").declared_title == "Lang " * 60


def test_a_pdf_without_text_says_what_to_do() -> None:
    document = read(make_pdf("", ""), "scan.pdf")
    assert (document.extraction_state, document.text_layer) == ("no_text", False)
    assert "OCR" in document.extraction_message


def test_a_file_is_read_once() -> None:
    document = read(make_pdf("Eerste"), "stuk.pdf")
    document.texts.update(text="niet nog eens")
    assert read_now(document) == "done"
    assert texts(document) == [(1, "", "niet nog eens")]
    again(CMSDocument.objects.filter(pk=document.pk))
    assert read_now(document) == "done"
    assert texts(document) == [(1, "", "Eerste")]


def test_the_same_content_elsewhere_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(make_pdf(DUTCH, "Tweede"), "stuk.pdf")

    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("read once more")

    monkeypatch.setattr("cms.documents.process.run", refuse)
    second = read(make_pdf(DUTCH, "Tweede"), "kopie.pdf")
    assert second.extraction_state == "done"
    assert texts(second) == texts(first)
    assert (second.language, second.page_count) == ("nl", 2)


def test_a_new_file_is_read_again() -> None:
    document = read(make_pdf("Oud"), "stuk.pdf")
    document.file = ContentFile(make_pdf("Nieuw"), name="stuk.pdf")
    document.save()
    assert document.extraction_state == "queued"
    read_now(document)
    assert texts(document) == [(1, "", "Nieuw")]


def test_saving_other_things_keeps_what_was_read_meanwhile() -> None:
    document = make_document(content=make_pdf(DUTCH))
    read_now(CMSDocument.objects.get(pk=document.pk))
    document.title = "Andere titel"
    document.save()
    document.refresh_from_db()
    assert (document.title, document.extraction_state, document.language) == ("Andere titel", "done", "nl")


def test_a_saved_document_is_read_by_the_worker(django_capture_on_commit_callbacks: Callable) -> None:
    default_task_backend.clear()
    with django_capture_on_commit_callbacks(execute=True):
        document = make_document(content=make_pdf("Eerste"))
    asked = [each.args for each in default_task_backend.results if each.task == read_document]
    assert asked == [[document.pk]]
