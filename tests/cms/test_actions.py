"""The buttons of the admin: what they are called, in which order they stand and where they lead."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from home.models import HomePage
from tests.cms.factories import make_content_page, make_site
from tests.cms.test_translation import translator

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return make_site()[1]


@pytest.fixture
def english(home: HomePage) -> Page:
    """The English page of a managed translation, live."""
    page = make_content_page(home, "Over deze site")
    locale = Locale.objects.get(language_code="en")
    for source_page in (home, page):
        source, _created = TranslationSource.update_or_create_from_instance(source_page)
        Translation.objects.create(source=source, target_locale=locale).save_target(publish=True)
    return page.get_translation(locale)


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def buttons(client: Client, page: Page) -> list[str]:
    """The words on the buttons below the form, the main one first."""
    html = client.get(edit(page)).content.decode()
    footer = re.search(r'<nav[^>]*class="[^"]*footer__container.*?</nav>', html, re.DOTALL)[0]
    found = re.findall(r"<(button|a)\b[^>]*>(.*?)</\1>", footer, re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]+>", " ", inside).split()) for _tag, inside in found]
    return [word for word in words if word and word != "Meer acties"]


def stop(page: Page) -> None:
    """As an editor who goes on without wagtail-localize."""
    Translation.objects.filter(source__object_id=page.translation_key).update(enabled=False)


def test_publishing_comes_right_after_saving(admin_client: Client, home: HomePage) -> None:
    assert buttons(admin_client, make_content_page(home))[:2] == ["Bewaar concept", "Publiceren"]


def test_taking_a_page_offline_is_offered_once(admin_client: Client, home: HomePage) -> None:
    page = make_content_page(home)
    html = admin_client.get(edit(page)).content.decode()
    assert html.count(reverse("wagtailadmin_pages:unpublish", args=[page.pk])) == 1


@pytest.mark.parametrize("rights", [["change"], ["change", "publish"]])
def test_going_back_to_a_managed_translation_is_the_last_of_the_buttons(english: Page, rights: list[str]) -> None:
    stop(english)
    shown = buttons(translator(english, *rights), english)
    assert shown[0] == "Bewaar concept"
    assert shown.index("Start synchrone vertaling") >= len(rights)


def test_nothing_can_be_undone_with_the_main_button_of_a_locked_page(english: Page) -> None:
    stop(english)
    Page.objects.filter(pk=english.pk).update(locked=True)
    assert buttons(translator(english, "change"), english)[0] == "Pagina is vergrendeld"


@pytest.mark.parametrize(("rights", "way_back"), [(["change"], True), (["change", "publish"], False)])
def test_a_translator_gets_a_harmless_main_button(english: Page, rights: list[str], way_back: bool) -> None:
    html = translator(english, *rights).get(edit(english)).content.decode()
    assert ('data-back="Naar alle vertalingen"' in html) == way_back
    assert (f'data-back-url="{reverse("wagtail_localize:translations_report")}"' in html) == way_back


def test_the_translation_editor_is_given_its_dutch_words(admin_client: Client, english: Page) -> None:
    html = admin_client.get(edit(english)).content.decode()
    assert 'data-publish="Publiceren in: English"' in html
    assert 'data-more="Meer acties"' in html


def links_of_the_list(client: Client) -> list[str]:
    html = client.get(reverse("wagtail_localize:translations_report")).content.decode()
    row = next(row for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL) if "Over deze site" in row)
    return re.findall(r'href="([^"]+)"', row)


def test_the_list_of_translations_leads_a_translator_to_the_translation_only(english: Page) -> None:
    client = translator(english, "change")
    links = links_of_the_list(client)
    assert links == [edit(english)] * 2
    assert client.get(links[0]).status_code == 200


def test_the_list_of_translations_leads_who_may_to_the_dutch_page_too(admin_client: Client, english: Page) -> None:
    dutch = english.get_translation(Locale.objects.get(language_code="nl"))
    assert links_of_the_list(admin_client) == [edit(dutch), edit(english)]
