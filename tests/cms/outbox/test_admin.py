"""Administrators keep webhooks, see what did not arrive, and have it sent again; nobody else does."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.models import Delivery, OutboxMessage, User, Webhook
from tests.cms.factories import make_site

pytestmark = pytest.mark.django_db
LIST = "webhook_afleveringen"


@pytest.fixture
def keeper(client: Client) -> Client:
    """Somebody with the permission of webhooks, and no other."""
    make_site()
    user = User.objects.create_user("beheerder", "beheer@voorbeeld.example", "geheim")
    names = ["access_admin", "add_webhook", "change_webhook", "delete_webhook"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


@pytest.fixture
def stranger(db) -> Client:
    make_site()
    user = User.objects.create_user("collega", "collega@voorbeeld.example", "geheim")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client = Client()
    client.force_login(user)
    return client


def given_up(number: int = 1, state: str = "opgegeven") -> list[Delivery]:
    webhook, _new = Webhook.objects.get_or_create(name="CDN van de provincie", url="https://cdn.example/")
    return [
        Delivery.objects.create(
            message=OutboxMessage.objects.create(tags=["site-1", "page-12"]),
            webhook=webhook, state=state, attempts=7, answer="Status 500", next_at=timezone.now() - timedelta(days=1),
        )
        for _each in range(number)
    ]  # fmt: skip


def test_a_webhook_gets_a_secret_that_those_with_the_permission_can_read(keeper: Client) -> None:
    answer = keeper.post(reverse("webhooks:add"), {"name": "CDN", "url": "https://cdn.example/haak", "active": "on"})
    assert answer.status_code == 302
    webhook = Webhook.objects.get()
    assert webhook.secret.startswith("whsec_")
    assert len(webhook.secret) > 40
    assert webhook.secret in keeper.get(reverse("webhooks:edit", args=[webhook.pk])).content.decode()
    assert webhook.secret not in keeper.get(reverse("webhooks:index")).content.decode()


def test_the_secret_cannot_be_chosen_but_made_anew(keeper: Client) -> None:
    webhook = Webhook.objects.create(name="CDN", url="https://cdn.example/")
    before = webhook.secret
    form = {"name": "Ander", "url": webhook.url, "active": "on", "shown_secret": "whsec_zelf", "secret": "whsec_zelf"}
    keeper.post(reverse("webhooks:edit", args=[webhook.pk]), form)
    webhook.refresh_from_db()
    assert (webhook.name, webhook.secret) == ("Ander", before)
    keeper.post(reverse("webhooks:edit", args=[webhook.pk]), {**form, "renew": "on"})
    webhook.refresh_from_db()
    assert webhook.secret not in (before, "whsec_zelf")


@pytest.mark.parametrize("url", ["http://cdn.example/", "geen adres", "https://ik:geheim@cdn.example/"])
def test_an_unsafe_address_is_refused_in_words(keeper: Client, url: str) -> None:
    html = keeper.post(reverse("webhooks:add"), {"name": "CDN", "url": url, "active": "on"}).content.decode()
    assert not Webhook.objects.exists()
    assert "w-field__errors" in html


def test_who_lacks_the_permission_sees_and_does_nothing(stranger: Client) -> None:
    (delivery,) = given_up()
    for address in (
        reverse("webhooks:index"),
        reverse("webhooks:add"),
        reverse("webhooks:edit", args=[delivery.webhook_id]),
        reverse(LIST),
    ):
        assert stranger.get(address).status_code == 302, address
    stranger.post(reverse(LIST), {"aflevering": "alle"})
    delivery.refresh_from_db()
    assert delivery.state == "opgegeven"
    assert "Niet alles is aangekomen" not in stranger.get(reverse("wagtailadmin_home")).content.decode()


def test_what_was_given_up_is_on_the_dashboard_and_in_the_list(keeper: Client) -> None:
    assert "Niet alles is aangekomen" not in keeper.get(reverse("wagtailadmin_home")).content.decode()
    given_up(2)
    html = keeper.get(reverse("wagtailadmin_home")).content.decode()
    assert "Niet alles is aangekomen" in html
    assert "2 berichten" in html
    html = keeper.get(reverse(LIST), {"stand": "opgegeven"}).content.decode()
    for text in ("CDN van de provincie", "Status 500", "site-1 page-12", "Alles opnieuw", "Opnieuw"):
        assert text in html, text


def test_one_or_all_are_sent_again(keeper: Client) -> None:
    first, second, third = given_up(3)
    html = keeper.post(reverse(LIST), {"aflevering": first.pk}, follow=True).content.decode()
    assert "1 bericht gaat opnieuw." in html
    assert list(Delivery.objects.given_up().order_by("pk")) == [second, third]
    first.refresh_from_db()
    assert (first.state, first.attempts) == ("wacht", 0)
    assert "gaat al opnieuw" in keeper.post(reverse(LIST), {"aflevering": first.pk}, follow=True).content.decode()
    assert (
        "2 berichten gaan opnieuw." in keeper.post(reverse(LIST), {"aflevering": "alle"}, follow=True).content.decode()
    )
    assert not Delivery.objects.given_up().exists()
    keeper.post(reverse(LIST), {"aflevering": "9" * 30})


def test_an_empty_list_says_what_to_do(keeper: Client) -> None:
    assert "Maak een webhook" in keeper.get(reverse(LIST)).content.decode()
    given_up()
    assert "Geen enkel bericht staat zo" in keeper.get(reverse(LIST), {"stand": "wacht"}).content.decode()
    assert "CDN van de provincie" in keeper.get(reverse(LIST), {"stand": "onzin"}).content.decode()


def test_a_long_list_has_pages_and_costs_as_much_as_a_short_one(keeper: Client, django_assert_max_num_queries) -> None:
    given_up(60)
    keeper.get(reverse(LIST))
    with django_assert_max_num_queries(14):
        html = keeper.get(reverse(LIST), {"stand": "opgegeven"}).content.decode()
    assert html.count("Status 500") == 50
    assert "p=2" in html
    assert "stand=opgegeven" in html
    assert keeper.get(reverse(LIST), {"p": 2}).content.decode().count("Status 500") == 10


def test_a_webhook_that_goes_takes_along_what_it_was_told(keeper: Client) -> None:
    (delivery,) = given_up()
    keeper.post(reverse("webhooks:delete", args=[delivery.webhook_id]))
    assert not Webhook.objects.exists()
    assert not Delivery.objects.exists()
