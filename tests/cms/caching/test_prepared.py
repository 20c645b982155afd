"""A query that is put together once a generation finds what it would find anew."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.caching.generation import Generation
from cms.caching.prepared import records, rows
from cms.caching.shared import sharing
from home.models import ContentPage
from tests.cms.factories import make_content_page, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def parts():
    """An answer for everybody is being made, in a generation of its own."""
    now = timezone.now()
    hour = timedelta(hours=1)
    return lambda: sharing(Generation(token=str(uuid4()), since=now - hour, until=now + hour, now=now))


@pytest.fixture
def pages() -> list[Page]:
    home = make_site()[1]
    return [make_content_page(home, name) for name in ("Eerste", "Tweede", "Derde")]


def by_title(*titles: str) -> QuerySet:
    return Page.objects.filter(title__in=titles, live=True).order_by("path").values_list("pk", "title")


def by_key(key, pk) -> QuerySet:
    return Page.objects.filter(translation_key=key, pk=pk).values_list("pk", "title")


def test_each_value_finds_its_own(pages, parts):
    first, second, third = pages
    with parts():
        assert rows("titles", by_title, "Eerste", "Derde") == [(first.pk, "Eerste"), (third.pk, "Derde")]
        assert rows("titles", by_title, "Tweede", "Er niet") == [(second.pk, "Tweede")]
        assert rows("keys", by_key, second.translation_key, second.pk) == [(second.pk, "Tweede")]
        assert rows("keys", by_key, second.translation_key, first.pk) == []
        assert rows("keys", by_key, third.translation_key, third.pk) == [(third.pk, "Derde")]


def test_it_is_put_together_once_a_generation(pages, parts):
    made: list[str] = []

    def counting(title: str) -> QuerySet:
        made.append(title)
        return by_title(title)

    for _generation in range(2):
        with parts():
            for title in ("Eerste", "Tweede", "Eerste"):
                assert [row[1] for row in rows("title", counting, title)] == [title]
    assert len(made) == 2
    assert not {"Eerste", "Tweede"} & set(made)
    assert [row[1] for row in rows("title", counting, "Derde")] == ["Derde"]
    assert made[-1] == "Derde"


def test_a_value_is_no_part_of_the_statement(pages, parts):
    with parts():
        assert rows("titles", by_title, "Eerste") == [(pages[0].pk, "Eerste")]
        assert rows("titles", by_title, "' OR 1=1 --") == []
        assert rows("titles", by_title, "100%s") == []


def test_what_can_find_nothing_finds_nothing(parts, django_assert_num_queries):
    with parts(), django_assert_num_queries(0):
        for _time in range(2):
            assert rows("none", lambda title: by_title(title).filter(pk__in=[]), "Eerste") == []


def content_page(pk) -> QuerySet:
    return ContentPage.objects.filter(pk=pk)


def light(*ids) -> QuerySet:
    return ContentPage.objects.filter(pk__in=ids).order_by("-title").only("title", "introduction")


def test_a_record_is_whole_and_of_its_type(pages, parts):
    page = ContentPage.objects.get(pk=pages[1].pk)
    page.body = [("paragraph", RichText("<p>Wat er staat.</p>"))]
    page.save()
    with parts():
        for _time in range(2):
            (found,) = records("page", content_page, page.pk)
            assert (type(found), found, found.title) == (ContentPage, page, "Tweede")
            assert "Wat er staat." in str(found.body)
            assert found.first_published_at == page.first_published_at
        assert records("page", content_page, page.pk + 1000) == []


def test_each_number_of_values_is_a_query_of_its_own(pages, parts):
    first, second, third = pages
    with parts():
        for _time in range(2):
            assert records(("light", 2), light, first.pk, second.pk) == [second, first]
            assert records(("light", 3), light, first.pk, second.pk, third.pk) == [second, first, third]


def test_what_was_not_loaded_comes_when_it_is_asked_for(pages, parts, django_assert_num_queries):
    with parts():
        records(("light", 1), light, pages[0].pk)
        with django_assert_num_queries(1):
            (found,) = records(("light", 1), light, pages[2].pk)
            assert (found.title, found.pk, found.id) == ("Derde", pages[2].pk, pages[2].pk)
        with django_assert_num_queries(1):
            assert found.slug == pages[2].slug


def test_a_record_is_never_one_of_before(pages, parts):
    with parts():
        records("page", content_page, pages[0].pk)
        Page.objects.filter(pk=pages[0].pk).update(title="Nieuw")
        assert [page.title for page in records("page", content_page, pages[0].pk)] == ["Nieuw"]


def test_what_can_find_nothing_gives_no_records(parts, django_assert_num_queries):
    with parts(), django_assert_num_queries(0):
        for _time in range(2):
            assert records("none", lambda pk: content_page(pk).none(), 1) == []
