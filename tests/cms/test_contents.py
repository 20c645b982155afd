"""The table of contents of a long page, and the ids that its links lead to."""

import pytest
from lxml import html as lxml_html

from home.models import HomePage
from tests.cms.factories import make_content_page, make_site
from tests.themes.factories import make_theme, make_theme_index

pytestmark = pytest.mark.django_db


def heading(text: str, level: int = 2) -> dict:
    return {"type": "heading", "value": {"text": text, "level": str(level)}}


def listed(client, url: str) -> list[tuple[str, str]]:
    """Give title and anchor of each entry, and check that each leads to one place."""
    document = lxml_html.fromstring(client.get(url).content.decode())
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    entries = [(link.text, link.get("href")) for link in document.xpath("//nav[@class='on-page']//a")]
    for title, address in entries:
        assert title in document.get_element_by_id(address.removeprefix("#")).text_content()
    return entries


@pytest.fixture
def home() -> HomePage:
    return make_site()[1]


def test_a_long_text_lists_its_headings_of_two_levels(home, client) -> None:
    body = [heading("Wat"), heading("Hoe", 3), heading("Fijn", 4), heading("Wie"), heading("Wanneer")]
    page = make_content_page(home, body=body)
    assert listed(client, page.url) == [
        ("Wat", "#kop-wat"),
        ("Hoe", "#kop-hoe"),
        ("Wie", "#kop-wie"),
        ("Wanneer", "#kop-wanneer"),
    ]


def test_three_headings_need_no_list(home, client) -> None:
    page = make_content_page(home, body=[heading("Wat"), heading("Wie"), heading("Wanneer")])
    assert listed(client, page.url) == []


def test_equal_headings_have_ids_of_their_own(home, client) -> None:
    body = [heading("Rol 2"), heading("Rol"), heading("Rol"), heading("ROL!"), heading("¿?"), heading("…")]
    page = make_content_page(home, body=body)
    anchors = [anchor for _title, anchor in listed(client, page.url)]
    assert anchors == ["#kop-rol-2", "#kop-rol", "#kop-rol-3", "#kop-rol-4", "#kop", "#kop-2"]


@pytest.mark.parametrize("name", ["tekst", "Inhoud", "Op deze pagina", "hoofdmenu"])
def test_a_heading_never_takes_the_id_of_another_part(home, client, name: str) -> None:
    page = make_content_page(home, body=[heading(name), heading("Wie"), heading("Wat"), heading("Waar")])
    assert len(listed(client, page.url)) == 4


def test_headings_in_rich_text_are_listed_below_their_section(home, client) -> None:
    rich = "<h3>Voor &amp; na</h3><p>Tekst.</p><h3>Voor &amp; na</h3><p>Meer.</p>"
    theme = make_theme(make_theme_index(home), situation=rich, approach=rich)
    anchors = [anchor for _title, anchor in listed(client, theme.url)]
    assert [anchor for anchor in anchors if "voor-na" in anchor] == [
        "#kop-voor-na",
        "#kop-voor-na-2",
        "#kop-voor-na-3",
        "#kop-voor-na-4",
    ]


def test_the_api_gives_the_list_with_levels(home, client) -> None:
    page = make_content_page(home, body=[heading("Wat"), heading("Hoe", 3), heading("Wie"), heading("Waar")])
    answer = client.get("/api/v1/paginas/op-pad", {"pad": page.url}).json()
    assert [entry["niveau"] for entry in answer["inhoudsopgave"]] == [2, 3, 2, 2]
    assert answer["inhoudsopgave"][1] == {"titel": "Hoe", "anker": "kop-hoe", "niveau": 3}
