"""Tokens for the API in the admin: made and shown once, listed, revoked, and all of it in the log."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.models import ApiToken, User
from tests.cms.factories import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    make_site()
    return User.objects.create_superuser("beheerder", "beheer@voorbeeld.example", "geheim")


@pytest.fixture
def manager(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def make(client: Client, user: User, **values: object):
    form = {"name": "Intranet", "user": user.pk, "scope": "besloten", "expires_on": in_a_month(), **values}
    return client.post(reverse("api-sleutels:add"), form)


def in_a_month() -> str:
    return (timezone.localdate() + timedelta(days=30)).strftime("%d-%m-%Y")


def token_in(html: str) -> str:
    return re.search(r'value="(apisleutel_[\w-]+)"', html)[1]


def test_a_token_is_shown_once_and_works(manager: Client, admin: User) -> None:
    made = make(manager, admin)
    token = token_in(made.content.decode())
    assert "no-store" in made.headers["Cache-Control"]
    answer = Client().get("/api/v1/themas", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    for address in (reverse("api-sleutels:index"), reverse("api-sleutels:edit", args=[ApiToken.objects.get().pk])):
        html = manager.get(address).content.decode()
        assert "Intranet" in html
        assert token not in html
        assert token[:15] in html


def test_a_token_that_is_revoked_works_no_more_and_the_log_says_who_did_it(manager: Client, admin: User) -> None:
    token = token_in(make(manager, admin).content.decode())
    pk = ApiToken.objects.get().pk
    manager.post(reverse("api-sleutels:edit", args=[pk]))
    assert Client().get("/api/v1/themas", headers={"authorization": f"Bearer {token}"}).status_code == 401
    assert "Ingetrokken" in manager.get(reverse("api-sleutels:index")).content.decode()
    logged = ModelLogEntry.objects.filter(object_id=str(pk)).values_list("action", "user")
    assert set(logged) == {("wagtail.create", admin.pk), ("cms.api_token.revoke", admin.pk)}
    assert token not in str(list(ModelLogEntry.objects.values()))
    assert "Ingetrokken" in manager.get(reverse("api-sleutels:history", args=[pk])).content.decode()


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_token_ends_within_a_year(manager: Client, admin: User, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    html = make(manager, admin, expires_on=day.strftime("%d-%m-%Y")).content.decode()
    assert "hoogstens een jaar vooruit" in html
    assert not ApiToken.objects.exists()


def test_who_is_no_superuser_makes_no_token_for_one(client: Client, admin: User) -> None:
    other = User.objects.create_user("collega", "collega@voorbeeld.example", "geheim", is_staff=True)
    other.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "add_apitoken"]))
    client.force_login(other)
    make(client, admin)
    assert not ApiToken.objects.exists()
    make(client, other)
    assert ApiToken.objects.get().user == other


def test_who_may_not_manage_tokens_sees_none(client: Client, admin: User, manager: Client) -> None:
    make(manager, admin)
    other = User.objects.create_user("collega", "collega@voorbeeld.example", "geheim")
    other.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    stranger = Client()
    stranger.force_login(other)
    for name, arguments in (("index", []), ("add", []), ("edit", [ApiToken.objects.get().pk])):
        assert stranger.get(reverse(f"api-sleutels:{name}", args=arguments)).status_code == 302, name
    stranger.post(reverse("api-sleutels:edit", args=[ApiToken.objects.get().pk]))
    assert ApiToken.objects.get().revoked_at is None
