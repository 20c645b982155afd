"""What an answer says about keeping it: to browsers, and to caches in front of the site."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from cms.caching import tags
from cms.caching.tags import Kind

PRIVATE = "private, no-store"
_MARK = "_cms_public"


def mark_public(response: HttpResponse, noted: Iterable[tuple[Kind, str]] = ()) -> None:
    """Say that a GET without cookie or token gives everybody this answer; `noted` is what it is made of besides.

    Only what is marked is ever kept. It is given to the middleware: a reader with a cookie still gets `no-store`.
    """
    setattr(response, _MARK, {*getattr(response, _MARK, ()), *noted})


def is_public(response: HttpResponse) -> bool:
    """Say whether the answer is everybody's: marked so, whole (or known already), and without a word of its own about
    keeping it."""
    return (
        hasattr(response, _MARK)
        and response.status_code in (200, 304)
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
    )


def tell_public(response: HttpResponse, noted: set[tuple[Kind, str]], etag: str, seconds_left: float) -> None:
    """Give a public answer its headers; it changes by itself after `seconds_left`. An ETag of its own stays."""
    if written := tags.written(noted | getattr(response, _MARK, set())):
        response.headers["Cache-Tag"] = written
    tell_caches(response, etag, seconds_left)


def tell_caches(response: HttpResponse, etag: str, seconds_left: float) -> None:
    """As `tell_public`, but for the tags: also for status 304."""
    if etag:
        response.headers.setdefault("ETag", etag)
    response.headers["Cache-Control"] = _for_everybody(seconds_left)
    patch_vary_headers(response, ("Authorization", "Cookie"))


def tell_private(response: HttpResponse) -> None:
    """Say that nobody may keep the answer, unless its view has said something itself."""
    response.headers.setdefault("Cache-Control", PRIVATE)


def _for_everybody(seconds_left: float) -> str:
    # Browsers ask each time, which costs next to nothing; caches in front may keep it as the operator says.
    most = max(0, int(seconds_left))
    fresh, stale = min(settings.CDN_SECONDS, most), min(settings.CDN_STALE_SECONDS, most)
    parts = ["public", "max-age=0"]
    parts += [f"s-maxage={fresh}"] if fresh else []
    parts += [f"stale-while-revalidate={stale}"] if stale else ["must-revalidate"]
    return ", ".join(parts)
