"""The matrix of priorities: its page, its table to take along, and what it keeps to itself."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.test import Client
from django.utils.timezone import localdate
from lxml import html

from districts.matrix import tint
from districts.models import DistrictPage, MunicipalityIndexPage, PriorityMatrixPage
from home.models import HomePage
from tests.cms.factories import make_private, make_site, publish
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_municipality,
    make_municipality_index,
    make_plan,
    make_theme,
    make_theme_index,
)
from tests.network.factories import translate_page
from themes.models import ThemeIndexPage, ThemePage

pytestmark = pytest.mark.django_db

PATH = "/gemeenten/prioriteiten/"


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def index(home: HomePage) -> MunicipalityIndexPage:
    return make_municipality_index(home)


@pytest.fixture
def matrix(index: MunicipalityIndexPage) -> PriorityMatrixPage:
    return publish(index, PriorityMatrixPage(title="Prioriteiten", slug="prioriteiten"))


@pytest.fixture
def themes(home: HomePage) -> ThemeIndexPage:
    return make_theme_index(home)


@pytest.fixture
def theme(themes: ThemeIndexPage) -> ThemePage:
    return make_theme(themes, "Ondermijning")


@pytest.fixture
def other(themes: ThemeIndexPage, theme: ThemePage) -> ThemePage:
    return make_theme(themes, "Jeugd")


@pytest.fixture
def twente(home: HomePage) -> DistrictPage:
    return make_district(make_district_index(home), "Twente")


@pytest.fixture
def ijsselland(twente: DistrictPage) -> DistrictPage:
    return make_district(twente.get_parent().specific, "IJsselland")


@pytest.fixture
def places(matrix, twente, ijsselland, theme, other) -> None:
    """Almelo puts both first, Borne one, Zwolle the other, Kampen has no plan."""
    make_plan(make_municipality(twente, "Almelo"), theme, other)
    make_plan(make_municipality(twente, "Borne"), theme)
    make_plan(make_municipality(ijsselland, "Zwolle"), other)
    make_municipality(ijsselland, "Kampen")


def page(client: Client, query: str = "", path: str = PATH) -> html.HtmlElement:
    answer = client.get(path + query)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def table(document: html.HtmlElement, key: str = "per-gemeente") -> list[list[str]]:
    """The rows of a section's table, as somebody hears them."""
    rows = document.xpath(f"//section[@id='{key}']//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def heads(document: html.HtmlElement, key: str = "per-gemeente") -> list[str]:
    return [row[0] for row in table(document, key)]


def test_says_of_every_municipality_what_has_priority(places: None, client: Client) -> None:
    year = str(localdate().year)
    document = page(client)
    assert table(document) == [
        ["Almelo", year, "voorrang", "voorrang", "Twente"],
        ["Borne", year, "voorrang", "geen voorrang", "Twente"],
        ["Kampen", "geen plan", "geen plan", "geen plan", "IJsselland"],
        ["Zwolle", year, "geen voorrang", "voorrang", "IJsselland"],
    ]
    section = document.xpath("//section[@id='per-gemeente']")[0]
    assert [" ".join(cell.text_content().split()) for cell in section.xpath(".//tfoot/tr/*")] == [
        "Samen", "3 van 4", "2 van 4 gemeenten", "2 van 4 gemeenten", "",
    ]  # fmt: skip


def test_rolls_up_per_district_with_the_number_beside_the_colour(places: None, client: Client) -> None:
    document = page(client)
    assert table(document, "per-district") == [
        ["Twente", "2 van 2", "2 van 2 gemeenten", "1 van 2 gemeenten"],
        ["IJsselland", "1 van 2", "0 van 2 gemeenten", "1 van 2 gemeenten"],
    ]
    cells = document.xpath("//section[@id='per-district']//tbody//td[contains(@class, 'matrix__cell')]/@class")
    assert [name.rsplit("--", 1)[1] for name in cells] == ["5", "3", "0", "3"]


def test_the_tint_grows_with_the_share() -> None:
    assert [tint(number, 10) for number in range(11)] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert tint(0, 0) == 0


def test_the_tables_have_headers_and_a_caption(places: None, client: Client) -> None:
    for key in ("per-district", "per-gemeente"):
        section = page(client).xpath(f"//section[@id='{key}']")[0]
        assert section.findtext(".//caption").strip()
        assert set(section.xpath(".//thead//th/@scope")) == {"col"}
        assert len(section.xpath(".//tbody//th[@scope='row']")) == len(section.xpath(".//tbody/tr"))
        region = section.xpath(".//*[@tabindex='0']")[0]
        assert region.get("role") == "group"
        assert region.get("aria-label") == section.findtext(".//caption")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?district=twente", ["Almelo", "Borne"]),
        ("?thema=jeugd", ["Almelo", "Zwolle"]),
        ("?thema=jeugd&district=twente", ["Almelo"]),
        ("?plan=ja", ["Almelo", "Borne", "Zwolle"]),
        ("?sorteer=voorrang", ["Almelo", "Borne", "Zwolle", "Kampen"]),
        ("?sorteer=district", ["Almelo", "Borne", "Kampen", "Zwolle"]),
        ("?jaar=2001", ["Almelo", "Borne", "Kampen", "Zwolle"]),
        ("?jaar=2001&plan=ja", []),
        # What stands for nothing counts for nothing.
        ("?district=bestaatniet&thema=x&sorteer=y&jaar=nooit&plan=nee", ["Almelo", "Borne", "Kampen", "Zwolle"]),
    ],
)
def test_filters_and_order_stand_in_the_address(places: None, client: Client, query: str, expected: list[str]) -> None:
    assert heads(page(client, query)) == expected


