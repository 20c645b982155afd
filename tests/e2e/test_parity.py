"""Both renderings say the same: for every page of the demo, headings, links, texts and alternatives are equal."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest
from lxml import html

from tests.e2e.block_pages import VARIANTS
from tests.e2e.conftest import ROOT, RunningSite, django_served, free_port, frontend_served, new_site, own_database
from tests.e2e.pages import EXAMPLES, every_page, read_json

WITHIN = ".//main[@id='inhoud']"


def fetch(address: str) -> html.HtmlElement:
    with urlopen(address, timeout=60) as answer:
        return html.fromstring(answer.read().decode())


def said(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def unmarked(attributes: Mapping[str, str]) -> dict[str, str]:
    """Attributes, with style sheet, font and scripts by their names: each rendering has its own addresses for them."""
    return {
        name: re.sub(r"^/(?:static/cms/(?:fonts/)?([\w-]+)|_astro/([\w-]+)\.[\w-]+)\.(\w+)$", r"\1\2.\3", value)
        for name, value in attributes.items()
    }


def content(document: html.HtmlElement) -> dict[str, object]:
    """What a reader, a screen reader and a search engine get out of a page."""
    main = document.find(WITHIN)
    assert main is not None, "no <main id='inhoud'>"
    return {
        "language": document.get("lang"),
        "title": said(document.findtext(".//title")),
        "head": [
            (element.tag, unmarked(element.attrib), said(element.text)) for element in document.iterfind("head/*")
        ],
        "headings": [
            (element.tag, said(element.text_content())) for element in main.iter("h1", "h2", "h3", "h4", "h5", "h6")
        ],
        "links": [
            (said(element.text_content()), element.get("href"), element.get("lang")) for element in main.iter("a")
        ],
        "pictures": [
            tuple(element.get(name) for name in ("alt", "src", "srcset", "sizes", "type", "loading", "fetchpriority"))
            for element in main.iter("img", "source")
        ],
        "drawing": [
            (element.tag, dict(element.attrib))
            for element in main.xpath(".//svg[contains(@class, 'drawing')]/descendant-or-self::*")
        ],
        "moments": [element.get("datetime") for element in main.iter("time")],
        "fields": [
            (element.tag, element.get("name"), element.get("value"))
            for element in main.iter("input", "select", "option")
        ],
        "text": said(" ".join(piece.strip() for piece in main.itertext() if piece.strip())),
        "ids": document.xpath("//@id"),
        "announcements": said(" ".join(document.xpath("//*[@data-announcement]//text()"))),
        "search": document.xpath("//header//form/@action"),
        "menu": [
            (said(entry.text_content()), entry.get("href"), entry.get("aria-current"), entry.get("lang"))
            for entry in document.xpath("//header//nav//a | //header//nav//summary")
        ],
        "footer": [(said(a.text_content()), a.get("href")) for a in document.xpath("//footer//a")],
        "breadcrumbs": [
            (said(a.text_content()), a.get("href")) for a in document.xpath("//nav[contains(@class,'breadcrumb')]//a")
        ],
    }


def without_spaces(values: dict[str, object]) -> dict[str, object]:
    """White space between elements may differ where it does not show."""
    return {**values, **{name: re.sub(r"\s", "", str(values[name])) for name in ("text", "announcements")}}


def differences(ours: str, theirs: str) -> dict[str, tuple[object, object]]:
    """Give what the pages at two addresses differ in, by name."""
    left, right = without_spaces(content(fetch(ours))), without_spaces(content(fetch(theirs)))
    return {name: (left[name], right[name]) for name in left if left[name] != right[name]}


@pytest.fixture(scope="module")
def paths(running_site: RunningSite) -> list[str]:
    api = f"{running_site.django}/api/v1"
    municipalities = read_json(f"{api}/gemeenten?paginaGrootte=100")["resultaten"]
    more = [
        "/kennisbank/?soort=factsheet", "/kennisbank/?zoek=bestaatniet", "/kennisbank/?thema=ondermijning&pagina=2",
        "/kennisbank/?overzicht=alles", "/kennisbank/?zoek=gemeente&type=factsheet&type=handreiking&sorteer=titel",
        "/kennisbank/?thema=ondermijning&district=twente", "/kennisbank/?zoek=leegstandd",
        "/kennisbank/?zoek=leegstand+bestaatniet&thema=ondermijning&jaar=2026",
        "/kennisbank/?zoek=drugs+leegstand&woorden=een",
        "/zoeken/?zoek=ondermijning", "/zoeken/?zoek=ondermijning&soort=publicaties", "/zoeken/?zoek=bestaatniet",
        "/zoeken/?zoek=leegstand+bestaatniet", "/en/search/?zoek=crime",
    ]  # fmt: skip
    return [*every_page(api), *[municipality["url"] for municipality in municipalities], *more]


def test_every_page_of_the_demo_is_the_same_in_both_renderings(running_site, paths):
    assert len(paths) > 150
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda path: differences(running_site.django + path, running_site.frontend + path), paths)
        assert {path: different for path, different in zip(paths, found, strict=True) if different} == {}


def test_a_screen_reader_gets_the_same_from_both(running_site, visitor):
    """The browser's own accessibility tree, which also sees what style and attributes hide or name."""
    trees: dict[str, list[str]] = {name: [] for name in EXAMPLES}
    for origin in (running_site.django, running_site.frontend):
        for name, path in EXAMPLES.items():
            visitor.goto(origin + path)
            trees[name].append(visitor.locator("body").aria_snapshot())
    assert {name: tree for name, tree in trees.items() if tree[0] != tree[1]} == {}


