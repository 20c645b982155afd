"""Keeps telling others what changes, until it is stopped: beside the publishing of planned pages, in a thread."""

import logging
import threading

from django.db import close_old_connections, connection
from django.utils import timezone

from cms.outbox.delivering import Deliverer, deliver_to, waiting
from cms.outbox.gathering import Gatherer, forget_old

logger = logging.getLogger(__name__)

EVERY = 1.0  # seconds
AFTER_A_FAILURE = 10.0  # seconds
FORGET_EVERY = 3600.0  # seconds


def keep_telling(stopped: threading.Event) -> None:
    """Tell what changed, each second until `stopped`. A failure is noted in the log, and tried again."""
    gatherer, deliverer = Gatherer(), Deliverer(stopped)
    wait, since_forgetting = EVERY, FORGET_EVERY
    while not stopped.wait(wait):
        since_forgetting += wait
        wait = EVERY
        close_old_connections()
        try:
            gatherer.gather()
            deliverer.deliver()
            if since_forgetting >= FORGET_EVERY:
                since_forgetting = 0.0
                forget_old(timezone.now())
        except Exception:
            logger.exception("Others could not be told what changed; the next try is in ten seconds")
            gatherer, wait = Gatherer(), AFTER_A_FAILURE
    deliverer.stop()
    connection.close()


def tell_once() -> None:
    """Tell what changed and is due now, and come back when that is done."""
    Gatherer().gather()
    for receiver in waiting():
        deliver_to(receiver)
    forget_old(timezone.now())
