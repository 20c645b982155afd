"""Files that mean harm or are broken: each gets a state and a message in words, and takes nobody down."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from cms.documents import process
from cms.documents.reading import LEASE, again, read_now
from cms.documents.tasks import read_document
from cms.models import CMSDocument
from tests.cms.documents import hostile
from tests.cms.documents.files import DUTCH, make_docx, make_pdf
from tests.cms.factories import make_document

pytestmark = pytest.mark.django_db


def read(content: bytes, name: str) -> CMSDocument:
    document = make_document(content=content, name=name)
    read_now(document)
    document.refresh_from_db()
    return document


@pytest.mark.parametrize(
    ("name", "make", "state", "word"),
    [
        ("bom.docx", hostile.zip_bomb, "unsafe", "uitpakken"),
        ("bom.docx", hostile.lying_zip_bomb, "failed", "beschadigd"),
        ("bom.pdf", hostile.pdf_bomb, "too_big", "geheugen"),
        ("kring.pdf", hostile.pdf_pages_in_a_circle, "failed", "beschadigd"),
        ("niets.pdf", hostile.pdf_without_pages, "failed", "geen pagina's"),
        ("letters.pdf", hostile.pdf_without_unicode, "no_text", "OCR"),
        ("slot.pdf", hostile.encrypted_pdf, "failed", "wachtwoord"),
        ("half.pdf", lambda: make_pdf("Tekst")[:150], "failed", "beschadigd"),
        ("half.docx", lambda: make_docx("Tekst")[:-40], "no_text", "geen tekst gelezen"),
        ("slot.docx", hostile.encrypted_docx, "no_text", "geen tekst gelezen"),
        ("lachen.docx", hostile.billion_laughs, "unsafe", "vastlopen"),
        ("lek.docx", hostile.file_reading_docx, "unsafe", "vastlopen"),
        ("titel.docx", hostile.file_reading_title, "unsafe", "vastlopen"),
        ("leeg.pdf", lambda: b"", "no_text", "geen tekst gelezen"),
        ("diep.docx", hostile.deep_docx, "no_text", "geen tekst"),
        ("leden.docx", hostile.docx_of_many_members, "unsafe", "uitpakken"),
        ("rijen.xlsx", hostile.long_xlsx, "unsafe", "uitpakken"),
    ],
)
def test_gets_a_state_and_a_message(name: str, make: Callable[[], bytes], state: str, word: str) -> None:
    document = read(make(), name)
    assert document.extraction_state == state
    assert word in document.extraction_message
    assert not document.texts.exists()


def test_of_a_file_that_is_too_long_the_beginning_counts() -> None:
    document = read(hostile.long_docx(), "lang.docx")
    assert document.extraction_state == "too_big"
    assert sum(map(len, document.texts.values_list("text", flat=True))) == 5_000_000
    document = read(hostile.pdf_of_many_pages(3_001), "lang.pdf")
    assert (document.extraction_state, document.page_count) == ("too_big", 3_001)
    assert document.texts.count() == 3_000
    assert "3.000 pagina's" in document.extraction_message


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("duizend.pdf", hostile.pdf_of_many_pages(1_000), "Pagina 1 van het rapport over ondermijning"),
        ("blad.xlsx", hostile.wide_xlsx(), "Arnhem"),
        ("nest.docx", hostile.nested_bomb(), "Tekst"),
        ("nul.csv", b"naam;\x00plaats\nJan;\x00Ede", "naam plaats\nJan Ede"),
        ("rechts.docx", make_docx("مرحبا שלום \u202eomgekeerd\u202c"), "مرحبا שלום omgekeerd"),
        ("cyrillisch.docx", make_docx("Безопасность"), "Безопасность"),
        ("теst-ελ.docx", make_docx("Tekst"), "Tekst"),
    ],
)
def test_what_is_only_strange_is_read(name: str, content: bytes, text: str) -> None:
    document = read(content, name)
    assert document.extraction_state == "done"
    first = document.texts.first()
    assert first is not None
    assert first.text == text


def test_one_long_word_is_cut_in_parts() -> None:
    document = read(hostile.endless_paragraph(), "woord.docx")
    assert document.extraction_state == "too_big"
    assert max(map(len, document.texts.values_list("text", flat=True))) <= 40_000


# ---- Readers that die


def reader_that(monkeypatch: pytest.MonkeyPatch, folder: Path, does: str) -> None:
    """Put a shell script in the place of Python."""
    script = folder / "python"
    script.write_text(f"#!/bin/sh\n{does}\n")
    script.chmod(0o755)
    monkeypatch.setattr(process, "PYTHON", str(script))


@pytest.mark.parametrize("does", ["ulimit -t 1; while :; do :; done", "kill -KILL $$"])
def test_a_reader_that_goes_on_and_on_is_stopped(does: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reader_that(monkeypatch, tmp_path, does)
    document = read(make_pdf(DUTCH), "stuk.pdf")
    assert (document.extraction_state, document.extraction_attempts) == ("too_big", 1)
    assert "te lang" in document.extraction_message


def test_a_reader_that_only_waits_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reader_that(monkeypatch, tmp_path, "sleep 60")
    with (tmp_path / "stuk.txt").open("w+b") as file:
        assert process.run(file, "lees", "txt", wall_seconds=0.2).reason == "time"


def test_a_file_that_kills_its_reader_is_tried_three_times(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reader_that(monkeypatch, tmp_path, "kill -SEGV $$")
    document = make_document(content=make_pdf(DUTCH))
    assert [read_now(document) for _time in range(4)] == ["queued", "queued", "failed", "failed"]
    document.refresh_from_db()
    assert document.extraction_attempts == 3
    assert "gaat mis" in document.extraction_message


def test_a_reader_that_writes_rubbish_is_no_reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reader_that(monkeypatch, tmp_path, "echo rommel")
    assert read_now(make_document(content=make_pdf(DUTCH))) == "queued"


# ---- Workers that die


def killed(document: CMSDocument, *, attempts: int = 1, ago: int = 2) -> None:
    """Leave a document as a worker does that was killed while it read."""
    CMSDocument.objects.filter(pk=document.pk).update(
        extraction_state="running",
        extraction_attempts=attempts,
        extraction_started_at=timezone.now() - ago * LEASE,
    )


def test_what_a_killed_worker_left_is_taken_up_again() -> None:
    document = make_document(content=make_pdf(DUTCH))
    killed(document)
    read_document.call(document.pk)
    document.refresh_from_db()
    assert (document.extraction_state, document.extraction_attempts) == ("done", 2)


def test_what_another_is_reading_is_left_alone() -> None:
    document = make_document(content=make_pdf(DUTCH))
    killed(document, ago=0)
    assert read_now(document) == "running"
    assert not document.texts.exists()


def test_a_file_that_kills_workers_is_given_up() -> None:
    document = make_document(content=make_pdf(DUTCH))
    document.texts.create(number=1, text="van een vorig bestand")
    killed(document, attempts=3)
    assert read_now(document) == "failed"
    document.refresh_from_db()
    assert "drie keer" in document.extraction_message
    assert not document.texts.exists()
    again(CMSDocument.objects.filter(pk=document.pk))
    assert read_now(document) == "done"


def test_what_was_read_of_a_file_replaced_meanwhile_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document(content=make_pdf("Oud"))
    real = process.run

    def replace_meanwhile(*args: object, **options: object) -> process.Outcome:
        CMSDocument.objects.filter(pk=document.pk).update(content_hash="ander", extraction_state="queued")
        return real(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(process, "run", replace_meanwhile)
    assert read_now(document) == "queued"
    assert not document.texts.exists()


def test_a_file_that_is_gone_says_so() -> None:
    document = make_document(content=make_pdf(DUTCH))
    document.file.storage.delete(document.file.name)
    assert read_now(document) == "failed"
    document.refresh_from_db()
    assert "niet gevonden" in document.extraction_message