@pytest.fixture(scope="module")
def block_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A site with every block in every variant, hostile texts among them."""
    folder = tmp_path_factory.mktemp("blocks")
    with own_database("blocks") as database_address:
        site = new_site(database_address, folder)
        command = [sys.executable, "-m", "tests.e2e.block_pages"]
        done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        with django_served(site, folder), frontend_served(site, folder):
            yield site


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_block_is_the_same_in_both_renderings(block_site, variant):
    path = f"/blokken-{variant}/"
    assert differences(block_site.django + path, block_site.frontend + path) == {}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_block_is_wider_than_the_screen_or_says_anything_in_the_console(block_site, browser, variant, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}"))
    page.goto(f"{block_site.frontend}/blokken-{variant}/")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert said == []
    page.close()


# A template of the site, and a page that shows it. Blocks and rich text come ready from the API.
TEMPLATES = {
    "cms/page.html": "/contact/",
    "cms/home.html": "/",
    "cms/partials/header.html": "/contact/",
    "cms/partials/footer.html": "/contact/",
    "cms/partials/announcements.html": "/contact/",
    "cms/partials/breadcrumbs.html": "/contact/",
    "cms/partials/page_head.html": "/contact/",
    "cms/partials/card.html": "/themas/",
    "cms/partials/picture.html": "/themas/ondermijning/",
    "cms/partials/image.html": "/themas/",
    "cms/partials/on_page.html": "/themas/ondermijning/",
    "cms/partials/search_form.html": "/kennisbank/",
    "cms/partials/facets.html": "/kennisbank/?overzicht=alles",
    "cms/partials/facet_value.html": "/kennisbank/?overzicht=alles",
    "cms/partials/search_head.html": "/kennisbank/?zoek=leegstand&thema=ondermijning",
    "cms/partials/results.html": "/kennisbank/?zoek=leegstand",
    "cms/partials/paging.html": "/kennisbank/?overzicht=alles",
    "cms/partials/notice.html": "/kennisbank/jaarplan-2026/",
    "cms/partials/text_parts.html": "/netwerk/",
    "cms/partials/drawing.html": "/netwerk/",
    "cms/partials/drawn_lines.html": "/netwerk/",
    "cms/partials/drawing_list.html": "/netwerk/",
    "cms/partials/moments.html": "/netwerk/?op=2025-01-01",
    "cms/blocks/paragraph.html": "/privacy/",
    **{
        f"cms/sections/{kind}.html": path
        for kind, path in {
            "bestanden": "/kennisbank/jaarplan-2026/",
            "blokken": "/contact/",
            "citeren": "/kennisbank/jaarplan-2026/",
            "feiten": "/districten/twente/",
            "kaarten": "/themas/",
            "koppelingen": "/gemeenten/enschede/",
            "aantallen": "/kennisbank/",
            "netwerkbeeld": "/netwerk/",
            "oproep": "/",
            "rollen": "/themas/ondermijning/",
            "tabel": "/districten/twente/",
            "tekst": "/themas/ondermijning/",
            "zinnen": "/netwerk/",
            "zoeken": "/kennisbank/?overzicht=alles",
        }.items()
    },
}


@pytest.fixture(scope="module")
def spoiled_site(running_site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The demo's Django with a folder whose templates go first: its address, and that folder."""
    folder, overrides = tmp_path_factory.mktemp("spoiled"), tmp_path_factory.mktemp("overrides")
    environment = {
        **running_site.environment,
        "DJANGO_SETTINGS_MODULE": "tests.e2e.mutated",
        "TEMPLATE_OVERRIDES": str(overrides),
    }
    site = replace(running_site, django=f"http://127.0.0.1:{free_port()}", environment=environment)
    with django_served(site, folder):
        yield site.django, overrides


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_changed_template_is_seen(running_site, spoiled_site, name):
    address, overrides = spoiled_site
    path = TEMPLATES[name]
    assert differences(address + path, running_site.frontend + path) == {}
    own = (ROOT / "cms/templates" / name).read_text()
    changed = overrides / name
    changed.parent.mkdir(parents=True, exist_ok=True)
    try:
        # What stands last may be left out on this page: then something before it shows.
        for spoiled in every_spoiling(own):
            changed.write_text(spoiled)
            if differences(address + path, running_site.frontend + path):
                break
        else:
            pytest.fail(f"{name} may be changed without anybody noticing on {path}")
    finally:
        changed.unlink()


def every_spoiling(template: str) -> Iterator[str]:
    """Give the template without one of the values or parts that it prints, from the last to the first."""
    for printed in reversed(list(re.finditer(r"{{.*?}}|{% include .*?%}", template))):
        yield template[: printed.start()] + template[printed.end() :]


def test_the_comparison_sees_a_difference():
    left = html.fromstring("<html lang=nl><title>x</title><main id=inhoud><h1>Een</h1><p>tekst</p></main></html>")
    right = html.fromstring("<html lang=nl><title>x</title><main id=inhoud><h1>Een</h1><p>teksten</p></main></html>")
    assert without_spaces(content(left)) != without_spaces(content(right))
