"""An editor reads what readers missed, tries a question, compares a change and saves it, all by keyboard."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import RunningSite
from tests.e2e.test_browser import AXE, RULES
from tests.e2e.test_editor import log_in

# The words stand on no page of the demo; what they are made a synonym of does.
SOUGHT, MEANT = "spookhuur", "leegstand"
UNDO = f"""
from cms.models import MissedSearch, Synonyms
MissedSearch.objects.filter(words="{SOUGHT}").delete()
Synonyms.objects.filter(words__contains="{SOUGHT}").delete()
"""


@pytest.fixture
def editor(running_site: RunningSite, browser: Browser) -> Iterator[Page]:
    """An editor in chief, on a desktop."""
    rows = json.loads(running_site.manage("demo", "--inloggegevens"))
    login = next((row["gebruikersnaam"], row["wachtwoord"]) for row in rows if "eindredact" in row["rol"].lower())
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    page = context.new_page()
    log_in(page, running_site, login)
    yield page
    context.close()
    running_site.manage("shell", "--verbosity", "0", "--command", UNDO)


def violations(page: Page) -> list[str]:
    """What axe finds within the part of the screen that is ours: the frame is Wagtail's."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "rules => axe.run('.vn-search, .vn-search-compare, #listing-results, #panel-zoeken-content, .vn-help',"
        " {runOnly: rules, preload: false})",
        RULES,
    )["violations"]
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html']}" for one in found]


def test_from_a_search_in_vain_to_a_synonym(running_site: RunningSite, editor: Page, visitor: Page) -> None:
    site = running_site.django
    visitor.goto(f"{site}/zoeken/?zoek={SOUGHT}")
    expect(visitor.get_by_text("Niets gevonden").first).to_be_visible()

    editor.goto(f"{site}/admin/")
    panel = editor.locator(".vn-help", has_text="Lezers zochten tevergeefs naar")
    expect(panel.get_by_role("link", name=SOUGHT)).to_be_visible()
    found = violations(editor)
    panel.get_by_role("link", name="Alle zoekvragen zonder resultaat").press("Enter")
    row = editor.get_by_role("row", name=SOUGHT)
    expect(row).to_be_visible()
    found += violations(editor)

    row.get_by_role("link", name="Zoek dit").press("Enter")
    expect(editor.get_by_role("heading", name="0 resultaten")).to_be_visible()
    found += violations(editor)
    editor.go_back()

    editor.get_by_role("row", name=SOUGHT).get_by_role("link", name="Maak synoniem").press("Enter")
    words = editor.locator("[name=words]")
    expect(words).to_have_value(SOUGHT)
    words.press("End")
    words.press_sequentially(f", {MEANT}")
    button = editor.get_by_role("button", name="Vergelijk met nu")
    button.focus()
    with editor.context.expect_page() as opened:
        editor.keyboard.press("Enter")
    compared = opened.value
    expect(compared.get_by_role("heading", name="Nu: 0 resultaten").first).to_be_visible()
    expect(compared.get_by_text("nieuw", exact=True).first).to_be_visible()
    found += violations(compared)
    compared.close()

    visitor.goto(f"{site}/zoeken/?zoek={SOUGHT}")
    expect(visitor.get_by_text("Niets gevonden").first).to_be_visible()
    editor.keyboard.press("Control+s")
    expect(editor.locator(".messages")).to_contain_text(f"{SOUGHT}, {MEANT}")
    visitor.goto(f"{site}/zoeken/?zoek={SOUGHT}")
    expect(visitor.get_by_text(f"voor “{SOUGHT}”").first).to_be_visible()
    expect(visitor.get_by_text("Niets gevonden")).to_have_count(0)
    assert found == []


@pytest.mark.parametrize("path", ["/admin/zoeken/proberen/?zoek=ondermijning", "/admin/zoeken/plakken/"])
def test_a_screen_fits_on_a_telephone(running_site: RunningSite, editor: Page, path: str) -> None:
    editor.set_viewport_size({"width": 360, "height": 800})
    editor.goto(running_site.django + path)
    wide = "[...document.querySelectorAll('.vn-search *')].filter(e => e.getBoundingClientRect().right > innerWidth)"
    inside_a_box = ".filter(e => !e.closest('.vn-search__table'))"
    assert editor.evaluate(f"{wide}{inside_a_box}.map(e => e.outerHTML.slice(0, 80))") == []
    assert violations(editor) == []
