"""`manage.py ruim_voorbeelden_op`: deletes previews that nobody can open any more, and links of long ago."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from cms.preview import passes, review


class Command(BaseCommand):
    """Runs each night, see deploy/systemd."""

    help = f"Verwijdert verlopen voorbeelden, en meeleeslinks die meer dan {review.KEPT.days} dagen niet meer werken."

    def handle(self, *args: Any, **options: Any) -> None:
        number = passes.remove_expired() + review.remove_old()
        text = ngettext(
            "%(number)d voorbeeld of link verwijderd.", "%(number)d voorbeelden en links verwijderd.", number
        )
        self.stdout.write(text % {"number": number})
