"""The home page: five parts fed from data, in a fixed order."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from wagtail.models import Locale

from cms.models import BasePage
from home.models import HomePage
from network.models import BodyKind, NetworkBodyPage, NetworkPage
from tests.cms.factories import make_content_page, make_image, make_private, make_site, publish
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_municipality,
    make_municipality_index,
    make_theme,
    make_theme_index,
)
from tests.kennisbank.factories import make_kennisbank, make_publication

pytestmark = pytest.mark.django_db


def make_network(home: HomePage, bodies: int = 3) -> NetworkPage:
    network = publish(home, NetworkPage(title="Netwerk", slug="netwerk"))
    kind = BodyKind.objects.create(key="overleg", name="Overleg", locale=home.locale)
    for number in range(bodies):
        make_body(network, f"Overleg {number}", kind, NetworkBodyPage.Tier.REGION)
    return network


def make_body(parent: BasePage, title: str, kind: BodyKind, tier: str) -> NetworkBodyPage:
    return publish(
        parent,
        NetworkBodyPage(title=title, kind=kind, tier=tier, phrase=f"het {title}", phrase_of=f"van het {title}"),
    )


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    home.about = "<p>Samen staan we sterker.</p>"
    home.about_title = "Waarom een netwerk?"
    home.save_revision().publish()
    return home


def fill(home: HomePage, number: int) -> None:
    themes, districts = make_theme_index(home), make_district_index(home)
    make_municipality_index(home)
    kennisbank = make_kennisbank(home)
    make_network(home, number)
    for count in range(number):
        image = make_image()
        theme = make_theme(themes, f"Thema {count}", social_image=image)
        make_municipality(make_district(districts, f"District {count}", social_image=image), f"Plaats {count}")
        make_publication(kennisbank, f"Publicatie {count}", themes=[theme])


def keys(client: Client, path: str = "/") -> list[str]:
    return re.findall(r'<section class="section[^"]*" id="([^"]+)"', client.get(path).content.decode())


def test_an_empty_site_shows_only_what_the_network_is(home: HomePage, client: Client) -> None:
    assert keys(client) == ["netwerk-in-het-kort"]


def test_shows_its_parts_in_order_with_texts_between(home: HomePage, client: Client) -> None:
    fill(home, 1)
    home.after_themes = [{"type": "paragraph", "value": "<p>Na de thema's.</p>"}]
    home.after_districts = [{"type": "paragraph", "value": "<p>Tot slot.</p>"}]
    home.save_revision().publish()
    assert keys(client) == [
        "netwerk-in-het-kort", "themas", "after-themes", "kennisbank", "netwerk", "mijn-gemeente", "districten",
        "after-districts",
    ]  # fmt: skip


def test_the_slogan_is_the_heading_and_the_ways_in_lead_to_themes_and_kennisbank(
    home: HomePage, client: Client
) -> None:
    fill(home, 1)
    page = client.get("/").content.decode()
    assert re.search(r"<h1[^>]*>\s*Samen veilig\s*</h1>", page)
    ways = re.findall(r'<a class="nl-button[^>]*href="([^"]+)"[^>]*>([^<]+)</a>', page)
    assert ways[:2] == [("/themas/", "Bekijk de thema&#x27;s"), ("/kennisbank/", "Zoek in de Kennisbank")]


def test_the_structure_names_bodies_that_stand_on_their_own_by_tier(home: HomePage, client: Client) -> None:
    network = make_network(home, 1)
    kind = BodyKind.objects.get()
    local = make_body(network, "Driehoek", kind, NetworkBodyPage.Tier.LOCAL)
    make_body(local, "Driehoek Tiel", kind, NetworkBodyPage.Tier.LOCAL)
    page = client.get("/").content.decode()
    section = page[page.index('id="netwerk"') :].split("</section>")[0]
    assert re.findall(r"<h3[^>]*>([^<]+)</h3>", section) == ["Regionaal", "Lokaal"]
    assert "Driehoek Tiel" not in section


def test_a_body_that_ended_is_left_out_of_the_structure(home: HomePage, client: Client) -> None:
    network = make_network(home, 1)
    ended = make_body(network, "Stuurgroep", BodyKind.objects.get(), NetworkBodyPage.Tier.REGION)
    assert "Stuurgroep" in client.get("/").content.decode()
    ended.valid_to = date(2020, 1, 1)
    ended.save_revision().publish()
    assert "Stuurgroep" not in client.get("/").content.decode()


def test_a_draft_theme_is_not_shown(home: HomePage, client: Client) -> None:
    index = make_theme_index(home)
    make_theme(index, "Ondermijning")
    make_theme(index, "Nog niet klaar").unpublish()
    page = client.get("/").content.decode()
    assert "Ondermijning" in page
    assert "Nog niet klaar" not in page


def test_another_language_falls_back_on_dutch_pages_and_says_so(home: HomePage, client: Client) -> None:
    fill(home, 1)
    english = home.copy_for_translation(Locale.objects.get(language_code="en"))
    english.slogan = "Safe together"
    english.save_revision().publish()
    page = client.get("/en/").content.decode()
    assert "Safe together" in page
    assert re.search(r'<a class="card__link" href="/themas/thema-0/" lang="nl" hreflang="nl">Thema 0</a>', page)
    assert re.search(r'<a class="nl-button[^>]*href="/kennisbank/"[^>]*lang="nl"[^>]*>Kennisbank</a>', page)


@pytest.mark.parametrize("number", [2, 9])
def test_costs_the_same_queries_whatever_it_shows(
    number: int, home: HomePage, client: Client, django_assert_max_num_queries: Callable
) -> None:
    fill(home, number)
    client.get("/")
    with django_assert_max_num_queries(20):
        assert client.get("/").status_code == 200


def test_a_content_page_costs_few_queries(
    home: HomePage, client: Client, django_assert_max_num_queries: Callable
) -> None:
    page = make_content_page(home, body=[{"type": "paragraph", "value": "<p>Tekst.</p>"}])
    client.get(page.url)
    with django_assert_max_num_queries(16):
        assert client.get(page.url).status_code == 200


def test_cards_of_translated_pages_are_whole(home: HomePage, client: Client) -> None:
    english = Locale.objects.get(language_code="en")
    chosen = make_content_page(home, "Over ons", introduction="Wie wij zijn.")
    home.after_about = [
        {"type": "page_cards", "value": {"title": "", "pages": [{"type": "item", "id": "1", "value": chosen.pk}]}}
    ]
    home.save_revision().publish()
    home.copy_for_translation(english).save_revision().publish()
    translation = chosen.copy_for_translation(english)
    translation.introduction = "Who we are."
    translation.save_revision().publish()
    assert "Who we are." in client.get("/en/").content.decode()


def test_a_content_page_leads_to_the_pages_below_it(client):
    _site, home = make_site()
    page = make_content_page(home, "Over ons")
    make_content_page(page, "Werkwijze", introduction="Zo werken wij.")
    make_private(make_content_page(page, "Besloten"))
    html = client.get(page.url).content.decode()
    assert "Meer hierover" in html
    assert 'href="/over-ons/werkwijze/"' in html
    assert "besloten" not in html
