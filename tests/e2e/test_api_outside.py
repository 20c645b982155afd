"""The API from outside: the example page of docs/api on another origin, and the documentation in the browser."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from deploy.local import ROOT
from tests.e2e.conftest import RunningSite, django_served, free_port
from tests.e2e.test_browser import AXE, RULES

EXAMPLE = ROOT / "docs" / "api" / "voorbeeld"
PLACE = "https://www.voorbeeld.example"


@pytest.fixture(scope="module")
def elsewhere(running_site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The example on a server of its own, and a site that allows it; their addresses."""
    site = f"http://127.0.0.1:{free_port()}"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.strip("/") or "index.html"
            known = (EXAMPLE / name).is_file()
            content = (EXAMPLE / name).read_text().replace(PLACE, site).encode() if known else b""
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", "text/javascript" if name.endswith(".js") else "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://localhost:{server.server_address[1]}"
    environment = {**running_site.environment, "API_ALLOWED_ORIGINS": origin}
    allowing = replace(running_site, django=site, environment=environment)
    with django_served(allowing, Path(tmp_path_factory.mktemp("outside"))):
        yield origin, site
    server.shutdown()


def test_ten_lines_of_script_show_the_newest_publications_of_a_theme(elsewhere, visitor: Page):
    origin, site = elsewhere
    visitor.goto(origin, wait_until="networkidle")
    links = visitor.locator("#publicaties a")
    expect(links).to_have_count(5)
    asked = visitor.request.get(f"{site}/api/v1/publicaties?thema=ondermijning&sorteer=nieuwste&paginaGrootte=5").json()
    assert links.all_inner_texts() == [row["titel"] for row in asked["resultaten"]]
    assert links.first.get_attribute("href") == site + asked["resultaten"][0]["url"]
    assert len((EXAMPLE / "publicaties.js").read_text().splitlines()) <= 10


def test_a_site_that_is_not_named_reads_nothing(elsewhere, visitor: Page):
    origin, _site = elsewhere
    visitor.goto(origin.replace("localhost", "127.0.0.1"), wait_until="networkidle")
    expect(visitor.locator("#publicaties a")).to_have_count(0)


@pytest.mark.parametrize("query", ["", "?taal=en", "?pagina=wijzigingen"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_documentation_reads_well(running_site, visitor: Page, query, scheme, width):
    told: list[str] = []
    visitor.on("console", lambda message: told.append(message.text))
    visitor.set_viewport_size({"width": width, "height": 800})
    visitor.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    visitor.goto(f"{running_site.django}/api/v1/documentatie{query}", wait_until="networkidle")
    for summary in visitor.locator("main summary").all()[:3]:
        summary.click()
    visitor.evaluate(AXE.read_text())
    found = visitor.evaluate("rules => axe.run(document, {runOnly: rules, preload: false})", RULES)["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == []
    assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert told == []
