"""The versions of the search index, and what still has to be put in it. The index itself is SQL (cms/search/)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexVersion(models.Model):
    """One whole index, made by one version of the analyser; readers search the live one only."""

    never_public_columns: ClassVar = ("done", "total", "last_key", "message", "started_at", "touched_at", "finished_at")

    class State(models.TextChoices):
        BUILDING = "building", _("wordt opgebouwd")
        LIVE = "live", _("in gebruik")
        FAILED = "failed", _("mislukt")

    number = models.PositiveSmallIntegerField(primary_key=True, editable=False)
    analyser = models.CharField(max_length=40, editable=False)
    state = models.CharField(_("stand"), max_length=10, choices=State, default=State.BUILDING)
    done = models.PositiveIntegerField(_("klaar"), default=0)
    total = models.PositiveIntegerField(_("totaal"), default=0)
    # Where a build that was broken off goes on.
    last_key = models.CharField(max_length=100, blank=True, editable=False)
    message = models.TextField(_("melding"), blank=True)
    started_at = models.DateTimeField(_("begonnen"), auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(_("klaar op"), null=True)

    class Meta:
        verbose_name = _("zoekindex")
        verbose_name_plural = _("zoekindexen")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="live"), name="cms_one_live_index")
        ]

    def __str__(self) -> str:
        return str(self.number)


class PendingEntry(models.Model):
    """Something findable that changed: written in the transaction of the change, removed once it is in the index."""

    # What readers find is another then.
    public_events: ClassVar = ("DELETE",)
    # Nobody is told of the entry of a draft (cms/outbox/words.py).
    told_in_outbox: ClassVar = ("@wagtailcore_page:id:key:page",)

    key = models.CharField(max_length=100, unique=True, editable=False)
    since = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    message = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("wachtende wijziging")
        verbose_name_plural = _("wachtende wijzigingen")
        ordering = ["since"]

    def __str__(self) -> str:
        return self.key
