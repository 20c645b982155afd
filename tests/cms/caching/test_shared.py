"""Menu, footer and lists that many pages share are made once a generation, and never old or a reader's own."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.caching import shared
from cms.visibility import restricted_paths
from tests.api.factories import Example
from tests.cms.caching.test_dependants import publish_with
from tests.cms.factories import make_content_page, make_private

pytestmark = pytest.mark.django_db


@pytest.fixture
def layouts(monkeypatch) -> list[str]:
    """The languages in which menu and footer were made."""
    from cms import navigation

    made: list[str] = []
    make = navigation._layout

    def counting(context, preview):
        made.append(context.locale.language_code)
        return make(context, preview)

    monkeypatch.setattr(navigation, "_layout", counting)
    return made


def test_pages_of_one_language_share_their_menu(example: Example, reader, layouts):
    for address in ("/", "/themas/", "/over-deze-site/", "/api/v1/navigatie?taal=nl"):
        reader.get(address)
    assert layouts == ["nl"]
    reader.get(example.english_theme.url)
    assert layouts == ["nl", "en"]


def test_a_change_is_in_the_menu_of_every_page(example: Example, reader, layouts):
    reader.get("/")
    make_content_page(example.home, "Werken bij", slug="werken-bij", show_in_menus=True)
    for address in ("/", "/themas/"):
        assert "Werken bij" in reader.get(address).content.decode()
    publish_with(example.theme, title="Ondermijnende criminaliteit")
    assert "Ondermijnende criminaliteit" in reader.get("/districten/twente/").content.decode()
    assert layouts == ["nl"] * 3


def test_what_is_shared_is_named_in_the_tags_of_every_answer(example: Example, reader):
    menu = make_content_page(example.home, "Werken bij", slug="werken-bij", show_in_menus=True)
    for address in ("/themas/", "/districten/"):
        assert f"page-{menu.pk}" in reader.get(address).headers["Cache-Tag"].split(",")


def test_a_reader_with_a_cookie_and_a_robot_that_posts_get_their_own(example: Example, reader, layouts):
    reader.get("/")
    client = Client()
    client.cookies["sessionid"] = "x"
    client.get("/themas/")
    client.post("/themas/")
    assert layouts[:2] == ["nl", "nl"]


def test_nothing_is_shared_outside_an_answer_for_everybody():
    assert [shared.shared("key", iter([one]).__next__) for one in (1, 2)] == [1, 2]


def test_one_language_or_host_never_gets_what_another_does(example: Example, reader):
    dutch = reader.get("/themas/ondermijning/").content.decode()
    english = reader.get(example.english_theme.url).content.decode()
    assert reader.get("/themas/ondermijning/").content.decode() == dutch
    assert 'lang="nl"' in dutch.partition("<body")[0]
    assert 'lang="en"' in english.partition("<body")[0]


def test_a_second_page_costs_fewer_queries(example: Example, reader, django_assert_max_num_queries):
    reader.get("/themas/")
    with django_assert_max_num_queries(14):
        reader.get("/over-deze-site/")


def restrictions_asked(reader, address: str, status: int) -> int:
    with CaptureQueriesContext(connection) as queries:
        reader.get(address, status)
    return sum(1 for query in queries if 'FROM "wagtailcore_pageviewrestriction"' in query["sql"][:400])


def test_who_may_see_a_page_is_asked_once_and_never_forgotten(example: Example, reader):
    """Below a private page, in an alias of it and of its alias, and right after it became private."""
    private = make_content_page(example.home, "Besloten", slug="besloten")
    below = make_content_page(private, "Daaronder", slug="daaronder")
    alias = private.create_alias(parent=example.home, update_slug="kopie")
    again = alias.create_alias(parent=example.home, update_slug="kopie-van-kopie")
    for page in (private, below, alias, again):
        assert reader.get(page.url).status_code == 200
    make_private(private)
    for page in (private, below, alias, again):
        assert reader.get(page.url, 302).headers["Location"].startswith("/_util/login/")
    assert reader.get("/themas/").status_code == 200
    private.view_restrictions.all().delete()
    for page in (private, below, alias, again):
        assert reader.get(page.url).status_code == 200


def test_pages_ask_for_no_restrictions_where_none_is_above_them(example: Example, reader):
    make_private(make_content_page(example.home, "Besloten", slug="besloten"))
    reader.get("/themas/")
    assert restrictions_asked(reader, "/districten/", 200) == 0
    assert restrictions_asked(reader, "/besloten/", 302) == 1


def test_aliases_and_whole_trees_are_among_the_restricted_paths(example: Example):
    private = make_content_page(example.home, "Besloten", slug="besloten")
    alias = private.create_alias(parent=example.home, update_slug="kopie")
    again = alias.create_alias(parent=example.home, update_slug="kopie-van-kopie")
    make_content_page(example.home, "Open", slug="open")
    assert restricted_paths() == ()
    make_private(private)
    assert set(restricted_paths()) == {private.path, alias.path, again.path}
