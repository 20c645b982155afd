"""Error pages within the site's own frame: header, menu and footer in the language of the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Locale, Site

from cms.navigation import site_layout


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 for an address where nothing stands, or nothing that the reader may see."""
    return _error(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return _error(request, 403)


def _error(request: HttpRequest, status: int) -> HttpResponse:
    site = Site.find_for_request(request)
    layout = site_layout(site, Locale.get_active()) if site else None
    # The header asks which entry is current; without a view, none is.
    return render(request, f"{status}.html", {"layout": layout, "view": None}, status=status)
