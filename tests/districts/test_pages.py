"""Pages of districts and municipalities as an anonymous reader gets them."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.timezone import localdate
from wagtail.models import Locale

from districts.models import DistrictIndexPage, DistrictPage, Municipality, MunicipalityIndexPage
from home.models import HomePage
from network.models import BodyKind, NetworkBodyPage, NetworkPage
from tests.cms.factories import make_private, make_site, publish
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_merged,
    make_municipality,
    make_municipality_index,
    make_plan,
    make_theme,
    make_theme_index,
)
from tests.network.factories import translate_page
from themes.models import ThemeIndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def districts(home: HomePage) -> DistrictIndexPage:
    return make_district_index(home)


@pytest.fixture
def index(home: HomePage) -> MunicipalityIndexPage:
    return make_municipality_index(home)


@pytest.fixture
def themes(home: HomePage) -> ThemeIndexPage:
    return make_theme_index(home)


@pytest.fixture
def twente(districts: DistrictIndexPage, index: MunicipalityIndexPage) -> DistrictPage:
    return make_district(districts, "Twente")


def make_body(home: HomePage, title: str = "DVO Twente") -> NetworkBodyPage:
    network = publish(home, NetworkPage(title="Netwerk", slug="netwerk"))
    kind = BodyKind.objects.create(key="overleg", name="Overleg", locale=home.locale)
    tier = NetworkBodyPage.Tier.DISTRICT
    return publish(
        network, NetworkBodyPage(title=title, kind=kind, tier=tier, phrase="het DVO", phrase_of="van het DVO")
    )


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def section(page: str, key: str) -> str:
    return page[page.index(f'id="{key}"') :].split("</section>")[0]


def texts(html: str) -> list[str]:
    return [text.strip() for text in re.findall(r"<a [^>]*>([^<]+)</a>", html)]


def test_the_overview_shows_districts_in_the_order_of_the_tree(districts: DistrictIndexPage, client: Client) -> None:
    make_municipality(make_district(districts, "Twente"))
    make_district(districts, "IJsselland")
    page = read(client, "/districten/")
    assert texts(section(page, "districten")) == ["Twente", "IJsselland"]
    assert "1 gemeente<" in page


def test_a_district_lists_its_municipalities_of_today_in_dutch_order(twente: DistrictPage, client: Client) -> None:
    for name in ("Zwolle", "IJsselham", "De Wijk", "Almelo"):
        make_municipality(twente, name)
    make_merged(Municipality.objects.get(name="Zwolle"))
    part = section(read(client, twente.url), "gemeenten")
    assert texts(part) == ["Almelo", "De Wijk", "IJsselham", "Zwolle"]
    assert "Bij dit district horen 4 gemeenten." in part
    assert 'href="/gemeenten/de-wijk/"' in part


def test_a_district_shows_its_consultation_and_how_it_works(
    home: HomePage, twente: DistrictPage, client: Client
) -> None:
    body = make_body(home)
    twente.network_body = body
    twente.practice = "<p>Platform IVZ bereidt voor.</p>"
    twente.save_revision().publish()
    page = read(client, twente.url)
    assert f'href="{body.url}"' in section(page, "in-het-kort")
    assert "Zo werkt het district" in section(page, "praktijk")
    assert "Voor dit district" in section(read(client, body.url), "districten")


def test_a_hidden_consultation_is_not_named(home: HomePage, twente: DistrictPage, client: Client) -> None:
    body = make_body(home, "Geheim overleg")
    twente.network_body = body
    twente.save_revision().publish()
    make_private(body)
    assert "Geheim overleg" not in read(client, twente.url)


def test_the_plans_of_a_district_stand_in_a_table(twente: DistrictPage, themes: ThemeIndexPage, client: Client) -> None:
    year = localdate().year
    first, second = make_theme(themes, "Mensenhandel"), make_theme(themes, "Jeugd")
    hidden = make_theme(themes, "Concept")
    hidden.unpublish()
    make_plan(make_municipality(twente, "Almelo"), second, first, hidden, years=(year - 1, year + 1))
    make_plan(make_municipality(twente, "Borne"), years=(2001, 2002))
    table = section(read(client, twente.url), "veiligheidsplannen")
    assert texts(table) == ["Almelo", "Mensenhandel", "Jeugd"]
    assert f"{year - 1}–{year + 1}" in table


def test_a_theme_names_who_gives_it_priority(twente: DistrictPage, themes: ThemeIndexPage, client: Client) -> None:
    theme = make_theme(themes)
    make_plan(make_municipality(twente, "Losser"), theme)
    make_plan(make_municipality(twente, "Borne"), theme)
    part = section(read(client, theme.url), "voorrang")
    assert "Deze gemeenten geven dit thema voorrang" in part
    assert texts(part) == ["Borne", "Losser"]


def test_the_list_of_municipalities_is_grouped_by_district(
    twente: DistrictPage, districts: DistrictIndexPage, client: Client
) -> None:
    ijsselland = make_district(districts, "IJsselland")
    almelo = make_municipality(twente, "Almelo")
    make_municipality(ijsselland, "Zwolle")
    make_merged(almelo, "Vriezenveen")
    part = section(read(client, "/gemeenten/"), "gemeenten")
    heads = re.findall(r"<h3[^>]*>([^<]+)</h3>", part)
    assert heads == ["Twente", "IJsselland", "Opgegaan in een andere gemeente"]
    assert texts(part) == ["Almelo", "Zwolle", "Vriezenveen"]
    assert "2 gemeenten" in part


def test_a_municipality_has_a_page_of_its_own(twente: DistrictPage, themes: ThemeIndexPage, client: Client) -> None:
    almelo = make_municipality(twente, "Almelo")
    make_plan(almelo, make_theme(themes), years=(2000, 2099))
    page = read(client, "/gemeenten/almelo/")
    assert re.search(r"<h1[^>]*>\s*Almelo\s*</h1>", page)
    assert almelo.code in page
    assert texts(section(page, "voorrang")) == ["Ondermijning"]
    assert texts(page[page.index('aria-label="Kruimelpad"') :].split("</nav>")[0]) == [
        "Veiligheidsnetwerk",
        "Gemeenten",
    ]
    assert f'href="{twente.url}"' in section(page, "in-het-kort")


def test_a_merged_municipality_keeps_its_page_and_names_its_successor(twente: DistrictPage, client: Client) -> None:
    make_merged(make_municipality(twente, "Almelo"), "Vriezenveen")
    page = read(client, "/gemeenten/vriezenveen/")
    assert "Zij is op 1 januari 2001 opgegaan in Almelo." in page
    assert 'href="/gemeenten/almelo/"' in page
    assert "Vriezenveen" in section(read(client, "/gemeenten/almelo/"), "in-het-kort")


@pytest.mark.parametrize("path", ["/gemeenten/nergens/", "/gemeenten/almelo/plan/", "/districten/almelo/"])
def test_an_unknown_address_is_not_found(path: str, twente: DistrictPage, client: Client) -> None:
    make_municipality(twente, "Almelo")
    assert client.get(path).status_code == 404


def test_a_municipality_below_a_hidden_overview_is_not_found(
    twente: DistrictPage, index: MunicipalityIndexPage, client: Client
) -> None:
    make_municipality(twente, "Almelo")
    index.unpublish()
    assert client.get("/gemeenten/almelo/").status_code == 404
    assert 'id="gemeenten"' not in read(client, twente.url)


def test_a_translated_district_has_the_same_facts(
    home: HomePage, districts: DistrictIndexPage, twente: DistrictPage, client: Client
) -> None:
    for page in (home, districts, twente):
        translation = page.copy_for_translation(Locale.objects.get(language_code="en"))
        translation.save_revision().publish()
    make_municipality(twente, "Almelo")
    page = read(client, translation.url)
    assert "Municipalities" in section(page, "gemeenten")
    assert texts(section(page, "gemeenten")) == ["Almelo"]


def test_what_a_plan_says_stands_in_its_own_language_only(
    twente: DistrictPage, index: MunicipalityIndexPage, themes: ThemeIndexPage, client: Client
) -> None:
    plan = make_plan(make_municipality(twente, "Almelo"), make_theme(themes))
    plan.note = "De thema's zijn een voorbeeld."
    plan.save()
    english = [translate_page(page, "en").url for page in (twente, index)]
    for path, key in ((twente.url, "veiligheidsplannen"), ("/gemeenten/almelo/", "voorrang")):
        assert "zijn een voorbeeld." in section(read(client, path), key)
    for path, key in ((english[0], "veiligheidsplannen"), (f"{english[1]}almelo/", "voorrang")):
        assert "zijn een voorbeeld." not in section(read(client, path), key)


@pytest.mark.parametrize("number", [2, 12])
def test_pages_cost_the_same_queries_whatever_they_show(
    number: int,
    home: HomePage,
    twente: DistrictPage,
    themes: ThemeIndexPage,
    client: Client,
    django_assert_max_num_queries: Callable,
) -> None:
    twente.network_body = make_body(home)
    twente.save_revision().publish()
    for count in range(number):
        place = make_municipality(twente, f"Plaats {count}")
        make_plan(place, make_theme(themes, f"Thema {count}"))
    for path in ("/districten/", twente.url, "/gemeenten/", "/gemeenten/plaats-0/"):
        client.get(path)
        with django_assert_max_num_queries(28, info=path):
            assert client.get(path).status_code == 200
