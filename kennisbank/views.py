"""Typed views of the Kennisbank's pages, as the API gives them."""

import mimetypes
from datetime import date
from typing import Literal

from pydantic import Field

from cms.found.structured_data import CreativeWork, DigitalDocument, MediaObject, NamedPage, Organization, PageAddress
from cms.rendering.values import FileLink, Link
from cms.rendering.view import PageView


class KennisbankView(PageView, title="Kennisbankpagina"):
    kind: Literal["kennisbank"] = Field(default="kennisbank", alias="soort")


class ThemeDistrictView(PageView, title="Thema in een district"):
    """A theme in one district. Its page has no id: it is a record below the theme's page."""

    kind: Literal["themadistrict"] = Field(default="themadistrict", alias="soort")
    theme: Link = Field(alias="thema")
    district: Link


class PublicationView(PageView, title="Publicatiepagina"):
    kind: Literal["publicatie"] = Field(default="publicatie", alias="soort")
    publication_type: str = Field(alias="documentsoort")
    publication_date: date = Field(alias="datum")
    document_language: str = Field(alias="documenttaal")
    files: list[FileLink] = Field(alias="bestanden")
    version: str = Field(default="", alias="versie", description="Van het eerste bestand dat er een heeft")
    replaced_by: Link | None = Field(default=None, alias="vervangenDoor")
    replaces: list[Link] = Field(default_factory=list, alias="vervangt")
    themes: list[Link] = Field(default_factory=list, alias="themas")
    publishers: list[str] = Field(default_factory=list, alias="uitgegevenDoor")

    def thing(self, address: PageAddress) -> DigitalDocument:
        formats = {_format(file) for file in self.files}
        return DigitalDocument(
            id=f"{address.page}#publicatie",
            name=self.title,
            description=self.seo.description or None,
            url=address.page,
            date_published=self.publication_date,
            date_modified=self.updated_at,
            in_language=self.document_language,
            genre=self.publication_type,
            version=self.version or None,
            is_based_on=[CreativeWork(name=link.title, url=address.absolute(link.url)) for link in self.replaces]
            or None,
            # A term of schema.org's own examples: there is no word there for what took its place.
            creative_work_status="Obsolete" if self.replaced_by else None,
            encoding_format=formats.pop() if len(formats) == 1 else None,
            publisher=[Organization(type="Organization", name=name) for name in self.publishers]
            or address.organization,
            about=[NamedPage(name=theme.title, url=address.absolute(theme.url)) for theme in self.themes] or None,
            encoding=[
                MediaObject(
                    name=file.title,
                    content_url=address.absolute(file.url),
                    encoding_format=_format(file),
                    content_size=file.size_text or None,
                    sha256=file.sha256 or None,
                    accessibility_feature=["taggedPDF"] if file.accessibility == "goed" else None,
                )
                for file in self.files
            ]
            or None,
            main_entity_of_page=address.web_page,
        )


def _format(file: FileLink) -> str:
    return file.media_type or mimetypes.guess_type(file.url)[0] or "application/octet-stream"
