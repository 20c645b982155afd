"""Readers who use keys alone: everything is reached, opened and closed by real key presses, in both renderings."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.pages import EXAMPLES, MISSING

pytestmark = pytest.mark.parametrize("rendering", ["django", "frontend"])

# What has focus, where it stands, whether something hides it, and how much its outline stands out (1 is not at all).
FOCUSED = """async () => {
    // The scrolling that focus asks for is done in the next frame.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const element = document.activeElement;
    // A link over two lines has no middle of its own.
    const box = element.getClientRects()[0];
    const shown = element.closest(".card") ?? element;
    const style = getComputedStyle(shown);
    const light = (colour) => {
        const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
        const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const isClear = (colour) => colour === "transparent" || /rgba\\(.*, 0\\)/.test(colour);
    let ground = shown.parentElement;
    while (ground.parentElement && isClear(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    const [dark, bright] = [style.outlineColor, getComputedStyle(ground).backgroundColor].map(light).sort();
    const x = Math.min(Math.max(box.left + Math.min(box.width, 24) / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const label = element.labels?.[0];
    const { tagName, id, name, textContent } = element;
    return {
        name: `${tagName} ${id || element.getAttribute("href") || name || textContent.trim()}`,
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        hidden: !(top && (element.contains(top) || shown.contains(top) || label?.contains(top))),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        contrast: (bright + 0.05) / (dark + 0.05),
    };
}"""
FOCUSABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => element.type !== "radio" || element.checked).length"""


@pytest.fixture
def phone(browser: Browser):
    """A page of a reader with a phone and a keyboard: also what a desktop shows at 350 %."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="nl-NL")
    yield context.new_page()
    context.close()


def focus_by_tab(page: Page, selector: str, presses: int = 80) -> None:
    """Press Tab until the element has focus."""
    for _press in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{presses} times Tab did not reach {selector}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["home", "theme", "district en", "body", "kennisbank", "search", "not found"])
def test_focus_is_always_to_be_seen(running_site, browser, rendering, name, scheme):
    """On every stop from the first to the last: on screen, nothing in front of it, an outline of 3:1."""
    # The phone in light, the desktop in dark: both are walked without doubling the time.
    viewport = {"width": 360, "height": 640} if scheme == "light" else {"width": 1280, "height": 800}
    page = browser.new_page(viewport=viewport, color_scheme=scheme, locale="nl-NL")
    page.goto(getattr(running_site, rendering) + {**EXAMPLES, **MISSING}[name])
    stops = page.evaluate(FOCUSABLE)
    problems: list[str] = []
    walked = []
    for _stop in range(stops):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        walked.append(focused["name"])
        problems += [f"{focused['name']}: off screen"] if not focused["seen"] else []
        problems += [f"{focused['name']}: something in front"] if focused["seen"] and focused["hidden"] else []
        problems += [f"{focused['name']}: no outline"] if not focused["outlined"] else []
        problems += [f"{focused['name']}: {focused['contrast']:.1f}"] if focused["contrast"] < 3 else []
    assert problems == []
    assert not any(stop.startswith("BODY") for stop in walked), walked
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body"), f"more stops than {walked}"
    page.close()


def test_the_first_stop_skips_to_the_text(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + "/themas/")
    visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.activeElement.textContent").strip() == "Naar de inhoud"
    visitor.keyboard.press("Enter")
    assert visitor.evaluate("location.hash") == "#inhoud"
    assert visitor.evaluate("document.activeElement.id") == "inhoud"
    visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_tells_where_the_reader_is(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + "/")
    focus_by_tab(visitor, ".menu__link[href='/themas/']")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/themas/")
    assert visitor.locator("header nav a[aria-current=page]").inner_text().strip() == "Thema's"


def test_the_menu_of_a_phone_opens_and_closes(running_site, phone, rendering):
    phone.goto(getattr(running_site, rendering) + "/")
    button = phone.get_by_role("button", name="Menu")
    menu = phone.locator("header nav.menu")
    expect(menu).to_be_hidden()
    focus_by_tab(phone, ".menu-button")
    phone.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(menu.get_by_role("link", name="Thema's")).to_be_visible()
    focus_by_tab(phone, ".menu__link--group")
    phone.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_group_of_the_menu_opens_and_closes(running_site, visitor, rendering, key):
    visitor.goto(getattr(running_site, rendering) + "/")
    group = visitor.locator(".menu__group")
    summary = group.locator("summary")
    focus_by_tab(visitor, ".menu__link--group")
    expect(group.get_by_role("link").first).to_be_hidden()
    visitor.keyboard.press(key)
    expect(group.get_by_role("link").first).to_be_visible()
    visitor.keyboard.press("Tab")
    expect(group.get_by_role("link").first).to_be_focused()
    visitor.keyboard.press("Escape")
    expect(group.get_by_role("link").first).to_be_hidden()
    expect(summary).to_be_focused()
    visitor.keyboard.press(key)
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(re.compile(r"/[a-z-]+/$"))


def test_a_phone_closes_the_group_first_and_the_menu_then(running_site, phone, rendering):
    phone.goto(getattr(running_site, rendering) + "/")
    button = phone.get_by_role("button", name="Menu")
    focus_by_tab(phone, ".menu-button")
    phone.keyboard.press("Enter")
    focus_by_tab(phone, ".menu__link--group")
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Escape")
    expect(phone.locator(".menu__group summary")).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    phone.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


def test_one_group_of_the_menu_is_open_at_a_time(running_site, visitor, rendering):
    def with_two_groups(route: Route) -> None:
        answer = route.fetch()
        group = re.search(
            r'<li class="menu__item">\s*<details class="menu__group">.*?</details>\s*</li>', answer.text(), re.S
        )
        assert group
        route.fulfill(response=answer, body=answer.text().replace(group[0], group[0] * 2))

    address = getattr(running_site, rendering) + "/"
    visitor.route(address, with_two_groups)
    visitor.goto(address)
    first, second = visitor.locator(".menu__group").all()
    first.locator("summary").focus()
    visitor.keyboard.press("Enter")
    expect(first).to_have_attribute("open", "")
    second.locator("summary").focus()
    visitor.keyboard.press("Enter")
    expect(second).to_have_attribute("open", "")
    expect(first).not_to_have_attribute("open", "")


def test_a_reader_searches_from_the_header(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + "/")
    focus_by_tab(visitor, ".site-search__field")
    visitor.keyboard.type("mensenhandel")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/zoeken/?zoek=mensenhandel")
    expect(visitor.locator(".search__summary")).to_contain_text("mensenhandel")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_an_accordion_opens_and_closes(running_site, visitor, rendering, key):
    visitor.goto(getattr(running_site, rendering) + "/themas/ondermijning/")
    first, second, *_others = visitor.locator("details.accordion").all()
    focus_by_tab(visitor, ".accordion__summary")
    visitor.keyboard.press(key)
    expect(first.locator(".accordion__text")).to_be_visible()
    visitor.keyboard.press("Tab")
    expect(second.locator("summary")).to_be_focused()
    visitor.keyboard.press(key)
    # A reader may want to compare: the first stays open.
    expect(second.locator(".accordion__text")).to_be_visible()
    expect(first.locator(".accordion__text")).to_be_visible()
    visitor.keyboard.press("Shift+Tab")
    visitor.keyboard.press(key)
    expect(first.locator(".accordion__text")).to_be_hidden()


def test_a_wide_table_scrolls_by_its_arrows(running_site, phone, rendering):
    # A small phone with larger letters: there the table keeps its columns readable, and scrolls.
    phone.set_viewport_size({"width": 300, "height": 500})
    phone.goto(getattr(running_site, rendering) + EXAMPLES["theme with a table and steps"])
    region = phone.locator(".table-region")
    assert region.evaluate("element => element.scrollWidth > element.clientWidth"), "the table fits: nothing to scroll"
    focus_by_tab(phone, ".table-region")
    for _press in range(20):
        phone.keyboard.press("ArrowRight")
        if region.evaluate("element => element.scrollLeft > 0"):
            break
    assert region.evaluate("element => element.scrollLeft") > 0
    assert phone.evaluate("document.documentElement.scrollLeft") == 0
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_an_announcement_stays_closed_until_there_is_another(running_site, visitor, rendering):
    address = getattr(running_site, rendering) + "/"
    visitor.goto(address)
    announcement = visitor.locator(".announcement")
    expect(announcement).to_be_visible()
    focus_by_tab(visitor, ".announcement__close")
    visitor.keyboard.press("Enter")
    expect(announcement).to_be_hidden()
    # Focus goes on with what comes after it, not back to the top of the document.
    expect(visitor.locator(".brand")).to_be_focused()
    visitor.reload()
    expect(announcement).to_be_hidden()
    visitor.goto(getattr(running_site, rendering) + "/themas/")
    expect(announcement).to_be_hidden()

    def with_another(route: Route) -> None:
        answer = route.fetch()
        body = re.sub(r'data-announcement="[^"]+"', 'data-announcement="another"', answer.text())
        route.fulfill(response=answer, body=body)

    visitor.route(address, with_another)
    visitor.goto(address)
    expect(announcement).to_be_visible()


def test_a_reader_chooses_dark_for_all_pages(running_site, visitor, rendering):
    ground = "getComputedStyle(document.body).backgroundColor"
    visitor.goto(getattr(running_site, rendering) + "/")
    light = visitor.evaluate(ground)
    visitor.locator("footer a").last.focus()
    focus_by_tab(visitor, "input[name=weergave]", presses=1)
    visitor.keyboard.press("ArrowDown")
    visitor.keyboard.press("ArrowDown")
    expect(visitor.get_by_role("radio", name="Donker")).to_be_checked()
    dark = visitor.evaluate(ground)
    assert dark != light
    visitor.goto(getattr(running_site, rendering) + "/themas/")
    assert visitor.evaluate(ground) == dark
    expect(visitor.get_by_role("radio", name="Donker")).to_be_checked()
    visitor.get_by_role("radio", name="Donker").focus()
    visitor.keyboard.press("ArrowUp")
    visitor.keyboard.press("ArrowUp")
    visitor.reload()
    assert visitor.evaluate(ground) == light


def test_a_reader_filters_and_pages_the_kennisbank(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + "/kennisbank/?overzicht=alles")
    everything = visitor.locator(".search__summary").inner_text()
    focus_by_tab(visitor, ".paging__link--next", presses=160)
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/kennisbank/?overzicht=alles&pagina=2")
    focus_by_tab(visitor, ".paging__link--previous")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(re.compile(r"overzicht=alles$"))
    focus_by_tab(visitor, "input[name=thema][value=ondermijning]", presses=160)
    visitor.keyboard.press("Space")
    visitor.wait_for_url("**/kennisbank/?**thema=ondermijning**")
    expect(visitor.locator(".search__summary")).not_to_have_text(everything)
    expect(visitor.locator("input[name=thema][value=ondermijning]")).to_be_checked()
    focus_by_tab(visitor, ".chips > a", presses=160)
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(re.compile(r"/kennisbank/$"))
    expect(visitor.locator(".counts__link").first).to_be_visible()
