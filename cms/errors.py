"""Error pages: within the site's own frame where that can be had, and on a page that needs nothing where it can't."""

import logging
import secrets
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.models import Locale, Site

from cms.api.problems import is_api, problem_response
from cms.navigation import site_layout
from cms.rendering.context import RenderContext
from cms.rendering.nearest import missing_at
from cms.rendering.view import Layout
from cms.standalone import standalone_page

logger = logging.getLogger(__name__)

# Addresses of files and screens: nobody looks for a page there.
NO_PAGES = ("/admin/", "/documenten/", "/media/", "/static/")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 for an address where nothing stands, or nothing that the reader may see."""
    site = Site.find_for_request(request)
    helps = site and not request.path.startswith(NO_PAGES)
    return _framed(request, HTTPStatus.NOT_FOUND, "404.html", missing=missing_at(site, request.path) if helps else None)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return _framed(request, HTTPStatus.FORBIDDEN, "403.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form without its token. The reason is for developers; it stands in the log."""
    return _framed(request, HTTPStatus.FORBIDDEN, "403_csrf.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400. Even the name of the host may be wrong, so nothing of the site is asked."""
    with language_of(request):
        return standalone_page(
            HTTPStatus.BAD_REQUEST,
            gettext("Deze vraag klopt niet"),
            gettext("De site begreep dit verzoek niet. Controleer het adres, of begin op de homepage."),
        )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without database and without templates, which may be what failed.

    The page gives a code that also stands in the log.
    """
    code = secrets.token_hex(4)
    logger.error("Error %s at %s", code, request.path)
    if is_api(request.path):
        return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR)
    with language_of(request):
        moment = timezone.now().strftime("%Y-%m-%d %H:%M:%S UTC")
        return standalone_page(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            gettext("Er ging iets mis"),
            gettext(
                "De site kon deze pagina niet tonen. Dat ligt niet aan u. Probeer het over een paar minuten opnieuw."
            ),
            note=gettext("Blijft het misgaan? Geef dan deze code door: %(code)s (%(moment)s).")
            % {"code": code, "moment": moment},
        )


def language_of(request: HttpRequest) -> translation.override:
    """Activate the language of the address; the middleware that does so may not have been reached."""
    return translation.override(translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE)


def layout_for(request: HttpRequest) -> Layout | None:
    """Give what stands around a page that is no page of the site, in the active language; None without a site."""
    site = Site.find_for_request(request)
    return site_layout(RenderContext(site, Locale.get_active(), page_key="fout")) if site else None


def _framed(request: HttpRequest, status: HTTPStatus, template: str, **values: object) -> HttpResponse:
    # The header asks which entry is current; without a view, none is.
    context = {"layout": layout_for(request), "view": None, **values}
    return render(request, template, context, status=status)
