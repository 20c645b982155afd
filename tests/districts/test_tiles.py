"""The tile map: what it shows of whom, and that its drawing holds together."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from lxml import html

from cms.sections import TileMapSection
from districts.models import DistrictIndexPage, DistrictPage, Municipality, MunicipalityIndexPage
from districts.tiles import SHAPES, UNIT, lines_of, short_names, tile_map
from home.models import HomePage
from tests.cms.factories import make_private, make_site
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

pytestmark = pytest.mark.django_db

REGIONS = Path(__file__).resolve().parents[2] / "home/regions"


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
def twente(districts: DistrictIndexPage, index: MunicipalityIndexPage) -> DistrictPage:
    return make_district(districts, "Twente")


@pytest.fixture
def ijsselland(districts: DistrictIndexPage, twente: DistrictPage) -> DistrictPage:
    return make_district(districts, "IJsselland")


def drawing(client: Client, path: str, key: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.fromstring(answer.content.decode()).xpath(f"//section[@id='{key}']")[0]


def tiles(section: html.HtmlElement) -> list[html.HtmlElement]:
    return section.xpath(".//svg[@role='group']//*[contains(concat(' ', @class, ' '), ' tile ')]")


def names(section: html.HtmlElement) -> list[str]:
    return [tile.findtext("title") for tile in tiles(section)]


def marked(section: html.HtmlElement) -> list[str]:
    return [tile.findtext("title") for tile in tiles(section) if "tile--marked" in tile.get("class")]


def test_every_tile_is_a_link_that_names_municipality_and_district(
    twente: DistrictPage, ijsselland: DistrictPage, client: Client
) -> None:
    make_municipality(twente, "Borne", tile_x=5, tile_y=4)
    make_municipality(twente, "Almelo", tile_x=4, tile_y=4)
    make_municipality(ijsselland, "Zwolle", tile_x=2, tile_y=2)
    section = drawing(client, "/gemeenten/", "gemeenten")
    # By district in the order of the tree, then by name: also the order of the Tab key.
    assert names(section) == ["Almelo, Twente", "Borne, Twente", "Zwolle, IJsselland"]
    assert [tile.get("href") for tile in tiles(section)] == [
        "/gemeenten/almelo/", "/gemeenten/borne/", "/gemeenten/zwolle/",
    ]  # fmt: skip
    assert [area.get("aria-label") for area in section.xpath(".//svg/g[@role]")] == [
        "Twente: 2 gemeenten", "IJsselland: 1 gemeente",
    ]  # fmt: skip


def test_the_list_stands_beside_the_map_once(twente: DistrictPage, client: Client) -> None:
    make_municipality(twente, "Almelo", tile_x=0, tile_y=0)
    make_municipality(twente, "Borne")
    section = drawing(client, "/gemeenten/", "gemeenten")
    listed = [link.text for link in section.xpath(".//*[contains(@class, 'link-group')]//a")]
    assert listed == ["Almelo", "Borne"]
    assert names(section) == ["Almelo, Twente"]
    skip = section.xpath(".//a[contains(@class, 'tile-map__skip')]")[0]
    assert section.xpath(f".//*[@id='{skip.get('href')[1:]}']")


def test_without_tiles_the_list_is_what_it_was(twente: DistrictPage, client: Client) -> None:
    make_municipality(twente, "Almelo")
    section = drawing(client, "/gemeenten/", "gemeenten")
    assert "section--koppelingen" in section.get("class")
    assert not section.xpath(".//svg")


def test_a_district_marks_its_own_and_says_what_the_mark_means(
    twente: DistrictPage, ijsselland: DistrictPage, client: Client
) -> None:
    make_municipality(twente, "Almelo", tile_x=4, tile_y=4)
    make_municipality(ijsselland, "Zwolle", tile_x=2, tile_y=2)
    section = drawing(client, twente.url, "gemeenten")
    assert names(section) == ["Almelo, Twente, in dit district", "Zwolle, IJsselland"]
    assert marked(section) == ["Almelo, Twente, in dit district"]
    legend = section.xpath(".//*[@aria-label='Legenda']")[0].text_content()
    assert "in dit district" in legend
    assert "in een ander district" in legend


def test_a_theme_marks_who_gives_it_priority(home: HomePage, twente: DistrictPage, client: Client) -> None:
    theme = make_theme(make_theme_index(home))
    make_plan(make_municipality(twente, "Almelo", tile_x=4, tile_y=4), theme)
    make_municipality(twente, "Borne", tile_x=5, tile_y=4)
    section = drawing(client, theme.url, "voorrang")
    assert marked(section) == ["Almelo, Twente, geeft voorrang"]
    assert [link.text for link in section.xpath(".//*[contains(@class, 'link-group')]//a")] == ["Almelo"]


def test_the_overview_of_districts_has_the_map_and_all_municipalities(twente: DistrictPage, client: Client) -> None:
    make_municipality(twente, "Almelo", tile_x=4, tile_y=4)
    section = drawing(client, "/districten/", "kaart")
    assert names(section) == ["Almelo, Twente"]
    assert [link.text for link in section.xpath(".//*[contains(@class, 'link-group')]//a")] == ["Almelo"]


def test_a_merged_municipality_is_not_on_the_map(twente: DistrictPage, client: Client) -> None:
    almelo = make_municipality(twente, "Almelo", tile_x=4, tile_y=4)
    Municipality.objects.filter(pk=almelo.pk).update(valid_from="2001-01-01")
    Municipality.objects.filter(pk=make_merged(almelo, "Ambt Almelo").pk).update(tile_x=4, tile_y=4)
    assert names(drawing(client, "/gemeenten/", "gemeenten")) == ["Almelo, Twente"]


@pytest.mark.parametrize("hide", [make_private, lambda page: page.unpublish()])
def test_a_hidden_district_is_not_named(
    hide: Callable, twente: DistrictPage, ijsselland: DistrictPage, client: Client
) -> None:
    make_municipality(twente, "Almelo", tile_x=4, tile_y=4)
    make_municipality(ijsselland, "Zwolle", tile_x=2, tile_y=2)
    hide(ijsselland)
    section = drawing(client, "/gemeenten/", "gemeenten")
    assert names(section) == ["Almelo, Twente", "Zwolle, Andere gemeenten"]
    assert "IJsselland" not in html.tostring(section, encoding="unicode")


def test_the_map_speaks_the_language_of_the_page(
    districts: DistrictIndexPage, twente: DistrictPage, index: MunicipalityIndexPage, client: Client
) -> None:
    make_municipality(twente, "Almelo", tile_x=4, tile_y=4)
    translate_page(districts, "en")
    english = translate_page(twente, "en")
    section = drawing(client, english.url, "gemeenten")
    assert names(section) == ["Almelo, Twente, in this district"]
    assert section.xpath(".//svg[@role='group']/@aria-label") == ["Map of the municipalities"]


def test_names_are_escaped_in_the_drawing(twente: DistrictPage, client: Client) -> None:
    make_municipality(twente, "<b>&'s", slug="raar", tile_x=4, tile_y=4)
    answer = client.get("/gemeenten/").content.decode()
    assert "<title>&lt;b&gt;&amp;&#x27;s, Twente</title>" in answer


# Geometry


@pytest.fixture
def of_the_region(districts: DistrictIndexPage, index: MunicipalityIndexPage) -> list[dict]:
    """All municipalities of the region's file."""
    region = tomllib.loads((REGIONS / "oost-nederland.toml").read_text())
    pages = {record["key"]: make_district(districts, record["naam"]) for record in region["districten"]}
    placed = [record for record in region["gemeenten"] if "x" in record]
    for record in placed:
        make_municipality(
            pages[record["district"]], record["naam"], slug=record["slug"], tile_x=record["x"], tile_y=record["y"]
        )
    return placed


