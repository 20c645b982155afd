"""`manage.py importeer_netwerk`: organisations, municipalities, plans, bodies, relations or memberships in."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.exchange.columns import template
from cms.exchange.reading import SheetError, read_rows
from cms.exchange.results import Outcome
from cms.models import User
from cms.tables import lines
from districts.exchange.importing import run
from districts.exchange.sheets import SHEETS, Sheet


class Command(BaseCommand):
    """Tells of every row what becomes of it. Can be run again: what has not changed stays as it is."""

    help = "Maak of wijzig gegevens van het netwerk uit een blad (csv of xlsx). Standaard een proef."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("soort", choices=list(SHEETS), help="Welke gegevens in het blad staan.")
        parser.add_argument("bestand", nargs="?", help="Het blad: csv of xlsx.")
        parser.add_argument("--uitvoeren", action="store_true", help="Doe het echt. Zonder dit is het een proef.")
        parser.add_argument("--sjabloon", metavar="BESTAND", help="Schrijf een leeg blad met een voorbeeld, en stop.")
        parser.add_argument("--gebruiker", metavar="NAAM", help="Wie in de geschiedenis staat.")

    def handle(self, *args: Any, **options: Any) -> None:
        sheet = SHEETS[options["soort"]]
        if options["sjabloon"]:
            self._write_template(sheet, Path(options["sjabloon"]))
            return
        if not options["bestand"]:
            raise CommandError(f"Geef een blad, of maak er een met --sjabloon {sheet.key}.csv.")
        path = Path(options["bestand"])
        try:
            rows = read_rows(path.name, path.read_bytes(), sheet.columns, sheet.needed)
        except SheetError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path} is niet te lezen: {error.strerror}.") from error
        counts: Counter[Outcome] = Counter()
        for result in run(sheet, rows, carry_out=options["uitvoeren"], user=_user(options["gebruiker"])):
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

    def _write_template(self, sheet: Sheet, target: Path) -> None:
        if target.exists():
            raise CommandError(f"{target} bestaat al. Kies een andere naam.")
        try:
            target.write_bytes(b"".join(lines(template(sheet.columns))))
        except OSError as error:
            raise CommandError(f"{target} is niet te schrijven: {error.strerror}.") from error
        self.stdout.write(f"{target} is gemaakt. De tweede rij is een voorbeeld: haal die weg. De kolommen:")
        for column in sheet.columns:
            self.stdout.write(f"  {column.name}: {column.meaning}")


def _user(name: str | None) -> User | None:
    if not name:
        return None
    found = User.objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"Gebruiker {name} bestaat niet.")
    return found
