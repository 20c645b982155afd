"""Older versions of a publication's files: who may download them, and what is told of them."""

from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from cms.models import CMSDocument, DocumentVersion
from kennisbank.files import versions_of
from kennisbank.models import KennisbankPage
from tests.cms.factories import make_document, make_site, private_collection
from tests.kennisbank.factories import add_file, make_kennisbank, make_publication

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
