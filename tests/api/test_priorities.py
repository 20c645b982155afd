"""Safety plans and the matrix of priorities by the API."""

import csv
from io import StringIO

import pytest
from django.utils.timezone import localdate

from tests.api.factories import Example
from tests.districts.factories import make_district, make_municipality, make_plan
from tests.kennisbank.factories import make_publication
from tests.themes.factories import make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> int:
    return localdate().year


@pytest.fixture
def zwolle(example: Example, year: int):
    """A municipality of another district, with a plan for another theme; the example's own has one too."""
    district = make_district(example.district.get_parent().specific, "IJsselland")
    theme = make_theme(example.theme.get_parent().specific, "Jeugd", slug="jeugd")
    place = make_municipality(district, "Zwolle")
    make_plan(place, theme, years=(year, year + 3))
    return place


def names(answer: dict) -> list[str]:
    return [row["gemeente"]["naam"] for row in answer["resultaten"]]


def test_lists_all_plans_with_municipality_district_themes_and_document(example: Example, zwolle, ask, year: int):
    plan = zwolle.plans.get()
    publication = make_publication(example.kennisbank, "IVP Zwolle", slug="ivp-zwolle", safety_plan=plan)
    row = next(row for row in ask("/veiligheidsplannen")["resultaten"] if row["id"] == plan.pk)
    assert row["gemeente"]["code"] == zwolle.code
    assert row["district"]["sleutel"] == "ijsselland"
    assert (row["eersteJaar"], row["laatsteJaar"], row["geldtNu"]) == (year, year + 3, True)
    assert [theme["sleutel"] for theme in row["themas"]] == ["jeugd"]
    assert row["document"] == {"titel": "IVP Zwolle", "url": publication.url, "taal": None}


def test_filters_and_orders_plans(example: Example, zwolle, ask, year: int):
    make_plan(zwolle, years=(year - 4, year - 1))
    assert names(ask("/veiligheidsplannen?district=ijsselland")) == ["Zwolle", "Zwolle"]
    assert names(ask(f"/veiligheidsplannen?district=ijsselland&jaar={year}")) == ["Zwolle"]
    assert names(ask("/veiligheidsplannen?thema=jeugd")) == ["Zwolle"]
    assert names(ask(f"/veiligheidsplannen?gemeente={zwolle.code}&jaar={year + 50}")) == []
    years = [row["laatsteJaar"] for row in ask("/veiligheidsplannen?sorteer=-laatsteJaar")["resultaten"]]
    assert years == sorted(years, reverse=True)


def test_the_matrix_has_rows_columns_and_districts(example: Example, zwolle, ask, year: int):
    answer = ask("/prioriteiten")
    assert answer["jaar"] == year
    assert [theme["sleutel"] for theme in answer["themas"]] == ["ondermijning", "jeugd"]
    row = answer["resultaten"][names(answer).index("Zwolle")]
    assert (row["district"], row["themas"]) == ("ijsselland", ["jeugd"])
    assert (row["plan"]["eersteJaar"], row["plan"]["laatsteJaar"]) == (year, year + 3)
    district = next(each for each in answer["districten"] if each["district"]["sleutel"] == "ijsselland")
    assert (district["aantalGemeenten"], district["aantalMetPlan"]) == (1, 1)
    assert district["aantallen"] == [{"thema": "ondermijning", "aantal": 0}, {"thema": "jeugd", "aantal": 1}]


def test_the_matrix_is_filtered_and_told_in_pages(example: Example, zwolle, ask, year: int):
    make_municipality(zwolle.district, "Kampen")
    assert names(ask("/prioriteiten?district=ijsselland")) == ["Kampen", "Zwolle"]
    assert names(ask("/prioriteiten?district=ijsselland&metPlan=true")) == ["Zwolle"]
    assert names(ask("/prioriteiten?district=ijsselland&sorteer=voorrang")) == ["Zwolle", "Kampen"]
    assert names(ask("/prioriteiten?thema=jeugd")) == ["Zwolle"]
    assert names(ask(f"/prioriteiten?thema=jeugd&jaar={year - 1}")) == []
    page = ask("/prioriteiten?district=ijsselland&paginaGrootte=1&pagina=2")
    assert (page["aantal"], names(page), page["links"]["volgende"]) == (2, ["Zwolle"], None)
    # A name that stands for nothing finds nothing, as in every list of the API.
    assert names(ask("/prioriteiten?district=bestaatniet")) == []


def test_the_matrix_speaks_the_language_of_the_reader(example: Example, ask):
    assert ask("/prioriteiten?taal=en")["themas"][0]["titel"] == "Organised crime"


def test_hidden_pages_are_in_neither(example: Example, zwolle, ask, client):
    zwolle.district.unpublish()
    plan = next(row for row in ask("/veiligheidsplannen")["resultaten"] if row["gemeente"]["naam"] == "Zwolle")
    assert plan["district"] is None
    answer = ask("/prioriteiten")
    assert answer["resultaten"][names(answer).index("Zwolle")]["district"] is None
    assert [each["district"] and each["district"]["sleutel"] for each in answer["districten"]] == ["twente", None]
    assert "IJsselland" not in client.get("/api/v1/prioriteiten.csv").getvalue().decode()


def test_the_table_has_the_same_rows(example: Example, zwolle, client):
    answer = client.get("/api/v1/prioriteiten.csv?district=ijsselland&taal=en")
    content = answer.getvalue()
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert content.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert head[:3] == ["Municipality", "CBS code", "District"]
    assert dict(zip(head, row, strict=True))["Municipality"] == "Zwolle"


@pytest.mark.parametrize("path", ["/prioriteiten", "/prioriteiten.csv", "/veiligheidsplannen"])
@pytest.mark.parametrize("query", ["jaar=1066", "jaar=nu", "kleur=rood", "sorteer=willekeurig"])
def test_refuses_what_it_does_not_know(example: Example, client, path: str, query: str):
    assert client.get(f"/api/v1{path}?{query}").status_code == 400
