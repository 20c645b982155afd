"""A reader fills in a form and sends it, in both renderings, with and without script."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import RunningSite

PATH = "/contact/"
QUESTION = "Uw vraag"
EMAIL = "Uw e-mailadres"
RENDERINGS = ("django", "frontend")

# What stands in the database of the running site.
STORED = """
import json
from cms.models import FormSubmission
print(json.dumps([each["answers"] for row in FormSubmission.objects.order_by("pk") for each in row.answers]))
FormSubmission.objects.all().delete()
"""


def stored(site: RunningSite) -> list[list[str]]:
    """Give the answers that were kept since the last time this was asked."""
    return json.loads(site.manage("shell", "--verbosity", "0", "--command", STORED).strip().splitlines()[-1])


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def reader(browser: Browser, request) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="nl-NL", java_script_enabled=request.param
    )
    yield context.new_page()
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_a_reader_mends_a_mistake_and_is_thanked(running_site: RunningSite, reader: Page, rendering: str):
    stored(running_site)
    reader.goto(getattr(running_site, rendering) + PATH)
    reader.get_by_role("textbox", name=QUESTION).fill("Hoe meld ik <mij> aan?")
    reader.get_by_role("textbox", name=EMAIL).fill("jan")
    reader.get_by_role("button", name="Vraag versturen").click()

    expect(reader).to_have_title(re.compile("^Fout: "))
    summary = reader.locator(".form-block__faults")
    expect(summary).to_contain_text("Er klopt 1 antwoord nog niet.")
    assert reader.url.endswith(summary.get_attribute("id") or "?")
    expect(reader.get_by_role("textbox", name=QUESTION)).to_have_value("Hoe meld ik <mij> aan?")
    expect(reader.get_by_role("textbox", name=EMAIL)).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("link").click()
    expect(reader.get_by_role("textbox", name=EMAIL)).to_be_focused()
    assert stored(running_site) == []

    reader.get_by_role("textbox", name=EMAIL).fill("jan@voorbeeld.example")
    reader.get_by_role("button", name="Vraag versturen").click()
    thanks = reader.locator(".form-block__thanks")
    expect(thanks).to_contain_text("Uw vraag is verstuurd.")
    expect(thanks).to_be_focused()
    reader.reload()
    expect(thanks).to_be_visible()
    assert stored(running_site) == [["Hoe meld ik <mij> aan?"], [], ["jan@voorbeeld.example"]]


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_another_site_cannot_send_it(running_site: RunningSite, browser: Browser, rendering: str):
    address = getattr(running_site, rendering) + PATH
    page = browser.new_page()
    page.goto(address)
    number = page.locator("input[name=formulier]").get_attribute("value")
    stamp = page.locator("input[name=stempel]").get_attribute("value")
    answer = page.request.post(
        address, form={"formulier": number, "stempel": stamp}, headers={"Origin": "https://elders.example"}
    )
    assert answer.status == 403
    assert stored(running_site) == []
    page.close()


def test_what_comes_back_is_the_same_in_both_renderings(running_site: RunningSite, browser: Browser):
    seen = []
    for rendering in RENDERINGS:
        page = browser.new_page()
        page.goto(getattr(running_site, rendering) + PATH)
        page.get_by_role("textbox", name=EMAIL).fill("geen adres")
        page.get_by_role("button", name="Vraag versturen").click()
        expect(page.locator(".form-block__faults")).to_be_visible()
        seen.append((page.title(), page.locator("body").aria_snapshot()))
        page.close()
    assert seen[0] == seen[1]
    stored(running_site)
