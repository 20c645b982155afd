"""The block with publications."""

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms.models import BasePage
from home.models import HomePage
from kennisbank.blocks import PublicationsBlock
from kennisbank.models import KennisbankPage
from tests.cms.factories import make_content_page, make_private, make_site
from tests.districts.factories import make_district, make_district_index, make_theme, make_theme_index
from tests.kennisbank.factories import make_kennisbank, make_publication, make_type
from tests.network.factories import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def kennisbank(home: HomePage) -> KennisbankPage:
    return make_kennisbank(home)


def block(**values: object) -> dict:
    publications = [{"type": "item", "id": str(page.pk), "value": page.pk} for page in values.pop("publications", [])]
    filled = {"title": "Lees ook", "mode": "filter", "number": 3, **values, "publications": publications}
    return {"type": "publications", "value": filled}


def page_with(home: HomePage, *blocks: dict) -> BasePage:
    return make_content_page(home, body=list(blocks))


def titles(client: Client, page: BasePage) -> list[str]:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return re.findall(r'class="card__link"[^>]*>([^<]+)</a>', answer.content.decode())


def test_shows_chosen_ones_in_the_order_chosen(home: HomePage, kennisbank: KennisbankPage, client: Client) -> None:
    first, _second, third = (make_publication(kennisbank, f"Stuk {number}") for number in range(3))
    page = page_with(home, block(mode="chosen", publications=[third, first]))
    assert titles(client, page) == ["Stuk 2", "Stuk 0"]
    make_private(first)
    third.unpublish()
    assert titles(client, page) == []
    assert "Lees ook" not in client.get(page.url).content.decode()


def test_shows_the_newest_of_a_theme_and_a_type(home: HomePage, kennisbank: KennisbankPage, client: Client) -> None:
    theme = make_theme(make_theme_index(home))
    make_publication(kennisbank, "Anders")
    make_publication(kennisbank, "Goed", themes=[theme], publication_type=make_type("Handreiking"))
    make_publication(kennisbank, "Andere soort", themes=[theme])
    page = page_with(home, block(theme=theme.pk, publication_type="handreiking"))
    assert titles(client, page) == ["Goed"]
    assert 'href="/kennisbank/?thema=ondermijning&amp;type=handreiking"' in client.get(page.url).content.decode()


def test_shows_the_newest_of_a_district_and_an_organisation(
    home: HomePage, kennisbank: KennisbankPage, client: Client
) -> None:
    twente = make_district(make_district_index(home), "Twente")
    police = make_organisation("Politie Oost-Nederland")
    make_publication(kennisbank, "Goed", districts=[twente], organisations=[police])
    make_publication(kennisbank, "Ander district", organisations=[police])
    make_publication(kennisbank, "Andere organisatie", districts=[twente])
    page = page_with(home, block(district=twente.pk, organisation=police.pk))
    assert titles(client, page) == ["Goed"]
    assert 'href="/kennisbank/?district=twente"' in client.get(page.url).content.decode()


def test_shows_as_many_as_asked(home: HomePage, kennisbank: KennisbankPage, client: Client) -> None:
    for number in range(5):
        make_publication(kennisbank, f"Stuk {number}")
    assert titles(client, page_with(home, block())) == ["Stuk 4", "Stuk 3", "Stuk 2"]


def test_says_when_there_is_nothing(home: HomePage, kennisbank: KennisbankPage, client: Client) -> None:
    page = page_with(home, block())
    assert "Er zijn nog geen publicaties." in client.get(page.url).content.decode()


def test_choosing_without_a_choice_is_refused(home: HomePage) -> None:
    child = PublicationsBlock()
    with pytest.raises(ValidationError):
        child.clean(child.to_python(block(mode="chosen")["value"]))


def test_has_a_preview(home: HomePage, kennisbank: KennisbankPage) -> None:
    make_publication(kennisbank)
    child = PublicationsBlock()
    assert "Factsheet leegstand" in child.render(child.get_preview_value())


@pytest.mark.parametrize("number", [1, 3])
def test_costs_a_fixed_number_of_queries(
    number: int, home: HomePage, kennisbank: KennisbankPage, client: Client, django_assert_max_num_queries: Callable
) -> None:
    made = [make_publication(kennisbank, f"Stuk {count}") for count in range(number)]
    page = page_with(home, block(), block(mode="chosen", publications=made))
    client.get(page.url)
    with django_assert_max_num_queries(20):
        assert client.get(page.url).status_code == 200
