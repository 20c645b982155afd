"""An editor places tiles on the grid, by keyboard and with a pointer, and readers see the map that was kept."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import RunningSite
from tests.e2e.test_browser import AXE, RULES
from tests.e2e.test_editor import log_in

SCREEN = "/admin/gemeenten/kaart/"


@pytest.fixture
def editor(running_site: RunningSite, browser: Browser) -> Iterator[Page]:
    """An editor in chief, on a desktop. Leaving with moves that are not kept asks; here the answer is yes."""
    rows = json.loads(running_site.manage("demo", "--inloggegevens"))
    login = next((row["gebruikersnaam"], row["wachtwoord"]) for row in rows if "eindredact" in row["rol"].lower())
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(page, running_site, login)
    page.goto(running_site.django + SCREEN)
    yield page
    context.close()


def cell(page: Page, x: int, y: int):
    return page.locator(f"[data-x='{x}'][data-y='{y}']")


def test_moves_by_keyboard_undoes_keeps_and_readers_see_it(
    running_site: RunningSite, editor: Page, visitor: Page
) -> None:
    start = cell(editor, 6, 0)
    expect(start).to_have_text("Steenwijkerland")
    start.focus()
    editor.keyboard.press("Enter")
    expect(cell(editor, 6, 0)).to_have_attribute("aria-pressed", "true")
    editor.keyboard.press("ArrowRight")
    expect(cell(editor, 7, 0)).to_have_text("Steenwijkerland")
    expect(cell(editor, 7, 0)).to_be_focused()
    expect(editor.locator(".vn-tiles__said")).to_have_text("Steenwijkerland staat nu op kolom 7, rij 0.")
    # Over the neighbours that stand in the way: column 7 is taken in rows 2 to 8.
    editor.keyboard.press("ArrowDown")
    editor.keyboard.press("ArrowDown")
    expect(cell(editor, 7, 9)).to_have_text("Steenwijkerland")
    editor.keyboard.press("Escape")
    expect(cell(editor, 7, 9)).to_have_attribute("aria-pressed", "false")
    undo = editor.get_by_role("button", name="Maak ongedaan")
    for _step in range(2):
        undo.press("Enter")
    expect(cell(editor, 7, 0)).to_have_text("Steenwijkerland")

    editor.evaluate(AXE.read_text())
    found = editor.evaluate("rules => axe.run('.vn-tiles', {runOnly: rules, preload: false})", RULES)["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in found] == []

    editor.get_by_role("button", name="Bewaar de kaart").press("Enter")
    expect(editor.get_by_text("1 gemeente verplaatst.")).to_be_visible()
    expect(cell(editor, 7, 0)).to_have_text("Steenwijkerland")
    visitor.goto(f"{running_site.frontend}/gemeenten/")
    tile = visitor.locator("svg a[href='/gemeenten/steenwijkerland/']")
    expect(tile).to_have_attribute("transform", "translate(700 0)")

    # Back, with a pointer; a taken place is refused.
    cell(editor, 7, 0).click()
    cell(editor, 6, 1).click()
    expect(editor.locator(".vn-tiles__said")).to_have_text("Daar staat al Staphorst. Kies een leeg vakje.")
    cell(editor, 6, 0).click()
    editor.get_by_role("button", name="Bewaar de kaart").click()
    expect(editor.get_by_text("1 gemeente verplaatst.")).to_be_visible()
    expect(cell(editor, 6, 0)).to_have_text("Steenwijkerland")


def test_takes_a_tile_from_the_map_and_puts_it_back(editor: Page) -> None:
    cell(editor, 9, 8).click()
    editor.get_by_role("button", name="Haal van de kaart").click()
    waiting = editor.locator("[data-unplaced]").get_by_role("button", name="Aalten")
    expect(waiting).to_be_visible()
    waiting.click()
    cell(editor, 11, 8).click()
    expect(cell(editor, 11, 8)).to_have_text("Aalten")
    expect(editor.locator("[data-unplaced]")).to_be_hidden()
    editor.get_by_role("button", name="Kolom erbij, links").click()
    expect(cell(editor, 12, 8)).to_have_text("Aalten")


def test_without_script_it_is_a_form_that_says_what_is_wrong(running_site: RunningSite, editor: Page) -> None:
    context = editor.context.browser.new_context(
        storage_state=editor.context.storage_state(), java_script_enabled=False, locale="nl-NL"
    )
    page = context.new_page()
    page.goto(running_site.django + SCREEN)
    page.get_by_label("Kolom van Borne").fill("11")
    page.get_by_role("button", name="Bewaar de kaart").click()
    row = page.get_by_role("row", name="Borne")
    expect(row.get_by_text("Op dit vakje van de kaart staat al Oldenzaal. Kies een ander vakje.")).to_be_visible()
    assert page.get_by_label("Kolom van Borne").input_value() == "11"
    context.close()
