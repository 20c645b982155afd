"""Typed views of the Kennisbank's pages, as the API gives them."""

from datetime import date
from typing import Literal

from pydantic import Field

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
