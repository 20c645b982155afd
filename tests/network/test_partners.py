"""Partners: their overview by kind, and a page each."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from home.models import HomePage
from network.models import OrganisationIndexPage
from tests.cms.factories import make_image, make_private, make_site
from tests.districts.factories import make_district, make_district_index, make_municipality, make_municipality_index
from tests.kennisbank.factories import make_kennisbank, make_publication
from tests.network.factories import (
    make_body,
    make_capacity,
    make_network,
    make_organisation,
    make_organisation_kind,
    make_partners,
    seat,
    translate_page,
    translate_term,
)
from tests.search import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def index(home: HomePage) -> OrganisationIndexPage:
    return make_partners(home)


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def section(page: str, key: str) -> str:
    return page[page.index(f'id="{key}"') :].split("</section>")[0] if f'id="{key}"' in page else ""


def links(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a [^>]*href="([^"]+)"[^>]*>([^<]+)</a>', html)


def test_the_overview_shows_them_by_kind_in_dutch_order(index: OrganisationIndexPage, client: Client) -> None:
    region = make_organisation_kind("veiligheidsregio", "veiligheidsregio van Oost")
    make_organisation("Zorghuis", slug="zorghuis")
    make_organisation("IJsselhuis", slug="ijsselhuis")
    make_organisation("VRT", slug="vrt", kind=region)
    page = read(client, "/partners/")
    assert re.findall(r'<h2 class="section__title[^>]*>([^<]+)</h2>', page) == ["Partner", "Veiligheidsregio van Oost"]
    assert [title for _url, title in links(section(page, "soort-partner"))] == ["IJsselhuis", "Zorghuis"]
    assert links(section(page, "soort-veiligheidsregio")) == [("/partners/vrt/", "VRT")]


def test_an_overview_without_organisations_says_so(index: OrganisationIndexPage, client: Client) -> None:
    assert "Er staan nog geen organisaties op de site." in read(client, "/partners/")


def test_an_organisation_tells_who_it_is_where_it_sits_and_what_it_made(
    home: HomePage, index: OrganisationIndexPage, client: Client
) -> None:
    organisation = make_organisation(
        "Openbaar Ministerie", slug="om", short_name="OM", website="https://www.example.nl/over",
        description="Zit erin.", logo=make_image("Logo"),
    )  # fmt: skip
    network = make_network(home)
    body, hidden = make_body(network, "de BBG", title="BBG"), make_body(network, "de kern", title="Geheim")
    seat(body, organisation=organisation, capacity=make_capacity())
    seat(hidden, organisation=organisation)
    make_private(hidden)
    publication = make_publication(
        make_kennisbank(home), "Handreiking", slug="handreiking", organisations=[organisation]
    )
    page = read(client, "/partners/om/")
    assert re.search(r"<h1[^>]*>Openbaar Ministerie</h1>", page)
    assert "Zit erin." in page
    assert links(section(page, "in-het-kort")) == [
        ("/partners/#soort-partner", "Partner"), ("https://www.example.nl/over", "example.nl"),
    ]  # fmt: skip
    assert links(section(page, "overleggen")) == [(body.url, "BBG")]
    assert "adviseurs" in section(page, "overleggen")
    assert (publication.url, "Handreiking") in links(section(page, "publicaties"))
    assert "organisatie=om" in section(page, "publicaties")
    assert "Geheim" not in page
    assert 'class="picture__image"' in page
    assert '"@type": "Organization"' in page or '"@type":"Organization"' in page
    # And back: from the body and the publication to the organisation.
    assert ("/partners/om/", "Openbaar Ministerie") in links(section(read(client, body.url), "leden"))
    assert ("/partners/om/", "Openbaar Ministerie") in links(section(read(client, publication.url), "over"))


def test_without_an_overview_a_body_links_to_the_website(home: HomePage, client: Client) -> None:
    organisation = make_organisation("OM", website="https://www.example.nl/")
    body = make_body(make_network(home))
    seat(body, organisation=organisation)
    assert links(section(read(client, body.url), "leden")) == [("https://www.example.nl/", "OM")]


def test_a_municipality_has_one_page(home: HomePage, index: OrganisationIndexPage, client: Client) -> None:
    municipality = make_municipality(make_district(make_district_index(home)), "Almelo")
    make_municipality_index(home)
    kind = make_organisation_kind("gemeente", "gemeente")
    organisation = make_organisation("Gemeente Almelo", slug="gemeente-almelo", kind=kind)
    many = make_organisation("Gemeenten in Twente", slug="gemeenten-twente", kind=kind)
    body = make_body(make_network(home), "de BBG", title="BBG")
    seat(body, organisation=organisation)
    publication = make_publication(make_kennisbank(home), "Plan", slug="plan", organisations=[organisation])
    assert links(section(read(client, "/partners/"), "soort-gemeente")) == [
        ("/gemeenten/almelo/", organisation.name), ("/partners/gemeenten-twente/", many.name),
    ]  # fmt: skip
    assert client.get("/partners/gemeente-almelo/").status_code == 404
    page = read(client, f"/gemeenten/{municipality.slug}/")
    assert links(section(page, "overleggen")) == [(body.url, "BBG")]
    assert (publication.url, "Plan") in links(section(page, "publicaties"))
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/partners/gemeenten-twente/" in sitemap
    assert "/partners/gemeente-almelo/" not in sitemap
    assert client.get("/api/v1/organisaties/gemeente-almelo").json()["url"] == "/gemeenten/almelo/"


@pytest.mark.parametrize("path", ["/partners/nergens/", "/partners/om/meer/"])
def test_an_unknown_address_is_not_found(path: str, index: OrganisationIndexPage, client: Client) -> None:
    make_organisation("OM", slug="om")
    assert client.get(path).status_code == 404


def test_below_a_hidden_overview_nothing_is_found(home: HomePage, index: OrganisationIndexPage, client: Client) -> None:
    make_organisation("Geheimdienst", slug="geheim", website="https://geheim.example/")
    index.unpublish()
    assert client.get("/partners/geheim/").status_code == 404
    assert "geheim" not in client.get("/sitemap.xml").content.decode()
    assert client.get("/api/v1/organisaties/geheim").json()["url"] is None
    assert "Geheimdienst" not in client.get("/partners/geheimd/").content.decode()


def test_in_another_language_the_kind_is_translated_and_the_text_marked(
    index: OrganisationIndexPage, client: Client
) -> None:
    kind = make_organisation_kind()
    translate_term(kind, "en", name="Partner organisation")
    make_organisation("OM", slug="om", description="Leidt het onderzoek.", short_name="OM-Oost")
    english = translate_page(index, "en", title="Partners", slug="partners-en")
    page = read(client, f"{english.url}om/")
    assert "Partner organisation" in page
    assert re.search(r'<p class="page-head__introduction[^>]*lang="nl">Leidt het onderzoek', page)
    assert 'hreflang="nl" href="http://testserver/partners/om/"' in page or 'hreflang="nl"' in page
    assert "Short name" in page


def test_they_are_found_by_the_search(home: HomePage, index: OrganisationIndexPage, client: Client) -> None:
    from tests.home.factories import make_search_page

    make_search_page(home)
    make_organisation("Samen Weerbaar", slug="samen-weerbaar", short_name="SW", description="Voor ondernemers.")
    reindex()
    page = read(client, "/zoeken/?zoek=weerbaar")
    assert 'href="/partners/samen-weerbaar/"' in page
    index.unpublish()
    assert 'href="/partners/samen-weerbaar/"' not in read(client, "/zoeken/?zoek=weerbaar")


@pytest.mark.parametrize("number", [2, 12])
def test_pages_cost_the_same_queries_whatever_they_show(
    number: int, home: HomePage, index: OrganisationIndexPage, client: Client, django_assert_max_num_queries: Callable
) -> None:
    make_municipality_index(home)
    network, district = make_network(home), make_district(make_district_index(home))
    kind = make_organisation_kind("gemeente", "gemeente")
    organisation = make_organisation("OM", slug="om")
    for count in range(number):
        make_municipality(district, f"Plaats {count}")
        make_organisation(f"Gemeente Plaats {count}", slug=f"gemeente-plaats-{count}", kind=kind)
        seat(make_body(network, f"het overleg {count}"), organisation=organisation)
    for path in ("/partners/", "/partners/om/"):
        client.get(path)
        with django_assert_max_num_queries(24, info=path):
            client.get(path)
