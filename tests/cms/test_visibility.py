"""THE rule for what the public may see."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.caching.generation import Generation
from cms.caching.shared import sharing
from cms.rendering.links import page_path
from cms.visibility import (
    passed_restrictions,
    published,
    visible,
    visible_documents,
    visible_images,
    without_fallbacks,
)
from home.models import ContentPage
from tests.cms.factories import (
    make_content_page,
    make_document,
    make_image,
    make_private,
    make_site,
    private_collection,
    refer_to,
)

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
    copy = parent.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True, alias=True)
    assert copy.alias_of_id == parent.pk
    kept = without_fallbacks(Page.objects.filter(translation_key=parent.translation_key))
    assert [page.pk for page in kept] == [parent.pk]


def test_files_in_a_private_collection_and_below_it_are_not_visible():
    private = private_collection()
    below = private.add_child(name="Daaronder")
    shown = make_document("Open")
    hidden = [make_document("Dicht", collection=private), make_document("Dieper", collection=below)]
    refer_to(shown, *hidden)
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
    shown, hidden = make_document("Open"), make_document("Dicht", collection=private_collection())
    refer_to(shown, hidden)
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


@pytest.fixture
def asking(rf, client):
    """A request with the cookies and the login of the test's client."""

    def made():
        request = rf.get("/")
        request.COOKIES.update({name: morsel.value for name, morsel in client.cookies.items()})
        request.session = client.session
        request.user = get_user(request)
        return request

    return made


def restrict(page: Page, **values: object) -> int:
    return PageViewRestriction.objects.create(page=page, **values).pk


def test_a_reader_without_a_session_has_passed_nothing_and_costs_no_query(tree, rf, django_assert_num_queries):
    make_private(tree[1])
    request = rf.get("/")
    with django_assert_num_queries(0):
        assert passed_restrictions(request) == frozenset()


def test_who_logs_in_passes_logins_and_the_groups_of_which_they_are(tree, asking, client, django_user_model):
    _site, parent, child = tree
    login = restrict(parent, restriction_type=PageViewRestriction.LOGIN)
    groups = restrict(child, restriction_type=PageViewRestriction.GROUPS)
    restrict(child, restriction_type=PageViewRestriction.PASSWORD, password="geheim")
    group = Group.objects.create(name="Adviseurs")
    PageViewRestriction.objects.get(pk=groups).groups.add(group)
    reader = django_user_model.objects.create_user("lezer")
    client.force_login(reader)
    assert passed_restrictions(asking()) == {login}
    reader.groups.add(group)
    assert passed_restrictions(asking()) == {login, groups}


def test_who_gave_the_password_passes_that_restriction_only(tree, asking, client):
    _site, parent, child = tree
    passed = restrict(parent, restriction_type=PageViewRestriction.PASSWORD, password="geheim")
    restrict(child, restriction_type=PageViewRestriction.PASSWORD, password="anders")
    assert passed_restrictions(asking()) == frozenset()
    form = {"password": "geheim", "return_url": "/"}
    client.post(reverse("wagtailcore_authenticate_with_password", args=[passed, parent.pk]), form)
    assert passed_restrictions(asking()) == {passed}


def test_a_page_for_who_passed_something_is_kept_by_no_cache(tree, client, django_user_model):
    _site, parent, child = tree
    assert "no-store" not in client.get(child.url).headers.get("Cache-Control", "")
    make_private(child)
    client.force_login(django_user_model.objects.create_user("lezer"))
    assert client.get(parent.url).headers["Cache-Control"] == "private, no-store"


def shared_parts():
    """An answer for everybody is being made, in a generation of its own."""
    now = timezone.now()
    hour = timedelta(hours=1)
    return sharing(Generation(token=str(uuid4()), since=now - hour, until=now + hour, now=now))


