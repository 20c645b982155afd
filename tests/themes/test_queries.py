"""How many queries a page of a theme costs a visitor, whatever the number of themes."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cms.factories import make_site
from tests.network.factories import make_body, make_network
from tests.themes.factories import make_theme, make_theme_index
from themes.models import ThemeIndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ThemeIndexPage:
    return make_theme_index(make_site()[0].root_page)


def count_queries(url: str, asserting: DjangoAssertNumQueries, ceiling: int) -> None:
    client = Client()
    client.get(url)  # fills the caches of sites and languages that live as long as the process
    with asserting(ceiling):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("size", [5, 30])
def test_the_overview(index: ThemeIndexPage, size: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(size):
        make_theme(index, f"Thema {number}")
    count_queries(index.get_url(), django_assert_max_num_queries, 16)


@pytest.mark.parametrize("size", [5, 30])
def test_a_theme(index: ThemeIndexPage, size: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    group = make_body(make_network(index.get_parent()))
    others = [make_theme(index, f"Thema {number}") for number in range(size)]
    links = "".join(f'<p><a linktype="page" id="{other.pk}">Lees meer</a></p>' for other in others)
    theme = make_theme(
        index, partners=("Gemeente", "Politie"), situation=links, approach="<p>Samen.</p>", expert_group=group
    )
    count_queries(theme.get_url(), django_assert_max_num_queries, 25)
