"""Every page type in a real browser, in both renderings, light and dark: accessible, quiet, and on its own."""

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from deploy.local import node
from tests.e2e.conftest import RunningSite
from tests.e2e.pages import EXAMPLES, every_page

AXE = node.FRONTEND / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def addresses(running_site: RunningSite) -> dict[str, str]:
    """One address a page type, with the first publication and the translated theme that the demo has."""
    paths = every_page(f"{running_site.django}/api/v1")
    publication = next(path for path in paths if path.startswith("/kennisbank/") and path != "/kennisbank/")
    english = next(path for path in paths if path.startswith("/en/themes/") and path != "/en/themes/")
    return {**EXAMPLES, "publication": publication, "theme en": english, "not found": "/bestaat-niet/"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_every_page_type_is_accessible_and_quiet(
    running_site: RunningSite, browser: Browser, addresses: dict[str, str], rendering: str, scheme: str
):
    origin = getattr(running_site, rendering)
    # The phone in dark, the desktop in light: both widths are seen without doubling the time.
    viewport = {"width": 1280, "height": 900} if scheme == "light" else {"width": 360, "height": 740}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="nl-NL", bypass_csp=True)
    problems: list[str] = []
    for name, path in addresses.items():
        page = context.new_page()
        said: list[str] = []
        hosts: set[str] = set()
        page.on("console", lambda message, said=said: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.on("request", lambda request, hosts=hosts: hosts.add(urlsplit(request.url).netloc))
        page.goto(origin + path, wait_until="load")
        page.evaluate(AXE.read_text())
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
        problems += [
            f"{name}: {violation['id']}: {[target['target'] for target in violation['nodes']][:3]}"
            for violation in found
        ]
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        problems += [f"{name}: {wider} pixels too wide"] if wider > 0 else []
        # Chromium itself says "404" of the page that is not there.
        problems += [f"{name}: console: {line}" for line in said if name != "not found" or "404" not in line]
        problems += [f"{name}: asked {hosts}"] if hosts != {urlsplit(origin).netloc} else []
        page.close()
    assert problems == []
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_no_page_type_breaks_its_own_content_policy(running_site, browser, addresses, rendering):
    """Without the bypass that axe needs: a blocked style or script would stand in the console."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for name, path in addresses.items():
        if name != "not found":
            answer = page.goto(getattr(running_site, rendering) + path)
            assert "default-src 'none'" in answer.headers["content-security-policy"], path
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, f"{path} scrolls sideways at 320 px"
    assert said == []
    context.close()


@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_the_header_works_by_keyboard(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + "/")
    visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.activeElement.textContent").strip() == "Naar de inhoud"
    visitor.keyboard.press("Enter")
    assert visitor.evaluate("location.hash") == "#inhoud"
    visitor.goto(getattr(running_site, rendering) + "/")
    for _press in range(20):
        visitor.keyboard.press("Tab")
        if visitor.evaluate("document.activeElement.textContent").strip() == "Thema's":
            break
    outline = visitor.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/themas/")
    assert visitor.locator("header nav a[aria-current=page]").inner_text().strip() == "Thema's"


@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(running_site, browser, rendering):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(getattr(running_site, rendering) + "/")
    button = page.get_by_role("button", name="Menu")
    assert not page.get_by_role("link", name="Thema's", exact=True).first.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert page.locator("header nav").get_by_role("link", name="Thema's").is_visible()
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.getAttribute('aria-controls')") == "hoofdmenu"
    context.close()


@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_everything_can_be_read_and_reached_without_script(running_site, browser, rendering):
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(getattr(running_site, rendering) + "/")
    page.locator("header nav").get_by_role("link", name="Kennisbank").click()
    page.wait_for_url("**/kennisbank/")
    page.locator("select[name=thema]").select_option(label="Ondermijning")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/kennisbank/?**thema=**")
    assert page.locator("main h1").is_visible()
    context.close()


@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_a_reader_switches_language(running_site, visitor, rendering):
    visitor.goto(getattr(running_site, rendering) + "/")
    visitor.get_by_role("link", name="English").click()
    visitor.wait_for_url("**/en/")
    assert visitor.locator("html").get_attribute("lang") == "en"
    visitor.get_by_role("link", name="Nederlands").click()
    visitor.wait_for_url(getattr(running_site, rendering) + "/")


def test_every_page_type_is_valid_html(running_site, addresses, tmp_path):
    import subprocess
    from urllib.request import urlopen

    files = []
    for rendering in ("django", "frontend"):
        for name, path in addresses.items():
            if name == "not found":
                continue
            file = tmp_path / f"{rendering} {name}.html"
            file.write_bytes(urlopen(getattr(running_site, rendering) + path, timeout=30).read())
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
