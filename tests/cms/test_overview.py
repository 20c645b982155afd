"""The overview block: pieces of each domain that keep themselves up to date, and only what the public may see."""

import json
import re
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms.blocks.overview import OverviewBlock, overview_choices, register_overview
from cms.models import BasePage
from home.models import HomePage
from network.models import NetworkBodyPage, NetworkPage
from tests.cms.factories import make_content_page, make_private, make_site
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_municipality,
    make_theme,
    make_theme_index,
)
from tests.network.factories import make_body, make_kind, make_network, translate_page

pytestmark = pytest.mark.django_db

Tier = NetworkBodyPage.Tier


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def network(home: HomePage) -> NetworkPage:
    """A collective of two parts in the districts, a body of the region and a local one, in this order in the tree."""
    network = make_network(home)
    dvos = make_body(network, "de DVO's", plural=True, tier=Tier.DISTRICT, kind=make_kind("dvo", "DVO"))
    for name in ("Twente", "IJsselland"):
        make_body(dvos, f"het DVO {name}", tier=Tier.DISTRICT, kind=make_kind("dvo", "DVO"))
    make_body(network, "de driehoek", tier=Tier.LOCAL)
    make_body(network, "de BBG", tier=Tier.REGION)
    return network


def block(piece: str, **values: object) -> dict:
    filled = {"title": "Overzicht", "piece": piece, "display": "list", "number": None, **values}
    return {"type": "overview", "id": f"{piece}-{len(values)}", "value": filled}


def html_of(client: Client, page: BasePage) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def shown(client: Client, home: HomePage, piece: str, **values: object) -> list[str]:
    """Give the titles that the block leads to, in order."""
    html = html_of(client, make_content_page(home, "Overzichtspagina", body=json.dumps([block(piece, **values)])))
    items = r'<li class="link-list__item">\s*<a[^>]*>([^<]+)</a>|class="card__link"[^>]*>([^<]+)</a>'
    return [first or second for first, second in re.findall(items, html)]


def test_gives_themes_in_the_order_of_the_site_and_the_way_to_all(home, client):
    index = make_theme_index(home)
    for title in ("Zorg", "Cyber"):
        make_theme(index, title)
    page = make_content_page(home, "Uitleg", body=json.dumps([block("themas")]))
    html = html_of(client, page)
    assert html.index(">Zorg</a>") < html.index(">Cyber</a>")
    assert 'href="/themas/">Alle thema' in html


def test_leaves_out_what_the_public_may_not_see(home, client):
    index = make_theme_index(home)
    hidden, draft = make_theme(index, "Besloten"), make_theme(index, "Concept")
    make_theme(index, "Open")
    make_private(hidden)
    draft.unpublish()
    assert shown(client, home, "themas") == ["Open"]


def test_gives_no_more_than_asked(home, client):
    index = make_theme_index(home)
    for number in range(4):
        make_theme(index, f"Thema {number}")
    assert shown(client, home, "themas", number=2) == ["Thema 0", "Thema 1"]
    assert len(shown(client, home, "themas", number=2, display="cards")) == 2


def test_a_card_of_a_district_says_how_many_municipalities(home, client):
    twente = make_district(make_district_index(home), "Twente")
    make_municipality(twente)
    page = make_content_page(home, "Uitleg", body=json.dumps([block("districten", display="cards")]))
    html = html_of(client, page)
    assert "1 gemeente" in html
    assert 'class="card__link" href="/districten/twente/"' in html


@pytest.mark.parametrize(
    ("piece", "titles"),
    [
        ("organen", ["BBG", "DVO&#x27;s", "driehoek"]),
        ("organen:niveau:districtelijk", ["DVO&#x27;s"]),
        ("organen:soort:dvo", ["DVO Twente", "DVO IJsselland"]),
        ("organen:soort:bestaat-niet", []),
    ],
)
def test_gives_bodies_of_the_network_by_tier_and_kind(piece, titles, home, network, client):
    assert shown(client, home, piece) == titles


def test_says_when_there_is_nothing(home, client):
    page = make_content_page(home, "Uitleg", body=json.dumps([block("districten")]))
    assert "Er zijn nog geen districten." in html_of(client, page)


def test_a_piece_that_no_app_offers_any_more_is_not_shown(home, client):
    page = make_content_page(home, "Uitleg", body=json.dumps([block("weg", title="Verdwenen")]))
    assert "Verdwenen" not in html_of(client, page)


def test_a_reader_of_another_language_gets_the_translation_where_there_is_one(home, client):
    index = make_theme_index(home)
    first, _second = make_theme(index, "Ondermijning"), make_theme(index, "Mensenhandel")
    translate_page(first, "en", title="Organised crime", slug="organised-crime")
    page = translate_page(make_content_page(home, "Uitleg", body=json.dumps([block("themas")])), "en")
    html = html_of(client, page)
    assert ">Organised crime</a>" in html
    assert ">Ondermijning<" not in html
    assert 'lang="nl" hreflang="nl">Mensenhandel</a>' in html


def test_the_overview_page_itself_has_no_link_to_itself(home, client):
    index = make_theme_index(home)
    make_theme(index)
    index.body = json.dumps([block("themas")])
    index.save_revision().publish()
    assert 'href="/themas/"' not in html_of(client, index)


def test_an_editor_chooses_from_what_there_is(home, network):
    groups = dict(overview_choices())
    assert groups["Thema's"] == [("themas", "Alle thema's")]
    assert ("organen:soort:dvo", "Soort: DVO") in groups["Organen van het netwerk"]
    assert ("organen:niveau:regionaal", "Niveau: Regionaal") in groups["Organen van het netwerk"]


def test_the_choices_stand_in_the_form_of_a_page(home, network, admin_client):
    html = admin_client.get(f"/admin/pages/add/home/contentpage/{home.pk}/").content.decode()
    assert "organen:soort:dvo" in html
    assert "Soort: DVO" in html


@pytest.mark.parametrize("values", [{"piece": "weg"}, {"piece": ""}, {"display": "cards", "number": 30}, {"number": 0}])
def test_what_cannot_be_shown_is_refused(values, home):
    child = OverviewBlock()
    with pytest.raises(ValidationError):
        child.clean(child.to_python({**block("themas")["value"], **values}))


def test_a_second_overview_of_one_name_is_refused():
    with pytest.raises(ValueError, match="themas"):
        register_overview("themas", "Anders", list, lambda choice, context: None)


@pytest.mark.parametrize("display", ["cards", "list"])
@pytest.mark.parametrize("number", [2, 9])
def test_costs_a_fixed_number_of_queries(
    display: str, number: int, home: HomePage, client: Client, django_assert_max_num_queries: Callable
) -> None:
    themes, districts, network = make_theme_index(home), make_district_index(home), make_network(home)
    for count in range(number):
        make_theme(themes, f"Thema {count}")
        make_district(districts, f"District {count}")
        make_body(network, f"het orgaan {count}")
    pieces = [block(piece, display=display) for piece in ("themas", "districten", "organen", "organen:soort:overleg")]
    page = make_content_page(home, "Alles", body=json.dumps(pieces))
    client.get(page.url)
    with django_assert_max_num_queries(24):
        html = html_of(client, page)
    assert f"District {number - 1}" in html
