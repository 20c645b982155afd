"""A search of the Kennisbank to follow in a feed reader, and as a table to keep."""

import csv
import io
from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.search import engine
from cms.search.engine import SearchTooSlowError
from cms.tables import safe
from kennisbank.models import PublicationPage
from tests.api.factories import Example, make_example
from tests.cms.factories import make_private
from tests.kennisbank.factories import make_publication
from tests.network.factories import translate_page
from tests.search import reindex
from tests.themes.factories import make_theme

pytestmark = pytest.mark.django_db

A = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HEAD = [
    "Titel", "Samenvatting", "Soort", "Datum", "Thema's", "Districten", "Gemeenten", "Uitgegeven door", "Voor wie",
    "Taal", "Vervangen door", "Bijgewerkt op", "Adres",
]  # fmt: skip


@pytest.fixture
def example() -> Example:
    return make_example()


@pytest.fixture
def shelf(example) -> Example:
    """Two more publications, in the index."""
    youth = make_theme(example.theme.get_parent().specific, "Jeugd", slug="jeugd")
    make_publication(
        example.kennisbank, "Advies over havens", introduction="Smokkel in de haven.", themes=[example.theme],
        publication_date=date(2025, 1, 15),
    )  # fmt: skip
    make_publication(
        example.kennisbank,
        "Youth and knives",
        themes=[youth],
        document_language="en",
        publication_date=date(2024, 1, 1),
    )
    reindex()
    return example


