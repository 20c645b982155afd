"""Publishes planned pages at their moment, and tells webhooks and caches what changed, until it is stopped."""

import signal
import socket
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms.outbox.keeping import keep_telling, tell_once
from cms.outbox.sending import SECONDS
from cms.scheduling import keep_publishing, publish_due


class Command(BaseCommand):
    help = (
        "Zet geplande pagina's op hun moment online, haalt verlopen pagina's weg en vertelt webhooks en caches wat er "
        "veranderde; blijft draaien tot u het stopt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--eenmaal", action="store_true", help="doe alleen wat nu aan de beurt is, en stop dan")

    def handle(self, *args: Any, eenmaal: bool, **options: Any) -> None:
        # For caches whose backend names no limit of its own.
        socket.setdefaulttimeout(SECONDS)
        if eenmaal:
            publish_due()
            tell_once()
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        telling = threading.Thread(target=keep_telling, args=[stopped], name="webhooks")
        telling.start()
        try:
            keep_publishing(stopped)
        finally:
            stopped.set()
            telling.join()
