"""Older versions of a publication's files: who may download them, and what is told of them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.models import CMSDocument, DocumentVersion, User
from cms.rendering.links import version_path
from kennisbank.files import versions_of
from kennisbank.models import KennisbankPage
from tests.cms.factories import make_document, make_site, private_collection
from tests.kennisbank.factories import add_file, make_kennisbank, make_publication
from tests.kennisbank.test_bulk_upload import writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def kennisbank() -> KennisbankPage:
    _site, home = make_site()
    return make_kennisbank(home)


def add_version(document: CMSDocument, number: int, content: bytes = b"oud", **values: object) -> DocumentVersion:
    values.setdefault("replaced_at", datetime(2026, 2, number, 12, tzinfo=UTC))
    file = ContentFile(content, name=f"stuk-{number}.pdf")
    return DocumentVersion.objects.create(document=document, number=number, file=file, file_size=len(content), **values)


def test_tells_of_older_versions_newest_first(kennisbank: KennisbankPage, django_assert_num_queries) -> None:
    page = make_publication(kennisbank)
    document = make_document("Factsheet")
    add_file(page, document)
    add_version(document, 1, note="Eerste uitgave")
    add_version(document, 2, placed_at=datetime(2026, 2, 1, 12, tzinfo=UTC))
    with django_assert_num_queries(2):
        newest, oldest = versions_of(page)
    assert (newest.number, str(newest.placed_on), str(newest.replaced_on)) == (2, "2026-02-01", "2026-02-02")
    assert (oldest.number, oldest.placed_on, oldest.note) == (1, None, "Eerste uitgave")
    assert (oldest.current, oldest.file_type, oldest.size_text) == ("Factsheet", "PDF", "1 kB")


def test_an_older_version_has_an_address_of_its_own(kennisbank: KennisbankPage, client: Client) -> None:
    page = make_publication(kennisbank)
    document = make_document("Factsheet")
    add_file(page, document)
    add_version(document, 1, b"wat er stond")
    [version] = versions_of(page)
    response = client.get(version.url)
    assert b"".join(response.streaming_content) == b"wat er stond"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert client.get(version.url.replace("/versie/1/", "/versie/2/")).status_code == 404
    assert client.get(version.url.replace(".pdf", ".html")).status_code == 404


def test_an_older_version_is_as_private_as_the_file_that_replaced_it(
    kennisbank: KennisbankPage, client: Client
) -> None:
    page = make_publication(kennisbank)
    document = make_document("Besloten stuk")
    add_file(page, document)
    add_version(document, 1)
    [version] = versions_of(page)
    document.collection = private_collection()
    document.save()
    assert client.get(version.url).status_code in (302, 403)
    assert versions_of(type(page).objects.get(pk=page.pk)) == []


def test_what_was_replaced_before_it_was_published_stays_with_the_editors(
    kennisbank: KennisbankPage, editor: Client
) -> None:
    page = make_publication(kennisbank)
    page.unpublish()
    document = make_document("Factsheet", b"Met namen.", "factsheet.txt")
    add_file(page, document)
    screen = reverse("bestandsversies:lijst", args=[document.pk])
    for content in (b"Zonder namen.", b"Met de laatste cijfers."):
        editor.post(screen, {"file": SimpleUploadedFile("factsheet.txt", content), "note": "Netjes"})
        page.save_revision().publish()
    [first, second] = document.versions.order_by("number")
    assert (first.was_published, second.was_published) == (False, True)
    assert [version.number for version in versions_of(type(page).objects.get(pk=page.pk))] == [2]
    address = version_path(document.pk, 1, first.filename)
    assert Client().get(address).status_code == 404
    assert b"".join(editor.get(address).streaming_content) == b"Met namen."
    assert "Niet openbaar: vervangen voordat het gepubliceerd was." in words(editor.get(screen).content.decode())
    assert Client().get(version_path(document.pk, 2, second.filename)).status_code == 200


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redacteur", "redacteur@voorbeeld.example", "geheim"))
    return client


def words(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def content(document: CMSDocument) -> bytes:
    return CMSDocument.objects.get(pk=document.pk).file.read()


def test_replaces_a_file_at_the_same_address_and_puts_the_old_one_back(
    kennisbank: KennisbankPage, editor: Client
) -> None:
    page = make_publication(kennisbank)
    document = make_document("Factsheet", b"Zoals het was.", "factsheet.txt")
    add_file(page, document)
    address = document.url
    screen = reverse("bestandsversies:lijst", args=[document.pk])
    assert screen in editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    file = SimpleUploadedFile("factsheet versie 2.txt", b"Zoals het is.")
    assert editor.post(screen, {"file": file, "note": "Nieuwe cijfers"}).status_code == 302
    assert b"".join(Client().get(address).streaming_content) == b"Zoals het is."
    shown = words(editor.get(screen).content.decode())
    assert "Nu: versie 2" in shown
    assert "Nieuwe cijfers" in shown
    assert "Zet versie 1 terug" in shown
    [version] = versions_of(page)
    assert b"".join(Client().get(version.url).streaming_content) == b"Zoals het was."
    editor.post(reverse("bestandsversies:terug", args=[document.pk, 1]))
    assert b"".join(Client().get(address).streaming_content) == b"Zoals het was."
    assert [each.note for each in DocumentVersion.objects.all()] == ["Versie 1 teruggezet", "Nieuwe cijfers"]


def test_refuses_a_new_version_that_may_not_come_in(kennisbank: KennisbankPage, editor: Client) -> None:
    document = make_document("Factsheet", b"Zoals het was.", "factsheet.txt")
    screen = reverse("bestandsversies:lijst", args=[document.pk])
    for file in (SimpleUploadedFile("a.exe", b"MZ\x90"), SimpleUploadedFile("b.txt", b"Zoals het was.")):
        answer = editor.post(screen, {"file": file})
        assert answer.status_code == 200
        assert "error-message" in answer.content.decode()
    assert "Dit is hetzelfde bestand als er al staat." in answer.content.decode()
    assert content(document) == b"Zoals het was."
    assert not DocumentVersion.objects.exists()


def test_removes_an_older_version_and_its_file(
    kennisbank: KennisbankPage, editor: Client, django_capture_on_commit_callbacks: Callable
) -> None:
    document = make_document("Factsheet", b"Zoals het is.", "factsheet.txt")
    version = add_version(document, 1)
    stored = Path(version.file.path)
    address = reverse("bestandsversies:weg", args=[document.pk, 1])
    assert "Verwijder versie 1" in editor.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address)
    assert not stored.exists()
    assert not DocumentVersion.objects.exists()
    assert content(document) == b"Zoals het is."


def test_who_may_not_publish_cannot_replace_a_file(kennisbank: KennisbankPage, client: Client) -> None:
    page = make_publication(kennisbank)
    document = make_document()
    add_file(page, document)
    writer(client)
    screen = reverse("bestandsversies:lijst", args=[document.pk])
    assert client.get(screen).status_code in (302, 403)
    assert screen not in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_a_file_that_harms_who_opens_it_is_for_nobody(kennisbank: KennisbankPage, client: Client) -> None:
    page = make_publication(kennisbank, "Rapport")
    document = make_document("Bijlage", b"tekst", "bijlage.txt")
    add_file(page, document)
    page.save_revision().publish()
    assert client.get(document.url).status_code == 200
    assert document.filename in client.get(page.url).content.decode()
    CMSDocument.objects.filter(pk=document.pk).update(extraction_state="unsafe")
    assert client.get(document.url).status_code == 404
    assert document.filename not in client.get(page.url).content.decode()
