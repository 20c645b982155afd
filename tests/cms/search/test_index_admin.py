"""Administrators see how the search index is, and have it built anew."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from cms.models import PendingEntry
from cms.search.tasks import rebuild_index
from tests.api.factories import make_example
from tests.search import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(django_user_model):
    user = django_user_model.objects.create_user("beheerder")
    codenames = ["access_admin", "change_site"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def started(monkeypatch):
    calls = []
    monkeypatch.setattr(type(rebuild_index), "enqueue", lambda task, *args: calls.append(task.name))
    return calls


def test_the_screen_tells_what_is_in_use_what_waits_and_what_failed(client, administrator):
    example = make_example()
    reindex()
    PendingEntry.objects.all().delete()
    PendingEntry.objects.create(key=f"page:{example.about.pk}", attempts=3, message="ValueError: stuk")
    PendingEntry.objects.create(key="page:999999")
    client.force_login(administrator)
    html = client.get(reverse("zoekindex")).content.decode()
    for text in ("in gebruik", "1 wijziging wacht.", "Over deze site", "ValueError: stuk", "Probeer opnieuw"):
        assert text in html, text


def test_without_an_index_it_says_so(client, administrator):
    client.force_login(administrator)
    assert "Er is nog geen zoekindex." in client.get(reverse("zoekindex")).content.decode()


def test_the_buttons_leave_the_work_to_the_worker(client, administrator, started, django_capture_on_commit_callbacks):
    PendingEntry.objects.create(key="page:1", attempts=3, message="stuk")
    client.force_login(administrator)
    address = reverse("zoekindex")
    assert client.post(address, {"wat": "opnieuw"}).status_code == 302
    assert started == ["rebuild_index"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"wat": "nog-eens"})
    assert started == ["rebuild_index", "index_changes"]
    assert PendingEntry.objects.get().attempts == 0


def test_an_editor_does_not_get_there(client, django_user_model):
    editor = django_user_model.objects.create_user("redacteur")
    editor.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(editor)
    assert client.get(reverse("zoekindex")).status_code == 302
    assert client.post(reverse("zoekindex"), {"wat": "opnieuw"}).status_code == 302
