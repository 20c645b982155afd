"""`manage.py maak_afbeeldingen`: makes the sizes of images that are not there yet."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from cms.models import CMSImage, CMSRendition
from cms.rendering.pictures import make_all_sizes

AT_ONCE = 50


class Command(BaseCommand):
    """Runs each night, see deploy/systemd: for images of which a worker never made all, or that are public since."""

    help = "Maakt de maten van afbeeldingen die er nog niet zijn. Dat doet de worker ook, zodra een afbeelding komt."

    def handle(self, *args: Any, **options: Any) -> None:
        before = CMSRendition.objects.count()
        ids = list(CMSImage.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            make_all_sizes(ids[start : start + AT_ONCE])
        number = CMSRendition.objects.count() - before
        text = ngettext("%(number)d maat gemaakt.", "%(number)d maten gemaakt.", number)
        self.stdout.write(text % {"number": number})