def feed(client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response.headers["X-Robots-Tag"] == "noindex"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own


def titles(client, address: str) -> list[str]:
    return [entry.findtext(f"{A}title", "") for entry in feed(client, address).findall(f"{A}entry")]


def table(client, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200, address
    content = response.content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_feed_holds_what_the_query_finds_the_newest_first(shelf, client):
    address = "/kennisbank/nieuw.atom"
    assert titles(client, address) == ["Factsheet leegstand", "Advies over havens", "Youth and knives"]
    assert titles(client, f"{address}?thema=ondermijning") == ["Factsheet leegstand", "Advies over havens"]
    assert titles(client, f"{address}?zoek=haven") == ["Advies over havens"]
    assert titles(client, f"{address}?thema=ondermijning&sorteer=titel&pagina=3") == [
        "Factsheet leegstand", "Advies over havens",
    ]  # fmt: skip


def test_the_feed_says_the_search_in_words_and_where_it_stands(shelf, client):
    found = feed(client, "/kennisbank/nieuw.atom?jaar=2025&thema=jeugd&thema=ondermijning&zoek=haven&x=1&sorteer=titel")
    assert found.findtext(f"{A}title") == "Kennisbank: “haven”, Thema: Jeugd of Ondermijning, Jaar: 2025 – Netwerk"
    query = "?zoek=haven&thema=jeugd&thema=ondermijning&jaar=2025"
    links = {link.get("rel"): link.get("href") for link in found.findall(f"{A}link")}
    assert links == {
        "self": f"http://localhost/kennisbank/nieuw.atom{query}",
        "alternate": f"http://localhost/kennisbank/{query}",
    }


def test_the_same_question_has_the_same_id(shelf, client):
    def identity(query: str) -> str:
        return feed(client, f"/kennisbank/nieuw.atom?{query}").findtext(f"{A}id", "")

    assert identity("thema=jeugd&thema=ondermijning") == identity("thema=ondermijning&pagina=2&thema=jeugd")
    assert identity("thema=jeugd") != identity("thema=ondermijning")
    assert identity("thema=bestaat-niet") == identity("")


def test_one_of_the_words_is_enough_where_the_page_says_so(shelf, client):
    query = "?zoek=haven+onvindbaar&woorden=een"
    page = client.get(f"/kennisbank/{query}").content.decode()
    for name in ("nieuw.atom", "publicaties.csv"):
        assert f'href="/kennisbank/{name}{query.replace("&", "&amp;")}"' in page
    assert titles(client, f"/kennisbank/nieuw.atom{query}") == ["Advies over havens"]
    assert [row[0] for row in table(client, f"/kennisbank/publicaties.csv{query}")[1:]] == ["Advies over havens"]
    found = feed(client, f"/kennisbank/nieuw.atom{query}")
    assert found.findtext(f"{A}title") == "Kennisbank: één van de woorden “haven onvindbaar” – Netwerk"
    assert found.find(f"{A}link[@rel='alternate']").get("href") == f"http://localhost/kennisbank/{query}"
    for other in ("?zoek=haven+onvindbaar", "?zoek=haven+onvindbaar&woorden=alle"):
        assert titles(client, f"/kennisbank/nieuw.atom{other}") == []
        assert len(table(client, f"/kennisbank/publicaties.csv{other}")) == 1


def test_nothing_changed_means_nothing_sent(shelf, client):
    first = client.get("/kennisbank/nieuw.atom?zoek=haven")
    again = client.get("/kennisbank/nieuw.atom?zoek=haven", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_feed_in_another_language_names_the_language_of_its_entries(shelf, client):
    translate_page(shelf.kennisbank, "en", title="Knowledge base", slug="knowledge-base")
    translate_page(shelf.publication, "en", title="Factsheet on vacancy", slug="vacancy")
    reindex()
    found = feed(client, "/en/knowledge-base/nieuw.atom?jaar=2026")
    assert found.get(LANG) == "en"
    assert [entry.findtext(f"{A}title") for entry in found.findall(f"{A}entry")] == ["Factsheet on vacancy"]
    assert found.findtext(f"{A}title") == "Knowledge base: Year: 2026 – Netwerk"


def test_the_page_leads_to_the_feed_of_what_it_shows(shelf, client):
    html = client.get("/kennisbank/?thema=jeugd&pagina=1").content.decode()
    assert 'href="/kennisbank/nieuw.atom?thema=jeugd"' in html


def test_the_table_holds_what_the_query_finds(shelf, client):
    rows = table(client, "/kennisbank/publicaties.csv?thema=ondermijning")
    assert rows[0] == HEAD
    assert [row[0] for row in rows[1:]] == ["Factsheet leegstand", "Advies over havens"]
    first = dict(zip(HEAD, rows[1], strict=True))
    assert first["Samenvatting"] == "Wat te doen bij leegstand."
    assert (first["Soort"], first["Datum"], first["Taal"]) == ("Factsheet", "2026-03-02", "Nederlands")
    assert (first["Thema's"], first["Gemeenten"], first["Voor wie"]) == (
        "Ondermijning", "Almelo", "Adviseurs veiligheid",
    )  # fmt: skip
    assert first["Adres"] == "http://localhost/kennisbank/factsheet-leegstand/"


def test_the_table_opens_in_a_dutch_spreadsheet(shelf, client):
    response = client.get("/kennisbank/publicaties.csv?zoek=haven")
    content = response.content.decode()
    assert response.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert response.headers["Content-Disposition"] == 'attachment; filename="publicaties.csv"'
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert content.startswith("\ufeffTitel;Samenvatting;")
    assert content.count("\r\n") == 2


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text):
    assert safe(text) == f"'{text}"
    assert safe("Wat = 2?") == "Wat = 2?"


def test_a_title_that_looks_like_a_formula_stays_text(shelf, client):
    make_publication(shelf.kennisbank, "=HYPERLINK(1)", slug="formule", publication_date=date(2027, 1, 1))
    reindex()
    assert table(client, "/kennisbank/publicaties.csv")[1][0] == "'=HYPERLINK(1)"


def test_the_table_keeps_the_order_of_the_address(shelf, client):
    rows = table(client, "/kennisbank/publicaties.csv?sorteer=titel")
    assert [row[0] for row in rows[1:]] == ["Advies over havens", "Factsheet leegstand", "Youth and knives"]


def test_hidden_publications_are_in_neither(shelf, client):
    make_private(PublicationPage.objects.get(title="Advies over havens"))
    PublicationPage.objects.get(title="Youth and knives").unpublish()
    assert titles(client, "/kennisbank/nieuw.atom") == ["Factsheet leegstand"]
    assert [row[0] for row in table(client, "/kennisbank/publicaties.csv")[1:]] == ["Factsheet leegstand"]
    make_private(shelf.kennisbank)
    for name in ("nieuw.atom", "publicaties.csv"):
        assert client.get(f"/kennisbank/{name}").status_code == 404


@pytest.mark.parametrize(
    "address", ["/publicaties.csv", "/themas/publicaties.csv", "/kennisbank/factsheet-leegstand/publicaties.csv"]
)
def test_no_other_address_has_a_table(address, example, client):
    assert client.get(address).status_code == 404


def test_a_search_that_takes_too_long_asks_to_come_back(shelf, client, monkeypatch):
    def too_slow(question):
        raise SearchTooSlowError

    monkeypatch.setattr(engine, "find", too_slow)
    for name in ("nieuw.atom", "publicaties.csv"):
        response = client.get(f"/kennisbank/{name}?zoek=x")
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0


def test_both_take_few_queries_whatever_they_hold(shelf, client):
    addresses = {"/kennisbank/nieuw.atom?thema=ondermijning": 13, "/kennisbank/publicaties.csv?thema=ondermijning": 17}

    def counts() -> dict[str, int]:
        found = {}
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                response = client.get(address)
                b"".join(response)
            found[address] = len(captured)
        return found

    counts()
    few = counts()
    for number in range(5):
        make_publication(shelf.kennisbank, f"Stuk {number}", slug=f"stuk-{number}", themes=[shelf.theme])
    reindex()
    # The first question after a change of the index asks for that too.
    counts()
    assert counts() == few
    assert all(few[address] <= ceiling for address, ceiling in addresses.items()), few
