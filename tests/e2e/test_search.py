"""Readers who search: by words, filters and completions, with script and without, in both renderings."""

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.pages import EXAMPLES
from tests.e2e.test_browser import AXE, RULES

pytestmark = pytest.mark.parametrize("rendering", ["django", "frontend"])

KENNISBANK = "/kennisbank/"
COMPLETIONS = "**/api/v1/publicaties/aanvullingen?*"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page of a reader without script."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False, locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="nl-NL")
    yield context.new_page()
    context.close()


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def number(page: Page) -> int:
    found = re.search(r"\d+", page.locator(".search__summary").inner_text())
    return int(found[0]) if found else 0


def box(page: Page, label: str):
    return page.get_by_role("checkbox", name=re.compile(f"^{label}"))


def stays(page: Page) -> None:
    """Mark the document, to see later whether the reader still stands in it."""
    page.evaluate("window.stays = true")


def has_stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stays === true"))


def test_a_reader_without_script_searches_filters_and_takes_a_filter_away(running_site, plain, rendering):
    plain.goto(getattr(running_site, rendering) + KENNISBANK)
    plain.locator("#publicaties-zoek").fill("gemeente")
    plain.locator(".search-form button").click()
    plain.wait_for_url("**/kennisbank/?zoek=gemeente")
    everything = number(plain)
    assert everything > 10
    box(plain, "Ondermijning").check()
    box(plain, "Mensenhandel").check()
    plain.get_by_role("button", name="Toon resultaten").click()
    plain.wait_for_url("**thema=**")
    assert asked(plain)["thema"] == ["mensenhandel", "ondermijning"]
    expect(box(plain, "Mensenhandel")).to_be_checked()
    assert 0 < number(plain) < everything
    plain.get_by_role("link", name="Thema: Mensenhandel").click()
    assert asked(plain) == {"zoek": ["gemeente"], "thema": ["ondermijning"]}
    plain.get_by_role("link", name="Wis alles").click()
    plain.wait_for_url(re.compile(r"/kennisbank/$"))


def test_ticking_a_filter_shows_its_results_at_once_and_goes_back(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + f"{KENNISBANK}?zoek=gemeente")
    stays(visitor)
    everything = number(visitor)
    box(visitor, "Ondermijning").focus()
    visitor.keyboard.press("Space")
    visitor.wait_for_url("**thema=ondermijning**")
    expect(visitor.locator(".chip")).to_have_count(1)
    expect(box(visitor, "Ondermijning")).to_be_checked()
    # The focus stays where the reader was, and a screen reader hears what came of it.
    expect(box(visitor, "Ondermijning")).to_be_focused()
    expect(visitor.locator("body > [role=status]")).to_have_text(visitor.locator(".search__summary").inner_text())
    assert number(visitor) < everything
    assert visitor.title().startswith("gemeente, Ondermijning – Kennisbank")
    visitor.go_back()
    expect(visitor.locator(".chip")).to_have_count(0)
    expect(box(visitor, "Ondermijning")).not_to_be_checked()
    assert number(visitor) == everything
    expect(visitor.locator("#publicaties-zoek")).to_have_value("gemeente")
    visitor.go_forward()
    expect(box(visitor, "Ondermijning")).to_be_checked()
    assert has_stayed(visitor)


def test_the_back_button_goes_back_to_the_same_place(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + f"{KENNISBANK}?zoek=gemeente")
    following = visitor.locator(".paging__link--next")
    following.scroll_into_view_if_needed()
    height = visitor.evaluate("scrollY")
    assert height > 500
    following.click()
    visitor.wait_for_url("**pagina=2")
    expect(visitor.locator(".paging__summary")).to_contain_text("Pagina 2")
    expect(visitor.locator(".search__summary")).to_be_focused()
    expect(visitor.locator(".search__summary")).to_be_in_viewport()
    visitor.go_back()
    expect(visitor.locator(".paging__summary")).to_contain_text("Pagina 1")
    visitor.wait_for_function("height => Math.abs(scrollY - height) < 50", arg=height)
    # From a publication too.
    visitor.locator(".result__link").nth(5).click()
    visitor.wait_for_url(lambda url: "?" not in url)
    visitor.go_back()
    expect(visitor.locator(".result")).to_have_count(10)


def test_a_chip_takes_a_filter_away(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + f"{KENNISBANK}?thema=ondermijning&jaar=2026")
    stays(visitor)
    visitor.get_by_role("link", name="Jaar: 2026").click()
    visitor.wait_for_url(re.compile(r"/kennisbank/\?thema=ondermijning$"))
    expect(visitor.locator(".search__summary")).to_be_focused()
    expect(visitor.locator(".chip")).to_have_count(1)
    assert has_stayed(visitor)


