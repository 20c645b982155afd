"""Publishes planned pages at their moment, until it is stopped."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms.scheduling import keep_publishing, publish_due


class Command(BaseCommand):
    help = "Zet geplande pagina's op hun moment online, en haalt verlopen pagina's weg; blijft draaien tot u het stopt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--eenmaal", action="store_true", help="doe alleen wat nu aan de beurt is, en stop dan")

    def handle(self, *args: Any, eenmaal: bool, **options: Any) -> None:
        if eenmaal:
            publish_due()
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        keep_publishing(stopped)