def test_an_empty_answer_says_so(places: None, client: Client) -> None:
    document = page(client, "?jaar=2001&plan=ja")
    assert "Geen gemeente past bij wat u koos." in document.xpath("//section[@id='per-gemeente']")[0].text_content()
    assert "Geen gemeenten gevonden" in document.xpath("//section[@id='keuze']")[0].text_content()


def test_the_form_remembers_what_was_chosen(places: None, client: Client) -> None:
    document = page(client, "?district=twente&thema=jeugd&sorteer=voorrang&plan=ja")
    form = document.xpath("//form[@class='choices']")[0]
    chosen = {select.get("name"): select.xpath("./option[@selected]/@value") for select in form.iter("select")}
    assert chosen == {
        "jaar": [""], "district": ["twente"], "thema": ["jeugd"], "plan": ["ja"], "sorteer": ["voorrang"],
    }  # fmt: skip
    assert form.get("method") == "get"
    assert form.get("action") == PATH


def test_another_year_shows_the_plans_and_municipalities_of_that_year(
    matrix: PriorityMatrixPage, twente: DistrictPage, theme: ThemePage, client: Client
) -> None:
    past = make_municipality(twente, "Vroeger", valid_to=date(2019, 1, 1))
    make_plan(past, theme, years=(2015, 2018))
    now = make_municipality(twente, "Nu", valid_from=date(2019, 1, 1))
    make_plan(now, theme, years=(2019, 2022))
    assert table(page(client, "?jaar=2018")) == [["Vroeger", "2015–2018", "voorrang", "Twente"]]
    assert table(page(client, "?jaar=2019")) == [["Nu", "2019–2022", "voorrang", "Twente"]]
    assert "2015" in page(client).xpath("//select[@name='jaar']/option/@value")


@pytest.mark.parametrize("hide", [make_private, lambda page: page.unpublish()])
def test_what_is_hidden_is_in_no_table(
    hide: Callable, places: None, ijsselland: DistrictPage, other: ThemePage, client: Client
) -> None:
    hide(ijsselland)
    hide(other)
    for path in (PATH, f"{PATH}prioriteiten.csv"):
        text = client.get(path).getvalue().decode()
        assert "IJsselland" not in text
        assert "Jeugd" not in text
        assert "Zwolle" in text
    document = page(client)
    assert heads(document, "per-district") == ["Twente", "Andere gemeenten"]
    assert heads(page(client, "?thema=jeugd")) == ["Almelo", "Borne", "Kampen", "Zwolle"]


