"""Documents of the library as links to download."""

from django.utils import formats
from wagtail.documents.models import AbstractDocument

from cms.rendering.links import document_path
from cms.rendering.values import FileLink


def file_link(document: AbstractDocument, title: str = "", language: str | None = None) -> FileLink:
    """Give the link to a visible document; `language` where it is not that of the page."""
    size = document.get_file_size() or 0
    return FileLink(
        title=title or document.title,
        url=document_path(document.pk, document.filename),
        file_type=document.file_extension.upper(),
        size=size,
        size_text=size_text(size),
        language=language,
    )


def size_text(size: int) -> str:
    """Give a number of bytes in the active language, as "340 kB" or "1,2 MB"; "" where it is not known."""
    if size <= 0:
        return ""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{formats.number_format(size / 1_000_000, decimal_pos=1)} MB"
