"""`manage.py exporteer_netwerk`: organisations, municipalities, plans, bodies, relations or memberships as CSV."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.tables import lines
from districts.exchange.exporting import table
from districts.exchange.sheets import SHEETS


class Command(BaseCommand):
    """Writes one sheet to a file or to the screen, or all of them into a folder."""

    help = "Schrijf de gegevens van het netwerk als csv: één soort, of alle soorten in een map."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("soort", choices=[*SHEETS, "alles"], help="Welke gegevens.")
        parser.add_argument("bestand", nargs="?", help="Waarheen. Leeg: op het scherm. Bij alles: een map.")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["bestand"]) if options["bestand"] else None
        if options["soort"] == "alles":
            if target is None or not target.is_dir():
                raise CommandError("Geef bij alles een map die bestaat.")
            for key in SHEETS:
                self._write(key, target / f"{key}.csv")
        else:
            self._write(options["soort"], target)

    def _write(self, key: str, target: Path | None) -> None:
        rows = list(table(SHEETS[key]))
        content = b"".join(lines(rows))
        if target is None:
            getattr(self.stdout, "_out", sys.stdout).write(content.decode("utf-8-sig"))
            return
        try:
            target.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{target} is niet te schrijven: {error.strerror}.") from error
        self.stdout.write(f"{len(rows) - 1} {key} geschreven naar {target}")
