"""Documents: files that a reader can download, what stands in them, and the files that stood there before."""

from pathlib import PurePath
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import Storage, default_storage, storages
from django.core.files.storage.handler import InvalidStorageError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.search import index

from cms.documents.content import note_content
from cms.models.upload import TitledUpload


def document_storage() -> Storage:
    """Give the storage named "documents" in STORAGES, which no web server serves; else the default storage."""
    try:
        return storages["documents"]
    except InvalidStorageError:
        return default_storage


class ExtractionState(models.TextChoices):
    """How far the worker is with reading a file."""

    QUEUED = "queued", _("wacht op lezen")
    RUNNING = "running", _("wordt gelezen")
    DONE = "done", _("gelezen")
    NO_TEXT = "no_text", _("geen tekst")
    FAILED = "failed", _("niet te lezen")
    TOO_BIG = "too_big", _("te groot")
    UNSAFE = "unsafe", _("onveilig")


class PartKind(models.TextChoices):
    """What the numbered parts of a file are."""

    PAGE = "page", _("pagina")
    SLIDE = "slide", _("dia")
    SHEET = "sheet", _("blad")
    SECTION = "section", _("deel")


# What the worker writes, by statements of its own.
READ_FROM_FILE = frozenset(
    {
        "extraction_state", "extraction_attempts", "extraction_message", "extraction_started_at", "extracted_hash",
        "part_kind", "page_count", "language", "tagged", "text_layer", "claims_pdf_ua", "declared_title",
        "declared_language",
    }
)  # fmt: skip


class FileFacts(models.Model):
    """What is known of the content of a file. `content_hash` is SHA-256 in hexadecimals, `file_size` in bytes."""

    content_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    page_count = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        abstract = True


class CMSDocument(TitledUpload, FileFacts, AbstractDocument):
    """A file in a storage that only the document view reads, so that a private collection stays private."""

    file = models.FileField(_("bestand"), upload_to="", storage=document_storage)
    language = models.CharField(max_length=5, blank=True, editable=False)
    file_changed_at = models.DateTimeField(null=True, editable=False)

    extraction_state = models.CharField(
        _("lezen"), max_length=10, choices=ExtractionState, default=ExtractionState.QUEUED, editable=False
    )
    extraction_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    extraction_message = models.TextField(blank=True, editable=False)
    # Since when a worker is at it: one that was killed leaves this behind, and another takes over after a while.
    extraction_started_at = models.DateTimeField(null=True, editable=False)
    # The hash of the content that `texts` come from.
    extracted_hash = models.CharField(max_length=64, blank=True, editable=False)
    part_kind = models.CharField(max_length=10, choices=PartKind, blank=True, editable=False)

    # What a PDF says of its own accessibility; None where it is not a PDF or was not read.
    tagged = models.BooleanField(null=True, editable=False)
    text_layer = models.BooleanField(null=True, editable=False)
    claims_pdf_ua = models.BooleanField(null=True, editable=False)
    declared_title = models.CharField(max_length=300, blank=True, editable=False)
    declared_language = models.CharField(max_length=20, blank=True, editable=False)

    admin_form_fields = Document.admin_form_fields
    # For the filter of the admin's list while somebody searches in it.
    search_fields = [*AbstractDocument.search_fields, index.FilterField("extraction_state")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documenten")
        permissions = [("choose_document", "Can choose document")]
        indexes = [models.Index(fields=["extraction_state"], name="cms_document_extraction")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            # A file not in the storage yet is a new one; one there without a hash was put there first.
            if self.file and not (self.content_hash and self.file._committed):  # type: ignore[attr-defined]
                note_content(self)
            elif not self._state.adding:
                # The worker may have read the file since this was loaded.
                kwargs["update_fields"] = self._fields_but(READ_FROM_FILE)
        super().save(*args, **kwargs)

    def _fields_but(self, left_out: frozenset[str]) -> list[str]:
        left_out = left_out | self.get_deferred_fields()
        fields = self._meta.concrete_fields
        return [field.name for field in fields if field.attname not in left_out and not field.primary_key]

    def clean(self) -> None:
        """Leave files to the form: Wagtail looks here at the name only, and says of a refused file that it has none."""

    @property
    def content_type(self) -> str:
        """The media type by content, for Wagtail's view that serves the file."""
        return self.media_type or super().content_type


class DocumentText(models.Model):
    """The text of one page, slide, sheet or section; `number` from 1, `label` the name of a sheet or heading."""

    # Readers get it from the search index only.
    never_public: ClassVar = True

    document = models.ForeignKey(CMSDocument, on_delete=models.CASCADE, related_name="texts", editable=False)
    number = models.PositiveIntegerField(editable=False)
    label = models.CharField(max_length=200, blank=True, editable=False)
    text = models.TextField(editable=False)

    class Meta:
        verbose_name = _("tekst van een document")
        verbose_name_plural = _("teksten van documenten")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="cms_document_text_number")]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"


class DocumentVersion(FileFacts):
    """A file that stood at a document's address until a newer one took its place. `number` counts from 1.

    `was_published` tells whether a published page referred to the document then: what nobody could read before it was
    replaced stays with the editors.
    """

    document = models.ForeignKey(CMSDocument, on_delete=models.CASCADE, related_name="versions", editable=False)
    number = models.PositiveIntegerField(editable=False)
    file = models.FileField(_("bestand"), upload_to="", storage=document_storage)
    file_size = models.PositiveBigIntegerField(null=True, editable=False)
    placed_at = models.DateTimeField(_("geplaatst op"), null=True)
    replaced_at = models.DateTimeField(_("vervangen op"))
    note = models.CharField(_("wat er veranderde"), max_length=300, blank=True)
    was_published = models.BooleanField(_("is gepubliceerd geweest"), default=True, editable=False)
    replaced_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("door")
    )

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="cms_document_version_number")]
        verbose_name = _("oudere versie")
        verbose_name_plural = _("oudere versies")

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"

    @property
    def filename(self) -> str:
        """The last part of its address."""
        return PurePath(self.file.name or "").name