def test_a_theme_gets_its_own_heading(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + KENNISBANK)
    stays(visitor)
    visitor.locator(".counts__link", has_text="Ondermijning").click()
    visitor.wait_for_url("**/kennisbank/?thema=ondermijning")
    expect(visitor.locator("h1")).to_have_text("Publicaties over Ondermijning")
    assert visitor.title().startswith("Publicaties over Ondermijning – Kennisbank")
    assert has_stayed(visitor)


def test_results_can_be_sorted(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + f"{KENNISBANK}?thema=ondermijning")
    visitor.get_by_label("Volgorde").select_option(label="Op titel, A tot Z")
    visitor.wait_for_url("**sorteer=titel")
    expect(visitor.get_by_label("Volgorde")).to_have_value("titel")
    titles = visitor.locator(".result__link").all_inner_texts()
    assert titles == sorted(titles, key=str.lower)


def test_what_goes_wrong_becomes_a_plain_visit(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + f"{KENNISBANK}?zoek=gemeente")
    stays(visitor)

    def refuse_fetches(route: Route) -> None:
        if route.request.resource_type == "fetch":
            route.abort()
        else:
            route.continue_()

    visitor.route("**/kennisbank/?**", refuse_fetches)
    box(visitor, "Ondermijning").check()
    visitor.wait_for_url("**thema=ondermijning**")
    visitor.wait_for_load_state()
    expect(box(visitor, "Ondermijning")).to_be_checked()
    assert not has_stayed(visitor)


def test_a_long_facet_can_be_narrowed(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + f"{KENNISBANK}?overzicht=alles")
    facet = visitor.locator("#publicaties-type")
    facet.get_by_role("searchbox").fill("bestaatniet")
    expect(visitor.locator("body > [role=status]")).to_have_text("0 keuzes")
    facet.get_by_role("searchbox").fill("hándr")
    expect(facet.get_by_role("checkbox")).to_have_count(1)
    expect(visitor.locator("body > [role=status]")).to_have_text("1 keuze")
    expect(facet.get_by_role("checkbox")).to_have_accessible_name(re.compile("Handreiking"))
    visitor.keyboard.press("Enter")
    facet.get_by_role("checkbox").check()
    visitor.wait_for_url("**type=handreiking**")
    # What the reader typed there is still there.
    expect(visitor.locator("#publicaties-type").get_by_role("searchbox")).to_have_value("hándr")


def test_the_field_completes_by_keyboard(running_site, visitor, rendering):
    questions: list[str] = []
    visitor.on("request", lambda request: questions.append(request.url) if "aanvullingen" in request.url else None)
    visitor.goto(getattr(running_site, rendering) + KENNISBANK)
    field = visitor.get_by_role("combobox", name="Zoekwoorden")
    field.press_sequentially("l")
    visitor.wait_for_timeout(400)
    assert questions == []
    field.press_sequentially("eegs")
    options = visitor.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(visitor.locator("body > [role=status]")).to_have_text(re.compile(r"^\d+ aanvulling(en)?$"))
    # Typing quickly asks once.
    assert len(questions) == 1
    visitor.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    first = options.first.inner_text()
    expect(field).to_have_value(first)
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    visitor.keyboard.press("ArrowUp")
    expect(field).to_have_value("leegs")
    visitor.keyboard.press("ArrowDown")
    visitor.keyboard.press("Escape")
    expect(field).to_have_value("leegs")
    expect(options).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("t")
    expect(options.first).to_be_visible()
    visitor.keyboard.press("ArrowDown")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/kennisbank/?zoek=leegst**")
    expect(visitor.locator(".result").first).to_be_visible()


def test_the_field_of_the_whole_site_completes_what_that_finds(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + "/zoeken/")
    visitor.locator("#resultaten-zoek").press_sequentially("almel")
    expect(visitor.get_by_role("option", name="Almelo", exact=True)).to_be_visible()
    visitor.goto(getattr(running_site, rendering) + "/en/search/")
    with visitor.expect_request("**/api/v1/zoeken/aanvullingen?taal=en&zoek=cri*"):
        visitor.locator("#resultaten-zoek").press_sequentially("crim")
    expect(visitor.get_by_role("option").first).to_be_visible()


def test_completions_can_be_clicked_and_fail_in_silence(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + KENNISBANK)
    visitor.route(COMPLETIONS, lambda route: route.fulfill(body=json.dumps({"resultaten": ["ondermijning"]})))
    visitor.locator("#publicaties-zoek").press_sequentially("onder")
    visitor.get_by_role("option", name="ondermijning").click()
    visitor.wait_for_url("**/kennisbank/?zoek=ondermijning")
    visitor.route(COMPLETIONS, lambda route: route.abort())
    visitor.locator("#publicaties-zoek").fill("leegstand")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/kennisbank/?zoek=leegstand")
    expect(visitor.locator("mark").first).to_be_visible()


