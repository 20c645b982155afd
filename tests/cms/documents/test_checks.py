"""What may come into the library, and what somebody is told whose file may not."""

import bz2
import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cms.documents import reasons
from cms.documents.checks import check_upload, clean_name
from cms.models import CMSDocument
from tests.cms.documents import hostile
from tests.cms.documents.files import (
    DUTCH,
    make_docx,
    make_odf,
    make_odp,
    make_ods,
    make_odt,
    make_openxml,
    make_pdf,
    make_pptx,
    make_xlsx,
    make_zip,
)  # fmt: skip
from tests.cms.factories import make_document, make_site

WELCOME = {
    "stuk.pdf": make_pdf("Tekst"),
    "stuk.docx": make_docx("Tekst"),
    "stuk.pptx": make_pptx(("Titel", "Tekst")),
    "stuk.xlsx": make_xlsx({"Blad": [["x"]]}),
    "stuk.odt": make_odt("Tekst"),
    "stuk.ods": make_ods({"Blad": [["x"]]}),
    "stuk.odp": make_odp("Tekst"),
    "stuk.html": b"<!DOCTYPE html><html lang=nl><body><p>Tekst",
    "stuk.htm": b"<html><p>Tekst",
    "stuk.txt": DUTCH.encode(),
    "stuk.csv": b"BMI;plaats\n",
    "stuk.vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nHallo",
    "stuk.mp4": b"\x00\x00\x00\x18ftypmp42" + bytes(range(100)),
    "stuk.webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(100),
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    file = SimpleUploadedFile("x", content)
    file._name = name  # Django's own cleaning is a door before ours
    return file


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        check_upload(upload(name, content))
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("name", WELCOME)
def test_takes_what_is_what_it_seems(name: str) -> None:
    file = upload(name, WELCOME[name])
    kind = check_upload(file)
    assert name.rpartition(".")[2] in kind.extensions
    assert file.tell() == 0


@pytest.mark.parametrize("locked", [False, True])
def test_takes_a_pdf_of_packed_objects(locked: bool) -> None:
    """Also one that only its owner may change: reports of the government often are."""
    assert check_upload(upload("stuk.pdf", hostile.packed_pdf(locked=locked))).extension == "pdf"


def picture(kind: str) -> bytes:
    file = hostile.io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, kind)
    return file.getvalue()


MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"


