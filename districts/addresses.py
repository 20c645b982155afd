"""Addresses of municipalities: records with a page below the overview of municipalities."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Locale, Site

from cms.rendering.links import foreign_language, front_pages, page_path
from cms.rendering.values import Link, TextPart
from districts import models


@dataclass(frozen=True)
class MunicipalityAddresses:
    """Where municipalities stand for a reader of one language. Without a visible overview they have no address."""

    base: str
    language: str | None = None

    @classmethod
    def of(cls, site: Site, locale: Locale) -> MunicipalityAddresses:
        """Find the overview of municipalities. One query."""
        index = front_pages([models.MunicipalityIndexPage], site, locale).get(models.MunicipalityIndexPage)
        return cls(page_path(index), foreign_language(index, locale)) if index else cls("")

    def path(self, municipality: models.Municipality) -> str:
        """Give the address, as "/gemeenten/aalten/"; "" where there is none."""
        return f"{self.base}{municipality.slug}/" if self.base else ""

    def links(self, municipalities: list[models.Municipality]) -> list[Link]:
        """Give a link each; none where there is no overview to stand below."""
        # A name of a place is no text in another language, so the links carry no language.
        return [Link(title=item.name, url=self.path(item)) for item in municipalities if self.base]

    def part(self, municipality: models.Municipality) -> TextPart:
        """Give the name, linked where it has an address."""
        return TextPart(text=municipality.name, url=self.path(municipality) or None)
