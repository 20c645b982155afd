"""The sitemap and robots.txt: every public address, in its languages, and nothing else."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from cms.found import sitemap
from home.models import SearchPage
from tests.api.factories import Example, make_example
from tests.cms.factories import make_content_page, make_private, make_site, publish
from tests.districts.factories import make_municipality
from tests.network.factories import translate_page

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def example() -> Example:
    return make_example()


def read(client, address: str = "/sitemap.xml") -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/xml")
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own


def listed(client, address: str = "/sitemap.xml") -> dict[str, dict[str, str]]:
    """Give {address: {language: address}}."""
    found = {}
    for entry in read(client, address).findall("s:url", NAMES):
        links = entry.findall("x:link", NAMES)
        found[entry.findtext("s:loc", "", NAMES)] = {link.get("hreflang"): link.get("href") for link in links}
    return found


def test_every_listed_address_answers_and_is_the_one_that_counts(example, client):
    found = listed(client)
    assert len(found) > 15
    for address in found:
        html = client.get(address.removeprefix("http://localhost")).content.decode()
        assert f'<link rel="canonical" href="{address}">' in html
        assert 'name="robots"' not in html


def test_every_public_page_is_listed_once(example, client):
    pages = client.get("/api/v1/paginas?paginaGrootte=100").json()["resultaten"]
    found = listed(client)
    assert {f"http://localhost{page['url']}" for page in pages} <= set(found)
    assert f"http://localhost/gemeenten/{example.merged.slug}/" in found


def test_translations_name_each_other_and_the_dutch_page_is_for_all_others(example, client):
    found = listed(client)
    dutch, english = (f"http://localhost{page.url}" for page in (example.theme, example.english_theme))
    expected = {"nl": dutch, "en": english, "x-default": dutch}
    assert found[dutch] == found[english] == expected
    assert found[f"http://localhost{example.about.url}"] == {}


def test_a_municipality_stands_in_each_language_of_its_overview(example, client):
    overview = Page.objects.get(url_path__endswith="/gemeenten/").specific
    translate_page(overview, "en", title="Municipalities", slug="municipalities")
    found = listed(client)
    dutch, english = "http://localhost/gemeenten/almelo/", "http://localhost/en/municipalities/almelo/"
    assert found[dutch] == found[english] == {"nl": dutch, "en": english, "x-default": dutch}
    html = client.get("/gemeenten/almelo/").content.decode()
    assert f'hreflang="en" href="{english}"' in html
    assert f'hreflang="x-default" href="{dutch}"' in html


def test_what_the_public_may_not_see_is_not_listed(example, client):
    private, draft, expired = (
        make_content_page(example.home, name, slug=name) for name in ("besloten", "concept", "oud")
    )
    below = make_content_page(private, "Daaronder", slug="daaronder")
    make_private(private)
    draft.unpublish()
    Page.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    found = listed(client)
    assert not {f"http://localhost{page.url}" for page in (private, below, draft, expired)} & set(found)


def test_a_stand_in_for_a_missing_translation_is_not_listed_and_points_at_its_source(example, client):
    english_home = Page.objects.get(translation_key=example.home.translation_key, locale__language_code="en")
    stand_in = example.about.copy_for_translation(english_home.locale, alias=True)
    Page.objects.filter(pk=stand_in.pk).update(live=True)
    assert f"http://localhost{stand_in.url}" not in listed(client)
    html = client.get(stand_in.url).content.decode()
    assert f'<link rel="canonical" href="http://localhost{example.about.url}">' in html
    assert "hreflang" not in html.split("</head>")[0]


def test_the_day_of_the_last_change_is_told(example, client):
    entry = next(
        each for each in read(client).findall("s:url", NAMES) if each.findtext("s:loc", "", NAMES).endswith("/twente/")
    )
    assert entry.findtext("s:lastmod", "", NAMES).startswith(f"{example.district.last_published_at:%Y-%m-%d}")


def test_a_large_site_has_an_index_of_files_that_together_hold_all(example, client, monkeypatch):
    everything = listed(client)
    monkeypatch.setattr(sitemap, "FILE_SIZE", 4)
    files = [entry.text for entry in read(client).findall("s:sitemap/s:loc", NAMES)]
    assert files[0] == "http://localhost/sitemap-1.xml"
    parts = [listed(client, file.removeprefix("http://localhost")) for file in files]
    assert {len(part) for part in parts[:-1]} == {4}
    assert {address: links for part in parts for address, links in part.items()} == everything
    assert client.get(f"/sitemap-{len(files) + 1}.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_the_sitemap_takes_as_many_queries_for_many_pages_as_for_few(example, client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed(client)
        return len(captured)

    queries()
    few = queries()
    for number in range(5):
        page = make_content_page(example.home, f"Pagina {number}", slug=f"pagina-{number}")
        translate_page(page, "en", title=f"Page {number}", slug=f"page-{number}")
        make_municipality(example.district, f"Plaats {number}")
    assert queries() == few <= 12


def test_the_host_that_was_asked_does_not_count(example, client):
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "www.netwerk.example", 443
    site.save()
    assert all(address.startswith("https://www.netwerk.example/") for address in listed(client))
    assert "Sitemap: https://www.netwerk.example/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_nothing_changed_means_nothing_sent(example, client):
    first = client.get("/sitemap.xml")
    again = client.get("/sitemap.xml", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_content_page(example.home, "Nieuw")
    assert client.get("/sitemap.xml", headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_search_engines_may_read_pages_and_further_pages_of_lists_but_no_results(example, client):
    publish(example.home, SearchPage(title="Zoeken", slug="zoeken"))
    rules = client.get("/robots.txt").content.decode().splitlines()
    assert rules[0] == "User-agent: *"
    for path in ("/admin/", "/api/", "/zoeken/?", f"{example.kennisbank.url}?"):
        assert f"Disallow: {path}" in rules
    for name in ("thema", "district", "overzicht", "pagina"):
        assert f"Allow: {example.kennisbank.url}?{name}=" in rules
    assert "Disallow: /" not in rules
    assert f"http://localhost{example.home.url}zoeken/" not in listed(client)


def test_robots_txt_names_no_private_page(example, client):
    make_private(example.kennisbank)
    assert "kennisbank" not in client.get("/robots.txt").content.decode()


def test_a_site_that_may_not_be_found_turns_search_engines_away(example, client, settings):
    settings.SEARCH_ENGINES_WELCOME = False
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    assert '<meta name="robots" content="noindex, follow">' in client.get("/").content.decode()


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt"])
def test_only_reading_is_offered(path, client):
    make_site()
    assert client.head(path).status_code == 200
    assert client.head(path).content == b""
    refused = client.post(path)
    assert refused.status_code == 405
    assert refused.headers["Allow"] == "GET, HEAD"
