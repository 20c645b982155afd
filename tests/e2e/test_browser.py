"""Every page type in a real browser, in both renderings, light and dark: accessible, quiet, fit for any screen."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from deploy.local import node
from tests.e2e.conftest import RunningSite
from tests.e2e.pages import EXAMPLES, MISSING

AXE = node.FRONTEND / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ADDRESSES = {**EXAMPLES, **MISSING}
RENDERINGS = ("django", "frontend")
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Pictures lower on the page load as a reader scrolls; a broken one has no size of its own.
BROKEN_PICTURES = """() => Promise.all([...document.images].map(async (image) => {
    image.loading = "eager";
    await image.decode().catch(() => {});
    return image.naturalWidth ? null : image.currentSrc || image.src;
})).then((found) => found.filter(Boolean))"""


@pytest.fixture
def context_of(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make contexts that close with the test."""
    made: list[BrowserContext] = []

    def make(viewport: dict[str, int], **options) -> BrowserContext:
        made.append(browser.new_context(viewport=viewport, locale="nl-NL", **options))
        return made[-1]

    yield make
    for context in made:
        context.close()


def watched(context: BrowserContext) -> tuple[Page, list[str], set[str]]:
    """A page, with what it says in the console and the hosts it asks."""
    page = context.new_page()
    said: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    return page, said, hosts


def is_own_word_of_the_browser(name: str, line: str) -> bool:
    """Chromium itself says "404" of a page that is not there."""
    return name in MISSING and "404" in line


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_page_type_is_accessible_in_light_and_dark(running_site, context_of, rendering, viewport):
    origin = getattr(running_site, rendering)
    # Colours that are still on their way from light to dark would be measured halfway.
    context = context_of(viewport, reduced_motion="reduce")
    page, said, hosts = watched(context)
    axe = AXE.read_text()
    problems: list[str] = []
    for name, path in ADDRESSES.items():
        answer = page.goto(origin + path, wait_until="load")
        assert answer.status == (404 if name in MISSING else 200), path
        page.evaluate(axe)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate("rules => axe.run(document, {runOnly: rules, preload: false})", RULES)["violations"]
            problems += [
                f"{name}, {scheme}: {violation['id']}: {[node['target'] for node in violation['nodes']][:3]}"
                for violation in found
            ]
        wider = page.evaluate(TOO_WIDE)
        problems += [f"{name}: {wider} pixels too wide"] if wider > 0 else []
        problems += [f"{name}: no picture at {address}" for address in page.evaluate(BROKEN_PICTURES)]
        problems += [f"{name}: console: {line}" for line in said if not is_own_word_of_the_browser(name, line)]
        said.clear()
    assert problems == []
    assert hosts == {urlsplit(origin).netloc}
    assert context.cookies() == []


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_page_type_fits_the_smallest_screens(running_site, context_of, rendering):
    """320 by 256 is what 400 % leaves of 1280 by 1024: so low that nothing may stick in front of the text."""
    page = context_of({"width": 320, "height": 256}).new_page()
    problems: list[str] = []
    for name, path in ADDRESSES.items():
        answer = page.goto(getattr(running_site, rendering) + path)
        assert "default-src 'none'" in answer.headers["content-security-policy"], path
        wider = page.evaluate(TOO_WIDE)
        problems += [f"{name}: {wider} pixels too wide"] if wider > 0 else []
        problems += [
            f"{name}: {what} stays in front of the text"
            for what in page.evaluate(
                """() => [...document.body.querySelectorAll("*")]
                    .filter((element) => ["fixed", "sticky"].includes(getComputedStyle(element).position))
                    .filter((element) => !element.closest("table, .nl-skip-link"))
                    .map((element) => element.className)"""
            )
        ]
    assert problems == []


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_page_type_says_all_without_script(running_site, context_of, rendering):
    """What a reader with script gets to see or unfold is there for a reader without, and nothing that cannot work."""
    with_script = context_of(DESKTOP).new_page()
    without = context_of(DESKTOP, java_script_enabled=False).new_page()
    differences: dict[str, set[str]] = {}
    for name, path in ADDRESSES.items():
        texts = []
        for page in (with_script, without):
            page.goto(getattr(running_site, rendering) + path)
            texts.append({line.strip() for line in page.locator("main").inner_text().splitlines() if line.strip()})
        if texts[0] != texts[1]:
            differences[name] = texts[0] ^ texts[1]
        works_by_script = without.locator(".theme-switch, .menu-button, .announcement__close").all()
        assert not any(control.is_visible() for control in works_by_script), path
    assert differences == {}


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_a_phone_without_script_reaches_everything(running_site, context_of, rendering):
    page = context_of(PHONE, java_script_enabled=False).new_page()
    page.goto(getattr(running_site, rendering) + "/")
    expect(page.locator(".announcement__text")).to_be_visible()
    expect(page.locator(".menu-button")).to_be_hidden()
    menu = page.locator("header nav.menu")
    expect(menu.get_by_role("link", name="Contact")).to_be_hidden()
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="Contact")).to_be_visible()
    menu.get_by_role("link", name="Kennisbank").click()
    page.wait_for_url("**/kennisbank/")
    page.locator(".counts__link", has_text="Ondermijning").click()
    page.wait_for_url("**/kennisbank/?thema=ondermijning")
    page.locator(".facets__summary").click()
    page.get_by_role("checkbox", name="Mensenhandel").check()
    page.get_by_role("button", name="Toon resultaten").click()
    page.wait_for_url("**thema=mensenhandel**")
    assert page.locator("main h1").is_visible()
    page.locator(".site-search input").fill("schuur")
    page.locator(".site-search button").click()
    page.wait_for_url("**/zoeken/?zoek=schuur")
    page.goto(getattr(running_site, rendering) + "/themas/ondermijning/")
    part = page.locator("details.accordion").first
    expect(part.locator(".accordion__text")).to_be_hidden()
    part.locator("summary").click()
    expect(part.locator(".accordion__text")).to_be_visible()


