"""Brings messages to their receivers: each receiver in a thread of its own, the oldest first, again later what did not
arrive. A receiver that hangs holds up nobody else, nor the worker that fills the search index.
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event
from time import time

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.models import Delivery
from cms.outbox.purging import purge
from cms.outbox.sending import send

logger = logging.getLogger(__name__)

# When what did not arrive is sent again; after the last time it waits for a person.
PAUSES = (
    timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2),
    timedelta(hours=6),
)  # fmt: skip
_THREADS = 4


@dataclass(frozen=True)
class Receiver:
    """A webhook by its id, or a cache by its name."""

    webhook_id: int | None
    cache: str


def waiting() -> list[Receiver]:
    """Give who has something to be sent now. One query."""
    due = Delivery.objects.unfinished().filter(next_at__lte=timezone.now())
    return [Receiver(*each) for each in due.order_by().values_list("webhook_id", "cache").distinct()]


def deliver_to(receiver: Receiver, stopped: Event | None = None) -> int:
    """Send what the receiver is due, until something does not arrive. Give how many deliveries were tried."""
    tried = 0
    while not (stopped and stopped.is_set()) and (arrived := _deliver_next(receiver)) is not None:
        tried += 1
        if not arrived:
            # One message finds out whether somebody is away: the others do not knock before it is over.
            later = timezone.now() + PAUSES[0]
            others = Delivery.objects.unfinished().filter(webhook=receiver.webhook_id, cache=receiver.cache)
            Delivery.objects.filter(pk__in=others.filter(next_at__lt=later).values("pk")).update(next_at=later)
            break
    return tried


def _deliver_next(receiver: Receiver) -> bool | None:
    """Try the oldest delivery that is due and that nobody else tries; None where there is none.

    The row stays locked until the answer is noted: nobody sends it meanwhile, and when this process is killed, the
    database gives it free at once.
    """
    with transaction.atomic():
        due = Delivery.objects.unfinished().filter(
            webhook=receiver.webhook_id, cache=receiver.cache, next_at__lte=timezone.now()
        )
        locked = due.select_for_update(skip_locked=True, of=("self",)).select_related("message", "webhook")
        delivery = locked.order_by("message__happened_at", "pk").first()
        if delivery is None:
            return None
        with translation.override(settings.LANGUAGE_CODE):
            arrived, delivery.answer = _tell(delivery)
        delivery.attempts += 1
        if arrived:
            delivery.state = Delivery.State.DELIVERED
        elif delivery.attempts > len(PAUSES):
            delivery.state = Delivery.State.GIVEN_UP
            logger.error("Given up: %s was not told of a change (%s)", delivery.receiver, delivery.answer)
        else:
            delivery.state = Delivery.State.FAILED
            delivery.next_at = timezone.now() + PAUSES[delivery.attempts - 1]
        delivery.save(update_fields=["attempts", "answer", "state", "next_at"])
        return arrived


def _tell(delivery: Delivery) -> tuple[bool, str]:
    try:
        if delivery.webhook:
            return send(delivery.message, delivery.webhook, int(time()))
        return purge(delivery.message, delivery.cache)
    except Exception as error:  # a backend of somebody else may raise anything
        logger.exception("%s could not be told of a change", delivery.receiver)
        return False, _("Onverwachte fout: %(kind)s") % {"kind": type(error).__name__}


def try_again(deliveries: list[int] | None = None) -> int:
    """Send what was given up from the start again: these, or all. Give how many those are."""
    given_up = Delivery.objects.given_up()
    if deliveries is not None:
        given_up = given_up.filter(pk__in=deliveries)
    return given_up.update(state=Delivery.State.WAITING, attempts=0, next_at=timezone.now())


@dataclass
class Deliverer:
    """Has a few threads deliver, one a receiver at a time, until `stopped`."""

    stopped: Event
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(_THREADS, "webhooks"))
    _busy: dict[Receiver, Future] = field(default_factory=dict)

    def deliver(self) -> None:
        """Begin with whoever has something due and is not being told already."""
        self._busy = {receiver: future for receiver, future in self._busy.items() if not future.done()}
        for receiver in waiting():
            if receiver not in self._busy:
                self._busy[receiver] = self._threads.submit(_in_thread, receiver, self.stopped)

    def stop(self) -> None:
        """Wait for those that are being told: ten seconds at most each."""
        self._threads.shutdown(cancel_futures=True)


def _in_thread(receiver: Receiver, stopped: Event) -> None:
    close_old_connections()
    try:
        deliver_to(receiver, stopped)
    except Exception:
        logger.exception("Deliveries could not be made")
    finally:
        connection.close()
