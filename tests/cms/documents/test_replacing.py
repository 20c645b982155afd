"""A new file in the place of an old one: nothing is lost, also not when it goes wrong halfway."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.documents.reading import read_now
from cms.documents.replacing import replace_file
from cms.models import CMSDocument
from tests.cms.documents.files import make_docx, make_pdf
from tests.cms.factories import make_document

pytestmark = pytest.mark.django_db


def stored(document: CMSDocument) -> set[str]:
    folders, files = document.file.storage.listdir("")
    return {*files, *(f"{folder}/{name}" for folder in folders for name in document.file.storage.listdir(folder)[1])}


def test_the_old_file_becomes_a_version_with_its_facts(admin_user: Any) -> None:
    document = make_document(content=make_pdf("Oud", "Tweede"))
    read_now(document)
    replaced = replace_file(
        document, SimpleUploadedFile("x.pdf", make_pdf("Nieuw")), note="Bijlage erbij", user=admin_user
    )
    assert (replaced.pk, replaced.filename) == (document.pk, document.filename)
    version = replaced.versions.get()
    assert (version.number, version.note, version.replaced_by_user) == (1, "Bijlage erbij", admin_user)
    assert (version.page_count, version.media_type, version.content_hash) == (
        2,
        "application/pdf",
        document.content_hash,
    )
    assert version.placed_at == document.file_changed_at
    assert version.replaced_at == replaced.file_changed_at or version.replaced_at > version.placed_at
    read_now(replaced)
    assert [text.text for text in replaced.texts.all()] == ["Nieuw"]


def test_versions_are_counted() -> None:
    document = make_document(content=make_pdf("1"))
    for text in ("2", "3"):
        document = replace_file(document, SimpleUploadedFile("x.pdf", make_pdf(text)))
    assert [version.number for version in document.versions.all()] == [2, 1]
    with document.versions.get(number=2).file.open() as file:
        assert file.read() == make_pdf("2")


def test_going_back_to_an_old_file_is_a_change_like_any_other() -> None:
    document = make_document(content=make_pdf("1"))
    for text in ("2", "1"):
        document = replace_file(document, SimpleUploadedFile("x.pdf", make_pdf(text)))
    assert document.versions.count() == 2


@pytest.mark.parametrize(("content", "words"), [(make_pdf("Oud"), "hetzelfde bestand"), (b"MZ\x90\x00", "programma")])
def test_a_file_that_may_not_come_in_changes_nothing(content: bytes, words: str) -> None:
    document = make_document(content=make_pdf("Oud"))
    before = stored(document)
    with pytest.raises(ValidationError, match=words):
        replace_file(document, SimpleUploadedFile("x.pdf", content))
    assert stored(document) == before
    assert not document.versions.exists()


def test_when_saving_fails_the_old_file_is_still_there(monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document(content=make_pdf("Oud"))
    before = stored(document)

    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("the database is gone")

    with monkeypatch.context() as patch:
        patch.setattr(CMSDocument, "save", fail)
        with pytest.raises(RuntimeError):
            replace_file(document, SimpleUploadedFile("x.docx", make_docx("Nieuw")))
    document = CMSDocument.objects.get(pk=document.pk)
    with document.file.open() as file:
        assert file.read() == make_pdf("Oud")
    assert stored(document) == before
    assert not document.versions.exists()
