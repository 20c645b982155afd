"""`manage.py ruim_inzendingen_op`: deletes forms that readers sent once their time is over; mails what never left."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from cms.submissions.removing import mail_again, remove_overdue


class Command(BaseCommand):
    """Runs each night, see deploy/systemd."""

    help = "Wist inzendingen van formulieren waarvan de bewaartermijn om is, en mailt wat nog niet gemaild is."

    def handle(self, *args: Any, **options: Any) -> None:
        number = remove_overdue()
        text = ngettext("%(number)d inzending gewist.", "%(number)d inzendingen gewist.", number)
        self.stdout.write(text % {"number": number})
        if waiting := mail_again():
            text = ngettext("%(number)d inzending te mailen.", "%(number)d inzendingen te mailen.", waiting)
            self.stdout.write(text % {"number": waiting})
