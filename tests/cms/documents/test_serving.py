"""How documents and their older versions reach a reader."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.documents.replacing import replace_file
from cms.models import CMSDocument
from tests.cms import factories
from tests.cms.documents.files import make_docx, make_pdf
from tests.cms.factories import make_site, private_collection, refer_to

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site() -> None:
    make_site()


def make_document(**values: object) -> CMSDocument:
    """Give a document to which a public page refers."""
    document = factories.make_document(**values)
    refer_to(document)
    return document


def replaced(**values: object) -> tuple[CMSDocument, str]:
    """Give a document of which "nieuw.docx" took the place of a PDF, and the name of that PDF."""
    document = make_document(content=make_pdf("Oud"), name="stuk.pdf", **values)
    return replace_file(document, SimpleUploadedFile("nieuw.docx", make_docx("Nieuw"))), document.filename


@pytest.mark.parametrize(
    ("name", "content", "media_type", "shown"),
    [
        ("stuk.pdf", make_pdf("Tekst"), "application/pdf", True),
        ("stuk.pdf", b"<!doctype html><script>alert(1)</script>", "application/octet-stream", False),
        ("stuk.html", b"<!doctype html><p>Tekst", "text/html", False),
        ("stuk.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "application/octet-stream", False),
        ("stuk.txt", b"Tekst", "text/plain", False),
        ("stuk.txt", make_pdf("Tekst"), "application/pdf", True),
        ("stuk.pdf", b"MZ\x90\x00 programma", "application/octet-stream", False),
    ],
)
def test_a_document_comes_with_the_type_of_its_content_and_only_pdf_is_shown(
    client: Client, name: str, content: bytes, media_type: str, shown: bool
) -> None:
    answer = client.get(make_document(content=content, name=name).url)
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    assert answer.headers.get("Content-Disposition", "inline").startswith("inline" if shown else "attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none';")


def test_a_file_of_the_same_kind_keeps_the_address(client: Client) -> None:
    document = make_document(content=make_pdf("Oud"), name="stuk.pdf")
    address = document.url
    replace_file(document, SimpleUploadedFile("stuk-v2-definitief.pdf", make_pdf("Nieuw")))
    assert b"".join(client.get(address).streaming_content) == make_pdf("Nieuw")


def test_the_old_name_leads_to_the_file_of_now(client: Client) -> None:
    document, old = replaced()
    answer = client.get(f"/documenten/{document.pk}/{old}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/documenten/{document.pk}/nieuw.docx")
    assert client.get(f"/documenten/{document.pk}/ooit.pdf").status_code == 404


def test_an_older_version_is_saved_and_never_shown(client: Client) -> None:
    document, old = replaced()
    answer = client.get(f"/documenten/{document.pk}/versie/1/{old}")
    assert b"".join(answer.streaming_content) == make_pdf("Oud")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{old}"'
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none';")


def test_what_is_private_stays_so_under_every_address(client: Client) -> None:
    document, old = replaced(collection=private_collection())
    for name in ("nieuw.docx", old, f"versie/1/{old}"):
        answer = client.get(f"/documenten/{document.pk}/{name}")
        assert answer.status_code == 302
        assert "/login/" in answer.headers["Location"], name


def test_a_file_that_is_gone_is_missing_not_an_error(client: Client) -> None:
    document = make_document(content=make_pdf("Oud"))
    document.file.storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404
