"""Where the frontend fetches previews, from server to server, and where Django shows a page to who reads along."""

import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cms.api import VERSION
from cms.errors import layout_for
from cms.preview import passes, review
from cms.preview.modes import answer_of, hidden
from cms.preview.passes import RefusedError

logger = logging.getLogger(__name__)

PROBLEM = "application/problem+json"


def _exchanged(code: str) -> dict[str, Any]:
    session = passes.exchange(code)
    return {"sessie": session.key, "verlooptOp": session.expires_at.isoformat()}


def _read_along(key: str) -> dict[str, Any]:
    return answer_of(review.opened(key))


# What the question names, and what answers it.
ANSWERS: dict[str, Callable[[str], dict[str, Any]]] = {
    "code": _exchanged,
    "sessie": passes.shown,
    "meeleeslink": _read_along,
}


@csrf_exempt
def preview(request: HttpRequest) -> HttpResponse:
    """Answer `{"code": …}` with a session, `{"sessie": …}` and `{"meeleeslink": …}` with the page and its frame.

    By POST, so that no key stands in an address, and no cache keeps the answer.
    """
    if request.method != "POST":
        response = _problem(HTTPStatus.METHOD_NOT_ALLOWED, "Methode niet toegestaan", "Gebruik POST.")
        response.headers["Allow"] = "POST"
        return response
    name, key = _question(request.body)
    if name not in ANSWERS:
        return _problem(
            HTTPStatus.BAD_REQUEST,
            "Ongeldig verzoek",
            'Stuur één van {"code": …}, {"sessie": …} en {"meeleeslink": …}.',
        )
    try:
        return _private(JsonResponse(ANSWERS[name](key)))
    except RefusedError as reason:
        logger.warning("Preview refused: %s", reason)
        return _problem(
            HTTPStatus.FORBIDDEN, "Geen toegang", "Dit voorbeeld is verlopen of ingetrokken, of bestaat niet."
        )


def _question(body: bytes) -> tuple[str, str]:
    """Give what is asked and the key, or two empty texts for what is no question."""
    try:
        asked = json.loads(body)
    except ValueError:
        return "", ""
    if not isinstance(asked, dict) or len(asked) != 1:
        return "", ""
    ((name, key),) = asked.items()
    return (name, key) if isinstance(key, str) else ("", "")


def _problem(status: HTTPStatus, title: str, detail: str) -> HttpResponse:
    content = {"type": "about:blank", "title": title, "status": int(status), "detail": detail}
    return _private(JsonResponse(content, status=status, content_type=PROBLEM))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["API-Version"] = VERSION
    # The reason stands in the log already.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return hidden(response)


@require_safe
def read_along(request: HttpRequest, key: str) -> HttpResponse:
    """Show the revision that a link is for; 403 for a link that is unknown, expired or revoked."""
    try:
        parts = review.opened(key)
    except RefusedError as reason:
        logger.warning("Preview refused: %s", reason)
        context = {"layout": layout_for(request), "view": None}
        response = render(request, "cms/preview/refused.html", context, status=HTTPStatus.FORBIDDEN)
        response._has_been_logged = True  # type: ignore[attr-defined]
        return hidden(response)
    with translation.override(parts.view.language):
        page = TemplateResponse(request, parts.template, {"page": None, "view": parts.view, "layout": parts.layout})
        return hidden(page.render())
