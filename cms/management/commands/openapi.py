"""`manage.py openapi` writes the description of the API to a file; `--check` tells whether the file is up to date."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.api.openapi import as_text, describe


class Command(BaseCommand):
    help = "Schrijf de beschrijving van de API (OpenAPI) naar een bestand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "bestand", nargs="?", type=Path, default=Path("frontend/openapi.json"), help="Standaard: %(default)s."
        )
        parser.add_argument(
            "--check", action="store_true", help="Schrijf niets; geef een fout als het bestand niet meer klopt."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # The API is made from all apps together, which the project's addresses load.
        from cms.api.app import api

        path: Path = options["bestand"]
        text = as_text(describe(api))
        if not options["check"]:
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"Beschrijving van de API geschreven: {path}")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError(f"{path} klopt niet meer met de code. Maak het opnieuw: manage.py openapi")
        else:
            self.stdout.write(f"{path} klopt met de code.")
