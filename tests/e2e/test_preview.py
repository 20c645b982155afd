"""Previews as an editor uses them, and that nothing of a draft gets out: both renderings, on two hosts."""

import json
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import APIRequestContext, Browser, FrameLocator, Page, TimeoutError, expect

from tests.e2e.conftest import RunningSite
from tests.e2e.test_editor import log_in, logins  # noqa: F401 (a fixture)

# A page with blocks; and its draft, which nobody may see.
DRAFT = """
from django.utils import timezone
from home.models import ContentPage
from cms.models import BasePage
page = ContentPage.objects.filter(live=True, locale__language_code="nl").exclude(body="[]").first()
draft = page.get_latest_revision_as_object()
draft.title = "Concept {canary} {word}"
draft.introduction = "Inleiding {canary} {word}"
draft.seo_title = draft.search_description = "{canary} {word}"
draft.save_revision()
print(page.pk, page.url_path)
"""


@pytest.fixture
def editor(running_site: RunningSite, browser: Browser, logins: dict) -> Iterator[Page]:  # noqa: F811
    context = browser.new_context(viewport={"width": 1600, "height": 1000}, locale="nl-NL")
    page = context.new_page()
    log_in(page, running_site, next(login for role, login in logins.items() if "eindredact" in role.lower()))
    yield page
    context.close()


@pytest.fixture
def page_id(running_site: RunningSite, editor: Page) -> int:
    """A public page with blocks."""
    rows = editor.request.get(
        f"{running_site.django}/api/v1/paginas?soort=inhoudspagina&taal=nl&paginaGrootte=100"
    ).json()
    for row in rows["resultaten"]:
        page = editor.request.get(f"{running_site.django}/api/v1/paginas/{row['id']}").json()
        if any(section["soort"] == "blokken" for section in page["secties"]):
            return row["id"]
    raise AssertionError("the demo has no content page with blocks")


def open_panel(editor: Page, site: RunningSite, page_id: int, mode: str) -> FrameLocator:
    """Open the preview beside the form, in one of the two renderings."""
    editor.goto(f"{site.django}/admin/pages/{page_id}/edit/")
    editor.locator('[data-side-panel-toggle="preview"]').click()
    frame = editor.frame_locator("#w-preview-iframe")
    frame.locator("h1").wait_for()
    if mode:
        editor.locator("#id_preview_mode").select_option(mode)
        # Wagtail gives the new frame the name of the old one when it is there.
        editor.wait_for_function(
            "mode => document.getElementById('w-preview-iframe').src.includes(`mode=${mode}&`)", arg=mode
        )
        frame.locator("h1").wait_for()
    return frame


def frame_origin(editor: Page) -> str:
    frame = editor.locator("#w-preview-iframe").element_handle().content_frame()
    assert frame is not None
    return frame.evaluate("window.location.origin")


@pytest.mark.parametrize("mode", ["", "frontend"])
def test_the_panel_follows_what_the_editor_types(running_site, editor, page_id, mode):
    frame = open_panel(editor, running_site, page_id, mode)
    for attempt in range(5):
        # Wagtail begins to look for changes a moment after it has shown the form.
        editor.locator("[name=title]").fill(f"Nog niemand ziet dit, {attempt}")
        with suppress(TimeoutError):
            frame.get_by_role("heading", level=1, name=f"Nog niemand ziet dit, {attempt}").wait_for(timeout=8_000)
            break
    expect(frame.locator("h1")).to_have_text(f"Nog niemand ziet dit, {attempt}")
    assert frame_origin(editor) == (running_site.frontend if mode else running_site.django)


