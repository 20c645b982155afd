"""Finding a municipality by its name, on every page that has the field and in the API."""

import re
from html import unescape

import pytest
from django.test import Client

from cms.models.search_words import MissedSearch
from districts.finder import find, known
from districts.models import DistrictPage, Municipality, MunicipalityIndexPage
from home.models import HomePage
from tests.cms.factories import make_site
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_merged,
    make_municipality,
    make_municipality_index,
)
from tests.network.factories import translate_page

pytestmark = pytest.mark.django_db

NAMES = ("Enschede", "Hengelo", "Olst-Wijhe", "Wijchen", "Oost Gelre", "Súdwest-Berkel")


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def twente(home: HomePage) -> DistrictPage:
    make_municipality_index(home)
    district = make_district(make_district_index(home))
    for name in NAMES:
        make_municipality(district, name)
    west_betuwe = make_municipality(district, "West Betuwe")
    make_merged(west_betuwe, "Geldermalsen")
    make_merged(Municipality.objects.get(name="Geldermalsen"), "Beesd")
    return district


def names_found(words: str) -> list[str]:
    return [match.municipality.name for match in find(words, known(Municipality.objects.all())).matches]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Enschede", ["Enschede"]),
        ("  enSCHEde ", ["Enschede"]),
        ("gemeente Hengelo", ["Hengelo"]),
        ("sudwest berkel", ["Súdwest-Berkel"]),
        ("wij", ["Wijchen", "Olst-Wijhe"]),
        ("olst wijhe", ["Olst-Wijhe"]),
        ("gelre", ["Oost Gelre"]),
        ("Geldermalsen", ["West Betuwe"]),
        ("Beesd", ["West Betuwe"]),
        ("", []),
        ("-", []),
        ("Rotterdam", []),
    ],
)
def test_a_name_is_found_however_it_is_written(words: str, names: list[str], twente: DistrictPage) -> None:
    assert names_found(words) == names


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def results(html: str) -> list[tuple[str, str]]:
    return re.findall(r'class="result__link nl-link" href="([^"]+)">([^<]+)<', html)


@pytest.mark.parametrize("path", ["/", "/districten/", "/gemeenten/"])
def test_the_field_stands_on_the_pages_where_people_begin(path: str, twente: DistrictPage, client: Client) -> None:
    page = read(client, path)
    form = page[page.index('id="mijn-gemeente-formulier"') :].split("</form>")[0]
    assert 'action="/gemeenten/" method="get"' in form
    assert re.findall(r'<option value="([^"]+)">', form)[:3] == ["Beesd", "Enschede", "Geldermalsen"]
    assert "search.js" not in page, "the field needs no script"


def test_a_name_in_full_leads_to_the_page(twente: DistrictPage, client: Client) -> None:
    answer = client.get("/gemeenten/", {"zoek": "enschede"})
    assert (answer.status_code, answer["Location"]) == (302, "/gemeenten/enschede/")
    at_path = client.get("/api/v1/paginas/op-pad", {"pad": "/gemeenten/?zoek=Enschede"}).json()
    assert at_path == {"soort": "doorverwijzing", "naar": "/gemeenten/enschede/", "permanent": False}


def test_an_old_name_tells_what_became_of_it(twente: DistrictPage, client: Client) -> None:
    page = read(client, "/gemeenten/?zoek=geldermalsen")
    assert results(page) == [("/gemeenten/west-betuwe/", "West Betuwe")]
    assert "Geldermalsen is opgegaan in West Betuwe." in page
    assert "1 gemeente voor “geldermalsen”" in page
    assert 'content="noindex' in page


def test_part_of_a_name_gives_a_short_list(twente: DistrictPage, client: Client) -> None:
    page = read(client, "/gemeenten/?zoek=wij")
    assert results(page) == [("/gemeenten/wijchen/", "Wijchen"), ("/gemeenten/olst-wijhe/", "Olst-Wijhe")]


def test_a_name_that_is_misspelt_gets_names_like_it(twente: DistrictPage, client: Client) -> None:
    page = read(client, "/gemeenten/?zoek=Enchede")
    assert "Geen gemeente gevonden voor “Enchede”. Bedoelt u een van deze?" in page
    assert results(page)[0] == ("/gemeenten/enschede/", "Enschede")


def test_a_name_like_no_other_gets_advice_and_the_list(twente: DistrictPage, client: Client) -> None:
    page = read(client, "/gemeenten/?zoek=<b>xyzxyz</b>")
    assert "Kijk of u de naam goed hebt geschreven" in page
    assert "<b>xyz" not in client.get("/gemeenten/?zoek=<b>xyzxyz</b>").content.decode()
    assert 'id="gemeenten"' in page


def test_what_somebody_looks_for_is_kept_nowhere(twente: DistrictPage, client: Client) -> None:
    client.get("/gemeenten/?zoek=Rotterdam")
    client.get("/gemeenten/?zoek=Enschede")
    assert not MissedSearch.objects.exists()
    assert not client.cookies


def test_there_is_no_field_where_it_would_lead_nowhere(home: HomePage, client: Client) -> None:
    make_municipality(make_district(make_district_index(home)))
    assert "mijn-gemeente" not in read(client, "/districten/")
    index = make_municipality_index(home)
    assert "mijn-gemeente" in read(client, "/districten/")
    index.unpublish()
    assert "mijn-gemeente" not in read(client, "/districten/")


def test_it_works_in_another_language(home: HomePage, twente: DistrictPage, client: Client) -> None:
    index = translate_page(MunicipalityIndexPage.objects.get(), "en", slug="municipalities")
    answer = client.get(index.url, {"zoek": "Enschede"})
    assert answer["Location"] == "/en/municipalities/enschede/"
    assert "Geldermalsen is now part of West Betuwe." in read(client, f"{index.url}?zoek=geldermalsen")


def test_the_api_finds_by_name_too(twente: DistrictPage, client: Client) -> None:
    def names(query: str) -> list[str]:
        return [item["naam"] for item in client.get(f"/api/v1/gemeenten?{query}").json()["resultaten"]]

    assert names("zoek=wij") == ["Wijchen", "Olst-Wijhe"]
    assert names("zoek=wij&sorteer=naam") == ["Olst-Wijhe", "Wijchen"]
    assert names("zoek=geldermalsen") == ["West Betuwe"]
    assert names("zoek=rotterdam") == []
