"""An upload of many files: it is stored at every step, so that an editor can leave it and come back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Goal(models.TextChoices):
    """What becomes of the publications."""

    DRAFT = "concept", _("Bewaren als concept")
    SUBMIT = "indienen", _("Indienen ter controle")
    PUBLISH = "publiceren", _("Publiceren")


class Match(models.TextChoices):
    """In what a file is like one that is there already."""

    CONTENT = "inhoud", _("hetzelfde bestand")
    OLDER = "ouder", _("een oudere versie")
    NAME = "naam", _("een bestand met dezelfde naam")


class Action(models.TextChoices):
    """What becomes of one file."""

    NEW = "nieuw", _("Nieuwe publicatie")
    VERSION = "versie", _("Nieuwe versie van het bestaande bestand")
    SKIP = "overslaan", _("Overslaan")


class UploadBatch(models.Model):
    """One upload of one editor. `shared` holds the fields for all files, as the editor sent them."""

    never_public: ClassVar = True

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="upload_batches", editable=False
    )
    kennisbank = models.ForeignKey(
        "kennisbank.KennisbankPage", on_delete=models.CASCADE, related_name="+", editable=False
    )
    collection = models.ForeignKey(
        "wagtailcore.Collection", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    shared = models.JSONField(default=dict, editable=False)
    goal = models.CharField(max_length=10, choices=Goal, default=Goal.DRAFT, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("reeks bestanden")
        verbose_name_plural = _("reeksen bestanden")

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%Y-%m-%d %H:%M}"


class UploadedFile(models.Model):
    """One file of an upload. `values` holds its own fields, as the editor sent them.

    `document` is the file itself. It is ours alone (`owned`) until a publication has it; a file that is in the library
    already is not stored twice. `match` says in what it is like `same_as`.
    """

    never_public: ClassVar = True

    batch = models.ForeignKey(UploadBatch, on_delete=models.CASCADE, related_name="files", editable=False)
    # The browser's own name for this upload: sending it once more gives the same row.
    key = models.CharField(max_length=40, editable=False)
    name = models.CharField(max_length=255, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    document = models.ForeignKey(
        "cms.CMSDocument", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    owned = models.BooleanField(default=False, editable=False)
    same_as = models.ForeignKey(
        "cms.CMSDocument", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    match = models.CharField(max_length=10, choices=Match, blank=True, editable=False)
    action = models.CharField(max_length=10, choices=Action, default=Action.NEW, editable=False)
    values = models.JSONField(default=dict, editable=False)
    refusal = models.TextField(blank=True, editable=False)
    failure = models.TextField(blank=True, editable=False)
    page = models.ForeignKey(
        "kennisbank.PublicationPage", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    done_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("geüpload bestand")
        verbose_name_plural = _("geüploade bestanden")
        constraints = [models.UniqueConstraint(fields=["batch", "key"], name="kennisbank_uploaded_file_once")]

    def __str__(self) -> str:
        return self.name
