"""A message arrives signed, is sent again later when it did not arrive, and at last waits for a person."""

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page

from cms.models import Delivery, Webhook
from cms.outbox import sending
from cms.outbox.delivering import PAUSES, Receiver, deliver_to, try_again, waiting
from tests.cms.factories import make_content_page, make_private, make_site
from tests.cms.outbox.conftest import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(webhook: Webhook) -> Delivery:
    """A delivery that is due."""
    Page.objects.update(title="Anders")
    told()
    Delivery.objects.update(next_at=timezone.now())
    return Delivery.objects.get()


def deliver(webhook: Webhook) -> int:
    return deliver_to(Receiver(webhook.pk, ""))


def pass_time(pause: timedelta) -> None:
    """Let it be so much later."""
    for each in Delivery.objects.all():
        Delivery.objects.filter(pk=each.pk).update(next_at=each.next_at - pause)


def stands(delivery: Delivery) -> tuple[str, int, str]:
    delivery.refresh_from_db()
    return delivery.state, delivery.attempts, delivery.answer


def test_a_message_is_signed_as_the_standard_says(webhook, delivery, receiver) -> None:
    deliver(webhook)
    ((line, headers, body),) = receiver.got
    assert line == "POST /"
    content = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    expected = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == expected
    assert headers["content-type"] == "application/json"
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 300
    told_body = json.loads(body)
    assert told_body["id"] == headers["webhook-id"] == str(delivery.message_id)
    assert told_body["soort"] == "inhoud.gewijzigd"
    assert told_body["tijdstip"].endswith("Z")
    assert f"site-{make_site()[0].pk}" in told_body["tags"]
    assert stands(delivery) == ("afgeleverd", 1, "Status 204")
    assert deliver(webhook) == 0
    assert len(receiver.got) == 1


def test_a_message_holds_no_title_address_or_person(webhook, receiver) -> None:
    page = make_content_page(make_site()[1], "Jan de Vries neemt afscheid")
    make_private(page)
    told()
    Delivery.objects.update(next_at=timezone.now())
    deliver(webhook)
    text = receiver.got[-1][2].decode().lower()
    assert "vries" not in text
    assert set(json.loads(text)) == {"id", "tijdstip", "soort", "tags"}


def test_it_is_sent_again_later_and_later_and_then_waits_for_a_person(webhook, delivery, receiver) -> None:
    receiver.statuses = [500] * (len(PAUSES) + 1)
    for number, pause in enumerate(PAUSES, 1):
        deliver(webhook)
        assert stands(delivery) == ("mislukt", number, "Status 500")
        left = delivery.next_at - timezone.now()
        assert pause - timedelta(seconds=30) < left <= pause
        assert deliver(webhook) == 0
        pass_time(pause)
    deliver(webhook)
    assert stands(delivery) == ("opgegeven", len(PAUSES) + 1, "Status 500")
    pass_time(timedelta(days=1))
    assert deliver(webhook) == 0
    assert try_again([delivery.pk]) == 1
    assert deliver(webhook) == 1
    assert stands(delivery) == ("afgeleverd", 1, "Status 204")
    # The receiver can know that it is the same one, with a signature of now each time.
    assert len({(headers["webhook-id"], body) for _line, headers, body in receiver.got}) == 1


def test_who_is_away_is_asked_by_one_message_only(webhook, receiver) -> None:
    for title in ("Een", "Twee", "Drie"):
        Page.objects.update(title=title)
        told()
    Delivery.objects.update(next_at=timezone.now())
    receiver.statuses = [503]
    assert deliver(webhook) == 1
    assert waiting() == []
    pass_time(PAUSES[0])
    assert deliver(webhook) == 3
    moments = [json.loads(body)["tijdstip"] for _line, _headers, body in receiver.got]
    assert moments[0] == moments[1]
    assert moments[1:] == sorted(moments[1:])


