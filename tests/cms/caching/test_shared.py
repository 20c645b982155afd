"""Menu, footer and lists that many pages share are made once a generation, and never old or a reader's own."""

import pytest
from django.test import Client

from cms.caching import shared
from tests.api.factories import Example
from tests.cms.caching.test_dependants import publish_with
from tests.cms.factories import make_content_page

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
