"""Answers that programs ask for again and again: small, never stale, and empty where nothing changed."""

from datetime import datetime
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext

from cms.caching.headers import mark_public
from cms.caching.questions import has_free_text

# Of what somebody typed nothing stays on machines in between; the reader's own program may keep it, and asks again.
OWN = "private, no-cache"
# Seconds.
TRY_AGAIN_AFTER = 60


def conditional(
    request: HttpRequest,
    content: bytes,
    content_type: str,
    *,
    changed_at: datetime | None = None,
    cache_control: str = "",
) -> HttpResponseBase:
    """Answer with `content`, or with 304 where the reader has just that already. Everybody gets the same.

    Without `cache_control` it is kept as a page is, but its ETag is that of the content: programs ask for years.
    """
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    modified = int(changed_at.timestamp()) if changed_at else None
    response = HttpResponse(content, content_type=content_type)
    response.headers["ETag"] = etag
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified)
    answer = get_conditional_response(request, etag=etag, last_modified=modified, response=response) or response
    if cache_control:
        answer.headers["Cache-Control"] = cache_control
    else:
        for_everybody(request, answer)
    return answer


def for_everybody(request: HttpRequest, response: HttpResponse) -> None:
    """Say that the answer is everybody's, unless it is made with somebody's own words."""
    if has_free_text(request):
        response.headers["Cache-Control"] = OWN
    else:
        mark_public(response)


def try_again() -> HttpResponse:
    """Answer that the search took too long; programs come back later by themselves."""
    headers = {"Retry-After": str(TRY_AGAIN_AFTER), "Cache-Control": "no-store"}
    text = gettext("Zoeken duurde te lang. Probeer het later opnieuw.")
    return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8", headers=headers)
