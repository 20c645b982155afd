"""The files of a publication that the public may download."""

from __future__ import annotations

from django.utils.translation import gettext

from cms.rendering.context import RenderContext
from cms.rendering.files import file_link
from cms.rendering.values import FileLink
from kennisbank import models


def file_links(page: models.PublicationPage, context: RenderContext) -> list[FileLink]:
    """Give the visible files, in the order of the editor. Two queries, once a page."""
    language = page.document_language if page.document_language != context.locale.language_code else None
    return [file_link(file.document, _title(file), language) for file in page.visible_files]


def _title(file: models.PublicationFile) -> str:
    title = file.title or file.document.title
    if file.version:
        title = gettext("%(title)s, versie %(version)s") % {"title": title, "version": file.version}
    return title
