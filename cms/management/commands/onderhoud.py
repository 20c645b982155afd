"""Closes the public site for maintenance, opens it again, or tells how it stands."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms import maintenance


class Command(BaseCommand):
    help = "Sluit de site voor onderhoud (aan), opent haar weer (uit) of zegt hoe het staat (stand)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("stand", choices=["aan", "uit", "stand"], nargs="?", default="stand")

    def handle(self, *args: Any, stand: str, **options: Any) -> None:
        try:
            if stand == "aan":
                maintenance.flag().parent.mkdir(parents=True, exist_ok=True)
                maintenance.flag().touch()
            elif stand == "uit":
                maintenance.flag().unlink(missing_ok=True)
        except OSError as error:
            raise CommandError(f"Het bestand {maintenance.flag()} is niet te schrijven: {error.strerror}.") from error
        if stand == "uit" and getattr(settings, "MAINTENANCE", False):
            raise CommandError("De instelling MAINTENANCE staat nog op 1. Zet haar op 0 en herstart de site.")
        closed = maintenance.is_closed()
        self.stdout.write("De site is dicht voor onderhoud." if closed else "De site is open.")