def test_a_translated_matrix_speaks_its_language(
    places: None, index: MunicipalityIndexPage, matrix: PriorityMatrixPage, theme: ThemePage, client: Client
) -> None:
    translate_page(index, "en")
    english = translate_page(matrix, "en")
    document = page(client, "?thema=ondermijning", english.url)
    assert heads(document) == ["Almelo", "Borne"]
    text = document.xpath("//main")[0].text_content()
    assert "Choose what you want to compare" in html.tostring(document, encoding="unicode")
    assert "2 municipalities, 2 of which with a plan" in text
    # A theme without a translation says in which language its name is.
    assert document.xpath("//section[@id='per-gemeente']//thead//a[@lang='nl']")
    content = client.get(f"{english.url}prioriteiten.csv").getvalue()
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "Municipality"


def test_the_table_to_take_along_is_what_the_page_shows(places: None, client: Client) -> None:
    answer = client.get(f"{PATH}prioriteiten.csv?district=twente")
    content = answer.getvalue()
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="prioriteiten.csv"'
    assert content.startswith(b"\xef\xbb\xbf")
    year = str(localdate().year)
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        [
            "Gemeente", "CBS-code", "District", "Jaar", "Eerste jaar van het plan", "Laatste jaar van het plan",
            "Document", "Ondermijning", "Jeugd",
        ],
        ["Almelo", "GM0001", "Twente", year, year, year, "", "voorrang", "voorrang"],
        ["Borne", "GM0002", "Twente", year, year, year, "", "voorrang", ""],
    ]  # fmt: skip


def test_there_is_no_table_below_another_page(places: None, client: Client) -> None:
    assert client.get("/gemeenten/prioriteiten.csv").status_code == 404
    assert client.get("/prioriteiten.csv").status_code == 404


def test_pages_lead_to_the_matrix_with_their_own_filter(
    places: None, twente: DistrictPage, theme: ThemePage, client: Client
) -> None:
    assert (
        page(client, path=twente.url).xpath("//section[@id='prioriteiten']//a/@href")[-1] == f"{PATH}?district=twente"
    )
    assert page(client, path=theme.url).xpath("//section[@id='voorrang']//a/@href")[-1] == f"{PATH}?thema=ondermijning"
    assert f"{PATH}?district=twente" in page(client, path="/gemeenten/almelo/").xpath(
        "//section[@id='voorrang']//a/@href"
    )
    assert PATH in page(client, path="/gemeenten/").xpath("//section[@id='gemeenten']//a/@href")


def test_a_district_shows_its_own_row(places: None, twente: DistrictPage, client: Client) -> None:
    assert table(page(client, path=twente.url), "prioriteiten") == [
        ["Twente", "2 van 2", "2 van 2 gemeenten", "1 van 2 gemeenten"]
    ]


def test_without_a_matrix_no_page_leads_to_it(
    index: MunicipalityIndexPage, twente: DistrictPage, theme: ThemePage, client: Client
) -> None:
    make_plan(make_municipality(twente, "Almelo"), theme)
    for path in (twente.url, theme.url, "/gemeenten/", "/gemeenten/almelo/"):
        assert "prioriteiten" not in client.get(path).content.decode()


@pytest.mark.parametrize("number", [2, 12])
def test_the_matrix_costs_the_same_queries_whatever_it_shows(
    number: int,
    matrix: PriorityMatrixPage,
    twente: DistrictPage,
    themes: ThemeIndexPage,
    client: Client,
    django_assert_max_num_queries: Callable,
) -> None:
    for count in range(number):
        place = make_municipality(twente, f"Plaats {count}", tile_x=count, tile_y=0)
        make_plan(place, make_theme(themes, f"Thema {count}"))
    for path, most in ((PATH, 24), (f"{PATH}prioriteiten.csv", 13), (f"{PATH}?thema=thema-1&sorteer=voorrang", 24)):
        client.get(path)
        with django_assert_max_num_queries(most, info=path):
            assert client.get(path).status_code == 200
