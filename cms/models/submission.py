"""What readers sent with a form: kept for as long as the form promised, then deleted."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.models.form import Form


class FormSubmission(models.Model):
    """One filled-in form. `answers` holds each question as it was asked then: `{"key", "question", "answers": [text]}`.

    `sender` and `fingerprint` are keyed hashes that tell a second click and a flood; they go within the hour.
    """

    # It is no use of the form that an editor has to know of before changing it.
    wagtail_reference_index_ignore = True

    form = models.ForeignKey(Form, verbose_name=_("formulier"), on_delete=models.PROTECT, related_name="submissions")
    sent_at = models.DateTimeField(_("verstuurd op"), default=timezone.now, db_index=True)
    delete_at = models.DateTimeField(_("wordt gewist op"), db_index=True)
    page_path = models.CharField(_("pagina"), max_length=2000, blank=True)
    answers = models.JSONField(_("antwoorden"), default=list)
    mailed_at = models.DateTimeField(_("gemaild op"), null=True)
    mail_attempts = models.PositiveSmallIntegerField(_("pogingen om te mailen"), default=0)
    sender = models.CharField(_("kenmerk van de afzender"), max_length=64, blank=True)
    fingerprint = models.CharField(_("kenmerk van de inhoud"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("inzending")
        verbose_name_plural = _("inzendingen")
        ordering = ["-sent_at", "-pk"]
        # Nobody makes or changes what a reader sent.
        default_permissions = ("view", "delete")

    def __str__(self) -> str:
        moment = date_format(timezone.localtime(self.sent_at), "SHORT_DATETIME_FORMAT")
        return gettext("inzending van %(moment)s") % {"moment": moment}

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.delete_at is None:
            self.delete_at = self.sent_at + timedelta(days=self.form.retention_days)
        super().save(*args, **kwargs)

    @property
    def kept_until(self) -> datetime:
        """When it is deleted: as promised at the time, or sooner where the form keeps answers shorter since."""
        return min(self.delete_at, self.sent_at + timedelta(days=self.form.retention_days))
