"""Typed views of the themes' pages, as the API gives them."""

from typing import Literal

from pydantic import Field

from cms.found.structured_data import Article, PageAddress, article
from cms.rendering.values import Link
from cms.rendering.view import PageView


class ThemeIndexView(PageView, title="Themaoverzichtpagina"):
    kind: Literal["themaoverzicht"] = Field(default="themaoverzicht", alias="soort")


class ThemeView(PageView, title="Themapagina"):
    kind: Literal["thema"] = Field(default="thema", alias="soort")
    expert_group: Link | None = Field(default=None, alias="expertgroep")
    contact_role: str = Field(alias="contactrol")
    contact_email: str = Field(alias="contactEmail")

    def thing(self, address: PageAddress) -> Article:
        return article(self, address)