@pytest.mark.parametrize("mode", ["", "frontend"])
def test_a_click_in_the_preview_leads_to_the_block(running_site, editor, page_id, mode):
    frame = open_panel(editor, running_site, page_id, mode)
    block = frame.locator("[data-blok]").first
    block.wait_for()
    wanted = block.get_attribute("data-blok")
    block.click(position={"x": 4, "y": 4})
    editor.wait_for_function(
        "id => document.activeElement?.closest('[data-streamfield-child]')?.dataset.contentpath === id", arg=wanted
    )
    expect(editor.locator(f"#block-{wanted}-section")).to_be_in_viewport()
    frame.locator("h1").click()
    expect(editor.locator("[name=title]")).to_be_focused()
    # By keyboard too: into the preview, with Tab to the first block, and Enter.
    editor.locator("#w-preview-iframe").focus()
    for _press in range(60):
        editor.keyboard.press("Tab")
        if block.evaluate("block => block === document.activeElement"):
            break
    editor.keyboard.press("Enter")
    editor.wait_for_function(
        "id => document.activeElement?.closest('[data-streamfield-child]')?.dataset.contentpath === id", arg=wanted
    )


@pytest.mark.parametrize("mode", ["", "frontend"])
def test_checks_and_counts_look_into_the_preview(running_site, editor, page_id, mode):
    problems: list[str] = []
    editor.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    frame = open_panel(editor, running_site, page_id, mode)
    frame.locator("wagtail-userbar").wait_for(state="attached")
    editor.locator('[data-side-panel-toggle="checks"]').click()
    expect(editor.locator("[data-content-word-count]")).to_have_text(re.compile(r"^[1-9]\d*$"), timeout=20_000)
    assert problems == []


# A draft with what the checker minds: a file's name in place of an alternative text.
FLAWED = """
import json
from cms.models import CMSImage
from home.models import ContentPage, HomePage
home = HomePage.objects.get(locale__language_code="nl")
image = CMSImage.objects.order_by("pk").first()
value = {{"image": image.pk, "alt": "raadhuis_2.jpg", "decorative": False, "caption": ""}}
body = json.dumps([{{"type": "image", "id": "5d1f2f5e-0000-4000-8000-000000000001", "value": value}}])
page = ContentPage(title="{title}", slug="{slug}", introduction="Een inleiding.", body=body, locale=home.locale)
page.live = False
home.add_child(instance=page)
page.save_revision()
print(page.pk)
"""


@pytest.fixture
def flawed_id(running_site: RunningSite) -> Iterator[int]:
    """A page that is no more than a draft, with one mistake."""
    slug = f"met-een-fout-{secrets.token_hex(4)}"
    command = FLAWED.format(title="Met een fout", slug=slug)
    printed = running_site.manage("shell", "--verbosity", "0", "--command", command)
    yield int(printed.split()[-1])
    undo = f"from home.models import ContentPage; ContentPage.objects.get(slug='{slug}').delete()"
    running_site.manage("shell", "--verbosity", "0", "--command", undo)


@pytest.mark.parametrize("mode", ["", "frontend"])
def test_a_mistake_is_counted_and_shown_where_it_stands(running_site, editor, flawed_id, mode):
    frame = open_panel(editor, running_site, flawed_id, mode)
    picture = frame.locator("main img").first
    editor.locator('[data-side-panel-toggle="checks"]').click()
    row = editor.locator("[data-content-checker-row]")
    expect(row).to_have_count(1, timeout=20_000)
    expect(row).to_contain_text("tekst", ignore_case=True)
    # The page itself marks the picture, and draws a line around it for who opens the mark.
    mark = frame.locator("wagtail-inline-userbar")
    expect(mark).to_have_count(1)
    assert picture.evaluate("element => element.style.outline") == ""
    editor.locator('[data-side-panel-toggle="preview"]').click()
    mark.get_by_role("button").first.click()
    expect(picture).to_have_attribute("style", re.compile("outline: .*solid"))
    expect(mark).to_contain_text(re.compile("alt|tekst", re.IGNORECASE))


def test_the_new_tab_shows_the_frontend_and_has_a_session_of_its_own(running_site, editor, page_id):
    open_panel(editor, running_site, page_id, "frontend")
    with editor.expect_popup() as opened:
        editor.locator("[data-w-preview-target=newTab]").click()
    tab = opened.value
    tab.wait_for_url(re.compile(rf"^{running_site.frontend}/voorbeeld/[\w-]{{43}}/$"))
    expect(tab.locator("h1")).to_be_visible()
    expect(tab.locator("wagtail-userbar")).to_be_attached()
    answer = editor.request.get(tab.url)
    assert answer.status == 200
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "x-frame-options" not in answer.headers
    assert f"frame-ancestors 'self' {running_site.django}" in answer.headers["content-security-policy"]


