"""One installation with two sites: nothing of one stands in the other's answers, and links are on the right host."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from cms.models import Banner, User
from districts.models import Municipality, SafetyPlan
from home.models import HomePage
from tests.api.factories import Example
from tests.api.test_leaks import addresses, written
from tests.cms.factories import make_content_page, make_form, make_image, make_private, publish
from tests.cms.test_preview import page_form
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_municipality,
    make_municipality_index,
    make_plan,
)
from tests.home.factories import make_search_page
from tests.kennisbank.factories import add_file, make_kennisbank, make_publication
from tests.network.factories import make_body, make_network, make_organisation, make_partners, relate, seat
from tests.search import reindex
from tests.themes.factories import make_theme, make_theme_index

pytestmark = pytest.mark.django_db

# Each stands in every text of its site, and nowhere else.
HOSTS = {"eerstesite": "testserver", "tweedesite": "tweede.example"}


def fill(home: Any, word: str) -> None:
    """Give a site one of everything, each with the word of the site in its name."""
    texts = {"introduction": f"{word} {word}", "search_description": word}
    network = make_network(home, f"Netwerk {word}")
    body = make_body(network, f"de {word}", title=f"Orgaan {word}", slug="orgaan", **texts)
    part = make_body(network, f"het {word}", title=f"Onderdeel {word}", slug="onderdeel", **texts)
    relate(body, part)
    make_partners(home)
    organisation = make_organisation(f"Organisatie {word}", slug=f"organisatie-{word}", logo=make_image(word))
    seat(body, organisation=organisation)
    theme = make_theme(
        make_theme_index(home), f"Thema {word}", partners=(word,), slug="thema", expert_group=part, **texts
    )
    district = make_district(make_district_index(home), f"District {word}", network_body=body, **texts)
    make_municipality_index(home)
    municipality = make_municipality(district, f"Gemeente {word}", tile_x=3, tile_y=4 + list(HOSTS).index(word))
    plan = make_plan(municipality, theme)
    publication = make_publication(
        make_kennisbank(home),
        f"Publicatie {word}",
        slug="publicatie",
        themes=[theme],
        districts=[district],
        municipalities=[municipality],
        organisations=[organisation],
        safety_plan=plan,
        **texts,
    )
    add_file(publication)
    body_of_page = [("form", {"form": make_form(f"Formulier {word}", introduction=word)})]
    page = make_content_page(
        home, f"Inhoud {word}", slug="inhoud", body=body_of_page, social_image=make_image(word), **texts
    )
    make_search_page(home)
    site = Site.objects.get(root_page=home)
    Redirect.add_redirect(f"/oud-{word}", page, site=site)
    locale = Locale.objects.get(language_code="nl")
    Banner.objects.create(site=site, locale=locale, title=f"Mededeling {word}", text=f"<p>{word}</p>")


@pytest.fixture
def sites(example: Example) -> dict[str, Client]:
    """Clients of the two sites, by their words. The first holds the example too."""
    home = HomePage.objects.get(pk=example.home.pk)
    home.title = "Home eerstesite"
    home.save_revision().publish()
    Site.objects.filter(is_default_site=True).update(site_name="Naam eerstesite")
    # All of the example but its content page makes way for what `fill` adds.
    SafetyPlan.objects.all().delete()
    Municipality.objects.exclude(successor=None).delete()
    Municipality.objects.all().delete()
    for page in Page.objects.get(pk=home.pk).get_children().exclude(pk=example.about.pk):
        Page.objects.get(pk=page.pk).delete()
    second = publish(Page.get_first_root_node(), HomePage(title="Home tweedesite", slug="tweede", slogan="tweedesite"))
    Site.objects.create(hostname=HOSTS["tweedesite"], root_page=second, site_name="Naam tweedesite")
    fill(second, "tweedesite")
    fill(HomePage.objects.get(pk=home.pk), "eerstesite")
    reindex()
    return {word: Client(headers={"host": host}) for word, host in HOSTS.items()}


def test_nothing_of_one_site_stands_in_the_answers_of_the_other(sites, settings):
    settings.ALLOWED_HOSTS = list(HOSTS.values())
    for word, client in sites.items():
        (other,) = set(HOSTS) - {word}
        leaks, seen = [], 0
        for address in dict.fromkeys(addresses(client)):
            content = written(client.get(address))
            seen += word in content
            # What was asked for is said again.
            if other in content and other not in address:
                place = content.find(other)
                leaks.append((address, content[max(0, place - 100) : place + 40]))
        assert not leaks, f"{len(leaks)} on {word}:\n" + "\n".join(map(str, leaks[:40]))
        assert seen > 60


def test_a_form_is_sent_on_its_own_site_only(sites, settings):
    settings.ALLOWED_HOSTS = list(HOSTS.values())
    for word, client in sites.items():
        page = client.get("/api/v1/paginas/op-pad?pad=/inhoud/").json()
        (block,) = page["secties"][0]["blokken"]
        number = block["waarde"]["id"]
        assert client.get(f"/api/v1/formulieren/{number}").json()["titel"] == f"Formulier {word}"
        (other,) = set(sites) - {word}
        assert sites[other].get(f"/api/v1/formulieren/{number}").status_code == 404


FRONTEND = "https://www.voorbeeld.example"


def test_full_addresses_are_those_of_the_frontend_where_it_has_a_host_of_its_own(example, client, settings):
    """By one setting a site, in all that names a full address, whichever host is asked."""
    settings.FRONTEND_ADDRESSES = {"localhost": FRONTEND}
    make_search_page(example.home)
    reindex()
    addresses_of = {
        "/": ["canonical", "og:url", "print-source", "application/ld+json"],
        "/themas/ondermijning/": ["canonical", "hreflang", "print-source"],
        "/kennisbank/factsheet-leegstand/": ["canonical", "Zo citeert u"],
        "/sitemap.xml": ["<loc>", "hreflang"],
        "/robots.txt": ["Sitemap:"],
        "/nieuw.atom": ["<link"],
        "/themas/ondermijning/nieuw.atom": ["<link"],
        "/kennisbank/publicaties.csv": [],
        "/api/v1/instellingen": ["basisadres"],
        "/api/v1/navigatie": ["basisadres"],
        "/api/v1/paginas/op-pad?pad=/themas/ondermijning/": ["gestructureerdeGegevens"],
    }
    for address, parts in addresses_of.items():
        text = written(client.get(address))
        assert FRONTEND in text, address
        assert "http://localhost" not in text.replace("http://localhost/static", ""), address
        for part in parts:
            assert part in text, (address, part)


def test_links_within_a_site_begin_at_its_root_on_either_host(example, client, settings):
    settings.FRONTEND_ADDRESSES = {"localhost": FRONTEND}
    page = client.get("/api/v1/paginas/op-pad?pad=/themas/ondermijning/").json()
    assert page["url"] == "/themas/ondermijning/"
    html = client.get("/themas/ondermijning/").content.decode()
    assert f'href="{FRONTEND}' not in html.partition("<body")[2]


def test_a_form_may_be_sent_from_the_frontend_of_the_site(example, client, settings):
    settings.FRONTEND_ADDRESSES = {"localhost": FRONTEND}
    body = [("form", {"form": make_form()})]
    page = make_content_page(example.home, "Contact", slug="contact", body=body)
    form = page.body[0].value["form"].pk
    address = f"/api/v1/formulieren/{form}/inzendingen"
    for origin, status in ((FRONTEND, 400), ("https://elders.example", 403)):
        assert (
            client.post(address, {}, content_type="application/json", headers={"origin": origin}).status_code == status
        )


class TestPreviewsAndLogin:
    """Of one site they never lead to the host of the other."""

    OF_ALL, OF_SECOND = "https://site.example/pad", "https://www.tweede.example"

    @pytest.fixture
    def pages(self, example: Example, settings) -> dict[str, Page]:
        """A page of each site, by the frontend that shows it. The first has an address on its own host only."""
        settings.ALLOWED_HOSTS = list(HOSTS.values())
        settings.FRONTEND_URL = self.OF_ALL
        settings.FRONTEND_ADDRESSES = {"localhost": "http://localhost:8123", HOSTS["tweedesite"]: self.OF_SECOND}
        second = publish(Page.get_first_root_node(), HomePage(title="Tweede", slug="tweede", slogan="Tweede"))
        Site.objects.create(hostname=HOSTS["tweedesite"], port=443, root_page=second)
        return {self.OF_ALL: example.about, self.OF_SECOND: make_content_page(second, "Inhoud", slug="inhoud")}

    @pytest.fixture
    def editor(self) -> Client:
        client = Client()
        client.force_login(User.objects.create_superuser("beheer"))
        return client

    def test_a_preview_opens_on_the_frontend_of_its_site(self, pages, editor):
        for frontend, page in pages.items():
            answer = editor.get(preview_address(page, editor), {"mode": "frontend", "in_preview_panel": "true"})
            assert answer["Location"].startswith(f"{frontend}/voorbeeld/openen/")

    def test_a_preview_of_a_banner_opens_on_the_frontend_of_its_site(self, pages, editor):
        for frontend, page in pages.items():
            banner = Banner.objects.create(site=page.get_site(), locale=page.locale, title="Kop")
            request = RequestFactory().get("/")
            request.user = User.objects.get(username="beheer")
            request.session = editor.session
            assert banner.serve_preview(request, "frontend")["Location"].startswith(f"{frontend}/voorbeeld/openen/")

    def test_who_reads_along_does_so_on_the_frontend_of_the_site(self, pages, editor):
        for frontend, page in pages.items():
            address = reverse("meeleeslink_maken", args=[page.pk])
            html = editor.post(address, {"reader": "Jurist", "days": 7}).content.decode()
            assert f'href="{frontend}/meelezen/' in html

    def test_the_admin_listens_to_both_frontends(self, pages, editor):
        for page in pages.values():
            html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
            assert f'data-frontends="https://site.example http://localhost:8123 {self.OF_SECOND}"' in html
            assert f'"https://site.example", "http://localhost:8123", "{self.OF_SECOND}"' in html

    def test_without_a_frontend_for_previews_there_are_none(self, pages, editor, settings):
        settings.FRONTEND_URL = ""
        for page in pages.values():
            assert len(page.specific.preview_modes) == 1
            html = editor.post(
                reverse("meeleeslink_maken", args=[page.pk]), {"reader": "X", "days": 7}
            ).content.decode()
            assert 'href="http://testserver/meelezen/' in html

    def test_somebody_logs_in_on_the_site_of_the_page(self, pages):
        roots = {self.OF_ALL: "http://localhost", self.OF_SECOND: f"https://{HOSTS['tweedesite']}"}
        for frontend, page in pages.items():
            host = "testserver" if frontend == self.OF_ALL else HOSTS["tweedesite"]
            make_private(page)
            api = Client(headers={"host": host})
            path = page.get_url().removeprefix(roots[frontend])
            login = api.get("/api/v1/paginas/op-pad", {"pad": path}).json()["inlogadres"]
            assert login == f"{roots[frontend]}/_util/login/?{urlencode({'next': path})}"
            # By number nobody learns the address, but who logs in is led to it.
            login = api.get(f"/api/v1/paginas/{page.pk}").json()["inlogadres"]
            assert login.startswith(f"{roots[frontend]}/_util/login/?next=")
            assert page.slug not in login
            following = parse_qs(urlsplit(login).query)["next"][0]
            assert api.get(following).status_code == 404
            api.force_login(User.objects.create_user(f"lezer{page.pk}"))
            assert api.get(following)["Location"] == path
            assert api.get(path).status_code == 200


def preview_address(page: Page, editor: Client) -> str:
    """Send the page's form as Wagtail's panel does, and give where the panel gets the preview."""
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(address, page_form(page)).json()["is_valid"]
    return address
