"""What pages refer to is known in the transaction that changes them, and as Wagtail would find it by itself."""

import json

import pytest
from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django_tasks import default_task_backend
from wagtail.models import Page, ReferenceIndex

from cms.models import CMSDocument
from home.models import ContentPage
from kennisbank.models import PublicationFile, PublicationPage
from tests.cms.factories import make_content_page, make_document, make_image, make_site, publish
from tests.kennisbank.factories import add_file, make_kennisbank, make_publication, make_type
from tests.themes.factories import make_theme, make_theme_index

pytestmark = pytest.mark.django_db


def body_with(*documents: CMSDocument) -> str:
    links = "".join(f'<p><a linktype="document" id="{document.pk}">lees</a></p>' for document in documents)
    return json.dumps([{"type": "paragraph", "id": "p", "value": links}])


def noted(page: Page) -> set[tuple]:
    rows = ReferenceIndex.get_references_for_object(page)
    return set(rows.values_list("content_type", "to_content_type", "to_object_id", "model_path", "content_path"))


def as_wagtail_finds(page: Page) -> set[tuple]:
    ReferenceIndex.create_or_update_for_object(page.specific)
    return noted(page)


def referring_to(document: CMSDocument) -> set[int]:
    return {int(row.object_id) for row in ReferenceIndex.get_references_to(document)}


def test_a_page_with_texts_pictures_and_files_is_noted_as_wagtail_would():
    _site, home = make_site()
    inner = make_document("In de tekst", name="a.pdf")
    publication = PublicationPage(title="Stuk", publication_type=make_type(), body=body_with(inner))
    publication.social_image = make_image()
    publication.files = [PublicationFile(document=make_document(name=f"{place}.pdf")) for place in "bc"]
    page = publish(make_kennisbank(home), publication)
    theme = make_theme(
        make_theme_index(home), partners=("Politie", "Gemeente"), situation='<a linktype="page" id="1">x'
    )
    for one in (home, page, theme):
        before = noted(one)
        assert as_wagtail_finds(one) == before
    assert len(noted(page)) == 5


def test_what_a_page_leaves_out_is_forgotten_with_it():
    _site, home = make_site()
    first, second = make_document(name="a.pdf"), make_document(name="b.pdf")
    page = make_content_page(home, body=body_with(first, second))
    page.body = body_with(second)
    page.save_revision().publish()
    assert referring_to(first) == set()
    assert referring_to(second) == {page.pk}


def test_a_newer_draft_changes_nothing():
    _site, home = make_site()
    first, second = make_document(name="a.pdf"), make_document(name="b.pdf")
    page = make_content_page(home, body=body_with(first))
    draft = ContentPage.objects.get(pk=page.pk)
    draft.body = body_with(second)
    revision = draft.save_revision()
    assert referring_to(first) == {page.pk}
    assert referring_to(second) == set()
    revision.publish()
    assert referring_to(second) == {page.pk}


def test_a_file_by_itself_is_noted_and_forgotten():
    _site, home = make_site()
    page = make_publication(make_kennisbank(home))
    file = add_file(page)
    other = add_file(page, make_document(name="ander.pdf"))
    assert referring_to(file.document) == {page.pk}
    file.document, before = make_document(name="nieuw.pdf"), file.document
    file.save()
    assert (referring_to(before), referring_to(file.document)) == (set(), {page.pk})
    file.delete()
    assert referring_to(file.document) == set()
    assert referring_to(other.document) == {page.pk}


def test_what_is_not_saved_after_all_is_not_noted():
    _site, home = make_site()
    document = make_document()
    with transaction.atomic():
        make_content_page(home, body=body_with(document))
        assert referring_to(document)
        transaction.set_rollback(True)
    assert referring_to(document) == set()


def test_a_copy_and_an_alias_refer_to_what_their_source_does():
    _site, home = make_site()
    kennisbank = make_kennisbank(home)
    page = make_publication(kennisbank)
    document = add_file(page).document
    page = PublicationPage.objects.get(pk=page.pk)
    copy = page.copy(update_attrs={"slug": "kopie"})
    alias = page.create_alias(update_slug="alias", parent=home)
    assert referring_to(document) == {page.pk, copy.pk, alias.pk}
    extra = make_document(name="extra.pdf")
    page.files.add(PublicationFile(document=extra))
    page.save_revision().publish()
    assert referring_to(extra) == {page.pk, alias.pk}


def test_saving_a_page_asks_once_for_its_references_and_leaves_the_worker_out():
    _site, home = make_site()
    page = ContentPage.objects.get(pk=make_content_page(home, body=body_with(make_document())).pk)
    default_task_backend.clear()
    with CaptureQueriesContext(connection) as queries, TestCase.captureOnCommitCallbacks(execute=True):
        page.save()
    assert sum("wagtailcore_referenceindex" in query["sql"] for query in queries) == 1
    assert not [result for result in default_task_backend.results if "reference" in result.task.module_path]
