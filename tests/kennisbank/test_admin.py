"""Editors keep the Kennisbank in the admin."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from cms.models import User
from home.models import HomePage
from kennisbank.models import Audience, PublicationType
from tests.cms.factories import make_site
from tests.districts.factories import make_district, make_district_index, make_theme, make_theme_index
from tests.kennisbank.factories import make_audience, make_kennisbank, make_publication, make_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redacteur", "redacteur@voorbeeld.example", "geheim"))
    return client


def address(model: type, view: str, *args: object) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def choices(page: str, name: str) -> list[str]:
    """What a form offers under `name`: the texts of its checkboxes or options."""
    if select := re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL):
        return re.findall(r'<option value="\d+"[^>]*>([^<]+)</option>', select[0])
    return [label.strip() for label in re.findall(rf'name="{name}"[^>]*>([^<]+)</label>', page)]


def test_adds_a_type_of_publication(editor: Client, home: HomePage) -> None:
    form = address(PublicationType, "add")
    assert "TOOI-code" in editor.get(form).content.decode()
    sent = {"name": "Advies", "name_plural": "Adviezen", "key": "advies", "tooi_code": "c_99a836c7"}
    assert editor.post(form, {**sent, "action-publish": "1"}).status_code == 302
    assert PublicationType.objects.get().live
    wrong = editor.post(form, {**sent, "tooi_code": "advies"}).content.decode()
    assert "Een TOOI-code is c_ en acht cijfers" in wrong


@pytest.mark.parametrize("model", [PublicationType, Audience])
def test_lists_and_searches_terms(model: type, editor: Client, home: HomePage) -> None:
    make_type("Handreiking")
    make_audience("Handhavers")
    make_type("Verslag")
    make_audience("Verslavingszorg")
    page = editor.get(address(model, "list"), {"q": "hand"}).content.decode()
    assert "Hand" in page
    assert "Versla" not in page


def test_a_publication_offers_records_in_the_language_of_the_site(editor: Client, home: HomePage) -> None:
    english = Locale.objects.get(language_code="en")
    theme = make_theme(make_theme_index(home))
    theme.copy_for_translation(english, copy_parents=True)
    make_district(make_district_index(home))
    make_audience()
    kind = make_type()
    translation = kind.copy_for_translation(english)
    translation.name = "Fact sheet"
    translation.save()
    publication = make_publication(make_kennisbank(home), themes=[theme])
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[publication.pk])).content.decode()
    assert choices(page, "publication_type") == ["Factsheet"]
    assert choices(page, "themes") == ["Ondermijning"]
    assert choices(page, "districts") == ["Twente"]
    assert choices(page, "audiences") == ["Adviseurs veiligheid"]
    assert "Waarover" in page
