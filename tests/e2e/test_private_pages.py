"""Private pages in both renderings: a password typed in a form, and where to log in; without script too."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import RunningSite

MAKE = """
import json
from django.core.files.base import ContentFile
from cms.models import CMSDocument, Form
from home.models import ContentPage, HomePage
from wagtail.models import PageViewRestriction
home = HomePage.objects.get(locale__language_code="nl")
for title, slug, kind, password in (
    ("Met een wachtwoord", "met-wachtwoord", "password", "welkom 1"), ("Voor leden", "voor-leden", "login", ""),
):
    document = CMSDocument(title=f"Stuk bij {slug}", file=ContentFile(b"Geheim stuk.", name=f"{slug}.txt"))
    document.save()
    link = f'<p><a linktype="document" id="{document.pk}">Lees het stuk</a></p>'
    form = Form.objects.get(live=True, locale=home.locale)
    body = json.dumps(
        [{"type": "paragraph", "id": "p", "value": link}, {"type": "form", "id": "f", "value": {"form": form.pk}}]
    )
    page = ContentPage(title=title, slug=slug, introduction="Geheime inleiding.", body=body, locale=home.locale)
    home.add_child(instance=page)
    page.save_revision().publish()
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password=password)
"""
UNMAKE = """
from cms.models import CMSDocument, FormSubmission
from home.models import ContentPage
FormSubmission.objects.all().delete()
CMSDocument.objects.filter(title__startswith="Stuk bij ").delete()
ContentPage.objects.filter(slug__in=["met-wachtwoord", "voor-leden"]).delete()
"""


@pytest.fixture(scope="module", autouse=True)
def _pages(running_site: RunningSite) -> Iterator[None]:
    running_site.manage("shell", "-c", MAKE)
    yield
    running_site.manage("shell", "-c", UNMAKE)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_a_password_opens_its_page(running_site, reader, rendering):
    address = f"{getattr(running_site, rendering)}/met-wachtwoord/"
    reader.goto(address)
    assert "Geheime inleiding" not in reader.content()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Deze pagina heeft een wachtwoord")
    field = reader.get_by_label("Wachtwoord")
    field.fill("fout")
    field.press("Enter")
    expect(reader.get_by_label("Wachtwoord")).to_have_attribute("aria-invalid", "true")
    reader.get_by_label("Wachtwoord").fill("welkom 1")
    reader.get_by_role("button", name="Naar de pagina").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Met een wachtwoord")
    assert reader.url == address
    reader.reload()
    expect(reader.get_by_text("Geheime inleiding.").first).to_be_visible()


@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_another_reader_still_has_to_give_it(running_site, visitor, rendering):
    visitor.goto(f"{getattr(running_site, rendering)}/met-wachtwoord/")
    expect(visitor.get_by_label("Wachtwoord")).to_be_visible()


def test_the_frontend_leads_to_the_login_of_the_cms(running_site, reader):
    answer = reader.goto(f"{running_site.frontend}/voor-leden/")
    assert answer.status == 401
    assert answer.headers["cache-control"] == "private, no-store"
    expect(reader.get_by_role("heading", level=1)).to_have_text("Log in om verder te gaan")
    link = reader.get_by_role("link", name="Inloggen")
    assert link.get_attribute("href").endswith("/_util/login/?next=%2Fvoor-leden%2F")
    assert "Geheime inleiding" not in reader.content()


@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_its_password_opens_the_documents_of_a_page_too(running_site, reader, rendering):
    site = getattr(running_site, rendering)
    reader.goto(f"{site}/met-wachtwoord/")
    reader.get_by_label("Wachtwoord").fill("welkom 1")
    reader.get_by_role("button", name="Naar de pagina").click()
    address = reader.get_by_role("link", name="Lees het stuk").get_attribute("href")
    opened = reader.request.get(f"{site}{address}")
    assert (opened.status, opened.text()) == (200, "Geheim stuk.")
    assert opened.headers["cache-control"] == "private, no-store"
    reader.context.clear_cookies()
    assert reader.request.get(f"{site}{address}").status == 404


@pytest.mark.parametrize("rendering", ["django", "frontend"])
def test_the_form_on_a_page_with_a_password_works_there(running_site, reader, rendering):
    reader.goto(f"{getattr(running_site, rendering)}/met-wachtwoord/")
    reader.get_by_label("Wachtwoord").fill("welkom 1")
    reader.get_by_role("button", name="Naar de pagina").click()
    reader.get_by_role("textbox", name="Uw vraag").fill("Wanneer is het overleg?")
    email = reader.get_by_role("textbox", name="Uw e-mailadres")
    email.fill("jan")
    reader.get_by_role("button", name="Vraag versturen").click()
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(reader.get_by_role("textbox", name="Uw vraag")).to_have_value("Wanneer is het overleg?")
    email.fill("jan@voorbeeld.example")
    reader.get_by_role("button", name="Vraag versturen").click()
    expect(reader).to_have_url(re.compile(r"/met-wachtwoord/\?verzonden="))
    expect(reader.locator(".form-block__thanks")).to_be_visible()
