"""What search engines and other sites need to know of a page, completed from its view; the same for every page type."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail.models import Page, Site

from cms.addresses import public_address
from cms.found.alternates import alternates
from cms.found.feeds import feed_link
from cms.found.robots import welcome
from cms.found.structured_data import Article, DigitalDocument, PageAddress, graph, script_text
from cms.rendering.context import RenderContext
from cms.rendering.links import page_link, page_path
from cms.rendering.values import Link, ShareImage
from cms.rendering.view import Alternate, PageView
from cms.sections import BlocksSection, SearchSection, TextSection
from cms.visibility import visible

if TYPE_CHECKING:
    from cms.models import BasePage

DESCRIPTION_LENGTH = 200
# What a page without a picture of its own shares.
ICON = ("/icon-512.png", 512)
# OpenGraph wants a country with the language; other languages go without.
OPEN_GRAPH_LOCALES = {"nl": "nl_NL", "en": "en_GB", "de": "de_DE", "fr": "fr_FR"}


def completed(view: PageView, page: "BasePage", context: RenderContext, *, is_subject: bool) -> PageView:
    """Give the view with its `seo` and `feed` filled; `is_subject`: it is a record's, which stands below `page`."""
    site = context.site
    listing = next((section for section in view.sections if isinstance(section, SearchSection)), None)
    own_query = listing.own_query if listing else ""
    canonical = _of_source(view.url, page) + _further(listing)
    seo = view.seo.model_copy(
        update={
            "description": view.seo.description or _first_words(view),
            "canonical": canonical,
            "noindex": view.seo.noindex
            or not welcome()
            or bool(listing and listing.is_result)
            or any(section.unlisted for section in view.sections),
            "locale": OPEN_GRAPH_LOCALES.get(view.language, view.language),
            "locales": [
                OPEN_GRAPH_LOCALES.get(other.language, other.language)
                for other in view.translations
                if not other.current
            ],
            "image": _share_image(view, site),
            "large_image": view.seo.image is not None,
            "alternates": [
                Alternate(language=language, url=url + own_query)
                for language, url in alternates({other.language: other.url for other in view.translations}).items()
            ],
        }
    )
    view = view.model_copy(update={"seo": seo, "feed": None if is_subject else feed_link(page, site, context.query)})
    address = PageAddress(public_address(site), canonical)
    thing = view.thing(address)
    search = None if is_subject else _search_page(page, context)
    is_article = isinstance(thing, Article | DigitalDocument)
    update = {
        "kind": "article" if is_article else "website",
        "modified_at": _utc(view.updated_at) if is_article and view.updated_at else "",
        "structured_data": script_text(graph(view, thing, address, site, search)),
        # After the graph: the icon is no picture of what the page is about.
        "image": seo.image or _icon(site),
    }
    return view.model_copy(update={"seo": seo.model_copy(update=update)})


def _share_image(view: PageView, site: Site) -> ShareImage | None:
    """Give the picture with a full address and words: its own description, or the page's title."""
    image = view.seo.image
    if image is None:
        return None
    url = public_address(site) + image.url if image.url.startswith("/") else image.url
    return image.model_copy(update={"url": url, "alt": image.alt or view.title})


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _icon(site: Site) -> ShareImage:
    name, size = ICON
    return ShareImage(
        url=public_address(site) + name, width=size, height=size, alt=site.site_name or site.root_page.title
    )


def _of_source(url: str, page: Page) -> str:
    """Give the address that counts: of a stand-in for a missing translation, that of the page it is a copy of."""
    if not page.alias_of_id:
        return url
    source = visible(Page.objects.filter(pk=page.alias_of_id)).exclude(locale_id=page.locale_id).first()
    return page_path(source) + url.removeprefix(page_path(page)) if source else url


def _further(listing: SearchSection | None) -> str:
    """Give the query of a list that is a page in its own right: each part of it counts, because each names others.

    A result is none: it is left to the list of its theme or district, or to the page without a query.
    """
    if listing is None:
        return ""
    if listing.is_result or listing.paging is None or listing.paging.number < 2:
        return listing.own_query
    return f"{listing.own_query}{'&' if listing.own_query else '?'}pagina={listing.paging.number}"


def _first_words(view: PageView) -> str:
    """Give the beginning of the page's text, for a page without introduction."""
    for section in view.sections:
        parts = (
            [block.html for block in section.blocks]
            if isinstance(section, BlocksSection)
            else [section.html]
            if isinstance(section, TextSection)
            else []
        )
        text = " ".join(strip_tags(" ".join(parts)).split())
        if text:
            return Truncator(text).chars(DESCRIPTION_LENGTH)
    return ""


def _search_page(page: Page, context: RenderContext) -> Link | None:
    """Give the page that searches the site, which search engines may offer beside the home page."""
    if page.translation_key != context.site.root_page.translation_key:
        return None
    return page_link(context.search_page, context.locale) if context.search_page else None