@pytest.mark.parametrize(
    ("reason", "name", "content"),
    [
        ("empty", "stuk.pdf", b""),
        ("empty", "stuk.txt", b" \r\n\x00"),
        ("executable", "stuk.pdf", b"MZ\x90\x00" + bytes(100)),
        ("executable", "stuk.docx", b"\x7fELF" + bytes(100)),
        ("script", "stuk.txt", b"#!/bin/sh\nrm -rf /"),
        ("script", "stuk.csv", b"<?php system($_GET['x']);"),
        ("script", "stuk.txt", b"@echo off\r\ndel *.*"),
        ("active_html", "stuk.html", b"<!doctype html><p>Tekst" + b" " * 70_000 + b"<script>alert(1)</script>"),
        ("active_html", "stuk.html", b"<html><body onload='alert(1)'>"),
        ("active_html", "stuk.html", b"<html><a href='javascript:alert(1)'>x</a>"),
        ("active_html", "stuk.html", "\ufeff<html><p>x<script>alert(1)</script>".encode("utf-16")),
        ("svg", "stuk.html", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("image", "stuk.pdf", picture("PNG")),
        ("image", "stuk.pdf", picture("JPEG")),
        ("image", "stuk.csv", picture("BMP")),
        ("archive", "stuk.docx", make_zip({"rapport.txt": "x"})),
        ("archive", "stuk.pdf", hostile.tar()),
        ("archive", "stuk.pdf", b"\x1f\x8b\x08" + bytes(50)),
        ("archive", "stuk.pdf", bz2.compress(b"x")),
        ("archive", "stuk.pdf", b"7z\xbc\xaf\x27\x1c" + bytes(50)),
        ("archive", "stuk.pdf", b"Rar!\x1a\x07\x01" + bytes(50)),
        ("damaged", "stuk.docx", make_docx("Tekst")[:-60]),
        ("damaged", "stuk.pdf", make_pdf("Tekst")[:150]),
        ("no_pages", "stuk.pdf", hostile.pdf_without_pages()),
        ("password", "stuk.docx", hostile.encrypted_docx()),
        ("password", "stuk.pdf", hostile.encrypted_pdf()),
        ("password", "stuk.odt", make_odf("text", "", manifest="<manifest:encryption-data/>")),
        ("old_office", "stuk.docx", hostile.old_doc()),
        ("old_office", "stuk.docx", b"{\\rtf1 Tekst}"),
        ("macros", "stuk.docx", hostile.macro_docx()),
        ("macros", "stuk.docx", make_openxml("docx", {"word/document.xml": "<x/>"}, main_type=MACRO_MAIN)),
        ("macros", "stuk.xlsx", make_openxml("xlsx", {"xl/macrosheets/sheet1.xml": "<x/>"})),
        ("macros", "stuk.odt", make_odf("text", "", {"Basic/Standard/Module1.xml": "<x/>"})),
        ("macros", "stuk.ods", make_odf("spreadsheet", "", {"Scripts/python/macro.py": "x"})),
        ("embedded", "stuk.docx", hostile.docx_with_program()),
        ("embedded", "stuk.pdf", hostile.pdf_with_program()),
        ("other_office", "stuk.docx", make_openxml("docx", {"word/document.xml": "<x/>"}, main_type=TEMPLATE_MAIN)),
        ("pdf_script", "stuk.pdf", hostile.scripted_pdf()),
        ("pdf_script", "stuk.pdf", hostile.scripted_pdf(packed=True)),
        ("pdf_script", "stuk.pdf", hostile.scripted_pdf(hidden=True)),
        ("pdf_launch", "stuk.pdf", hostile.launching_pdf()),
        ("pdf_launch", "stuk.pdf", hostile.pdf_acting_after_a_stream(hostile.LAUNCH)),
        ("pdf_script", "stuk.pdf", hostile.pdf_acting_after_a_stream(hostile.SCRIPT)),
        ("pdf_launch", "stuk.pdf", hostile.pdf_acting_after_a_stream(hostile.LAUNCH, link=True)),
        ("pdf_script", "stuk.pdf", hostile.pdf_acting_after_a_stream(hostile.SCRIPT, link=True)),
        ("pdf_launch", "stuk.pdf", hostile.pdf_acting_behind_a_word(hostile.LAUNCH)),
        ("pdf_launch", "stuk.pdf", hostile.pdf_with_a_kind_apart()),
        ("pdf_script", "stuk.pdf", hostile.pdf_acting_in_a_loose_pack(hostile.SCRIPT)),
        ("pdf_launch", "stuk.pdf", hostile.packed_pdf(hostile.LAUNCH)),
        ("pdf_launch", "stuk.pdf", hostile.packed_pdf(hostile.LAUNCH, locked=True)),
        ("pdf_script", "stuk.pdf", hostile.packed_pdf(hostile.SCRIPT, locked=True)),
        ("unknown", "stuk.pdf", bytes(range(1, 32)) * 40),
        ("not_html", "stuk.html", b"gewoon wat tekst"),
    ],
)
def test_refuses_what_harms_or_cannot_be_read(reason: str, name: str, content: bytes) -> None:
    assert refusal(name, content) == str(reasons.REFUSED[reason])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("stuk.docx", make_pdf("Tekst"), "eindigt op .docx, maar dit is een pdf-bestand"),
        ("stuk.txt", b"<!doctype html><p>x", "eindigt op .txt, maar dit is een html-bestand"),
        ("stuk.xlsx", make_docx("Tekst"), "eindigt op .xlsx, maar dit is een docx-bestand"),
        ("stuk", make_pdf("Tekst"), "zet .pdf achter de naam"),
        ("stuk.rtf", DUTCH.encode(), "Bestanden van het soort .rtf kunnen hier niet. Kies: pdf, docx"),
        ("rapport.pdf.exe", make_pdf("Tekst"), "programma (.exe)"),
        ("rapport.exe.pdf", make_pdf("Tekst"), "programma (.exe)"),
        ("rapport\u202efdp.docx", make_docx("Tekst"), "verborgen tekens"),
        ("rap\x00port.pdf", make_pdf("Tekst"), "verborgen tekens"),
        ("../../etc/rapport.pdf", make_pdf("Tekst"), "pad"),
        ("c:\\map\\rapport.pdf", make_pdf("Tekst"), "pad"),
        ("rapport.pdf. ", make_pdf("Tekst"), "gewone naam"),
        (".pdf", make_pdf("Tekst"), "gewone naam"),
        ("....", make_pdf("Tekst"), "geen naam"),
        ("", make_pdf("Tekst"), "geen naam"),
        ("CON.pdf", make_pdf("Tekst"), "gebruikt Windows zelf"),
        ("a" * 300 + ".pdf", make_pdf("Tekst"), "te lang (304 tekens)"),
    ],
)
def test_refuses_names_that_hide_what_a_file_is(name: str, content: bytes, words: str) -> None:
    assert words in refusal(name, content)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Jaarplan 2026.PDF", "Jaarplan 2026.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
        ("Безопасность.pdf", "Безопасность.pdf"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("versie 1.2 (def).pdf", "versie 1.2 (def).pdf"),
        ("  twee   spaties.pdf", "twee spaties.pdf"),
        ("a" * 200 + ".pdf", "a" * 88 + ".pdf"),
    ],
)
def test_keeps_names_of_people(name: str, kept: str) -> None:
    assert clean_name(name) == kept


