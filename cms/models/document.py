"""Documents: files that a reader can download."""

from django.core.files.storage import Storage, default_storage, storages
from django.core.files.storage.handler import InvalidStorageError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from cms.models.upload import TitledUpload


def document_storage() -> Storage:
    """Give the storage named "documents" in STORAGES, which no web server serves; else the default storage."""
    try:
        return storages["documents"]
    except InvalidStorageError:
        return default_storage


class CMSDocument(TitledUpload, AbstractDocument):
    """A file in a storage that only the document view reads, so that a private collection stays private."""

    file = models.FileField(_("bestand"), upload_to="", storage=document_storage)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documenten")
        permissions = [("choose_document", "Can choose document")]