def test_a_redirect_is_not_followed(webhook, delivery, receiver) -> None:
    receiver.statuses = [302]
    deliver(webhook)
    assert len(receiver.got) == 1
    assert stands(delivery)[2] == "Status 302: een doorverwijzing. Die volgen wij niet."


def test_what_went_wrong_is_told_in_words(webhook, delivery, monkeypatch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        Webhook.objects.update(url=f"http://127.0.0.1:{nobody.getsockname()[1]}/")
        deliver(webhook)
    assert stands(delivery)[2] == "Er luistert niemand op dat adres."
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setattr(sending, "SECONDS", 0.2)
        for scheme, answer in (("http", "Geen antwoord binnen 0.2 seconden."), ("https", "Geen antwoord binnen")):
            Webhook.objects.update(url=f"{scheme}://127.0.0.1:{silent.getsockname()[1]}/")
            Delivery.objects.update(next_at=timezone.now())
            deliver(webhook)
            assert stands(delivery)[2].startswith(answer)


def test_somebody_who_answers_a_byte_at_a_time_does_not_keep_us(webhook, delivery, monkeypatch) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.5)
    over = threading.Event()

    def drip(listener: socket.socket) -> None:
        client = listener.accept()[0]
        with client:
            while not over.wait(0.1):
                try:
                    client.sendall(b"H")
                except OSError:
                    return

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        thread = threading.Thread(target=drip, args=[listener])
        thread.start()
        Webhook.objects.update(url=f"http://127.0.0.1:{listener.getsockname()[1]}/")
        deliver(webhook)
        over.set()
        thread.join()
    assert stands(delivery)[:2] == ("mislukt", 1)
    assert "binnen" in delivery.answer


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0", "169.254.169.254"])
def test_nothing_goes_to_this_machine_or_a_private_network(webhook, delivery, receiver, settings, host: str) -> None:
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = False
    port = receiver.url.rstrip("/").rpartition(":")[2]
    Webhook.objects.update(url=f"http://{host}:{port}/")
    deliver(webhook)
    assert receiver.got == []
    assert "Daar gaan geen berichten heen" in stands(delivery)[2]


@pytest.mark.parametrize(
    "host",
    [
        "10.1.2.3",
        "192.168.0.1",
        "172.16.9.9",
        "100.64.0.1",
        "fe80::1%eth0",
        "fd00::1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
    ],
)
def test_addresses_that_are_nobodys_or_private_are_known(host: str) -> None:
    assert not sending._is_public(host)


def test_public_addresses_are_known() -> None:
    assert sending._is_public("93.184.216.34")
    assert sending._is_public("2606:2800:220:1:248:1893:25c8:1946")


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://elders.example/haak?a=b", True),
        ("http://elders.example/", False),
        ("http://127.0.0.1:9000/", True),
        ("ftp://elders.example/", False),
        ("https://a:b@elders.example/", False),
        ("https://", False),
        ("https://elders.example:abc/", False),
    ],
)
def test_an_address_in_the_open_is_refused(db, url: str, allowed: bool) -> None:
    found = Webhook(name="CDN", url=url)
    if allowed:
        found.full_clean()
    else:
        with pytest.raises(ValidationError):
            found.full_clean()


def test_an_address_of_this_machine_is_refused_in_production(db, settings) -> None:
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = False
    with pytest.raises(ValidationError):
        Webhook(name="CDN", url="http://127.0.0.1:9000/").full_clean()


def test_a_word_that_no_tag_begins_with_is_refused(db) -> None:
    with pytest.raises(ValidationError, match="thema"):
        Webhook(name="CDN", url="https://elders.example/", words="part- thema").full_clean()


def test_what_waited_for_a_webhook_that_was_off_goes_when_it_is_on_again(webhook, delivery, receiver) -> None:
    Webhook.objects.update(active=False)
    assert waiting() == []
    assert deliver(webhook) == 0
    Webhook.objects.update(active=True)
    assert waiting() == [Receiver(webhook.pk, "")]
    assert deliver(webhook) == 1
