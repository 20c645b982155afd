"""Addresses of pages and documents, and titles in the page's language; one rule for all outputs."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import quote

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.coreutils import WAGTAIL_APPEND_SLASH
from wagtail.models import Locale, Page, Site

from cms.caching.generation import forgetting
from cms.caching.shared import is_sharing, shared
from cms.caching.tags import note
from cms.rendering.values import Link
from cms.visibility import visible, without_fallbacks

PageType = TypeVar("PageType", bound=Page)


def page_path(page: Page) -> str:
    """Give the page's address from the root of its host, as "/themas/ondermijning/"; "" where it has none."""
    if is_sharing() and type(page).get_url_parts is Page.get_url_parts:
        return path_of(page.pk, page.url_path)
    note("page", page.pk)
    return _by_wagtail(page)


def path_of(page_id: int, url_path: str) -> str:
    """Give what Wagtail's `get_url_parts` gives, in a twentieth of its time, for a page of which this is known.

    Wagtail asks for the sites, their languages and its own address again for each page.
    """
    note("page", page_id)
    if not (is_sharing() and WAGTAIL_APPEND_SLASH):
        return _by_wagtail(Page(url_path=url_path))
    for root, address in shared(("roots", get_language()), _roots):
        if url_path.startswith(root):
            return address + quote(url_path[len(root) :], safe="/") if address else ""
    return ""


def _roots() -> list[tuple[str, str]]:
    """Give where each site and language begins in the tree, with its address from the root of its host."""
    return [(root.root_path, _by_wagtail(Page(url_path=root.root_path))) for root in Site.get_site_root_paths()]


def _by_wagtail(page: Page) -> str:
    parts = page.get_url_parts()
    return (parts[2] if parts else "") or ""


def page_link(page: Page, locale: Locale) -> Link:
    """Give a link with the page's title; it names the page's language where that is not `locale`."""
    return Link(title=page.title, url=page_path(page), language=foreign_language(page, locale))


def foreign_language(page: Page, locale: Locale) -> str | None:
    """Give the language code of a page that is not in `locale`, else None."""
    return None if page.locale_id == locale.pk else language_code(page.locale_id)


@lru_cache(maxsize=64)
def locale_by_id(locale_id: int) -> Locale:
    """Give a locale. Locales are few and keep their code, so one look-up a process is enough."""
    return Locale.objects.get(pk=locale_id)


@lru_cache(maxsize=1)
def own_locale() -> Locale:
    """Give the locale of the site's own language, by one look-up a process."""
    return Locale.objects.get(language_code=settings.LANGUAGE_CODE)


forgetting(locale_by_id.cache_clear)
forgetting(own_locale.cache_clear)


def language_code(locale_id: int) -> str:
    """Give the code of a locale."""
    return locale_by_id(locale_id).language_code


def localized(pages: QuerySet, site: Site, locale: Locale) -> dict[int, Page]:
    """Give what a reader of `locale` gets for each of `pages`, as {id asked for: page}.

    That is the visible translation in that language, else the visible page itself; an invisible page is left out.
    Two queries at most, one when all pages are in `locale` already.
    """
    return translated(visible(pages, site), pages.model, site, locale)


def translated(pages: Iterable[Page], model: type[Page], site: Site, locale: Locale) -> dict[int, Page]:
    """As `localized`, for visible pages that are there already: one query, none when all are in `locale`."""
    asked = {page.pk: page for page in pages}
    foreign = {page.translation_key: page for page in asked.values() if page.locale_id != locale.pk}
    if foreign:
        others = without_fallbacks(visible(model.objects.filter(translation_key__in=foreign, locale=locale), site))
        asked.update({foreign[page.translation_key].pk: page for page in others})
    return asked


@dataclass(frozen=True)
class Source:
    """A page to which facts point, in the site's own language, and what a reader gets for it."""

    own: Any
    shown: Any

    @property
    def key(self) -> str:
        """Its name in addresses, in every language the same."""
        return self.own.slug


def sources_of(model: type[Page], site: Site, locale: Locale) -> dict[int, Source]:
    """Give all public pages of a type, in the order of the tree, by the id to which facts point.

    For types of which a site has few. They come without their streams. One query, two in other languages.
    """
    own = model.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")
    pages = list(visible(own.defer_streamfields(), site))
    shown = translated(pages, model, site, locale)
    return {page.pk: Source(page, shown[page.pk]) for page in pages}


def main_pages(site: Site) -> list[Page]:
    """Give the visible pages right below the home page, in every language, in the order of the tree.

    The pages are plain ones: title and address. One query for all pages.
    """

    def load() -> list[Page]:
        depth = len(site.root_page.path) // Page.steplen + 1
        pages = without_fallbacks(visible(Page.objects.filter(depth=depth), site))
        return list(pages.select_related("locale").order_by("path"))

    return shared(("main pages", site.pk), load)


def front_pages(pages: Iterable[Page], locale: Locale) -> dict[type[Page], Page]:
    """Give of these main pages those that a reader of `locale` gets, one a page type.

    That is the first of its type in that language, else the first in the site's own.
    """
    found: dict[type[Page], Page] = {}
    for language in (locale.language_code, settings.LANGUAGE_CODE):
        for page in pages:
            model = page.cached_content_type.model_class()
            if model is not None and page.locale.language_code == language:
                found.setdefault(model, page)
    return found


def worded_link(page: Page, words: str, locale: Locale, query: str = "") -> Link:
    """Give a link with words of our own; a page in another language keeps its title, which is in that language."""
    foreign = foreign_language(page, locale)
    return Link(title=page.title if foreign else words, url=page_path(page) + query, language=foreign)


def in_own_language(page: PageType) -> PageType:
    """Give the page in the site's own language, at which facts point; the page itself where there is none.

    One query for a translated page however often it is asked: the answer stays with the page that was loaded.
    """
    if locale_by_id(page.locale_id).language_code == settings.LANGUAGE_CODE:
        return page
    known = page.__dict__.get("_in_own_language")
    if known is None:
        found = type(page).objects.filter(
            translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        known = page.__dict__["_in_own_language"] = found.first() or page
    return known


def document_path(document_id: int, filename: str) -> str:
    """Give the address of a document's file; the view behind it asks who may see it."""
    note("document", document_id)
    return reverse("wagtaildocs_serve", args=[document_id, filename])


def version_path(document_id: int, number: int, filename: str) -> str:
    """Give the address of an older version of a document."""
    return reverse("document_version", args=[document_id, number, filename])
