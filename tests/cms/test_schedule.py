"""Editors say in the admin from when until when a page is public."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.models import User
from tests.cms.factories import make_content_page, make_site
from tests.cms.test_admin_screens import body_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redacteur", "redacteur@voorbeeld.example", "geheim"))
    return client


def test_a_page_goes_offline_at_the_moment_that_an_editor_wrote(editor: Client) -> None:
    page = make_content_page(make_site()[1])
    moment = {"go_live_at": "", "expire_at": "24-12-2099 09:30"}
    editor.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), body_form(page, **moment, **{"action-publish": "1"})
    )
    page.refresh_from_db()
    assert page.expire_at is not None
    assert timezone.localtime(page.expire_at).isoformat(timespec="minutes").startswith("2099-12-24T09:30")


def test_the_schedule_is_shown_as_it_has_to_be_written(editor: Client) -> None:
    expires = timezone.make_aware(datetime(2099, 12, 24, 9, 30))
    page = make_content_page(make_site()[1], expire_at=expires)
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Stel schema in" in html or "Schema bewerken" in html
    assert 'value="24-12-2099 09:30"' in html
