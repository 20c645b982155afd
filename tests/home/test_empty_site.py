"""A site on its first day, with nothing but what `inrichten` makes: every page stands and says what will come."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page

from cms.api.page_types import page_models
from districts.models import DistrictPage, Municipality, MunicipalityIndexPage
from kennisbank.models import PublicationPage
from network.models import NetworkBodyPage
from themes.models import ThemePage

pytestmark = pytest.mark.django_db

# What editors add later: no page of these stands yet.
LATER = {ThemePage, NetworkBodyPage, PublicationPage}


@pytest.fixture
def pages() -> dict[type[Page], Page]:
    call_command("inrichten", regio="oost-nederland", stdout=StringIO())
    return {type(page): page for page in Page.objects.filter(depth__gt=1).specific()}


def body(html: str) -> str:
    """Give what stands below the head of a page, as a reader hears it."""
    main = re.search(r"<main.*?</main>", html, re.DOTALL)[0]
    below = re.split(r"</header>", main, maxsplit=1)[-1]
    return " ".join(re.sub(r"<[^>]+>", " ", below).split())


def test_every_page_type_stands_and_says_something(pages, client):
    assert set(pages) == set(page_models()) - LATER
    for page in pages.values():
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        text = body(response.content.decode()).replace("Laatst bijgewerkt op", "")
        assert len(re.sub(r"\d+ \w+ \d{4}", "", text).strip()) > 20, (page.url, text)
        view = client.get("/api/v1/paginas/op-pad", {"pad": page.url}).json()
        assert view["secties"], page.url
        for section in view["secties"]:
            rows = section.get("kaarten", section.get("rijen", ["x"]))
            assert rows or section["leegTekst"] or section.get("samenvatting"), (page.url, section["sleutel"])


def test_a_municipality_stands_before_it_has_a_plan(pages, client):
    overview = pages[MunicipalityIndexPage]
    for municipality in (
        Municipality.objects.get(slug="enschede"),
        Municipality.objects.filter(successor__isnull=False).first(),
    ):
        assert client.get(f"{overview.url}{municipality.slug}/").status_code == 200


def test_a_district_without_texts_shows_its_municipalities(pages, client):
    html = client.get(pages[DistrictPage].url).content.decode()
    assert "Gemeenten" in body(html)


def test_the_overviews_say_in_words_that_they_are_empty(pages, client):
    said = {type(page).__name__: body(client.get(page.url).content.decode()) for page in pages.values()}
    assert "Er staan nog geen thema" in said["ThemeIndexPage"]
    assert "Er staan nog geen publicaties" in said["KennisbankPage"]
    assert "nog geen" in said["NetworkPage"]
