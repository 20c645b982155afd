"""What search engines and other sites read in the head of a page."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html
from wagtail.models import Page

from home.models import SearchPage
from tests.api.factories import Example, make_example
from tests.cms.factories import make_content_page, make_image, publish
from tests.kennisbank.factories import make_publication
from tests.network.factories import translate_page
from tests.search import reindex

pytestmark = pytest.mark.django_db

ORIGIN = "http://localhost"
# The properties of schema.org that we use, by type; those before the bar are always there.
KNOWN = {
    "GovernmentOrganization": "name url logo |",
    "Organization": "name |",
    "WebSite": "name url inLanguage publisher | potentialAction",
    "WebPage": "url name inLanguage isPartOf | description dateModified breadcrumb primaryImageOfPage mainEntity",
    "BreadcrumbList": "itemListElement |",
    "ListItem": "position name item |",
    "Article": "headline inLanguage author publisher mainEntityOfPage | description dateModified image",
    "DigitalDocument": "name url datePublished inLanguage genre publisher mainEntityOfPage"
    " | description dateModified version isBasedOn creativeWorkStatus encodingFormat about encoding",
    "MediaObject": "name contentUrl encodingFormat | contentSize sha256 accessibilityFeature",
    "CreativeWork": "name url |",
    "ImageObject": "url width height |",
    "Thing": "name url |",
    "AdministrativeArea": "name | url identifier containedInPlace",
    "SearchAction": "target query-input |",
    "EntryPoint": "urlTemplate |",
}


@pytest.fixture
def example() -> Example:
    return make_example()


def head(client, address: str) -> html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.content.decode()).find("head")


def meta(document: html.HtmlElement, name: str) -> list[str]:
    return document.xpath("//meta[@property=$name or @name=$name]/@content", name=name)


def graph(client, address: str) -> dict[str, dict[str, Any]]:
    """Give the page's graph by type."""
    [script] = head(client, address).xpath("//script[@type='application/ld+json']")
    content = json.loads(script.text)
    assert content["@context"] == "https://schema.org"
    parts = {part["@type"]: part for part in content["@graph"]}
    assert len(parts) == len(content["@graph"])
    return parts


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


def every_address(client) -> list[str]:
    pages = client.get("/api/v1/paginas?paginaGrootte=100").json()["resultaten"]
    return [*(page["url"] for page in pages), "/gemeenten/almelo/"]


def test_every_page_has_a_graph_of_known_types_whose_references_lead_somewhere(example, client):
    seen = set()
    for address in every_address(client):
        parts = graph(client, address)
        every = list(nodes(list(parts.values())))
        defined = {node["@id"] for node in every if "@id" in node and "@type" in node}
        for node in every:
            if "@type" not in node:
                assert node["@id"] in defined, (address, node)
                continue
            needed, more = (set(names.split()) for names in KNOWN[node["@type"]].split("|"))
            names = set(node) - {"@type", "@id"}
            assert needed <= names <= needed | more, (address, node)
            seen.add(node["@type"])
            for name in ("url", "contentUrl", "item", "logo"):
                assert node.get(name, ORIGIN).startswith(ORIGIN), (address, node)
    assert seen >= {"Article", "DigitalDocument", "MediaObject", "AdministrativeArea", "BreadcrumbList", "WebSite"}


def test_the_home_page_says_who_we_are_and_where_to_search(example, client):
    assert "potentialAction" not in graph(client, "/")["WebSite"]
    publish(example.home, SearchPage(title="Zoeken", slug="zoeken"))
    parts = graph(client, "/")
    assert parts["GovernmentOrganization"]["name"] == "Netwerk"
    assert (
        parts["WebSite"]["potentialAction"]["target"]["urlTemplate"] == f"{ORIGIN}/zoeken/?zoek={{search_term_string}}"
    )
    assert "BreadcrumbList" not in parts
    assert "potentialAction" not in graph(client, example.theme.url)["WebSite"]


def test_a_breadcrumb_leads_from_the_home_page_to_the_page_itself(example, client):
    items = graph(client, example.theme.url)["BreadcrumbList"]["itemListElement"]
    assert [item["position"] for item in items] == [1, 2, 3]
    assert [item["item"] for item in items] == [f"{ORIGIN}/", f"{ORIGIN}/themas/", f"{ORIGIN}{example.theme.url}"]
    assert items[-1]["name"] == "Ondermijning"


def test_a_theme_is_an_article_in_its_language(example, client):
    article = graph(client, example.english_theme.url)["Article"]
    assert (article["headline"], article["inLanguage"]) == ("Organised crime", "en")
    assert article["dateModified"].startswith(f"{example.english_theme.last_published_at:%Y-%m-%d}")
    document = head(client, example.english_theme.url)
    assert meta(document, "og:type") == ["article"]
    assert meta(document, "article:modified_time")[0].startswith(f"{example.english_theme.last_published_at:%Y-%m-%d}")


