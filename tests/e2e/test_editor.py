"""An editor makes a theme page of five blocks, looks at it and publishes; a visitor sees it in both renderings."""

import json
import re

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Route, expect

from tests.e2e.conftest import RunningSite

SAVED = re.compile("is (aangemaakt|bijgewerkt|gewijzigd|opgeslagen)")


@pytest.fixture(scope="module")
def logins(running_site: RunningSite) -> dict[str, tuple[str, str]]:
    """Demo logins by role: user name and password."""
    rows = json.loads(running_site.manage("demo", "--inloggegevens"))
    return {row["rol"]: (row["gebruikersnaam"], row["wachtwoord"]) for row in rows}


def log_in(page: Page, site: RunningSite, login: tuple[str, str]) -> None:
    page.goto(f"{site.django}/admin/")
    page.locator("input[name=username]").fill(login[0])
    page.locator("input[name=password]").fill(login[1])
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"{site.django}/admin/")


def add_block(page: Page, label: str) -> None:
    """Choose a block in the last "add" menu of the body."""
    body = page.locator("#panel-child-inhoud-body-section, [data-contentpath=body]").first
    body.locator("button.c-sf-add-button").last.click()
    blocks = body.locator("[data-streamfield-child]:not([aria-hidden=true])")
    number = blocks.count()
    page.get_by_role("option", name=label, exact=True).click()
    expect(blocks).not_to_have_count(number)


def write(page: Page, editor: int, text: str) -> None:
    field = page.locator("[data-contentpath=body] .public-DraftEditor-content").nth(editor)
    for _attempt in range(3):
        # Wagtail moves the focus to a new block a moment after it appeared: what is typed by then lands elsewhere.
        field.click()
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
        if field.inner_text().strip() == text:
            break
    expect(field).to_have_text(text)
    # The editor hands its text to the form with a delay.
    stored = field.locator("xpath=ancestor::*[@data-draftail-editor-wrapper]/../input[@type='hidden']")
    expect(stored).to_have_value(re.compile(re.escape(text)))


def test_an_editor_makes_a_theme_page_and_a_visitor_reads_it(
    running_site: RunningSite, browser: Browser, logins, visitor
):
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="nl-NL")
    page = context.new_page()
    editor = next(login for role, login in logins.items() if "eindredact" in role.lower())
    log_in(page, running_site, editor)
    expect(page.locator("html")).to_have_attribute("lang", "nl")

    index = page.request.get(f"{running_site.django}/api/v1/paginas/op-pad?pad=/themas/").json()["id"]
    page.goto(f"{running_site.django}/admin/pages/add/themes/themepage/{index}/")
    page.locator("[name=title]").fill("Veilig uitgaan")
    page.locator("[name=introduction]").fill("Uitgaan moet leuk en veilig zijn. Dat regelen we samen.")

    add_block(page, "Kop")
    page.locator("input[name='body-0-value-text']").fill("Wat we samen doen")
    add_block(page, "Alinea")
    write(page, 0, "Horeca, gemeente en politie maken elk jaar afspraken.")
    add_block(page, "Citaat")
    page.locator("textarea[name='body-2-value-text']").fill("Een goede avond begint met goede afspraken.")
    add_block(page, "Kader")
    page.locator("input[name='body-3-value-title']").fill("Goed om te weten")
    write(page, 1, "Elke gemeente heeft een eigen horecabeleid.")
    add_block(page, "Koppelingen")
    page.locator("input[name='body-4-value-items-0-value-title']").fill("Voorbeeld elders")
    page.locator("input[name='body-4-value-items-0-value-url']").fill("https://www.example.nl/uitgaan")

    page.locator("button[name=action-publish], [name=action-publish]").first.wait_for(state="attached")
    page.keyboard.press("Control+s")
    # Wagtail may have saved by itself already, so the address alone does not tell that this save is done.
    expect(page.locator(".messages")).to_contain_text(SAVED, timeout=60_000)
    draft = page.url.split("/pages/")[1].split("/")[0]

    visitor.goto(f"{running_site.django}/themas/veilig-uitgaan/")
    expect(visitor.locator("h1")).not_to_have_text("Veilig uitgaan")

    preview = context.new_page()
    preview.goto(f"{running_site.django}/admin/pages/{draft}/view_draft/")
    expect(preview.locator("h1")).to_have_text("Veilig uitgaan")
    expect(preview.get_by_text("Een goede avond begint met goede afspraken.")).to_be_visible()

    page.locator("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("button[name=action-publish]").click()
    expect(page.locator(".messages")).to_contain_text("is gepubliceerd", timeout=60_000)

    for origin in (running_site.django, running_site.frontend):
        visitor.goto(f"{origin}/themas/veilig-uitgaan/")
        expect(visitor.locator("h1")).to_have_text("Veilig uitgaan")
        expect(visitor.get_by_role("heading", name="Wat we samen doen")).to_be_visible()
        expect(visitor.get_by_text("Elke gemeente heeft een eigen horecabeleid.")).to_be_visible()
        expect(visitor.locator("main a[href='https://www.example.nl/uitgaan']")).to_be_visible()
        visitor.goto(f"{origin}/themas/")
        expect(visitor.get_by_role("link", name="Veilig uitgaan")).to_be_visible()
    context.close()


def test_saving_by_hand_while_wagtail_saves_by_itself_makes_one_page(
    running_site: RunningSite, browser: Browser, logins
):
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="nl-NL")
    page = context.new_page()
    editor = next(login for role, login in logins.items() if "eindredact" in role.lower())
    log_in(page, running_site, editor)
    index = page.request.get(f"{running_site.django}/api/v1/paginas/op-pad?pad=/themas/").json()["id"]
    page.goto(f"{running_site.django}/admin/pages/add/themes/themepage/{index}/")
    # Wagtail's own saving is slow, as on a busy server, and has begun before the editor saves.
    under_way: list[tuple[Route, APIResponse]] = []
    page.route("**/admin/pages/add/**", lambda route: under_way.append((route, route.fetch())), times=1)
    page.locator("[name=title]").fill("Fietsendiefstal")
    for number in range(60):
        # Wagtail looks for changes from a while after the screen came.
        page.locator("[name=introduction]").fill(f"Zo raakt u uw fiets niet kwijt, in {number} stappen.")
        page.wait_for_timeout(1000)
        if under_way:
            break
    page.keyboard.press("Control+s")
    page.wait_for_timeout(500)
    route, response = under_way[0]
    route.fulfill(response=response)
    expect(page.locator(".messages")).to_contain_text(SAVED, timeout=60_000)
    assert page.locator("[name=slug]").input_value() == "fietsendiefstal"
    context.close()
