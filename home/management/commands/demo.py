"""`manage.py demo`: adds the example network."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.documents.reading import read_now, unread
from cms.search.indexing import index_pending
from home.setup.content import ContentError
from home.setup.demo.files import make_renditions
from home.setup.demo.load import load_demo
from home.setup.demo.logins import NOT_ALLOWED, allowed, login_rows
from home.setup.demo.source import demo_file
from home.setup.report import Report


class Command(BaseCommand):
    """Adds an example network to the site, after the set-up of its region. Can be run again."""

    help = "Voeg het voorbeeldnetwerk toe: pagina's, organen, publicaties, plannen, vertalingen en demo-accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--inloggegevens", action="store_true", help="Toon alleen de demo-accounts, als JSON, en voeg niets toe."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["inloggegevens"]:
                self.stdout.write(json.dumps(login_rows(demo_file("inloggegevens")), ensure_ascii=False))
                return
            report = Report()
            load_demo(report)
        except ContentError as error:
            raise CommandError(str(error)) from error
        make_renditions()
        # Complete at once, without waiting for the worker.
        for document in unread():
            read_now(document)
        index_pending()
        for line in report.lines():
            self.stdout.write(line)
        if not allowed():
            self.stdout.write(f"Demo-accounts: overgeslagen. {NOT_ALLOWED}")
