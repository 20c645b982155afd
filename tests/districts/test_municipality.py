"""What the page of a municipality tells: whom it meets, whom to ask, its priorities, who is near or does the same."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest
from django.test import Client
from django.utils.timezone import localdate

from districts.models import DistrictPage, Municipality
from home.models import HomePage
from network.models import NetworkBodyPage
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
from tests.kennisbank.factories import make_kennisbank, make_publication
from tests.network.factories import make_body, make_network, make_organisation, make_organisation_kind, seat

pytestmark = pytest.mark.django_db
LOCAL = NetworkBodyPage.Tier.LOCAL


@dataclass
class Place:
    home: HomePage
    district: DistrictPage
    almelo: Municipality


@pytest.fixture
def place() -> Place:
    _site, home = make_site()
    make_municipality_index(home)
    district = make_district(make_district_index(home), contact_role="Coördinator Twente", contact_email="t@example.nl")
    return Place(home, district, make_municipality(district, "Almelo", tile_x=3, tile_y=3))


def read(client: Client, path: str = "/gemeenten/almelo/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def section(page: str, key: str) -> str:
    return page[page.index(f'id="{key}"') :].split("</section>")[0] if f'id="{key}"' in page else ""


def links(html: str) -> list[str]:
    return [text.strip() for text in re.findall(r"<a [^>]*>([^<]+)</a>", html)]


def test_it_says_whom_to_ask(place: Place, client: Client) -> None:
    part = section(read(client), "contact")
    assert "U kunt terecht bij: Twente." in part
    assert "Coördinator Twente" in part
    assert 'href="mailto:t@example.nl"' in part


def test_where_the_district_names_nobody_its_consultation_does(place: Place, client: Client) -> None:
    body = make_body(make_network(place.home), "het DVO", title="DVO Twente", contact_role="Secretaris")
    place.district.contact_role = place.district.contact_email = ""
    place.district.network_body = body
    place.district.save_revision().publish()
    assert "Secretaris" in section(read(client), "contact")
    make_private(body)
    assert section(read(client), "contact") == ""


def test_it_names_the_local_consultation(place: Place, client: Client) -> None:
    network = make_network(place.home)
    every = make_body(network, "de driehoeken", title="Driehoeken", tier=LOCAL)
    own = make_body(every, "de driehoek Twente-Noord", title="Driehoek Twente-Noord", tier=LOCAL)
    assert "Driehoeken" in links(section(read(client), "in-het-kort"))
    organisation = make_organisation("Gemeente Almelo", kind=make_organisation_kind("gemeente", "Gemeente"))
    seat(own, organisation=organisation)
    facts = links(section(read(client), "in-het-kort"))
    assert "Driehoek Twente-Noord" in facts
    assert "Driehoeken" not in facts
    make_private(own)
    assert "Driehoek Twente-Noord" not in read(client)


def test_it_links_the_document_that_is_the_plan(place: Place, client: Client) -> None:
    year = localdate().year
    plan = make_plan(place.almelo, make_theme(make_theme_index(place.home)), years=(year - 1, year + 1))
    kennisbank = make_kennisbank(place.home)
    document = make_publication(kennisbank, "Plan Almelo", slug="plan-almelo", safety_plan=plan)
    page = read(client)
    assert f"veiligheidsplan {year - 1}–{year + 1}" in section(page, "voorrang")
    assert f'href="{document.url}"' in section(page, "veiligheidsplan")
    make_private(document)
    assert section(read(client), "veiligheidsplan") == ""


def test_without_a_plan_of_today_it_says_so(place: Place, client: Client) -> None:
    assert "kennen we geen veiligheidsplan dat nu geldt" in section(read(client), "voorrang")
    make_plan(place.almelo, years=(2015, 2018))
    assert "liep van 2015 tot en met 2018" in section(read(client), "voorrang")


def test_neighbours_are_those_whose_tiles_touch(place: Place, client: Client) -> None:
    for name, x, y in (("Borne", 4, 3), ("Wierden", 2, 3), ("Hengelo", 4, 4), ("Losser", 5, 3)):
        make_municipality(place.district, name, tile_x=x, tile_y=y)
    part = section(read(client), "in-de-buurt")
    assert links(part) == ["Borne", "Wierden"]
    assert "op de vakjeskaart" in part
    Municipality.objects.filter(name="Almelo").update(tile_x=None, tile_y=None)
    assert section(read(client), "in-de-buurt") == ""


def test_it_names_who_gives_priority_to_the_same(place: Place, client: Client) -> None:
    themes = make_theme_index(place.home)
    first, second, third, hidden = (make_theme(themes, name) for name in ("Jeugd", "Zorg", "Onrust", "Geheim"))
    make_plan(place.almelo, first, second, hidden)
    other = make_district(place.district.get_parent().specific, "IJsselland")
    make_plan(make_municipality(other, "Zwolle"), first, second)
    make_plan(make_municipality(other, "Deventer"), first)
    make_plan(make_municipality(place.district, "Wierden"), second, hidden)
    make_plan(make_municipality(place.district, "Borne"), third)
    make_plan(make_municipality(place.district, "Losser"), first, years=(2001, 2004))
    make_private(hidden)
    part = section(read(client), "zelfde-voorrang")
    rows = [
        (links(row)[0], re.findall(r"<td>\s*(\d+)\s*</td>", row)[0], links(row)[1:]) for row in part.split("<tr>")[2:]
    ]
    assert rows == [("Zwolle", "2", ["Jeugd", "Zorg"]), ("Wierden", "1", ["Zorg"]), ("Deventer", "1", ["Jeugd"])]
    assert "Geheim" not in read(client)


def test_one_of_the_past_tells_nothing_of_today(place: Place, client: Client) -> None:
    make_body(make_network(place.home), "de driehoeken", title="Driehoeken", tier=LOCAL)
    make_merged(place.almelo, "Vriezenveen")
    page = read(client, "/gemeenten/vriezenveen/")
    assert section(page, "voorrang") == ""
    assert "Driehoeken" not in section(page, "in-het-kort")


@pytest.mark.parametrize("number", [1, 8])
def test_it_costs_the_same_queries_whatever_it_shows(
    number: int, place: Place, client: Client, django_assert_max_num_queries: Callable
) -> None:
    network, themes = make_network(place.home), make_theme_index(place.home)
    every = make_body(network, "de driehoeken", title="Driehoeken", tier=LOCAL)
    kennisbank = make_kennisbank(place.home)
    for count in range(number):
        make_body(every, f"de driehoek {count}", title=f"Driehoek {count}", tier=LOCAL)
        theme = make_theme(themes, f"Thema {count}")
        make_plan(make_municipality(place.district, f"Plaats {count}"), theme)
        plan = make_plan(place.almelo, theme, years=(2020 + count, 2099 - count))
        make_publication(kennisbank, f"Plan {count}", slug=f"plan-{count}", safety_plan=plan)
    client.get("/gemeenten/almelo/")
    with django_assert_max_num_queries(30):
        client.get("/gemeenten/almelo/")