def test_all_tiles_of_the_region_lie_in_the_drawing_and_none_on_another(
    of_the_region: list[dict], client: Client
) -> None:
    section = drawing(client, "/gemeenten/", "gemeenten")
    left, top, width, height = map(int, section.xpath(".//svg[@role='group']/@viewbox | .//svg/@viewBox")[0].split())
    places = [
        tuple(map(int, re.fullmatch(r"translate\((\d+) (\d+)\)", tile.get("transform")).groups()))
        for tile in tiles(section)
    ]
    assert len(places) == len(set(places)) == len(of_the_region) == 76
    for x, y in places:
        assert x % UNIT == y % UNIT == 0
        assert left <= x
        assert x + UNIT <= left + width
        assert top <= y
        assert y + UNIT <= top + height
    # The drawing is no larger than its tiles: none of its edges is empty.
    for axis in (0, 1):
        found = {place[axis] for place in places}
        assert min(found) == 0
        assert max(found) + UNIT == (width, height)[axis] + 2 * (left, top)[axis]


def test_every_district_of_the_region_is_one_piece(of_the_region: list[dict]) -> None:
    """Whoever walks over tiles of one district, from neighbour to neighbour, gets to all of them."""
    for district in {record["district"] for record in of_the_region}:
        rest = {(record["x"], record["y"]) for record in of_the_region if record["district"] == district}
        front = [rest.pop()]
        while front:
            x, y = front.pop()
            for step_x in (-1, 0, 1):
                for step_y in (-1, 0, 1):
                    if (x + step_x, y + step_y) in rest:
                        rest.remove((x + step_x, y + step_y))
                        front.append((x + step_x, y + step_y))
        assert not rest, district


