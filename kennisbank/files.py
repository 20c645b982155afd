"""The files of a publication that the public may download."""

from __future__ import annotations

from django.utils import formats
from django.utils.translation import gettext

from cms.rendering.context import RenderContext
from cms.rendering.links import document_path
from cms.rendering.values import FileLink
from kennisbank import models


def file_links(page: models.PublicationPage, context: RenderContext) -> list[FileLink]:
    """Give the visible files, older versions last and marked. Two queries, once a page."""
    language = page.document_language if page.document_language != context.locale.language_code else None
    return [
        FileLink(
            title=_title(file),
            url=document_path(file.document_id, file.document.filename),
            file_type=file.document.file_extension.upper(),
            size=file.document.get_file_size() or 0,
            size_text=size_text(file.document.get_file_size() or 0),
            language=language,
        )
        for file in page.visible_files
    ]


def _title(file: models.PublicationFile) -> str:
    title = file.title or file.document.title
    if file.version:
        title = gettext("%(title)s, versie %(version)s") % {"title": title, "version": file.version}
    return gettext("%(title)s (oudere versie)") % {"title": title} if file.outdated else title


def size_text(size: int) -> str:
    """Give a number of bytes in the active language, as "340 kB" or "1,2 MB"; "" where it is not known."""
    if size <= 0:
        return ""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{formats.number_format(size / 1_000_000, decimal_pos=1)} MB"
