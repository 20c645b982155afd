"""robots.txt: what search engines may fetch."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms.addresses import public_address
from cms.found.answers import conditional
from cms.rendering.links import page_path
from cms.visibility import visible

CONTENT_TYPE = "text/plain; charset=utf-8"
# The API holds nothing that is not on a page, as a page.
CLOSED = ("/admin/", "/api/")


def welcome() -> bool:
    """Tell whether search engines may list this site; a test or acceptance site says no."""
    return getattr(settings, "SEARCH_ENGINES_WELCOME", True)


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Answer with the rules, the longest of which counts (RFC 9309)."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    lines = ["User-agent: *", *(rules(site) if welcome() else ["Disallow: /"])]
    return conditional(request, "\n".join([*lines, ""]).encode(), CONTENT_TYPE)


def rules(site: Site) -> list[str]:
    """Give the rules of a site that may be found: no results of searches, but lists that are pages in their own right.

    What is filtered further still tells by itself that it is no page to keep (`noindex`).
    """
    closed = [f"Disallow: {path}" for path in CLOSED]
    for path in _addresses(site, search_models()):
        closed.append(f"Disallow: {path}?")
    for model in _list_models():
        for path in _addresses(site, [model]):
            closed += [f"Disallow: {path}?", *(f"Allow: {path}?{name}=" for name in model.takes_query)]
    return [*closed, "", f"Sitemap: {public_address(site)}{reverse('sitemap')}"]


def search_models() -> list[type[Page]]:
    """Give the page types that search the site: their results hold nothing new, so no search engine needs them."""
    return [model for model in apps.get_models() if issubclass(model, Page) and getattr(model, "holds_search", False)]


def _list_models() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, Page) and getattr(model, "takes_query", None)]


def _addresses(site: Site, models: list[type[Page]]) -> list[str]:
    """Give the addresses of the visible pages of these types. One query, none for no types."""
    pages = visible(Page.objects.type(*models), site).order_by("path") if models else []
    return [page_path(page) for page in pages]
