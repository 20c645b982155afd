"""Editors make themes in the Dutch page editor."""

import json

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.users.models import UserProfile
from wagtail_localize.operations import translate_object

from cms.models import User
from tests.cms.factories import make_site
from tests.network.factories import make_body, make_network, translate_page
from tests.themes.factories import make_theme, make_theme_index
from themes.models import ThemeIndexPage, ThemePage

FORMSET = {"INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}


@pytest.fixture
def index(db: None) -> ThemeIndexPage:
    return make_theme_index(make_site()[0].root_page)


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    user = User.objects.create_superuser("beheer", "beheer@voorbeeld.example", "wachtwoord")
    UserProfile.objects.create(user=user, preferred_language="nl")
    client.force_login(user)
    return client


def rich_text(text: str) -> str:
    """Give what the editor's rich text field sends."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def theme_form(**values: object) -> dict[str, object]:
    empty = ["introduction", "social_image", "expert_group", "contact_role", "contact_email", "seo_title"]
    empty += ["search_description", "responsible_group", "responsible_user", "review_date"]
    return {
        **dict.fromkeys(empty, ""),
        "title": "Ondermijning",
        "slug": "ondermijning",
        "situation": rich_text("Er speelt iets."),
        "approach": rich_text("We doen iets."),
        "body-count": "0",
        "partner_roles-TOTAL_FORMS": "1",
        **{f"partner_roles-{name}": value for name, value in FORMSET.items()},
        "partner_roles-0-partner": "De gemeente",
        "partner_roles-0-text": rich_text("Helpt."),
        "partner_roles-0-ORDER": "1",
        "comments-TOTAL_FORMS": "0",
        **{f"comments-{name}": value for name, value in FORMSET.items()},
        "action-publish": "action-publish",
        **values,
    }


def test_a_theme_is_made_published_and_opened_again(editor: Client, index: ThemeIndexPage) -> None:
    add = reverse("wagtailadmin_pages:add", args=["themes", "themepage", index.pk])
    html = editor.get(add).content.decode()
    assert all(label in html for label in ("Wat speelt er?", "Wie doet wat?", "Wat doen we samen?", "Expertgroep"))
    editor.post(add, theme_form())
    theme = ThemePage.objects.get(slug="ondermijning")
    assert theme.live
    assert [(role.partner, role.text) for role in theme.roles_in_order] == [
        ("De gemeente", '<p data-block-key="a">Helpt.</p>')
    ]
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[theme.pk])).status_code == 200


def test_a_group_and_a_person_together_are_refused_in_dutch(editor: Client, index: ThemeIndexPage) -> None:
    group = Group.objects.create(name="Redactie van de test")
    user = User.objects.get(username="beheer")
    add = reverse("wagtailadmin_pages:add", args=["themes", "themepage", index.pk])
    html = editor.post(add, theme_form(responsible_group=group.pk, responsible_user=user.pk)).content.decode()
    assert "Kies een groep of een persoon, niet allebei." in html


def test_the_overview_opens_in_the_editor(editor: Client, index: ThemeIndexPage) -> None:
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[index.pk])).status_code == 200


def test_the_expert_group_is_the_page_in_the_sites_own_language(index: ThemeIndexPage) -> None:
    group = make_body(make_network(index.get_parent()))
    theme = make_theme(index, expert_group=translate_page(group, "en"))
    assert theme.expert_group == group


def test_a_submitted_theme_stays_a_draft_and_keeps_its_partners(index: ThemeIndexPage) -> None:
    english = Locale.objects.get(language_code="en")
    theme = make_theme(index, partners=("Gemeente", "Politie"))
    translate_object(index, [english])
    translate_object(theme, [english])
    translated = theme.get_translation(english)
    assert not translated.live
    assert translated.partner_roles.count() == 2