@pytest.fixture
def awkward():
    """Pages with all that hides a page, and the roots of two sites."""
    site, home = make_site()
    elsewhere = make_content_page(Page.get_first_root_node(), "Elders")
    other = Site.objects.create(hostname="elders.localhost", root_page=elsewhere)
    for root in (home, elsewhere):
        for name, change in (
            ("Concept", {"live": False}),
            ("Voorbij", {"expire_at": timezone.now() - timedelta(seconds=1)}),
            ("Nog niet voorbij", {"expire_at": timezone.now() + timedelta(hours=2)}),
            ("Open", {}),
        ):
            parent = make_content_page(root, name)
            child = make_content_page(parent, f"{name}, kind")
            make_content_page(child, f"{name}, kleinkind")
            Page.objects.filter(pk=parent.pk).update(**change)
        Page.objects.filter(pk=make_content_page(root, "Concept zonder kinderen").pk).update(live=False)
        private = make_content_page(root, "Besloten")
        below = make_content_page(private, "Besloten, kind")
        make_private(below)
        make_private(private)
        copied = make_content_page(root, "Gekopieerd")
        make_content_page(copied, "Gekopieerd, kind")
        for page, parent in ((copied, "Besloten, kind"), (private, "Open, kind")):
            parent = Page.objects.get(title=parent, path__startswith=root.path)
            Page.objects.get(pk=page.pk).create_alias(parent=parent, recursive=True, update_slug="kopie")
    # As a save of a page that was loaded before it got children leaves it.
    Page.objects.filter(title="Concept").update(numchild=0)
    return site, other


def kept_pages(sites) -> list[set[str]]:
    pages = Page.objects.filter(depth__gt=1)
    kept = [published(pages), visible(pages), *(visible(pages, site) for site in sites)]
    kept += [visible(ContentPage.objects.filter(title__contains="kind"), site) for site in sites]
    return [set(found.values_list("path", flat=True)) for found in kept]


@pytest.mark.parametrize("most", [0, 1, 20])
def test_what_hides_pages_may_be_known_or_looked_up(awkward, monkeypatch, most):
    """Both forms of the rule keep the same pages, whether few or many branches are hidden."""
    monkeypatch.setattr("cms.visibility.MOST_BRANCHES", most)
    looked_up = kept_pages(awkward)
    with shared_parts():
        assert kept_pages(awkward) == looked_up
    assert [len(found) for found in looked_up] == [34, 18, 9, 9, 5, 5]


def test_a_query_names_the_few_branches_that_are_hidden(awkward, django_assert_num_queries):
    with shared_parts():
        assert "EXISTS" not in str(visible(Page.objects.all(), awkward[0]).query)
        with django_assert_num_queries(1):
            list(visible(Page.objects.all(), awkward[0]))
    assert "EXISTS" in str(visible(Page.objects.all(), awkward[0]).query)


def test_who_passed_a_restriction_sees_what_it_hid_while_parts_are_shared(tree):
    site, parent, child = tree
    make_private(parent)
    passed = set(PageViewRestriction.objects.values_list("pk", flat=True))
    with shared_parts():
        assert not seen(child, site)
        assert visible(ContentPage.objects.filter(pk=child.pk), site, passed).exists()


def test_private_collections_may_be_known_too():
    private = private_collection()
    hidden = make_image("Dicht", collection=private.add_child(name="Daaronder"))
    shown = make_image("Open")
    with shared_parts():
        assert [image.pk for image in visible_images()] == [shown.pk]
    private.view_restrictions.all().delete()
    with shared_parts():
        assert {image.pk for image in visible_images()} == {shown.pk, hidden.pk}


def test_addresses_are_those_of_wagtail_on_each_site_and_in_each_language(awkward):
    site, _other = awkward
    site.root_page.copy_for_translation(Locale.objects.get(language_code="en"))
    deeper = Page.objects.get(title="Open", path__startswith=site.root_page.path)
    Site.objects.create(hostname="dieper.localhost", root_page=deeper)
    pages = list(Page.objects.all())
    for language in ("nl", "en"):
        with translation.override(language):
            by_wagtail = [page_path(page) for page in pages]
            with shared_parts():
                assert [page_path(page) for page in pages] == by_wagtail
    assert "" in by_wagtail
    assert "/en/" in by_wagtail
