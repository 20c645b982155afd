"""Where Django shows a page to who reads along. A frontend fetches drafts from the API (cms/api/previews.py)."""

import logging
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from cms.errors import layout_for
from cms.preview import review
from cms.preview.modes import hidden
from cms.preview.passes import RefusedError

logger = logging.getLogger(__name__)


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
