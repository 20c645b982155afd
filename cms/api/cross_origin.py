"""Which other sites' scripts may read the API: those that the setting API_ALLOWED_ORIGINS names, or all ("*").

Never with cookies: whoever asks is anybody, or sends a token.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

View = Callable[..., HttpResponse]

# What a script may send, and read beside the content.
SENT = "Accept, Authorization, Content-Type, If-Modified-Since, If-None-Match, Toegangsbewijs"
READ = (
    "API-Version, Cache-Tag, Content-Language, Deprecation, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, "
    "Sunset, WWW-Authenticate"
)
ASKED_AGAIN_AFTER = 7200  # seconds; the most that Chrome keeps to


def cross_origin(view: View) -> View:
    """Answer the browser's question before a script's, and tell with every answer who may read it."""

    def answered(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        origin = request.headers.get("Origin", "")
        allowed = _allowed(origin)
        asks_first = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        if allowed and asks_first:
            response = HttpResponse(status=HTTPStatus.NO_CONTENT)
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST"
            response.headers["Access-Control-Allow-Headers"] = SENT
            response.headers["Access-Control-Max-Age"] = str(ASKED_AGAIN_AFTER)
        else:
            response = view(request, *args, **values)
            if allowed:
                response.headers["Access-Control-Expose-Headers"] = READ
        if allowed:
            # The description says "*" of itself.
            response.headers.setdefault("Access-Control-Allow-Origin", allowed)
        if _origins() and "*" not in _origins():
            patch_vary_headers(response, ["Origin"])
        return response

    return answered


def _allowed(origin: str) -> str:
    """Give what to tell a browser of this origin; "" where its scripts may read nothing."""
    if "*" in _origins():
        return "*"
    return origin if origin and origin in _origins() else ""


def _origins() -> list[str]:
    return getattr(settings, "API_ALLOWED_ORIGINS", [])
