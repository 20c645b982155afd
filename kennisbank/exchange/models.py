"""Which publication came from which row of somebody else's list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedPublication(models.Model):
    """The key that a publication has in the list it was imported from, so that a second run finds it again."""

    key = models.CharField(_("kenmerk"), max_length=100, unique=True)
    page = models.OneToOneField("kennisbank.PublicationPage", on_delete=models.CASCADE, related_name="imported")

    class Meta:
        verbose_name = _("geïmporteerde publicatie")
        verbose_name_plural = _("geïmporteerde publicaties")

    def __str__(self) -> str:
        return self.key
