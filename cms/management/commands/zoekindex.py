"""`manage.py zoekindex`: builds the index of the search."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.models import IndexVersion, PendingEntry
from cms.search import building
from cms.search.indexing import MOST_ATTEMPTS, index_pending, retry_failed


class Command(BaseCommand):
    """Builds a new index beside the one in use. Can be broken off and run again."""

    help = "Bouw de zoekindex opnieuw, naast de index die in gebruik is. Afgebroken? Start opnieuw: hij gaat verder."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--stand", action="store_true", help="Toon alleen hoe het met de zoekindex staat.")
        choice.add_argument(
            "--als-nodig", action="store_true",
            help="Bouw alleen als er geen index is, of als woorden nu anders worden ontleed. Verwerk anders wat wacht.",
        )  # fmt: skip
        choice.add_argument("--wachtend", action="store_true", help="Verwerk wat wacht, ook wat eerder mislukte.")
        parser.add_argument("--processen", type=int, help="Hoeveel processen de teksten ontleden (standaard: alle).")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["stand"]:
            self._tell()
        elif options["wachtend"]:
            retry_failed()
            self.stdout.write(f"Verwerkt: {index_pending()}.")
        elif options["als_nodig"] and building.up_to_date():
            done = index_pending()
            self.stdout.write(f"De zoekindex is bij. Verwerkt: {done}." if done else "De zoekindex is bij.")
        else:
            self._build(options["processen"])

    def _build(self, processes: int | None) -> None:
        started = time.monotonic()
        try:
            number = building.rebuild(self._progress, processes)
        except building.BusyError as error:
            raise CommandError("Een ander proces bouwt de zoekindex al. Zie: manage.py zoekindex --stand") from error
        if self.stdout.isatty():
            self.stdout.write("")
        index_pending()
        version = IndexVersion.objects.get(pk=number)
        seconds = round(time.monotonic() - started)
        self.stdout.write(f"Zoekindex {number} is in gebruik: {version.done} onderdelen in {seconds} s.")
        self._tell_failed()

    def _progress(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} van {total}", ending="")
            sys.stdout.flush()

    def _tell(self) -> None:
        versions = list(IndexVersion.objects.all())
        if not versions:
            self.stdout.write("Er is nog geen zoekindex. Bouw hem met: manage.py zoekindex")
        for version in versions:
            line = f"Zoekindex {version.number}: {version.get_state_display()}, {version.done} van {version.total}"
            if version.finished_at:
                line += f", klaar op {version.finished_at:%d-%m-%Y %H:%M}"
            self.stdout.write(f"{line}. {version.message}".rstrip())
        if versions and not building.up_to_date():
            self.stdout.write("De index is van een oudere versie van de website. Bouw hem opnieuw: manage.py zoekindex")
        self.stdout.write(f"Wachtende wijzigingen: {PendingEntry.objects.filter(attempts__lt=MOST_ATTEMPTS).count()}.")
        self._tell_failed()

    def _tell_failed(self) -> None:
        for row in PendingEntry.objects.filter(attempts__gte=MOST_ATTEMPTS)[:20]:
            self.stderr.write(f"Mislukt: {row.key}: {row.message}")
