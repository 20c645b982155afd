"""A translator can't put Dutch text live under another language."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.models import User
from tests.cms.factories import make_content_page, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def translated() -> Page:
    """The English page of a managed translation, with a text of its own, live."""
    _site, home = make_site()
    page = make_content_page(home, "Over deze site", introduction="Wie de site maakt.")
    for source_page in (home, page):
        source, _created = TranslationSource.update_or_create_from_instance(source_page)
        translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="en"))
        translation.save_target(publish=True)
    english = page.get_translation(Locale.objects.get(language_code="en"))
    english.title = "About this site"
    english.save_revision().publish()
    return Page.objects.get(pk=english.pk)


def translator(page: Page, *rights: str) -> Client:
    """A client logged in as somebody with these rights on the page."""
    group = Group.objects.create(name=" ".join(rights))
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in rights:
        GroupPagePermission.objects.create(
            group=group, page=page, permission=Permission.objects.get(codename=f"{right}_page")
        )
    user = User.objects.create_user(group.name.replace(" ", "-"))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def test_who_may_not_publish_may_not_put_the_dutch_text_in_place_of_a_translation(translated):
    address = reverse("wagtail_localize:convert_to_alias", args=[translated.pk])
    answer = translator(translated, "change").post(address)
    assert answer.status_code in (302, 403)
    translated.refresh_from_db()
    assert translated.alias_of_id is None
    assert translated.title == "About this site"


def test_who_may_publish_is_asked_first_and_then_may(translated):
    address = reverse("wagtail_localize:convert_to_alias", args=[translated.pk])
    client = translator(translated, "change", "publish")
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    translated.refresh_from_db()
    assert translated.alias_of_id is not None


@pytest.mark.parametrize(("rights", "published"), [(["change"], False), (["change", "publish"], True)])
def test_only_who_may_publish_puts_an_update_of_a_translation_live(translated, rights, published):
    source = TranslationSource.objects.get(object__translation_key=translated.translation_key)
    dutch = source.get_source_instance()
    dutch.introduction = "Wie de site bijhoudt."
    dutch.save_revision().publish()
    client = translator(translated, *rights)
    submit = Permission.objects.get(codename="submit_translation")
    Group.objects.get(name=" ".join(rights)).permissions.add(submit)
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert ("Direct publiceren" in client.get(address).content.decode()) == published
    assert client.post(address, {"publish_translations": "on"}).status_code == 302
    english = Page.objects.get(pk=translated.pk).specific
    assert (english.introduction == "Wie de site bijhoudt.") == published
