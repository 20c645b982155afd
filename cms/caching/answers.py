"""Answers what everybody gets from what is known already, and else makes it once."""

import threading
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe
from wagtail.models import Site

from cms.caching import tags
from cms.caching.generation import Generation, current
from cms.caching.headers import is_public, tell_caches, tell_private, tell_public
from cms.caching.questions import Question, etag_of, has_already
from cms.caching.shared import shared, sharing
from cms.caching.store import Kept, store

Maker = Callable[[HttpRequest], HttpResponse]

# Headers that belong to the answer itself. One with any other is not kept: it may be meant for one reader.
_KEPT_HEADERS = frozenset(
    {
        "api-version", "cache-control", "cache-tag", "content-disposition", "content-language", "content-length",
        "content-type", "cross-origin-opener-policy", "etag", "last-modified", "link", "referrer-policy", "vary",
        "x-content-type-options", "x-frame-options", "x-robots-tag",
    }
)  # fmt: skip
_FOR_ALL_ORIGINS = ("Access-Control-Allow-Origin", "*")


def fresh(request: HttpRequest, question: Question, make: Maker) -> HttpResponse:
    """Give the answer: status 304 to who has it already, else from the store, else as `make` makes it.

    It is kept if `make` marked it public (cms/caching/headers.py).
    """
    # Before anything else is read: what is made after this may be newer, never older.
    generation = current() if settings.ANSWERS_KEPT else None
    if generation is None or not generation.settled:
        return made(request, make, "", generation)[0]
    name = question.name(generation)
    if has_already(request, name):
        response = HttpResponseNotModified()
        tell_caches(response, etag_of(name), generation.seconds_left)
        return response
    # This or another process may have kept it: only what is still to be made may be too rare to keep.
    kept = None if question.has_free_text else store.get(name)
    if kept is not None:
        return _as_response(request, kept, name)
    if question.has_free_text or (question.has_free_query and asked_before.is_new(question.name(None))):
        return made(request, make, etag_of(name), generation)[0]
    return _made_once(request, make, name, generation)


def _made_once(request: HttpRequest, make: Maker, name: str, generation: Generation) -> HttpResponse:
    with store.making(name) as ours:
        # Somebody may have been done just before it became ours.
        kept = store.get(name) if ours else store.wait(name)
        if kept is None and ours:
            response, fit = made(request, make, etag_of(name), generation)
            if fit and request.method == "GET":
                store.put(name, Kept(list(response.items()), response.content), generation.seconds_left)
            return response
    if kept is None:
        return made(request, make, etag_of(name), generation)[0]
    return _as_response(request, kept, name)


def _as_response(request: HttpRequest, kept: Kept, name: str) -> HttpResponse:
    response = HttpResponse(kept.body, headers=dict(kept.headers))
    etag, changed_at = response.headers["ETag"], response.headers.get("Last-Modified")
    if etag == etag_of(name):  # compared before
        return response
    modified = parse_http_date_safe(changed_at) if changed_at else None
    return get_conditional_response(request, etag=etag, last_modified=modified, response=response) or response


def made(request: HttpRequest, make: Maker, etag: str, generation: Generation | None) -> tuple[HttpResponse, bool]:
    """Make the answer, and say whether it may be kept."""
    with tags.collecting() as noted, sharing(generation):
        if generation is not None:
            _know_site(request)
        response = make(request)
    if not is_public(response):
        tell_private(response)
        return response, False
    if site := getattr(request, "_wagtail_site", None):
        noted.add(("site", str(site.pk)))
    if language := response.headers.get("Content-Language"):
        noted.add(("language", language))
    tell_public(response, noted, etag, generation.seconds_left if generation else 0)
    fit = (
        bool(etag)
        and response.status_code == 200
        and all(name.lower() in _KEPT_HEADERS or (name, value) == _FOR_ALL_ORIGINS for name, value in response.items())
    )
    return response, fit


def _know_site(request: HttpRequest) -> None:
    """Put the site where Wagtail keeps it for a request: every page begins at its home page."""
    host = (request.get_host(), request.get_port())
    request._wagtail_site = shared(("site", *host), lambda: Site.find_for_request(request))  # type: ignore[attr-defined]


class _Recently:
    """Which questions were asked before, in whatever generation. Addresses with a free query are kept from the second
    time on: robots ask for thousands of them once each, and would push out what readers ask for."""

    MOST = 5_000

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._writing = threading.Lock()

    def is_new(self, name: str) -> bool:
        with self._writing:
            if name in self._names:
                return False
            if len(self._names) >= self.MOST:
                self._names.clear()
            self._names.add(name)
            return True


asked_before = _Recently()
