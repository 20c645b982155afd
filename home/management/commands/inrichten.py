"""`manage.py inrichten`: prepares an empty site for a region."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.setup.content import ContentError
from home.setup.region import available_regions, read_region, set_up
from home.setup.report import Report, without_page_log


class Command(BaseCommand):
    """Makes what a region's site needs to start. Can be run again: what is there already stays as it is."""

    help = "Richt een lege site in voor een regio: talen, groepen, pagina's, soorten, districten en gemeenten."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--regio", required=True, help=f"De regio: {', '.join(available_regions())}.")
        parser.add_argument(
            "--rechten",
            action="store_true",
            help="Geef bestaande groepen de rechten die ze missen, bijvoorbeeld na een nieuwe versie. "
            "Ook die een beheerder eerder weghaalde. Er gaan nooit rechten af.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report()
        try:
            with without_page_log():
                set_up(read_region(options["regio"]), report, add_rights=options["rechten"])
        except ContentError as error:
            raise CommandError(str(error)) from error
        for line in report.lines():
            self.stdout.write(line)