def test_refuses_what_is_too_large(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    monkeypatch.setattr("cms.documents.kinds.READABLE_SIZE", 1024 * 1024)
    words = refusal("stuk.txt", b"x" * 3 * 512 * 1024)
    assert "1,5\xa0MB" in words
    assert "1,0\xa0MB" in words
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100  # type: ignore[attr-defined]
    assert "te groot" in refusal("stuk.mp4", WELCOME["stuk.mp4"] + bytes(100))


def test_a_site_may_take_fewer_kinds(settings: object) -> None:
    settings.WAGTAILDOCS_EXTENSIONS = ["pdf", "docx"]  # type: ignore[attr-defined]
    check_upload(upload("stuk.pdf", WELCOME["stuk.pdf"]))
    assert "Kies: pdf, docx." in refusal("stuk.csv", WELCOME["stuk.csv"])


@pytest.mark.parametrize(
    "text", ["<!---->" * 9_000 + "x", "<" * 900_000, "<p>" + " on" * 900_000, "<p>" + "=" * 900_000]
)
def test_a_text_made_to_take_long_does_not(text: str) -> None:
    """A page of a megabyte; an expression that goes back and forth would never end."""
    start = time.process_time()
    with contextlib.suppress(ValidationError):
        check_upload(upload("stuk.html", text.encode()))
    assert time.process_time() - start < 30


def test_looks_into_a_file_on_disk_without_moving_it(tmp_path: Path) -> None:
    file = TemporaryUploadedFile("stuk.pdf", "application/pdf", 0, None)
    file.write(make_pdf("Tekst"))
    file.size = file.tell()
    check_upload(file)
    assert file.read(5) == b"%PDF-"


@pytest.mark.django_db
class TestScreens:
    """Every way in of the admin asks the same."""

    @pytest.fixture(autouse=True)
    def site(self) -> None:
        make_site()

    def test_many_at_once(self, admin_client: Client) -> None:
        for name, content, fine in (("stuk.pdf", make_pdf("x"), True), ("stuk.docx", hostile.macro_docx(), False)):
            sent = {"files[]": SimpleUploadedFile(name, content), "title": "Stuk"}
            answer = admin_client.post(reverse("wagtaildocs:add_multiple"), sent).json()
            assert answer["success"] is fine
            assert ("macro" in answer.get("error_message", "")) is not fine
        assert CMSDocument.objects.get().media_type == "application/pdf"

    def test_one_at_a_time(self, admin_client: Client) -> None:
        sent = {"title": "Stuk", "file": SimpleUploadedFile("stuk.pdf", hostile.scripted_pdf()), "collection": 1}
        page = admin_client.post(reverse("wagtaildocs:add"), sent).content.decode()
        assert "In deze pdf zitten scripts" in page
        # One message: the file that was refused is no file that has no extension.
        assert "niet toegestaan" not in page
        assert not CMSDocument.objects.exists()

    def test_from_a_page(self, admin_client: Client) -> None:
        sent = {
            "document-chooser-upload-title": "Stuk",
            "document-chooser-upload-file": SimpleUploadedFile("stuk.pdf", b"MZ\x90"),
        }
        answer = admin_client.post(reverse("wagtaildocs_chooser:create"), sent)
        assert "Dit bestand is een programma" in answer.json()["htmlFragment"]

    def test_a_new_file_leaves_the_old_one_as_a_version(
        self, admin_client: Client, django_capture_on_commit_callbacks: Callable
    ) -> None:
        document = make_document("Stuk", content=make_pdf("Oud"))
        old = document.file.name
        address = reverse("wagtaildocs:edit", args=[document.pk])
        sent = {"title": "Stuk 2", "file": SimpleUploadedFile("nieuw.pdf", make_pdf("Nieuw")), "collection": 1}
        with django_capture_on_commit_callbacks(execute=True):
            assert admin_client.post(address, sent).status_code == 302
        document.refresh_from_db()
        with document.file.open() as file:
            assert file.read() == make_pdf("Nieuw")
        assert (document.title, document.extraction_state) == ("Stuk 2", "queued")
        version = document.versions.get()
        assert (version.file.name, version.replaced_by_user.username) == (old, "admin")
        with version.file.open() as file:
            assert file.read() == make_pdf("Oud")

    def test_the_same_file_is_no_new_version(self, admin_client: Client) -> None:
        document = make_document("Stuk", content=make_pdf("Oud"))
        sent = {"title": "Stuk", "file": SimpleUploadedFile("nieuw.pdf", make_pdf("Oud")), "collection": 1}
        page = admin_client.post(reverse("wagtaildocs:edit", args=[document.pk]), sent).content.decode()
        assert "hetzelfde bestand" in page
        assert not document.versions.exists()
