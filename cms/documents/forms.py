"""The form behind every screen of the admin where a document comes in or changes."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from cms.documents.checks import check_upload, clean_name, readable_limit, settings_limit
from cms.documents.content import hash_of
from cms.documents.replacing import replace_file, same_file
from cms.models import CMSDocument

_OF_THE_FILE = (
    "file", "file_size", "content_hash", "media_type", "file_changed_at", "extraction_state", "extraction_attempts",
    "extraction_message", "extraction_started_at",
)  # fmt: skip


class DocumentForm(BaseDocumentForm):
    """Refuses what the library does not take, and keeps the old file when a new one comes in its place."""

    original_file: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            # `clean_name` shortens a long name.
            field.max_length = None
            sizes = {"other": filesizeformat(readable_limit()), "video": filesizeformat(settings_limit())}
            field.help_text = _("Een bestand mag %(other)s zijn, een video %(video)s.") % sizes
            if self.instance.pk:
                field.help_text += " " + _("Kiest u een nieuw bestand, dan blijft het oude bewaard als oudere versie.")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_upload(file)
            if self.instance.pk and hash_of(file) == self.instance.content_hash:
                raise same_file()
            file.name = clean_name(file.name)
        return file

    def save(self, commit: bool = True) -> CMSDocument:
        if not (commit and self.instance.pk and self.original_file and "file" in self.changed_data):
            return super().save(commit)
        with transaction.atomic():
            replaced = replace_file(
                CMSDocument.objects.get(pk=self.instance.pk), self.cleaned_data["file"], user=self.user
            )
            for name in _OF_THE_FILE:
                setattr(self.instance, name, getattr(replaced, name))
            # Wagtail would delete it.
            self.original_file = None
            return super().save()
