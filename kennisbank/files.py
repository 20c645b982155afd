"""The files of a publication that the public may download, and what stood there before."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from cms.models import DocumentVersion
from cms.rendering.context import RenderContext
from cms.rendering.files import details_text, file_link, size_text
from cms.rendering.links import version_path
from cms.rendering.values import FileLink
from cms.schema import Schema
from kennisbank import models


class FileVersion(Schema, title="Oudere versie"):
    """A file that stood at the address of `current` until a newer one took its place. `number` counts from 1."""

    document_id: int = Field(exclude=True)
    current: str = Field(alias="vanBestand", description="De titel van het bestand dat er nu staat")
    number: int = Field(alias="nummer")
    url: str
    file_type: str = Field(alias="bestandstype", description="Bijvoorbeeld PDF of DOCX")
    media_type: str = Field(alias="mediatype", description="Naar de inhoud; leeg als die niet bekend is")
    size: int = Field(alias="grootte", description="In bytes")
    size_text: str = Field(alias="grootteTekst", description="Leesbare grootte, in de taal van de pagina")
    pages: int | None = Field(alias="paginas")
    details: str = Field(alias="kenmerken", description='In de taal van de pagina, zoals "12 pagina\'s, 340 kB"')
    sha256: str = Field(description="Van de inhoud, hexadecimaal; leeg als die niet bekend is")
    placed_on: date | None = Field(alias="geplaatstOp")
    replaced_on: date = Field(alias="vervangenOp")
    note: str = Field(alias="wijziging", description="Wat er veranderde toen een nieuwer bestand de plaats innam")


def file_links(page: models.PublicationPage, context: RenderContext, *, other_form: str = "") -> list[FileLink]:
    """Give the visible files, in the order of the editor. Two queries, once a page.

    `other_form` is where a reader asks for another form of a file.
    """
    language = page.document_language if page.document_language != context.locale.language_code else None
    return [file_link(file.document, _title(file), language, other_form=other_form) for file in page.visible_files]


def versions_of(page: models.PublicationPage) -> list[FileVersion]:
    """Give the older versions of the files that the public may download, newest first. One query beyond the files."""
    titles = {file.document_id: file.title or file.document.title for file in page.visible_files}
    if not titles:
        return []
    versions = DocumentVersion.objects.filter(document__in=titles, was_published=True).order_by(
        "-replaced_at", "-number"
    )
    return [_version(version, titles[version.document_id]) for version in versions]


def _version(version: DocumentVersion, current: str) -> FileVersion:
    size = version.file_size or 0
    return FileVersion(
        document_id=version.document_id,
        current=current,
        number=version.number,
        url=version_path(version.document_id, version.number, version.filename),
        file_type=PurePath(version.filename).suffix.lstrip(".").upper(),
        media_type=version.media_type,
        size=size,
        size_text=size_text(size),
        pages=version.page_count,
        details=details_text(version),
        sha256=version.content_hash,
        placed_on=timezone.localdate(version.placed_at) if version.placed_at else None,
        replaced_on=timezone.localdate(version.replaced_at),
        note=version.note,
    )


def _title(file: models.PublicationFile) -> str:
    title = file.title or file.document.title
    if file.version:
        title = gettext("%(title)s, versie %(version)s") % {"title": title, "version": file.version}
    return title
