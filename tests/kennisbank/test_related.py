"""What the Kennisbank adds to bodies and publications."""

from datetime import date

import pytest
from django.test import Client

from tests.cms.factories import make_private, make_site
from tests.districts.factories import make_district, make_district_index, make_municipality
from tests.kennisbank.factories import make_kennisbank, make_publication
from tests.network.factories import make_body, make_network
from tests.search import reindex
from tests.themes.factories import make_theme, make_theme_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    return make_site()[1]


@pytest.fixture
def kennisbank(home):
    return make_kennisbank(home)


def related(client: Client, page) -> list[str]:
    sections = client.get(f"/api/v1/paginas/{page.pk}").json()["secties"]
    return [
        card["titel"] for section in sections if section["sleutel"] in ("lees-ook", "publicaties")
        for card in section["kaarten"]
    ]  # fmt: skip


def test_a_publication_leads_to_those_that_share_most_with_it(home, kennisbank, client):
    index = make_theme_index(home)
    crime, youth, other = (make_theme(index, name) for name in ("Ondermijning", "Jeugd", "Onrust"))
    district = make_district(make_district_index(home))
    page = make_publication(kennisbank, "Deze", themes=[crime, youth], districts=[district])
    make_publication(kennisbank, "Deelt twee, oud", themes=[crime, youth], publication_date=date(2023, 1, 1))
    make_publication(kennisbank, "Deelt een, nieuw", themes=[crime], publication_date=date(2026, 5, 1))
    make_publication(kennisbank, "Deelt een, oud", districts=[district], publication_date=date(2024, 5, 1))
    make_publication(kennisbank, "Deelt niets", themes=[other])
    assert related(client, page) == ["Deelt twee, oud", "Deelt een, nieuw", "Deelt een, oud"]


def test_rare_words_that_are_shared_count_most(home, kennisbank, client):
    index = make_theme_index(home)
    theme, other = (make_theme(index, name) for name in ("Ondermijning", "Onrust"))
    district = make_district(make_district_index(home))
    page = make_publication(
        kennisbank, "Deze", themes=[theme], districts=[district], introduction="Smokkel door duikers in zeehavens."
    )
    make_publication(
        kennisbank,
        "Deelt woorden",
        themes=[theme],
        introduction="Duikers vinden smokkel in zeehavens.",
        publication_date=date(2020, 1, 1),
    )
    make_publication(kennisbank, "Deelt het district", themes=[theme], districts=[district])
    make_publication(kennisbank, "Deelt alleen woorden", themes=[other], introduction="Over duikers.")
    reindex()
    assert related(client, page) == ["Deelt woorden", "Deelt het district"]


def test_a_hidden_publication_with_the_same_words_is_not_related(home, kennisbank, client):
    theme = make_theme(make_theme_index(home))
    page = make_publication(kennisbank, "Deze", themes=[theme], introduction="Duikers in zeehavens.")
    make_private(
        make_publication(kennisbank, "Besloten", slug="b", themes=[theme], introduction="Duikers in zeehavens.")
    )
    reindex()
    assert related(client, page) == []


def test_a_publication_that_shares_nothing_has_no_such_section(home, kennisbank, client):
    page = make_publication(kennisbank, "Alleen")
    make_publication(kennisbank, "Ook alleen")
    assert related(client, page) == []


def test_neither_hidden_nor_replaced_publications_are_related(home, kennisbank, client):
    theme = make_theme(make_theme_index(home))
    page = make_publication(kennisbank, "Deze", themes=[theme])
    make_private(make_publication(kennisbank, "Besloten", themes=[theme]))
    newer = make_publication(kennisbank, "Nieuwer", themes=[theme])
    make_publication(kennisbank, "Vervangen", themes=[theme], replaced_by=newer)
    assert related(client, page) == ["Nieuwer"]


def test_municipalities_count_as_shared(home, kennisbank, client):
    place = make_municipality(make_district(make_district_index(home)))
    page = make_publication(kennisbank, "Deze", municipalities=[place])
    make_publication(kennisbank, "Dezelfde gemeente", municipalities=[place])
    assert related(client, page) == ["Dezelfde gemeente"]


def test_a_body_shows_the_publications_of_its_themes_and_districts_once(home, kennisbank, client):
    network = make_network(home)
    body, other = make_body(network, "de expertgroep"), make_body(network, "het platform")
    theme = make_theme(make_theme_index(home), expert_group=body)
    district = make_district(make_district_index(home), network_body=body)
    make_publication(kennisbank, "Over het thema", themes=[theme])
    make_publication(kennisbank, "Over beide", themes=[theme], districts=[district])
    make_publication(kennisbank, "Over iets anders")
    assert sorted(related(client, body)) == ["Over beide", "Over het thema"]
    assert related(client, other) == []
