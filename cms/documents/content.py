"""Notes on a document what its file is, so that reading, serving and finding duplicates need not ask the name."""

import hashlib
from typing import TYPE_CHECKING, BinaryIO, cast

from django.core.files import File
from django.utils import timezone

from cms.documents.kinds import NotTakenError, kind_of

if TYPE_CHECKING:
    from cms.models import CMSDocument


def note_content(document: "CMSDocument") -> None:
    """Set hash, size and media type of the file on an unsaved document, and let it wait to be read.

    Only notes: whether a file may come in is asked before (cms/documents/checks.py). A kind that the library does not
    know gets a type that no browser shows.
    """
    file = document.file
    try:
        with document.open_file() as content:
            digest = hash_of(content)
            if digest == document.content_hash:
                return
            document.media_type = _media_type(cast("BinaryIO", content), document.filename)
            document.file_size = file.size
    except OSError:
        return  # nothing to note of a file that is not there
    document.file_changed_at = timezone.now()
    document.content_hash = digest
    # The field's own default: the module of ExtractionState imports this one.
    document.extraction_state = document._meta.get_field("extraction_state").default
    document.extraction_attempts = 0
    document.extraction_message = ""
    document.extraction_started_at = None


def hash_of(file: BinaryIO | File) -> str:
    """Give the SHA-256 of a file in hexadecimals. Leaves the file at its beginning."""
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(1024 * 1024):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def _media_type(file: BinaryIO, name: str) -> str:
    try:
        return kind_of(file, name).media_type
    except NotTakenError:
        return "application/octet-stream"