def test_a_publication_is_a_document_with_its_files_theme_and_publisher(example, client):
    document = graph(client, example.publication.url)["DigitalDocument"]
    assert document["name"] == "Factsheet leegstand"
    assert document["datePublished"] == example.publication.publication_date.isoformat()
    assert document["encodingFormat"] == "application/pdf"
    assert document["publisher"] == [{"@type": "Organization", "name": "Openbaar Ministerie"}]
    assert document["about"] == [{"@type": "Thing", "name": "Ondermijning", "url": f"{ORIGIN}{example.theme.url}"}]
    [file] = document["encoding"]
    assert file["contentUrl"].startswith(f"{ORIGIN}/documenten/")
    english = make_publication(example.kennisbank, "Factsheet cybercrime", slug="cyber", document_language="en")
    assert graph(client, english.url)["DigitalDocument"]["inLanguage"] == "en"


def test_a_municipality_is_an_area_within_its_district(example, client):
    place = graph(client, "/gemeenten/almelo/")["AdministrativeArea"]
    assert (place["name"], place["identifier"]) == ("Almelo", example.municipality.code)
    assert place["containedInPlace"]["name"] == "Twente"


def test_a_text_cannot_end_the_script_element(example, client):
    title = "</script><script>alert(1)</script><!-- & é"
    page = make_content_page(example.home, title, slug="lastig", introduction=title)
    content = client.get(page.url).content.decode()
    assert "<script>alert" not in content
    assert graph(client, page.url)["Article"]["headline"] == title
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', content)
    assert not set("<>&") & set(block)


def test_sharing_a_page_shows_its_picture_title_and_text(example, client):
    image = make_image("Een wijk", size=(1600, 900))
    page = make_content_page(example.home, "Met beeld", slug="met-beeld", introduction="Kort.", social_image=image)
    document = head(client, page.url)
    assert meta(document, "og:title") == ["Met beeld – Netwerk"]
    assert meta(document, "og:description") == ["Kort."]
    assert meta(document, "og:image")[0].startswith(f"{ORIGIN}/media/images/")
    assert (meta(document, "og:image:width"), meta(document, "og:image:height")) == (["1200"], ["630"])
    assert meta(document, "og:image:alt") == ["Met beeld"]
    assert meta(document, "twitter:card") == ["summary_large_image"]
    assert graph(client, page.url)["Article"]["image"]["width"] == 1200


def test_a_page_without_picture_or_introduction_shares_the_mark_and_its_first_words(example, client):
    page = make_content_page(
        example.home, "Kaal", slug="kaal", body=[("paragraph", "<p>Dit is de <b>eerste</b> zin.</p>")]
    )
    document = head(client, page.url)
    assert meta(document, "og:image") == [f"{ORIGIN}/icon-512.png"]
    assert meta(document, "twitter:card") == ["summary"]
    assert meta(document, "description") == meta(document, "og:description") == ["Dit is de eerste zin."]
    assert "image" not in graph(client, page.url)["Article"]


def test_languages_are_told_to_search_engines_and_to_other_sites(example, client):
    document = head(client, example.theme.url)
    links = document.xpath("//link[@rel='alternate'][@hreflang]")
    dutch, english = ORIGIN + example.theme.url, ORIGIN + example.english_theme.url
    assert {link.get("hreflang"): link.get("href") for link in links} == {
        "nl": dutch,
        "en": english,
        "x-default": dutch,
    }
    assert (meta(document, "og:locale"), meta(document, "og:locale:alternate")) == (["nl_NL"], ["en_GB"])
    assert head(client, example.about.url).xpath("//link[@hreflang]") == []


def test_pages_without_a_dutch_source_name_no_default(example, client):
    translate_page(example.theme, "de", title="Organisierte Kriminalität", slug="kriminalitaet")
    Page.objects.get(pk=example.theme.pk).specific.unpublish()
    links = head(client, example.english_theme.url).xpath("//link[@hreflang]/@hreflang")
    assert sorted(links) == ["de", "en"]


def test_lists_in_their_own_right_count_and_results_do_not(example, client):
    for number in range(12):
        make_publication(example.kennisbank, f"Stuk {number}", slug=f"stuk-{number}", themes=[example.theme])
    reindex()
    base = f"{ORIGIN}{example.kennisbank.url}"

    def told(query: str) -> tuple[str, list[str]]:
        document = head(client, example.kennisbank.url + query)
        return document.xpath("string(//link[@rel='canonical']/@href)"), meta(document, "robots")

    assert told("") == told("?pagina=1") == told("?utm_source=brief") == told("?pagina=x") == (base, [])
    whole = f"{base}?overzicht=alles&pagina=2"
    assert told("?pagina=2") == told("?overzicht=alles&pagina=2&utm_source=brief") == told("?pagina=99") == (whole, [])
    theme = f"{base}?thema=ondermijning"
    assert told("?thema=ondermijning") == (theme, [])
    assert told("?thema=ondermijning&pagina=2") == (f"{theme}&pagina=2", [])
    assert told("?thema=ondermijning&jaar=2026") == (theme, ["noindex, follow"])
    for query in ("?zoek=stuk", "?zoek=stuk&pagina=2", "?jaar=2026"):
        assert told(query) == (base, ["noindex, follow"])


def test_the_api_gives_the_same_to_other_renderings(example, client):
    view = client.get("/api/v1/paginas/op-pad", {"pad": example.theme.url}).json()
    [script] = head(client, example.theme.url).xpath("//script[@type='application/ld+json']")
    assert view["seo"]["gestructureerdeGegevens"] == script.text
    assert view["feed"]["url"] == f"{example.theme.url}nieuw.atom"
