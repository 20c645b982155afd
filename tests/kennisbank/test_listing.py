"""The list of the Kennisbank: words, filters and pages."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils.timezone import now

from home.models import HomePage
from kennisbank.models import KennisbankPage
from tests.cms.factories import make_private, make_site
from tests.districts.factories import make_district, make_district_index, make_theme, make_theme_index
from tests.kennisbank.factories import make_kennisbank, make_publication, make_type
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def kennisbank(home: HomePage) -> KennisbankPage:
    return make_kennisbank(home)


@pytest.fixture
def theme(home: HomePage) -> ThemePage:
    return make_theme(make_theme_index(home), "Ondermijning")


def read(client: Client, **query: str) -> str:
    answer = client.get("/kennisbank/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(page: str) -> list[str]:
    return re.findall(r'class="card__link"[^>]*>([^<]+)</a>', page)


def summary(page: str) -> str:
    return re.search(r'class="listing__summary[^>]*>([^<]*)<', page)[1].strip()


def options(page: str, name: str) -> list[tuple[str, str]]:
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    return re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)</option>', select[0]) if select else []


def test_shows_the_newest_first_with_type_and_date(kennisbank: KennisbankPage, client: Client) -> None:
    make_publication(kennisbank, "Oud", publication_date=date(2024, 1, 5))
    make_publication(kennisbank, "Nieuw", publication_date=date(2026, 1, 5))
    page = read(client)
    assert titles(page) == ["Nieuw", "Oud"]
    assert summary(page) == "2 publicaties"
    assert "5 januari 2026" in page
    assert "Factsheet" in page


def test_an_empty_kennisbank_says_so(kennisbank: KennisbankPage, client: Client) -> None:
    page = read(client)
    assert summary(page) == "Geen publicaties"
    assert "Er staan nog geen publicaties in de Kennisbank." in page


def test_finds_all_words_in_title_or_summary(kennisbank: KennisbankPage, client: Client) -> None:
    make_publication(kennisbank, "Leegstand in het buitengebied", introduction="Voor eigenaren van schuren.")
    make_publication(kennisbank, "Leegstand in de stad")
    page = read(client, zoek="  LEEGSTAND   schuren ")
    assert titles(page) == ["Leegstand in het buitengebied"]
    assert summary(page) == "1 publicatie gevonden"
    assert 'value="LEEGSTAND schuren"' in page


def test_finding_nothing_says_what_to_do(kennisbank: KennisbankPage, client: Client) -> None:
    make_publication(kennisbank)
    page = read(client, zoek="xyzzy")
    assert summary(page) == "Geen publicaties gevonden"
    assert "Probeer een ander woord of kies minder filters." in page
    assert ">Alle keuzes wissen</a>" in page


def test_filters_by_theme_type_district_and_year(
    home: HomePage, kennisbank: KennisbankPage, theme: ThemePage, client: Client
) -> None:
    district = make_district(make_district_index(home))
    make_publication(kennisbank, "Gewoon", publication_date=date(2025, 1, 1))
    make_publication(
        kennisbank, "Gezocht", themes=[theme], districts=[district], publication_type=make_type("Handreiking"),
        publication_date=date(2024, 1, 1),
    )  # fmt: skip
    for query in (
        {"thema": "ondermijning"},
        {"soort": "handreiking"},
        {"district": "twente"},
        {"jaar": "2024"},
        {"thema": "ondermijning", "soort": "handreiking", "district": "twente", "jaar": "2024", "zoek": "gezocht"},
    ):
        page = read(client, **query)
        assert titles(page) == ["Gezocht"], query
        for name, value in query.items():
            if name != "zoek":
                assert f'<option value="{value}" selected>' in page


def test_offers_only_choices_that_lead_to_something(
    home: HomePage, kennisbank: KennisbankPage, theme: ThemePage, client: Client
) -> None:
    make_theme(theme.get_parent(), "Zonder publicaties")
    hidden = make_theme(theme.get_parent(), "Besloten thema")
    make_private(hidden)
    make_type("Ongebruikt")
    make_publication(kennisbank, themes=[theme, hidden])
    make_publication(kennisbank, "Concept", publication_date=date(2001, 1, 1)).unpublish()
    page = read(client)
    assert options(page, "thema") == [("", "Alle thema&#x27;s"), ("ondermijning", "Ondermijning")]
    assert options(page, "soort") == [("", "Alle soorten"), ("factsheet", "Factsheet")]
    assert options(page, "jaar") == [("", "Alle jaren"), ("2026", "2026")]
    assert options(page, "district") == []


@pytest.mark.parametrize(
    "query",
    [
        {"thema": "bestaat-niet"},
        {"soort": "' OR 1=1 --"},
        {"jaar": "twintig"},
        {"pagina": "x"},
        {"pagina": "-3"},
        {"pagina": "999"},
        {"zoek": "\x00"},
        {"onbekend": "1"},
    ],
)
def test_ignores_what_stands_for_nothing(query: dict[str, str], kennisbank: KennisbankPage, client: Client) -> None:
    make_publication(kennisbank)
    page = read(client, **query)
    assert titles(page) == ["Factsheet leegstand"]
    assert "Alle keuzes wissen" not in page


def test_pages_through_a_long_list_and_keeps_the_filters(kennisbank: KennisbankPage, client: Client) -> None:
    for number in range(21):
        make_publication(kennisbank, f"Stuk {number}")
    first = read(client, zoek="stuk")
    assert len(titles(first)) == 10
    assert summary(first) == "21 publicaties gevonden"
    assert "Pagina 1 van 3" in first
    assert 'href="/kennisbank/?zoek=stuk&amp;pagina=2"' in first
    assert "Vorige pagina" not in first
    last = read(client, zoek="stuk", pagina="3")
    assert len(titles(last)) == 1
    assert "Volgende pagina" not in last
    second = read(client, zoek="stuk", pagina="2")
    assert 'href="/kennisbank/?zoek=stuk"' in second
    assert set(titles(first)).isdisjoint(titles(second))


def test_never_shows_what_the_public_may_not_see(kennisbank: KennisbankPage, client: Client) -> None:
    make_publication(kennisbank, "Openbaar")
    make_publication(kennisbank, "Concept").unpublish()
    expired = make_publication(kennisbank, "Verlopen")
    type(expired).objects.filter(pk=expired.pk).update(expire_at=now())
    make_private(make_publication(kennisbank, "Besloten"))
    page = read(client)
    assert titles(page) == ["Openbaar"]
    assert summary(page) == "1 publicatie"


def test_marks_the_language_of_a_foreign_document(kennisbank: KennisbankPage, client: Client) -> None:
    make_publication(kennisbank, "Cybercrime: what to do", document_language="en")
    page = read(client)
    assert 'lang="en" hreflang="en">Cybercrime: what to do</a>' in page
    assert "Engels" in page


@pytest.mark.parametrize("number", [3, 12])
def test_costs_the_same_queries_whatever_it_shows(
    number: int,
    home: HomePage,
    kennisbank: KennisbankPage,
    theme: ThemePage,
    client: Client,
    django_assert_max_num_queries: Callable,
) -> None:
    districts = make_district_index(home)
    for count in range(number):
        make_publication(
            kennisbank, f"Stuk {count}", themes=[make_theme(theme.get_parent(), f"Thema {count}")],
            districts=[make_district(districts, f"District {count}")], publication_type=make_type(f"Soort {count}"),
        )  # fmt: skip
    client.get("/kennisbank/")
    with django_assert_max_num_queries(21):
        assert client.get("/kennisbank/").status_code == 200
