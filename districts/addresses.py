"""Addresses of municipalities: records with a page below the overview of municipalities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from wagtail.models import Locale, Page, Site

from cms.rendering.context import RenderContext
from cms.rendering.links import front_pages, page_path
from cms.rendering.values import Link, TextPart

if TYPE_CHECKING:
    from districts.models import Municipality


@dataclass(frozen=True)
class MunicipalityAddresses:
    """Where municipalities stand for a reader of one language. Without a visible overview they have no address."""

    base: str

    @classmethod
    def of(cls, site: Site, locale: Locale) -> MunicipalityAddresses:
        """Find the overview of municipalities. One query."""
        # The models import this module through their sections.
        model = apps.get_model("districts", "MunicipalityIndexPage")
        return cls.below(front_pages(site, locale).get(model))

    @classmethod
    def on_page(cls, context: RenderContext) -> MunicipalityAddresses:
        """As `of`, for a page that is being rendered."""
        return cls.below(context.front_page(apps.get_model("districts", "MunicipalityIndexPage")))

    @classmethod
    def below(cls, index: Page | None) -> MunicipalityAddresses:
        """Give the addresses below this overview, or none without one."""
        return cls(page_path(index) if index else "")

    def path(self, municipality: Municipality) -> str:
        """Give the address, as "/gemeenten/aalten/"; "" where there is none."""
        return f"{self.base}{municipality.slug}/" if self.base else ""

    def links(self, municipalities: list[Municipality]) -> list[Link]:
        """Give a link each; none where there is no overview to stand below."""
        # A name of a place is no text in another language, so the links carry no language.
        return [Link(title=item.name, url=self.path(item)) for item in municipalities if self.base]

    def part(self, municipality: Municipality) -> TextPart:
        """Give the name, linked where it has an address."""
        return TextPart(text=municipality.name, url=self.path(municipality) or None)
