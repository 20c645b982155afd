"""The table of contents of a long page, and the ids that its links lead to."""

import pytest
from lxml import html as lxml_html

from cms.blocks.registry import registered_blocks
from home.models import HomePage
from tests.cms.block_values import BLOCK_VALUES, links, texts
from tests.cms.factories import make_content_page, make_site
from tests.themes.factories import make_theme, make_theme_index

pytestmark = pytest.mark.django_db


def heading(text: str, level: int = 2) -> dict:
    return {"type": "heading", "value": {"text": text, "level": str(level)}}


def accordion(title: str) -> dict:
    return {"type": "accordion", "value": {"title": title, "items": texts(1, "Deel", "<p>Tekst.</p>")}}


def steps(title: str) -> dict:
    return {"type": "steps", "value": {"title": title, "steps": texts(2, "Stap", "")}}


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


def test_titles_of_blocks_are_listed_among_the_headings(home, client) -> None:
    lees_ook = {"type": "links", "value": {"title": "Lees ook", "items": links(1, "Elders", "")}}
    body = [steps("Vooraf"), heading("Wat"), accordion("Vragen"), heading("Hoe", 3), steps("Te diep"), lees_ook]
    page = make_content_page(home, body=[*body, heading("Wie"), accordion(""), lees_ook])
    assert listed(client, page.url) == [
        ("Vooraf", "#kop-vooraf"),
        ("Wat", "#kop-wat"),
        ("Vragen", "#kop-vragen"),
        ("Hoe", "#kop-hoe"),
        ("Wie", "#kop-wie"),
        ("Lees ook", "#kop-lees-ook-2"),
    ]
    answer = client.get("/api/v1/paginas/op-pad", {"pad": page.url}).json()
    assert [entry["niveau"] for entry in answer["inhoudsopgave"]] == [2, 2, 3, 3, 2, 3]


def test_equal_titles_of_blocks_and_headings_have_ids_of_their_own(home, client) -> None:
    page = make_content_page(home, body=[steps("Rol"), heading("Rol"), accordion("Rol"), steps("Rol")])
    assert [anchor for _title, anchor in listed(client, page.url)] == [
        "#kop-rol",
        "#kop-rol-2",
        "#kop-rol-3",
        "#kop-rol-4",
    ]


@pytest.mark.parametrize("name", sorted(set(registered_blocks()) - {"callout", "quote"}))
def test_whatever_block_has_a_title_is_listed_with_a_link_that_arrives(home, client, name: str) -> None:
    block = {"type": name, "value": BLOCK_VALUES[name]["short"]()}
    page = make_content_page(home, body=[heading("Wat"), heading("Wie"), heading("Waar"), heading("Hoe"), block])
    section = client.get("/api/v1/paginas/op-pad", {"pad": page.url}).json()["secties"][0]
    value = section["blokken"][4]["waarde"]
    title = value.get("titel") or value.get("tekst")
    assert [entry for entry, _anchor in listed(client, page.url)][4:] == ([title] if title else [])


def test_a_callout_is_an_aside(home, client) -> None:
    callout = {"type": "callout", "value": {"tone": "tip", "title": "Let op", "text": "<p>x</p>"}}
    page = make_content_page(home, body=[heading("Wat"), heading("Wie"), heading("Waar"), callout])
    assert listed(client, page.url) == []


def test_a_block_shown_on_its_own_has_no_id(home) -> None:
    block = registered_blocks()["accordion"]
    assert " id=" not in block.render(block.get_preview_value())


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
