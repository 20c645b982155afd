"""A video of another platform: nothing leaves the reader's browser before the click, in both renderings."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import RunningSite

VIDEO = "dQw4w9WgXcQ"
MAKE = f"""
import json
from home.models import ContentPage, HomePage
from wagtail.images import get_image_model
video = {{"title": "Zo werkt het", "url": "https://www.youtube.com/watch?v={VIDEO}", "file": None, "silent": False,
    "poster": get_image_model().objects.order_by("pk").first().pk, "duration": "2 minuten", "captions": [],
    "transcript": "<p>Samen zien we meer.</p>"}}
home = HomePage.objects.get(locale__language_code="nl")
page = home.add_child(instance=ContentPage(title="Een video", slug="een-video", locale=home.locale))
page.body = json.dumps([{{"type": "video", "value": video, "id": "00000000-0000-4000-8000-000000000001"}}])
page.save_revision().publish()
"""
UNMAKE = "from home.models import ContentPage; ContentPage.objects.get(slug='een-video').delete()"


@pytest.fixture(scope="module")
def path(running_site: RunningSite) -> Iterator[str]:
    """A page with a YouTube video, which the demo has not."""
    running_site.manage("shell", "-c", MAKE)
    yield "/een-video/"
    running_site.manage("shell", "-c", UNMAKE)


def hosts_asked(page: Page, own: str) -> list[str]:
    """Addresses at other hosts, as the page asks them; they are answered here, so that nothing leaves the machine."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(own).netloc:
            route.continue_()
            return
        asked.append(route.request.url)
        route.fulfill(body="<!doctype html><title>Speler</title>", content_type="text/html")

    page.context.route("**/*", answer)
    return asked


@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_a_video_asks_its_platform_for_nothing_before_the_click(running_site, visitor, rendering, path):
    origin = getattr(running_site, rendering)
    asked = hosts_asked(visitor, origin)
    visitor.goto(origin + path, wait_until="networkidle")
    visitor.mouse.wheel(0, 2000)
    button = visitor.get_by_role("button", name="Video afspelen: Zo werkt het")
    button.hover()
    button.focus()
    assert visitor.locator("iframe").count() == 0
    expect(visitor.get_by_text("ziet YouTube uw IP-adres")).to_be_visible()
    assert asked == []
    visitor.keyboard.press("Enter")
    expect(visitor.locator("iframe")).to_have_count(1)
    visitor.wait_for_load_state("networkidle")
    assert [urlsplit(address).netloc for address in asked] == ["www.youtube-nocookie.com"]
    assert f"/embed/{VIDEO}" in asked[0]
    expect(visitor.locator("iframe")).to_be_focused()
    expect(visitor.locator("iframe")).to_have_attribute("title", "Zo werkt het")
    # The place of the poster keeps its size, and the way to the platform itself stays.
    box = visitor.locator("iframe").bounding_box()
    assert box
    assert box["width"] / box["height"] == pytest.approx(16 / 9, rel=0.01)
    expect(visitor.get_by_role("link", name="Bekijk de video op YouTube")).to_be_visible()


@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_without_script_a_video_is_a_link_with_its_text(running_site, browser, rendering, path):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    origin = getattr(running_site, rendering)
    asked = hosts_asked(page, origin)
    page.goto(origin + path, wait_until="networkidle")
    link = page.get_by_role("link", name="Bekijk de video op YouTube")
    expect(link).to_have_attribute("href", f"https://www.youtube.com/watch?v={VIDEO}")
    assert page.locator("main button, iframe").count() == 0
    page.locator(".video__summary").click()
    expect(page.get_by_text("Samen zien we meer.")).to_be_visible()
    assert asked == []
    context.close()
