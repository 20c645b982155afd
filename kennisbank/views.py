"""Typed views of the Kennisbank's pages, as the API gives them."""

import mimetypes
from datetime import date
from typing import Literal

from pydantic import Field

from cms.found.structured_data import DigitalDocument, MediaObject, NamedPage, Organization, PageAddress
from cms.rendering.values import FileLink, Link
from cms.rendering.view import PageView


class KennisbankView(PageView, title="Kennisbankpagina"):
    kind: Literal["kennisbank"] = Field(default="kennisbank", alias="soort")


class PublicationView(PageView, title="Publicatiepagina"):
    kind: Literal["publicatie"] = Field(default="publicatie", alias="soort")
    publication_type: str = Field(alias="documentsoort")
    publication_date: date = Field(alias="datum")
    document_language: str = Field(alias="documenttaal")
    files: list[FileLink] = Field(alias="bestanden")
    replaced_by: Link | None = Field(default=None, alias="vervangenDoor")
    themes: list[Link] = Field(default_factory=list, alias="themas")
    publishers: list[str] = Field(default_factory=list, alias="uitgegevenDoor")

    def thing(self, address: PageAddress) -> DigitalDocument:
        formats = {mimetypes.guess_type(file.url)[0] or "application/octet-stream" for file in self.files}
        return DigitalDocument(
            id=f"{address.page}#publicatie",
            name=self.title,
            description=self.seo.description or None,
            url=address.page,
            date_published=self.publication_date,
            date_modified=self.updated_at,
            in_language=self.document_language,
            genre=self.publication_type,
            encoding_format=formats.pop() if len(formats) == 1 else None,
            publisher=[Organization(type="Organization", name=name) for name in self.publishers]
            or address.organization,
            about=[NamedPage(name=theme.title, url=address.absolute(theme.url)) for theme in self.themes] or None,
            encoding=[
                MediaObject(
                    name=file.title,
                    content_url=address.absolute(file.url),
                    encoding_format=mimetypes.guess_type(file.url)[0] or "application/octet-stream",
                    content_size=file.size_text or None,
                )
                for file in self.files
            ]
            or None,
            main_entity_of_page=address.web_page,
        )
