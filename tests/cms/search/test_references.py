"""Words that a page shows with a picture, or with a link to a page, go from its entry when those are hidden."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.models import CMSDocument, CMSImage, PendingEntry
from cms.search import signals
from cms.search.indexing import index_pending_now
from tests.cms.factories import (
    make_content_page,
    make_document,
    make_image,
    make_private,
    make_site,
    private_collection,
)
from tests.search import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Page:
    return make_site()[1]


def entries_with(word: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cms_searchentry WHERE tsv @@ %s::tsquery", [word])
        return cursor.fetchone()[0]


def waiting() -> set[str]:
    return set(PendingEntry.objects.values_list("key", flat=True))


def showing_picture(home: Page, image: CMSImage) -> Page:
    block = {"image": image, "alt": "Een loods", "decorative": False, "caption": "Geheimwoord in de loods"}
    return make_content_page(home, "Met beeld", slug="met-beeld", body=[("image", block)])


def showing_document(home: Page, document: CMSDocument) -> Page:
    block = {"document": document, "title": "Geheimwoord", "description": "Wat in de loods lag."}
    return make_content_page(home, "Met een stuk", slug="met-een-stuk", body=[("download", block)])


def leading_to(home: Page, target: Page) -> Page:
    items = [{"title": "Geheimwoord", "page": target, "url": "", "description": ""}]
    return make_content_page(home, "Wijzer", slug="wijzer", body=[("links", {"title": "Zie ook", "items": items})])


def start() -> None:
    """Begin with everything in the index and nothing that waits."""
    reindex()
    PendingEntry.objects.all().delete()
    assert entries_with("geheimwoord") == 1


def below_private(item: CMSImage | CMSDocument) -> None:
    private = Collection.get_first_root_node().add_child(name="Wordt besloten")
    below = private.add_child(name="Daaronder")
    type(item).objects.filter(pk=item.pk).update(collection=below)
    reindex()
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")


def into_private(item: CMSImage | CMSDocument) -> None:
    type(item).objects.filter(pk=item.pk).update(collection=private_collection())


def with_its_collection(item: CMSImage | CMSDocument) -> None:
    moved = Collection.get_first_root_node().add_child(name="Verhuist")
    type(item).objects.filter(pk=item.pk).update(collection=moved)
    reindex()
    private = private_collection()
    Collection.objects.get(pk=moved.pk).move(private, pos="sorted-child")


@pytest.mark.parametrize("hide", [into_private, below_private, with_its_collection])
@pytest.mark.parametrize(("make", "show"), [(make_image, showing_picture), (make_document, showing_document)])
def test_what_a_file_says_on_a_page_goes_with_it_and_comes_back(home, make: Callable, show: Callable, hide: Callable):
    item = make()
    page = show(home, item)
    start()
    hide(item)
    assert f"page:{page.pk}" in waiting()
    index_pending_now()
    assert entries_with("geheimwoord") == 0
    CollectionViewRestriction.objects.all().delete()
    assert f"page:{page.pk}" in waiting()
    index_pending_now()
    assert entries_with("geheimwoord") == 1


@pytest.mark.parametrize(("make", "show"), [(make_image, showing_picture), (make_document, showing_document)])
def test_a_file_that_is_deleted_has_its_page_looked_at(home, make: Callable, show: Callable):
    item = make()
    page = show(home, item)
    start()
    type(item).objects.filter(pk=item.pk).delete()
    assert waiting() == {f"page:{page.pk}"}


@pytest.mark.parametrize(
    "hide",
    [
        make_private,
        lambda page: page.specific.unpublish(),
        lambda page: Page.objects.filter(pk=page.pk).update(live=False),
        lambda page: Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1)),
        lambda page: page.specific.delete(),
    ],
    ids=["private", "unpublished", "by SQL", "expired", "deleted"],
)
@pytest.mark.parametrize("where", ["itself", "above"])
def test_words_of_a_link_go_with_the_page_to_which_it_leads(home, hide: Callable, where: str):
    parent = make_content_page(home, "Ouder", slug="ouder")
    target = make_content_page(parent, "Doel", slug="doel")
    page = leading_to(home, target)
    start()
    hide(Page.objects.get(pk=(target if where == "itself" else parent).pk))
    assert f"page:{page.pk}" in waiting()
    index_pending_now()
    assert entries_with("geheimwoord") == 0


def test_they_come_back_with_it(home):
    target = make_content_page(home, "Doel", slug="doel")
    leading_to(home, target)
    start()
    make_private(target)
    index_pending_now()
    PageViewRestriction.objects.all().delete()
    index_pending_now()
    assert entries_with("geheimwoord") == 1


def test_a_change_that_hides_nothing_has_no_other_page_looked_at(home):
    target = make_content_page(home, "Doel", slug="doel")
    leading_to(home, target)
    start()
    target.title = "Ander doel"
    target.save_revision().publish()
    assert waiting() == {f"page:{target.pk}"}


def test_the_worker_is_woken(home, monkeypatch):
    image, target = make_image(), make_content_page(home, "Doel", slug="doel")
    woken: list[bool] = []
    monkeypatch.setattr(signals, "wake_worker", lambda: woken.append(True))
    image.collection = private_collection()
    for change in (image.save, image.delete, lambda: make_private(target), target.delete):
        woken.clear()
        change()
        assert woken, change
