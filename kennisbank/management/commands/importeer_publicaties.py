"""`manage.py importeer_publicaties`: publications from a sheet and a folder of files. A dry run unless asked."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.exchange.columns import template
from cms.exchange.reading import SheetError
from cms.exchange.results import Outcome
from cms.models import User
from cms.tables import lines
from kennisbank.exchange.columns import COLUMNS
from kennisbank.exchange.importing import Importer
from kennisbank.exchange.reading import find_sheet, read_sheet
from kennisbank.models import KennisbankPage


class Command(BaseCommand):
    """Tells of every row what becomes of it. Can be run again: what has not changed stays as it is."""

    help = "Maak publicaties uit een blad (csv of xlsx) met gegevens en een map met bestanden. Standaard een proef."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "map_of_bestand", nargs="?", help="Het blad, of de map waarin het blad en de bestanden staan."
        )
        parser.add_argument("--uitvoeren", action="store_true", help="Doe het echt. Zonder dit is het een proef.")
        parser.add_argument(
            "--publiceer", action="store_true", help="Publiceer waar de kolom publiceren leeg is. Anders een concept."
        )
        parser.add_argument("--sjabloon", metavar="BESTAND", help="Schrijf een leeg blad met een voorbeeld, en stop.")
        parser.add_argument(
            "--kennisbank", metavar="ADRES", help="De naam in het adres, als er meer Kennisbanken zijn."
        )
        parser.add_argument("--gebruiker", metavar="NAAM", help="Wie in de geschiedenis van de pagina's staat.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sjabloon"]:
            self.write_template(Path(options["sjabloon"]))
            return
        if not options["map_of_bestand"]:
            raise CommandError("Geef een map of een blad, of maak een blad met --sjabloon publicaties.csv.")
        try:
            sheet = find_sheet(Path(options["map_of_bestand"]))
            rows = read_sheet(sheet)
        except SheetError as error:
            raise CommandError(str(error)) from error
        except (OSError, csv.Error) as error:
            raise CommandError(f"{options['map_of_bestand']} is niet te lezen: {error}") from error
        importer = Importer(
            rows,
            sheet.parent,
            kennisbank(options["kennisbank"]),
            carry_out=options["uitvoeren"],
            publish=options["publiceer"],
            user=user(options["gebruiker"]),
        )
        counts: Counter[Outcome] = Counter()
        for result in importer.run():
            counts[result.outcome] += 1
            self.stdout.write(f"rij {result.number}: {result.outcome}: {result.title}")
            for words in result.words:
                self.stdout.write(f"    {words}")
        self.stdout.write("")
        self.stdout.write(", ".join(f"{counts[each]} {each}" for each in Outcome))
        if not options["uitvoeren"]:
            self.stdout.write("Dit was een proef: er is niets veranderd. Doe het echt met --uitvoeren.")
        if counts[Outcome.WRONG]:
            raise CommandError("Rijen met een fout zijn overgeslagen. Verbeter ze en draai het commando opnieuw.")

    def write_template(self, target: Path) -> None:
        """Write the template, and tell what the columns mean. Never over a file that is there."""
        if target.exists():
            raise CommandError(f"{target} bestaat al. Kies een andere naam.")
        try:
            target.write_bytes(b"".join(lines(template(COLUMNS))))
        except OSError as error:
            raise CommandError(f"{target} is niet te schrijven: {error.strerror}.") from error
        self.stdout.write(f"{target} is gemaakt. De tweede rij is een voorbeeld: haal die weg. De kolommen:")
        for column in COLUMNS:
            if not column.told:
                self.stdout.write(f"  {column.name}: {column.meaning}")


def kennisbank(slug: str | None) -> KennisbankPage:
    """Give the Kennisbank that the publications come into."""
    pages = KennisbankPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")
    found = list(pages.filter(slug=slug) if slug else pages)
    if not found:
        raise CommandError("Er is geen Kennisbank met die naam." if slug else "Maak eerst een pagina Kennisbank.")
    if len(found) > 1:
        raise CommandError(
            f"Er zijn meer Kennisbanken. Kies met --kennisbank: {', '.join(each.slug for each in found)}."
        )
    return found[0]


def user(name: str | None) -> User | None:
    """Give the editor of this name."""
    if not name:
        return None
    found = User.objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"Gebruiker {name} bestaat niet.")
    return found
