"""THE rule for what the public may see."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, Site

from cms.visibility import published, visible, visible_documents, visible_images, without_fallbacks
from home.models import ContentPage
from tests.cms.factories import (
    make_content_page,
    make_document,
    make_image,
    make_private,
    make_site,
    private_collection,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """A page with a child, on the default site."""
    site, home = make_site()
    parent = make_content_page(home, "Ouder")
    return site, parent, make_content_page(parent, "Kind")


def seen(page: Page, site: Site | None = None) -> bool:
    return visible(ContentPage.objects.filter(pk=page.pk), site).exists()


def test_a_live_page_is_visible(tree):
    site, parent, child = tree
    assert seen(parent, site)
    assert seen(child, site)


def test_a_draft_is_not_and_neither_is_what_stands_below_it(tree):
    site, parent, child = tree
    Page.objects.filter(pk=parent.pk).update(live=False)
    assert not seen(parent, site)
    assert not seen(child, site)


def test_an_expired_page_is_not_even_before_the_scheduler_ran(tree):
    site, parent, child = tree
    Page.objects.filter(pk=parent.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert not seen(parent, site)
    assert not seen(child, site)


def test_a_page_that_expires_later_is(tree):
    site, parent, _child = tree
    Page.objects.filter(pk=parent.pk).update(expire_at=timezone.now() + timedelta(hours=1))
    assert seen(parent, site)


def test_a_private_page_and_what_stands_below_it_are_published_but_not_visible(tree):
    site, parent, child = tree
    make_private(parent)
    assert not seen(parent, site)
    assert not seen(child, site)
    assert published(ContentPage.objects.filter(pk=child.pk)).exists()


def test_a_page_of_another_site_is_not_visible_on_this_one(tree):
    _site, _parent, child = tree
    root = Page.get_first_root_node()
    elsewhere = make_content_page(root, "Elders")
    other = Site.objects.create(hostname="elders.localhost", root_page=elsewhere)
    assert not seen(child, other)
    assert seen(elsewhere, other)


def test_an_alias_in_another_language_is_no_translation(tree):
    _site, parent, _child = tree
    from wagtail.models import Locale

    copy = parent.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True, alias=True)
    assert copy.alias_of_id == parent.pk
    kept = without_fallbacks(Page.objects.filter(translation_key=parent.translation_key))
    assert [page.pk for page in kept] == [parent.pk]


def test_files_in_a_private_collection_and_below_it_are_not_visible():
    private = private_collection()
    below = private.add_child(name="Daaronder")
    shown = make_document("Open")
    make_document("Dicht", collection=private)
    make_document("Dieper", collection=below)
    assert [document.pk for document in visible_documents()] == [shown.pk]
    image = make_image("Open")
    make_image("Dicht", collection=below)
    assert [found.pk for found in visible_images()] == [image.pk]


@pytest.mark.parametrize("change", [{"live": False}, {"expire_at": timezone.now() - timedelta(days=1)}])
def test_the_site_answers_not_found_for_a_page_below_an_unpublished_one(tree, client, change):
    _site, parent, child = tree
    assert client.get(child.url).status_code == 200
    Page.objects.filter(pk=parent.pk).update(**change)
    assert client.get(child.url).status_code == 404
    assert client.get(parent.url).status_code == 404


def test_a_private_page_asks_to_log_in(tree, client):
    _site, parent, child = tree
    make_private(parent)
    response = client.get(child.url)
    assert response.status_code == 302
    assert "Kind" not in response.content.decode()


def test_a_private_document_is_not_served_and_a_public_one_is(client):
    make_site()
    shown, hidden = make_document("Open"), make_document("Dicht", collection=private_collection())
    response = client.get(f"/documenten/{shown.pk}/{shown.filename}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert "Content-Encoding" not in response.headers
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/documenten/{hidden.pk}/{hidden.filename}").status_code == 302


def test_originals_have_no_address(client):
    image = make_image()
    assert client.get(image.file.url).status_code == 404
    rendition = image.get_rendition("width-32|format-webp")
    assert client.get(rendition.url).status_code == 200
    assert client.get("/media/images/..%2Foriginal_images%2Ftekening.png").status_code == 404
