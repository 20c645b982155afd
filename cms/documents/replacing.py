"""Puts a new file in the place of a document's file. The document keeps its id and address, the old file stays."""

from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.documents.checks import check_upload, clean_name
from cms.documents.content import hash_of
from cms.models import CMSDocument, DocumentVersion
from cms.visibility import is_published


def replace_file(document: CMSDocument, new_file: File, note: str = "", user: Any = None) -> CMSDocument:
    """Make `new_file` the file of a document, and the old one its newest older version. Gives the document as saved.

    The address stays the same as long as the extension does. Raises ValidationError where the file may not come in, or
    is the one that is there; then nothing has changed.
    """
    check_upload(new_file)
    name, storage = clean_name(new_file.name), document.file.storage
    stored = ""
    try:
        with transaction.atomic():
            document = CMSDocument.objects.select_for_update().get(pk=document.pk)
            if hash_of(new_file) == document.content_hash:
                raise same_file()
            number = _put_aside(document, note, user)
            if PurePosixPath(name).suffix == PurePosixPath(document.filename).suffix.lower():
                name = document.filename
            # A folder of its own, because the name is taken by the old file.
            stored = storage.save(f"{document.pk}-{number + 1}/{name}", new_file)
            document.file = stored
            document.content_hash = ""
            document._set_document_file_metadata()
            document.save()
    except BaseException:
        if stored:
            storage.delete(stored)
        raise
    return document


def same_file() -> ValidationError:
    """Give the error for a new file that is the old one."""
    return ValidationError(_("Dit is hetzelfde bestand als er al staat. Kies een ander bestand."), code="same")


def _put_aside(document: CMSDocument, note: str, user: Any) -> int:
    """Keep what the document holds now as a version, and give its number."""
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    DocumentVersion.objects.create(
        document=document,
        number=last + 1,
        file=document.file.name,
        file_size=document.get_file_size(),
        content_hash=document.content_hash,
        media_type=document.media_type,
        page_count=document.page_count,
        placed_at=document.file_changed_at or document.created_at,
        replaced_at=timezone.now(),
        note=note[:300],
        replaced_by_user=user,
        was_published=is_published(document),
    )
    return last + 1
