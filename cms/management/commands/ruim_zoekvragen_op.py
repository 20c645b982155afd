"""`manage.py ruim_zoekvragen_op`: deletes questions without a result that were kept long enough."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from cms.search.missed import DAYS_KEPT, remove_old


class Command(BaseCommand):
    """Runs each night, see deploy/systemd."""

    help = f"Verwijdert zoekvragen zonder resultaat die ouder zijn dan {DAYS_KEPT} dagen."

    def handle(self, *args: Any, **options: Any) -> None:
        number = remove_old()
        text = ngettext("%(number)d zoekvraag verwijderd.", "%(number)d zoekvragen verwijderd.", number)
        self.stdout.write(text % {"number": number})
