"""The redirect that an editor (or a moved page) left at an address; one rule for Django's pages and the API."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from django.apps import apps
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.encoding import uri_to_iri
from wagtail.models import Page, Site

from cms.rendering.links import page_path
from cms.visibility import visible


@dataclass(frozen=True)
class Moved:
    """Where an address leads now."""

    target: str
    permanent: bool


def find_redirect(site: Site, address: str) -> Moved | None:
    """Give the redirect at `address` (path, perhaps with a query), or None. At most two queries.

    The address with its query goes before the path alone, and a redirect of this site before one of all sites. One
    that leads to a page the public may not see is left out: its new address would tell that the page exists.
    """
    if "\0" in address or not apps.is_installed("wagtail.contrib.redirects"):
        return None
    from wagtail.contrib.redirects.models import Redirect

    encoded = Redirect.normalise_path(address, decode_unicode=False)
    candidates: list[str] = []
    for path in (encoded, urlsplit(encoded).path):
        candidates += [form for form in (uri_to_iri(path), path) if form not in candidates]
    rows = Redirect.get_for_site(site).filter(old_path__in=candidates)
    redirect = min(rows, key=lambda row: (candidates.index(row.old_path), row.site_id is None), default=None)
    if redirect is None:
        return None
    if not redirect.redirect_page_id:
        return Moved(redirect.redirect_link, redirect.is_permanent) if redirect.redirect_link else None
    page = visible(Page.objects.filter(pk=redirect.redirect_page_id), site).first()
    if page is None:
        return None
    return Moved(page_path(page).rstrip("/") + (redirect.redirect_page_route_path or "/"), redirect.is_permanent)


class RedirectMiddleware:
    """Lead on from an address where nothing stands, by the rule of `find_redirect`.

    Wagtail's own middleware also leads to pages that the public may not see, and so tells their addresses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND:
            return response
        site = Site.find_for_request(request)
        moved = find_redirect(site, request.get_full_path()) if site else None
        if moved is None:
            return response
        return (HttpResponsePermanentRedirect if moved.permanent else HttpResponseRedirect)(moved.target)
