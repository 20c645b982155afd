"""Both renderings say the same: for every page of the demo, headings, links, texts and alternatives are equal."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen

import pytest
from lxml import html

from tests.e2e.conftest import RunningSite
from tests.e2e.pages import every_page, read_json

WITHIN = ".//main[@id='inhoud']"


def fetch(address: str) -> html.HtmlElement:
    with urlopen(address, timeout=60) as answer:
        return html.fromstring(answer.read().decode())


def said(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def content(document: html.HtmlElement) -> dict[str, object]:
    """What a reader, a screen reader and a search engine get out of a page."""
    main = document.find(WITHIN)
    assert main is not None, "no <main id='inhoud'>"
    return {
        "language": document.get("lang"),
        "title": said(document.findtext(".//title")),
        "description": document.xpath("string(//meta[@name='description']/@content)"),
        "canonical": document.xpath("string(//link[@rel='canonical']/@href)"),
        "alternates": document.xpath("//link[@rel='alternate'][@hreflang]/@href"),
        "headings": [
            (element.tag, said(element.text_content())) for element in main.iter("h1", "h2", "h3", "h4", "h5", "h6")
        ],
        "links": [
            (said(element.text_content()), element.get("href"), element.get("lang")) for element in main.iter("a")
        ],
        "pictures": [(element.get("alt"), element.get("src"), element.get("srcset")) for element in main.iter("img")],
        "fields": [
            (element.tag, element.get("name"), element.get("value"))
            for element in main.iter("input", "select", "option")
        ],
        "text": said(" ".join(piece.strip() for piece in main.itertext() if piece.strip())),
        "menu": [
            (said(a.text_content()), a.get("href"), a.get("aria-current")) for a in document.xpath("//header//nav//a")
        ],
        "footer": [(said(a.text_content()), a.get("href")) for a in document.xpath("//footer//a")],
        "breadcrumbs": [
            (said(a.text_content()), a.get("href")) for a in document.xpath("//nav[contains(@class,'breadcrumb')]//a")
        ],
    }


def without_spaces(values: dict[str, object]) -> dict[str, object]:
    """White space between elements may differ where it does not show."""
    return {**values, "text": re.sub(r"\s", "", str(values["text"]))}


@pytest.fixture(scope="module")
def paths(running_site: RunningSite) -> list[str]:
    api = f"{running_site.django}/api/v1"
    municipalities = read_json(f"{api}/gemeenten?paginaGrootte=100")["resultaten"]
    more = ["/kennisbank/?soort=factsheet", "/kennisbank/?zoek=bestaatniet", "/kennisbank/?thema=ondermijning&pagina=1"]
    return [*every_page(api), *[municipality["url"] for municipality in municipalities], *more]


def test_every_page_of_the_demo_is_the_same_in_both_renderings(running_site, paths):
    assert len(paths) > 120
    differences = {}
    with ThreadPoolExecutor(4) as pool:
        ours = pool.map(lambda path: content(fetch(running_site.django + path)), paths)
        theirs = pool.map(lambda path: content(fetch(running_site.frontend + path)), paths)
        for path, django, frontend in zip(paths, ours, theirs, strict=True):
            django, frontend = without_spaces(django), without_spaces(frontend)
            different = {name: (django[name], frontend[name]) for name in django if django[name] != frontend[name]}
            if different:
                differences[path] = different
    assert differences == {}


def test_the_comparison_sees_a_difference():
    left = html.fromstring("<html lang=nl><title>x</title><main id=inhoud><h1>Een</h1><p>tekst</p></main></html>")
    right = html.fromstring("<html lang=nl><title>x</title><main id=inhoud><h1>Een</h1><p>teksten</p></main></html>")
    assert without_spaces(content(left)) != without_spaces(content(right))
