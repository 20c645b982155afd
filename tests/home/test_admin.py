"""Editors make each type of page in the admin, in Dutch."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.models import BasePage, User
from districts.models import DistrictIndexPage, DistrictPage, MunicipalityIndexPage
from home.models import ContentPage, HomePage
from kennisbank.models import KennisbankPage, PublicationPage
from tests.cms.factories import make_document, make_site
from tests.districts.factories import make_district_index
from tests.kennisbank.factories import make_kennisbank, make_type

pytestmark = pytest.mark.django_db

BASE = {
    "introduction": "Waar het over gaat.",
    "seo_title": "",
    "search_description": "",
    "comments": inline_formset([]),
    "responsible_group": "",
    "responsible_user": "",
    "review_date": "",
}


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def editor(client: Client) -> Client:
    user = User.objects.create_superuser("redacteur", "redacteur@voorbeeld.example", "geheim")
    client.force_login(user)
    return client


def make(editor: Client, parent: Page, model: type[BasePage], **values: object) -> BasePage:
    """Make and publish a page as an editor does; gives it as the database has it."""
    address = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])
    form = editor.get(address)
    assert form.status_code == 200
    for tab in ("Inhoud", "Vindbaarheid", "Beheer"):
        assert tab in form.content.decode()
    sent = nested_form_data({**BASE, "title": "Nieuw", "slug": "nieuw", "action-publish": "1", **values})
    answer = editor.post(address, sent)
    assert answer.status_code == 302, re.findall(
        r"error-message[^>]*>\s*(.*?)\s*</", answer.content.decode(), re.DOTALL
    )
    page = model.objects.get(title=values.get("title", "Nieuw"))
    assert page.live
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    return page


@pytest.mark.parametrize("model", [ContentPage, DistrictIndexPage, MunicipalityIndexPage, KennisbankPage])
def test_makes_pages_with_a_body(model: type[BasePage], editor: Client, home: HomePage) -> None:
    page = make(editor, home, model, body=streamfield([("paragraph", rich_text("<p>Een alinea.</p>"))]))
    assert "Een alinea." in editor.get(page.url).content.decode()


def test_makes_a_district(editor: Client, home: HomePage) -> None:
    page = make(
        editor, make_district_index(home), DistrictPage, practice=rich_text("<p>Zo doen wij het.</p>"), network_body="",
        body=streamfield([]), contact_role="coördinator", contact_email="",
        facts=inline_formset([{"label": "Grootste steden", "value": "Enschede en Hengelo"}]),
    )  # fmt: skip
    html = editor.get(page.url).content.decode()
    assert "Zo doen wij het." in html
    assert "Enschede en Hengelo" in html


def test_makes_a_publication_with_a_file(editor: Client, home: HomePage) -> None:
    document = make_document()
    file = {"document": document.pk, "title": "", "version": "1.0"}
    page = make(
        editor, make_kennisbank(home), PublicationPage, publication_type=make_type().pk, publication_date="2026-03-02",
        document_language="nl", body=streamfield([]), files=inline_formset([file]), replaced_by="", safety_plan="",
    )  # fmt: skip
    assert "Factsheet, versie 1.0" in editor.get(page.url).content.decode()


def test_edits_the_home_page(editor: Client, home: HomePage) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[home.pk])
    assert "1. Het netwerk" in editor.get(address).content.decode()
    texts = {
        f"{part}_{name}": "" for part in ("themes", "kennisbank", "network", "districts") for name in ("title", "text")
    }
    bodies = ("after_about", "after_themes", "after_kennisbank", "after_network", "after_districts")
    sent = {
        **BASE, **texts, **{name: streamfield([]) for name in bodies}, "title": "Netwerk", "slug": "home",
        "slogan": "Nieuwe slogan", "tagline": "", "about_title": "", "about": rich_text("<p>Wie wij zijn.</p>"),
        "action-publish": "1",
    }  # fmt: skip
    assert editor.post(address, nested_form_data(sent)).status_code == 302
    assert "Nieuwe slogan" in editor.get("/").content.decode()


def test_says_in_dutch_what_is_wrong(editor: Client, home: HomePage) -> None:
    address = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home.pk])
    group, user = Group.objects.create(name="Redactie"), User.objects.get()
    body = streamfield([("heading", {"text": "Te diep", "level": "4"})])
    sent = {**BASE, "title": "", "slug": "", "body": body, "responsible_group": group.pk, "responsible_user": user.pk}
    page = unescape(editor.post(address, nested_form_data({**sent, "action-publish": "1"})).content.decode())
    assert "De pagina kon niet aangemaakt worden vanwege validatiefouten." in page
    assert "Dit is een verplicht veld." in page
    assert "Kies een groep of een persoon, niet allebei." in page
    assert "De volgorde van de koppen klopt niet." in page
    assert not ContentPage.objects.exists()
