"""Addresses of organisations: below the overview of partners, or elsewhere, where another app has a page for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from wagtail.models import Locale, Page, Site

from cms.found.sitemap import Address
from cms.rendering.context import RenderContext
from cms.rendering.links import front_pages, language_code, locale_by_id, main_pages, page_path
from cms.visibility import visible, without_fallbacks

if TYPE_CHECKING:
    from network.models import Organisation

PageProvider = Callable[[Iterable["Organisation"], Site, Locale], Mapping[int, str]]
_providers: list[PageProvider] = []


def register_organisation_pages(provider: PageProvider) -> None:
    """Let `provider(organisations, site, locale)` tell which of them have a page of another app: {id: address}.

    Organisations come with their kind loaded. Call it from an AppConfig's `ready()`. Registering the same provider
    twice has no effect.
    """
    if provider not in _providers:
        _providers.append(provider)


def pages_elsewhere(organisations: Iterable[Organisation], site: Site, locale: Locale) -> dict[int, str]:
    """Give the addresses of organisations that have their page elsewhere."""
    asked = list(organisations)
    return {pk: url for provider in _providers for pk, url in provider(asked, site, locale).items()} if asked else {}


@dataclass(frozen=True)
class OrganisationAddresses:
    """Where organisations stand for a reader of one language. Without a visible overview they have no address here."""

    base: str
    site: Site
    locale: Locale

    @classmethod
    def of(cls, site: Site, locale: Locale) -> OrganisationAddresses:
        """Find the overview of partners. One query."""
        model = apps.get_model("network", "OrganisationIndexPage")
        return cls.below(front_pages(main_pages(site), locale).get(model), site, locale)

    @classmethod
    def on_page(cls, context: RenderContext) -> OrganisationAddresses:
        """As `of`, for a page that is being rendered."""
        model = apps.get_model("network", "OrganisationIndexPage")
        return cls.below(context.front_page(model), context.site, context.locale)

    @classmethod
    def below(cls, index: Page | None, site: Site, locale: Locale) -> OrganisationAddresses:
        """Give the addresses below this overview, or none without one."""
        return cls(page_path(index) if index else "", site, locale)

    def paths(self, organisations: Iterable[Organisation]) -> dict[int, str]:
        """Give the address of each, as {id: address}; those without one are left out. Few queries for all of them."""
        asked = list(organisations)
        own = {each.pk: f"{self.base}{each.slug}/" for each in asked} if self.base else {}
        return own | pages_elsewhere(asked, self.site, self.locale)


def organisation_addresses(site: Site) -> list[Address]:
    """Give the address of every organisation that has none elsewhere, in each language that has an overview."""
    overviews = apps.get_model("network", "OrganisationIndexPage").objects.all()
    pages = list(without_fallbacks(visible(overviews, site)).order_by("path"))
    bases = {language_code(page.locale_id): page_path(page) for page in pages}
    organisations = list(
        apps.get_model("network", "Organisation").objects.of(site).select_related("kind").order_by("slug")
    )
    elsewhere = pages_elsewhere(organisations, site, locale_by_id(pages[0].locale_id)) if pages else {}
    found = []
    for organisation in organisations if bases else []:
        if organisation.pk not in elsewhere:
            translations = {language: f"{base}{organisation.slug}/" for language, base in bases.items()}
            found += [Address(path, translations=translations) for path in translations.values()]
    return found
