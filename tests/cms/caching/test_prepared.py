"""A query that is put together once a generation finds what it would find anew."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from cms.caching.generation import Generation
from cms.caching.prepared import rows
from cms.caching.shared import sharing
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