BORDER = """(selector) => {
    const style = getComputedStyle(document.querySelector(selector));
    const sides = ["Top", "Right", "Bottom", "Left"];
    return sides.every((side) => style[`border${side}Style`] === "solid" && parseFloat(style[`border${side}Width`]) >= 1
        && style[`border${side}Color`] !== style.backgroundColor);
}"""


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_things_keep_their_edges_in_forced_colours(running_site, context_of, rendering):
    """Without our colours a border is all that tells a button, a field or a card from text."""
    page = context_of(DESKTOP, forced_colors="active").new_page()
    page.goto(getattr(running_site, rendering) + "/")
    for selector in (".card", ".nl-button--primary", ".nl-button--secondary", ".site-search__field", ".opening"):
        assert page.evaluate(BORDER, selector), selector
    page.goto(getattr(running_site, rendering) + "/kennisbank/?thema=ondermijning")
    for selector in (".search__order select", ".search-form__field", ".search-form button", ".chip"):
        assert page.evaluate(BORDER, selector), selector
    line = "element => getComputedStyle(element).borderBottomColor"
    here = page.locator(".menu__link[aria-current]").first.evaluate(line)
    elsewhere = page.locator(".menu__link:not([aria-current])").first.evaluate(line)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert elsewhere == ground != here


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_nothing_moves_for_who_asked_for_that(running_site, context_of, rendering):
    moving = """() => [...document.querySelectorAll("*")].flatMap((element) =>
        [null, "::before", "::after"].map((part) => {
            const { transitionDuration, animationDuration } = getComputedStyle(element, part);
            return `${transitionDuration},${animationDuration}`.split(",").some((time) => parseFloat(time) > 0.001);
        })).filter(Boolean).length"""
    page = context_of(DESKTOP, reduced_motion="reduce").new_page()
    for name in ("home", "theme"):
        page.goto(getattr(running_site, rendering) + EXAMPLES[name])
        assert page.evaluate(moving) == 0
        page.emulate_media(reduced_motion="no-preference")
        assert page.evaluate(moving) > 0
        page.emulate_media(reduced_motion="reduce")


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_page_type_prints_its_text_and_nothing_to_click(running_site, context_of, rendering):
    page = context_of(DESKTOP, color_scheme="dark").new_page()
    for name, path in EXAMPLES.items():
        page.emulate_media(media="screen")
        page.goto(getattr(running_site, rendering) + path)
        title = page.locator("h1").inner_text()
        page.emulate_media(media="print")
        on_paper = page.locator("body").inner_text()
        assert title in on_paper, name
        assert len(page.locator("main").inner_text()) > 100, name
        for selector in (
            ".menu",
            ".site-search",
            ".theme-switch",
            ".nl-skip-link",
            ".languages",
            ".search-form",
            ".facets",
            ".menu-button",
        ):
            assert not any(part.is_visible() for part in page.locator(selector).all()), f"{name}: {selector}"
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)", name
    page.goto(getattr(running_site, rendering) + EXAMPLES["theme"])
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    sizes = {tuple(float(size) for size in box.split()) for box in re.findall(rb"/MediaBox \[0 0 ([\d. ]+)\]", paper)}
    assert {(round(width), round(height)) for width, height in sizes} == {(595, 842)}
    page.goto(getattr(running_site, rendering) + EXAMPLES["network"])
    assert page.locator(".drawing").is_visible()
    assert not page.locator(".drawing-list").is_visible()
    # All of it on one sheet.
    sheet = (297 - 38) / 25.4 * 96
    assert page.locator(".drawing__picture").bounding_box()["height"] < sheet


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_the_network_is_a_drawing_where_there_is_room_and_a_list_where_there_is_not(
    running_site, context_of, rendering
):
    """Never both: who hears the page would meet everything twice. A body that has focus shows its own arrows."""
    page = context_of(DESKTOP).new_page()
    page.goto(getattr(running_site, rendering) + EXAMPLES["network"])
    drawing, listed = page.locator(".drawing"), page.locator(".drawing-list")
    assert drawing.is_visible()
    assert not listed.is_visible()
    arrows = drawing.locator(".drawing__arrows")
    assert arrows.evaluate("element => getComputedStyle(element).opacity") == "1"
    body = drawing.locator(".drawing__body", has=page.locator("a[href$='/bestuurlijke-begeleidingsgroep/']"))
    assert not body.locator(".drawing__own").is_visible()
    body.locator("a").focus()
    assert body.locator(".drawing__own").is_visible()
    assert float(arrows.evaluate("element => getComputedStyle(element).opacity")) < 0.5
    before = page.locator(".drawing__picture").bounding_box()
    page.get_by_role("button", name="Tekening vergroten").click()
    assert page.locator(".drawing__picture").bounding_box()["width"] > before["width"] * 1.1
    page.set_viewport_size({"width": 360, "height": 740})
    assert not drawing.is_visible()
    assert listed.is_visible()
    listed.get_by_role("link", name="DVO's", exact=True).first.click()
    assert page.locator(".drawing-list__body:target a").first.inner_text() == "Districtelijke Veiligheidsoverleggen"


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_folded_texts_stand_open_on_paper(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + "/themas/ondermijning/")
    text = visitor.locator(".accordion__text").first
    expect(text).to_be_hidden()
    visitor.emulate_media(media="print")
    visitor.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(text).to_be_visible()
    visitor.evaluate("dispatchEvent(new Event('afterprint'))")
    visitor.emulate_media(media="screen")
    expect(text).to_be_hidden()


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_a_reader_switches_language(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + "/")
    visitor.get_by_role("link", name="English").click()
    visitor.wait_for_url("**/en/")
    assert visitor.locator("html").get_attribute("lang") == "en"
    visitor.get_by_role("link", name="Nederlands").click()
    visitor.wait_for_url(getattr(running_site, rendering) + "/")


def page_source(address: str) -> bytes:
    try:
        with urlopen(address, timeout=60) as answer:
            return answer.read()
    except HTTPError as error:
        return error.read()


def test_every_page_type_is_valid_html(running_site: RunningSite, tmp_path):
    files = []
    for rendering in RENDERINGS:
        for name, path in ADDRESSES.items():
            file = tmp_path / f"{rendering} {name}.html"
            file.write_bytes(page_source(getattr(running_site, rendering) + path))
            files.append(str(file))
    done = subprocess.run(
        [
            str(node.node_bin() / "npx"), "--no-install", "html-validate", "--config", ".htmlvalidate.json",
            "--formatter", f"json={tmp_path / 'report.json'}", *files,
        ],
        cwd=node.FRONTEND, env=node.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    report = json.loads((tmp_path / "report.json").read_text())
    found = [
        f"{result['filePath'].rsplit('/', 1)[-1]}:{message['line']} {message['ruleId']}: {message['message']}"
        for result in report
        for message in result["messages"]
    ]
    assert found == []
    assert done.returncode == 0, done.stderr
