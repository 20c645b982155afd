"""Closes the public site for a while: everybody gets status 503, but staff can still log in and work.

On one node `manage.py onderhoud aan` switches without a restart, by a file; several share the setting MAINTENANCE.
"""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from cms.api.problems import is_api, problem_response
from cms.errors import language_of
from cms.standalone import standalone_page

RETRY_AFTER = 600  # seconds
Handler = Callable[[HttpRequest], HttpResponse]


def flag() -> Path:
    """Give the file whose being there closes the site."""
    return Path(getattr(settings, "MAINTENANCE_FILE", "maintenance-flag"))


def is_closed() -> bool:
    """Say whether the site is closed. One look at the disk."""
    return bool(getattr(settings, "MAINTENANCE", False)) or flag().exists()


class MaintenanceMiddleware:
    """Answer 503 while the site is closed, except to the screens of staff and the pictures on them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_closed() or request.path_info.startswith((reverse("wagtailadmin_home"), settings.MEDIA_URL)):
            return self.get_response(request)
        response = _closed(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Retry-After"] = str(RETRY_AFTER)
        # Django would log each answer of 500 and up as an error.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response


def _closed(request: HttpRequest) -> HttpResponse:
    if is_api(request.path_info):
        return problem_response(HTTPStatus.SERVICE_UNAVAILABLE)
    with language_of(request):
        return standalone_page(
            HTTPStatus.SERVICE_UNAVAILABLE,
            gettext("We werken aan de site"),
            gettext("De site is even dicht voor onderhoud. Kom over een kwartier terug."),
        )
