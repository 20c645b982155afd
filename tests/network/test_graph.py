"""The network as a graph, as the API gives it."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, Site

from network.graph import network_graph
from network.models import NetworkBodyPage, NetworkPage
from tests.cms.factories import make_private, make_site
from tests.network.factories import dutch, make_body, make_network, make_role, relate, seat, translate_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return make_site()[0]


@pytest.fixture
def network(site: Site) -> NetworkPage:
    return make_network(site.root_page)


@pytest.fixture
def bbg(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network)


@pytest.fixture
def dvos(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network, "de DVO's", plural=True)


def test_a_relation_is_an_edge_with_its_sentences(site: Site, bbg: NetworkBodyPage, dvos: NetworkBodyPage) -> None:
    relate(bbg, dvos, acting_role=make_role(), acting_number="meervoud")
    (edge,) = network_graph(site, dutch()).edges
    assert (edge.kind, edge.source, edge.target) == ("relatie", bbg.pk, dvos.pk)
    assert (edge.role, edge.verb) == ("de burgemeesters", "geven richting aan")
    assert edge.arrow == "de burgemeesters geven richting aan"
    assert edge.text == "De burgemeesters van de BBG geven richting aan de DVO's."
    assert edge.inverse_sentence[0].url == dvos.get_url()


def test_a_seat_of_a_role_is_an_edge_too(site: Site, bbg: NetworkBodyPage, dvos: NetworkBodyPage) -> None:
    seat(bbg, member_role=make_role("de voorzitter", "de voorzitters"), member_body=dvos)
    (edge,) = network_graph(site, dutch()).edges
    assert (edge.kind, edge.source, edge.target, edge.verb) == ("deelname", dvos.pk, bbg.pk, None)
    assert edge.text == "De voorzitters van de DVO's zitten in de BBG."


def test_a_body_knows_the_collective_it_belongs_to(site: Site, dvos: NetworkBodyPage) -> None:
    twente = make_body(dvos, "het DVO Twente")
    parents = {node.id: node.parent for node in network_graph(site, dutch()).nodes}
    assert parents == {dvos.pk: None, twente.pk: dvos.pk}


def test_the_graph_holds_on_its_day(site: Site, bbg: NetworkBodyPage, dvos: NetworkBodyPage) -> None:
    relate(bbg, dvos, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1))
    assert [len(network_graph(site, dutch(), date(year, 6, 1)).edges) for year in (2019, 2020, 2021)] == [0, 1, 0]


def test_what_the_public_may_not_see_is_not_in_it(site: Site, bbg: NetworkBodyPage, dvos: NetworkBodyPage) -> None:
    relate(bbg, dvos)
    make_private(dvos)
    graph = network_graph(site, dutch())
    assert [node.id for node in graph.nodes] == [bbg.pk]
    assert graph.edges == []


def test_in_another_language_ids_are_those_of_its_pages(
    site: Site, bbg: NetworkBodyPage, dvos: NetworkBodyPage
) -> None:
    relate(bbg, dvos)
    english = translate_page(bbg, "en", phrase="the group", phrase_of="of the group")
    graph = network_graph(site, Locale.objects.get(language_code="en"))
    assert [(node.id, node.language) for node in graph.nodes] == [(english.pk, None), (dvos.pk, "nl")]
    assert (graph.edges[0].source, graph.edges[0].target) == (english.pk, dvos.pk)


@pytest.mark.parametrize(("language", "ceiling"), [("nl", 4), ("en", 6)])
def test_it_costs_few_queries(
    site: Site,
    network: NetworkPage,
    dvos: NetworkBodyPage,
    language: str,
    ceiling: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(8):
        relate(make_body(network, f"de groep {number}"), dvos, acting_role=make_role())
    locale = Locale.objects.get(language_code=language)
    network_graph(site, locale)
    with django_assert_max_num_queries(ceiling):
        network_graph(site, locale)
