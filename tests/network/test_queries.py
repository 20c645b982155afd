"""How many queries a page of the network costs a visitor, whatever the size of the network."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from network.models import NetworkBodyPage, NetworkPage
from tests.cms.factories import make_site
from tests.network.factories import (
    make_body,
    make_capacity,
    make_network,
    make_organisation,
    make_role,
    make_verb,
    relate,
    seat,
    translate_page,
)

pytestmark = pytest.mark.django_db


def fill(network: NetworkPage, size: int) -> NetworkBodyPage:
    """Give a collective that as many bodies belong to, and relate to, as `size` says."""
    collective = make_body(network, "de DVO's", plural=True)
    capacity, role, verb = make_capacity(), make_role(), make_verb("begeleiden")
    for number in range(size):
        make_body(collective, f"het DVO {number}")
        other = make_body(network, f"de groep {number}")
        relate(other, collective)
        relate(collective, other, verb, acting_role=role)
        seat(collective, organisation=make_organisation(f"Partner {number}"), capacity=capacity)
        seat(other, member_role=role, member_body=collective)
    return collective


def count_queries(url: str, asserting: DjangoAssertNumQueries, ceiling: int) -> None:
    client = Client()
    client.get(url)  # fills the caches of sites and languages that live as long as the process
    with asserting(ceiling):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("size", [5, 30])
def test_the_page_of_the_network(size: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    network = make_network(make_site()[0].root_page)
    fill(network, size)
    count_queries(network.get_url(), django_assert_max_num_queries, 19)


@pytest.mark.parametrize("size", [5, 30])
def test_the_page_of_a_body(size: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    collective = fill(make_network(make_site()[0].root_page), size)
    count_queries(collective.get_url(), django_assert_max_num_queries, 22)


def test_the_translated_page_of_a_body(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    collective = fill(make_network(make_site()[0].root_page), 5)
    english = translate_page(collective, "en", phrase="the consultations", phrase_of="of the consultations")
    count_queries(english.get_url(), django_assert_max_num_queries, 27)
