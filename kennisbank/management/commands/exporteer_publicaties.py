"""`manage.py exporteer_publicaties`: all metadata of the Kennisbank, as CSV or JSON."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.tables import lines
from kennisbank.exchange.exporting import table, values


class Command(BaseCommand):
    """Writes to a file, or to the screen."""

    help = "Schrijf de gegevens van alle publicaties, ook concepten, als csv of json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", nargs="?", help="Waarheen, bijvoorbeeld publicaties.csv. Leeg: op het scherm.")
        parser.add_argument(
            "--vorm", choices=["csv", "json"], help="Leeg: naar de extensie van het bestand, anders csv."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["bestand"]) if options["bestand"] else None
        form = options["vorm"] or ("json" if target and target.suffix.lower() == ".json" else "csv")
        rows = list(values()) if form == "json" else list(table())
        if form == "json":
            content = (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()
        else:
            content = b"".join(lines(rows))  # type: ignore[arg-type]
        if target is None:
            getattr(self.stdout, "_out", sys.stdout).write(content.decode("utf-8-sig"))
            return
        try:
            target.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{target} is niet te schrijven: {error.strerror}.") from error
        number = len(rows) if form == "json" else len(rows) - 1
        self.stdout.write(f"{number} publicaties geschreven naar {target}")
