"""The sitemap: every address that search engines may list, with its translations; the registry of apps' records.

Only real translations of visible pages. Stand-ins for a missing translation point search engines at their source.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from itertools import chain
from math import ceil
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms.addresses import public_address
from cms.api.page_types import page_models
from cms.found.alternates import alternates
from cms.found.answers import conditional
from cms.found.robots import search_models
from cms.rendering.links import language_code, page_path
from cms.visibility import visible, without_fallbacks

# The protocol allows 50,000; a file of 5,000 stays quick to make and small to fetch.
FILE_SIZE = 5000
CONTENT_TYPE = "application/xml; charset=utf-8"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True)
class Address:
    """An address from the root of the site; `translations` as {language: address}, its own language included."""

    path: str
    changed_at: datetime | None = None
    translations: Mapping[str, str] = field(default_factory=dict)


RecordProvider = Callable[[Site], Iterable[Address]]
_providers: list[RecordProvider] = []


def register_addresses(provider: RecordProvider) -> None:
    """Let `provider(site)` add the visible addresses of records that have a page below another one, as municipalities.

    Call it from an AppConfig's `ready()`. Registering the same provider twice has no effect.
    """
    if provider not in _providers:
        _providers.append(provider)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Answer with all addresses, or with the index of files where they do not fit in one."""
    site = _site(request)
    pages, records = _listed(site)
    number = ceil((pages.count() + len(records)) / FILE_SIZE)
    if number > 1:
        files = [public_address(site) + reverse("sitemap_file", args=[place]) for place in range(1, number + 1)]
        return conditional(request, _index_xml(files), CONTENT_TYPE)
    return conditional(request, _file_xml(site, [*_page_addresses(site, pages), *records]), CONTENT_TYPE)


@require_safe
def sitemap_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """Answer with one file of the index, counted from 1."""
    site = _site(request)
    pages, records = _listed(site)
    total = pages.count()
    first, last = (number - 1) * FILE_SIZE, number * FILE_SIZE
    if number < 1 or first >= total + len(records):
        raise Http404
    addresses = [*_page_addresses(site, pages[first:last]), *records[max(0, first - total) : max(0, last - total)]]
    return conditional(request, _file_xml(site, addresses), CONTENT_TYPE)


def _site(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


def _listed(site: Site) -> tuple[QuerySet[Page], Sequence[Address]]:
    public: Any = without_fallbacks(visible(Page.objects.type(*page_models()), site))
    searches = search_models()
    pages = (public.not_type(*searches) if searches else public).order_by("path")
    return pages, list(chain.from_iterable(provider(site) for provider in _providers))


def _page_addresses(site: Site, pages: QuerySet[Page]) -> list[Address]:
    """Give the pages' addresses. Two queries for all."""
    # What an address needs, of thousands of rows; whole pages would be read for nothing.
    listed = list(pages.only("pk", "url_path", "path", "locale_id", "translation_key", "last_published_at"))
    keys = {page.translation_key for page in listed}
    others = without_fallbacks(visible(Page.objects.filter(translation_key__in=keys), site)).order_by("locale_id")
    translations: dict[object, dict[str, str]] = defaultdict(dict)
    for page in others.only("pk", "url_path", "locale_id", "translation_key"):
        translations[page.translation_key].setdefault(language_code(page.locale_id), page_path(page))
    return [
        Address(page_path(page), page.last_published_at, translations.get(page.translation_key, {})) for page in listed
    ]


def _file_xml(site: Site, addresses: Iterable[Address]) -> bytes:
    address_of_site = public_address(site)
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl({"xmlns": SITEMAP, "xmlns:xhtml": XHTML}))
    for address in addresses:
        xml.startElement("url", AttributesImpl({}))
        xml.addQuickElement("loc", address_of_site + address.path)
        if address.changed_at:
            xml.addQuickElement("lastmod", address.changed_at.isoformat(timespec="seconds"))
        for language, path in alternates(address.translations).items():
            link = {"rel": "alternate", "hreflang": language, "href": address_of_site + path}
            xml.addQuickElement("xhtml:link", None, link)
        xml.endElement("url")
    xml.endElement("urlset")
    return out.getvalue().encode()


def _index_xml(files: Iterable[str]) -> bytes:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("sitemapindex", AttributesImpl({"xmlns": SITEMAP}))
    for address in files:
        xml.startElement("sitemap", AttributesImpl({}))
        xml.addQuickElement("loc", address)
        xml.endElement("sitemap")
    xml.endElement("sitemapindex")
    return out.getvalue().encode()
