"""What a reader's first view costs: few bytes, from our own host, and nothing that jumps while it loads."""

import gzip

import pytest
from playwright.sync_api import Browser, Page

from cms.settings.base import BASE_DIR
from tests.e2e.pages import EXAMPLES
from tests.e2e.weight import first_view

PAGE_TYPES = [
    "home",
    "theme",
    "district",
    "kennisbank",
    "kennisbank, filtered",
    "publication",
    "body",
    "search",
    "theme en",
    "theme de",
    "content",
]
KILOBYTE = 1000


@pytest.mark.parametrize("name", PAGE_TYPES)
@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_the_first_view_is_at_most_60_kilobytes(running_site, visitor: Page, rendering, name):
    weights, answers = first_view(visitor, getattr(running_site, rendering) + EXAMPLES[name])
    assert EXAMPLES[name].split("?")[0] in weights
    assert {"css", "js"} <= {path.rpartition(".")[2] for path in weights}
    assert sum(weights.values()) <= 60 * KILOBYTE, weights
    assert len(answers) <= 20, answers


def test_style_and_script_are_small():
    built = BASE_DIR / "cms/static/cms"
    assert len(gzip.compress((built / "site.css").read_bytes())) < 20 * KILOBYTE
    assert len(gzip.compress((built / "site.js").read_bytes())) < 2 * KILOBYTE
    assert sum(len(gzip.compress((built / name).read_bytes())) for name in ("live.js", "search.js")) < 4 * KILOBYTE


@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_nothing_jumps_while_a_page_loads(running_site, browser: Browser, rendering):
    """On a slow phone, where the first paint comes before the font and the script's last word."""
    for name in PAGE_TYPES:
        page = browser.new_page(viewport={"width": 412, "height": 823}, device_scale_factor=1.75, locale="nl-NL")
        slow = page.context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 2})
        limits = {"offline": False, "latency": 40, "downloadThroughput": 150_000, "uploadThroughput": 150_000}
        slow.send("Network.emulateNetworkConditions", limits)
        page.add_init_script(
            """window.shifted = 0;
            new PerformanceObserver((list) => { for (const entry of list.getEntries()) shifted += entry.value; })
                .observe({ type: "layout-shift", buffered: true });"""
        )
        page.goto(getattr(running_site, rendering) + EXAMPLES[name], wait_until="load")
        page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        assert page.evaluate("shifted") < 0.02, name
        page.close()
