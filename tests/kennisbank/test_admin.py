"""Editors keep the Kennisbank in the admin."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from cms.models import User
from home.models import HomePage
from kennisbank.models import Audience, PublicationPage, PublicationType
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


@pytest.fixture
def publications(home: HomePage) -> dict[str, PublicationPage]:
    kennisbank, index = make_kennisbank(home), make_theme_index(home)
    cyber, youth = make_theme(index, "Cybercrime"), make_theme(index, "Jeugd")
    today = timezone.localdate()
    return {
        "cyber": make_publication(
            kennisbank, "Cyberaanval", themes=[cyber], review_date=today, publication_date=date(2026, 3, 2)
        ),
        "youth": make_publication(kennisbank, "Jeugdgroepen", themes=[youth], publication_date=date(2025, 3, 2)),
    }


def titles(editor: Client, **query: object) -> list[str]:
    """The titles in the list, in order."""
    html = editor.get(reverse("publicaties:index"), query).content.decode()
    return list(dict.fromkeys(re.findall(r"Cyberaanval|Jeugdgroepen", html.split("<tbody")[-1])))


def test_the_list_of_publications_has_their_facts(editor: Client, publications) -> None:
    html = editor.get(reverse("publicaties:index")).content.decode()
    for text in ("Soort", "Factsheet", "Cybercrime", "2-3-2026", "Nederlands", "Controle", "Publicatie toevoegen"):
        assert text in html


def test_publications_are_filtered_searched_and_ordered(editor: Client, publications) -> None:
    assert titles(editor) == ["Cyberaanval", "Jeugdgroepen"]
    assert titles(editor, ordering="publication_date") == ["Jeugdgroepen", "Cyberaanval"]
    theme = publications["youth"].themes.get()
    assert titles(editor, theme=theme.pk) == ["Jeugdgroepen"]
    assert titles(editor, review="te-laat") == ["Cyberaanval"]
    assert titles(editor, review="geen") == ["Jeugdgroepen"]
    assert titles(editor, q="jeugd") == ["Jeugdgroepen"]
    assert titles(editor, q="jeugd", theme=theme.pk, ordering="-type_name") == ["Jeugdgroepen"]
    publications["cyber"].unpublish()
    assert titles(editor, status="concept") == ["Cyberaanval"]
    assert titles(editor, status="gepubliceerd") == ["Jeugdgroepen"]


def test_publications_are_exported_with_dutch_headings(editor: Client, publications) -> None:
    answer = editor.get(reverse("publicaties:index"), {"export": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].startswith("Kenmerk,Titel,Samenvatting,Soort,Thema's,Districten")
    assert lines[1].startswith(",Cyberaanval,")
    assert ",Factsheet,Cybercrime," in lines[1]
    workbook = editor.get(reverse("publicaties:index"), {"export": "xlsx"})
    assert b"".join(workbook.streaming_content).startswith(b"PK")


def test_a_longer_list_costs_only_what_wagtail_localize_asks_of_each_page(editor: Client, home: HomePage) -> None:
    """Twice a page, for its buttons "translate" and "synchronise"; a list has at most 25."""
    kennisbank, theme = make_kennisbank(home), make_theme(make_theme_index(home))
    counts = []
    for batch in range(2):
        for place in range(6):
            make_publication(kennisbank, f"Stuk {batch} {place}", themes=[theme])
        editor.get(reverse("publicaties:index"))
        with CaptureQueriesContext(connection) as queries:
            editor.get(reverse("publicaties:index"))
        counts.append(len(queries))
    assert counts[0] <= 40
    assert counts[1] - counts[0] <= 2 * 6
