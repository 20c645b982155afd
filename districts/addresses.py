"""Addresses of municipalities: records with a page below the overview of municipalities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from wagtail.models import Locale, Page, Site

from cms.found.sitemap import Address
from cms.rendering.context import RenderContext
from cms.rendering.links import front_pages, language_code, main_pages, page_path
from cms.rendering.values import Link, TextPart
from cms.visibility import visible, without_fallbacks

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
        return cls.below(front_pages(main_pages(site), locale).get(model))

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


def municipality_addresses(site: Site) -> list[Address]:
    """Give the address of every municipality, in each language that has an overview to stand below. Two queries."""
    overviews = apps.get_model("districts", "MunicipalityIndexPage").objects.all()
    pages = without_fallbacks(visible(overviews, site)).order_by("path")
    bases = {language_code(page.locale_id): page_path(page) for page in pages}
    slugs = apps.get_model("districts", "Municipality").objects.of(site).order_by("slug").values_list("slug", flat=True)
    found = []
    for slug in slugs if bases else []:
        translations = {language: f"{base}{slug}/" for language, base in bases.items()}
        found += [Address(path, translations=translations) for path in translations.values()]
    return found