def test_what_opens_nothing_is_403_in_the_sites_own_words(running_site, visitor):
    for path in (f"/voorbeeld/openen/{'x' * 43}", f"/voorbeeld/{'x' * 43}/", f"/meelezen/{'x' * 43}/"):
        answer = visitor.goto(running_site.frontend + path)
        assert answer.status == 403
        assert answer.headers["cache-control"] == "private, no-store"
        expect(visitor.locator("h1")).to_have_text("Dit voorbeeld is niet meer te zien")


def test_a_reader_along_sees_the_draft_until_it_is_revoked(running_site, editor, page_id, visitor):
    editor.goto(f"{running_site.django}/admin/meeleeslinks/maken/{page_id}/")
    editor.locator("[name=reader]").fill("Jurist (voorbeeld)")
    editor.get_by_role("button", name="Maak de link").click()
    address = editor.locator("[data-link]").get_attribute("href")
    assert address.startswith(f"{running_site.frontend}/meelezen/")
    for shown in (address, address.replace(running_site.frontend, running_site.django)):
        assert visitor.goto(shown).status == 200
        expect(visitor.locator(".notice")).to_contain_text("U leest mee")
    editor.goto(f"{running_site.django}/admin/meeleeslinks/")
    editor.get_by_role("button", name="Trek in").first.click()
    expect(editor.get_by_text("is ingetrokken")).to_be_visible()
    for shown in (address, address.replace(running_site.frontend, running_site.django)):
        assert visitor.goto(shown).status == 403


def test_nothing_of_a_draft_that_was_previewed_gets_out(running_site, editor, visitor):
    """A random word in a draft, shown in both renderings; then all that anybody can ask is searched for it."""
    canary, word = f"kanarie{secrets.token_hex(8)}", f"vindwoord{secrets.token_hex(4)}"
    printed = running_site.manage(
        "shell", "--verbosity", "0", "--command", DRAFT.replace("{canary}", canary).replace("{word}", word)
    )
    page_id = printed.split()[0]
    for mode in ("", "frontend"):
        draft = editor.request.get(f"{running_site.django}/admin/pages/{page_id}/view_draft/?mode={mode}")
        assert canary in draft.text(), mode
    anonymous = visitor.request
    addresses = list(everything(anonymous, running_site, word))
    assert len(addresses) > 200
    # Twice: what was kept of the first time too.
    leaks = [address for address in [*addresses, *addresses] if told(anonymous, address, canary)]
    assert leaks == []


def told(request: APIRequestContext, address: str, canary: str) -> bool:
    answer = request.get(address, fail_on_status_code=False)
    return canary in answer.text() or canary in json.dumps(answer.headers)


def everything(request: APIRequestContext, site: RunningSite, word: str) -> Iterator[str]:
    """Every page, file for programs, list of the API and search for what the draft holds, on both hosts."""
    sitemap = request.get(f"{site.django}/sitemap.xml").text()
    paths = re.findall(r"<loc>https?://[^/<]+([^<]*)</loc>", sitemap)
    lists = request.get(f"{site.django}/api/v1/openapi.json").json()["paths"]
    for origin in (site.django, site.frontend):
        for path in [*paths, "/sitemap.xml", "/robots.txt", "/nieuw.atom", "/kennisbank/nieuw.atom"]:
            yield origin + path
        for path in ("/zoeken/", "/kennisbank/", "/kennisbank/nieuw.atom"):
            yield f"{origin}{path}?zoek={word}"
    for path in lists:
        if "{" not in path:
            yield f"{site.django}/api/v1{path.removeprefix('/api/v1')}"
    for path in ("/paginas", "/publicaties"):
        yield f"{site.django}/api/v1{path}?zoek={word}"
    # What stands at an address is what the frontend asked for just now; once more without it.
    for path in paths[:20]:
        yield f"{site.django}/api/v1/paginas/op-pad?pad={path}"