def test_a_place_in_a_file_opens_the_file_there(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + f"{KENNISBANK}?zoek=leegstand&bestandstype=pdf")
    link = visitor.locator(".result__page[href*='#page=']").first
    page = re.search(r"#page=(\d+)$", link.get_attribute("href"))[1]
    assert link.inner_text().startswith(f"pagina {page}")
    answer = visitor.request.get(getattr(running_site, rendering) + link.get_attribute("href").split("#")[0])
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")


def test_without_a_result_there_is_help(running_site, visitor, rendering):
    address = getattr(running_site, rendering) + KENNISBANK
    visitor.goto(f"{address}?zoek=leegstandd")
    visitor.locator(".search__correction a").click()
    visitor.wait_for_url("**zoek=leegstand")
    visitor.goto(f"{address}?zoek=leegstand&thema=mensenhandel&taal=de")
    expect(visitor.locator(".search__summary")).to_have_text("Geen publicaties gevonden")
    visitor.get_by_role("link", name="Zonder filters").click()
    visitor.wait_for_url("**/kennisbank/?zoek=leegstand")
    visitor.goto(f"{address}?zoek=leegstand+bestaatniet")
    visitor.get_by_role("link", name="Zoek op één van de woorden").click()
    visitor.wait_for_url("**woorden=een")
    assert number(visitor) > 0


def test_a_phone_folds_the_filters(running_site, phone, rendering):
    phone.goto(getattr(running_site, rendering) + f"{KENNISBANK}?zoek=gemeente&thema=ondermijning")
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    expect(phone.get_by_role("checkbox").first).to_be_hidden()
    phone.locator(".facets__summary", has_text="Filters (1)").click()
    box(phone, "Mensenhandel").check()
    phone.wait_for_url("**thema=mensenhandel**")
    # More may be ticked.
    expect(box(phone, "Mensenhandel")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    phone.get_by_role("button", name="Toon resultaten").click()
    expect(box(phone, "Mensenhandel")).to_be_hidden()
    expect(phone.locator(".search__summary")).to_be_in_viewport()


def test_the_whole_site_is_searched_by_tabs(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + "/zoeken/?zoek=ondermijning")
    stays(visitor)
    tabs = visitor.get_by_role("navigation", name="Soort resultaat")
    expect(tabs.get_by_role("link", name="Alles")).to_have_attribute("aria-current", "page")
    expect(visitor.locator(".result__link").first).to_have_text("Ondermijning")
    tabs.get_by_role("link", name="Publicaties").click()
    visitor.wait_for_url("**soort=publicaties")
    expect(tabs.get_by_role("link", name="Publicaties")).to_have_attribute("aria-current", "page")
    visitor.locator("#resultaten-zoek").fill("leegstand")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**zoek=leegstand&soort=publicaties")
    assert has_stayed(visitor)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_are_accessible(running_site, browser, rendering, scheme):
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme, locale="nl-NL")
    found = {}
    for path in (
        f"{KENNISBANK}?zoek=gemeente&thema=ondermijning",
        f"{KENNISBANK}?zoek=leegstandd&jaar=2026",
        "/zoeken/?zoek=leegstand",
    ):
        page.goto(getattr(running_site, rendering) + path)
        page.locator("main input[type=search]").first.press_sequentially(" le")
        page.evaluate(AXE.read_text())
        violations = page.evaluate("rules => axe.run(document, {runOnly: rules, preload: false})", RULES)["violations"]
        found[path] = [(each["id"], [node["html"] for node in each["nodes"]]) for each in violations]
    page.close()
    assert {path: each for path, each in found.items() if each} == {}


def test_the_matrix_shows_a_choice_at_once_and_goes_back(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + EXAMPLES["priorities"])
    stays(visitor)
    summary = visitor.locator(".choices__summary")
    everything = summary.inner_text()
    district = visitor.get_by_label("District", exact=True)
    district.focus()
    district.select_option("twente")
    visitor.wait_for_url("**district=twente**")
    expect(summary).not_to_have_text(everything)
    expect(district).to_be_focused()
    expect(visitor.locator("body > [role=status]")).to_have_text(summary.inner_text())
    visitor.get_by_role("link", name="Wis alles").click()
    visitor.wait_for_url(re.compile(r"/prioriteiten/$"))
    visitor.go_back()
    expect(district).to_have_value("twente")


def test_the_matrix_works_without_script(running_site, plain, rendering):
    plain.goto(getattr(running_site, rendering) + EXAMPLES["priorities"])
    plain.get_by_label("District", exact=True).select_option("twente")
    plain.get_by_role("button", name="Toon", exact=True).click()
    plain.wait_for_url("**district=twente**")
    expect(plain.get_by_label("District", exact=True)).to_have_value("twente")