def test_lines_part_neighbours_of_different_districts_only(
    twente: DistrictPage, ijsselland: DistrictPage, client: Client
) -> None:
    make_municipality(twente, "Almelo", tile_x=1, tile_y=0)
    make_municipality(twente, "Borne", tile_x=2, tile_y=0)
    make_municipality(ijsselland, "Zwolle", tile_x=0, tile_y=0)
    make_municipality(ijsselland, "Kampen", tile_x=2, tile_y=1)
    section = drawing(client, "/gemeenten/", "gemeenten")
    assert section.xpath(".//*[@class='tile-map__borders']/@d") == ["M100 0v100M200 100h100"]


def test_short_names_differ_and_are_short() -> None:
    region = tomllib.loads((REGIONS / "oost-nederland.toml").read_text())
    placed = [record["naam"] for record in region["gemeenten"] if "x" in record]
    found = short_names(placed)
    assert len(set(found.values())) == len(placed)
    assert {len(short) for short in found.values()} <= {2, 3}
    assert (found["Enschede"], found["Hof van Twente"], found["Oude IJsselstreek"]) == ("Ens", "HT", "OIJ")
    assert found["Doetinchem"] != found["Doesburg"]


def test_short_names_differ_however_alike_the_names_are() -> None:
    found = short_names(["Aa", "Aaa", "Aaaa", "Aaaaa", "Aab"])
    assert len(set(found.values())) == 5


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ede", ["Ede"]),
        ("Hof van Twente", ["Hof van", "Twente"]),
        ("Rijssen-Holten", ["Rijssen-", "Holten"]),
        ("Steenwijkerland", ["Steenwijker-", "land"]),
        ("West Maas en Waal", ["West Maas", "en Waal"]),
    ],
)
def test_a_long_name_stands_on_several_lines(name: str, lines: list[str]) -> None:
    assert [line.text for line in lines_of(name)] == lines


def test_every_line_of_the_region_fits_its_tile() -> None:
    region = tomllib.loads((REGIONS / "oost-nederland.toml").read_text())
    for record in region["gemeenten"]:
        for line in lines_of(record["naam"]):
            assert len(line.text) <= 13, record["naam"]
            assert 10 < line.y < 66, record["naam"]  # below the edge, above the sign


def test_areas_beyond_the_last_sign_begin_again(districts: DistrictIndexPage, index: MunicipalityIndexPage) -> None:
    from cms.rendering.build import context_for

    for number in range(len(SHAPES) + 1):
        make_municipality(make_district(districts, f"District {number}"), f"Plaats {number}", tile_x=number, tile_y=0)
    section = tile_map(context_for(index, index.get_site(), {}), skip_to="lijst", key="kaart")
    assert isinstance(section, TileMapSection)
    assert section.areas[0].shape == section.areas[-1].shape
    assert section.areas[-1].number == 1


# One municipality a place


def test_a_merged_municipality_leaves_its_place_to_the_next(twente: DistrictPage) -> None:
    past = make_municipality(twente, "Vroeger", tile_x=1, tile_y=1, valid_to="2019-01-01")
    now = make_municipality(twente, "Nu", tile_x=1, tile_y=1, valid_from="2019-01-01")
    for record in (past, now):
        record.refresh_from_db()
        record.full_clean()


def test_the_database_refuses_two_on_one_place(twente: DistrictPage) -> None:
    make_municipality(twente, "Almelo", tile_x=1, tile_y=1)
    # The rule holds at the end of a transaction, so that two may change places in it.
    make_municipality(twente, "Borne", tile_x=1, tile_y=1)
    with pytest.raises(IntegrityError):
        transaction.get_connection().check_constraints()


def test_two_may_change_places(twente: DistrictPage) -> None:
    almelo = make_municipality(twente, "Almelo", tile_x=1, tile_y=1)
    borne = make_municipality(twente, "Borne", tile_x=2, tile_y=1)
    with transaction.atomic():
        Municipality.objects.filter(pk=almelo.pk).update(tile_x=2)
        Municipality.objects.filter(pk=borne.pk).update(tile_x=1)
        transaction.get_connection().check_constraints()
