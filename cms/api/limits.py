"""How much one caller may ask: so many questions a minute, counted in Django's cache.

An anonymous caller is an address, a token is itself. Our own frontend asks for all its readers at once; it says who it
is with a secret (`FRONTEND_SECRET`) and has no limit. With the cache in memory each process counts for itself; a
shared cache (Redis) counts exactly. The headers are those of draft-ietf-httpapi-ratelimit-headers.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from cms.api.callers import caller_of
from cms.api.problems import problem_response
from cms.clients import is_frontend, reader_address

View = Callable[..., HttpResponse]

WINDOW = 60  # seconds
# Passwords of private pages that one reader may try in a window; all readers together of a frontend that names none.
TRIES, TRIES_OF_FRONTEND = 10, 100


@dataclass(frozen=True)
class Allowance:
    """What a caller may ask in a window: under which policy, how often, and counted as whom."""

    policy: str
    most: int
    counted_as: str


@dataclass(frozen=True)
class Taken:
    """What is left of an allowance after one more question."""

    left: int
    reset_after: int  # seconds
    refused: bool


def limited(view: View) -> View:
    """Refuse who asks too much with 429, and tell the others what is left."""

    def answered(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        allowance = allowance_of(request)
        if allowance is None:
            return view(request, *args, **values)
        taken = take(allowance)
        response = too_many(taken) if taken.refused else view(request, *args, **values)
        response.headers["RateLimit-Policy"] = f'"{allowance.policy}";q={allowance.most};w={WINDOW}'
        response.headers["RateLimit"] = f'"{allowance.policy}";r={taken.left};t={taken.reset_after}'
        return response

    return answered


def allowance_of(request: HttpRequest) -> Allowance | None:
    """Give what this caller may ask; None: as much as it likes."""
    if is_frontend(request):
        return None
    token = caller_of(request).token
    if token is not None:
        most = getattr(settings, "API_LIMIT_TOKEN", 0)
        return Allowance("sleutel", most, f"token {token.pk}") if most else None
    most = getattr(settings, "API_LIMIT_ANONYMOUS", 0)
    return Allowance("anoniem", most, reader_address(request)) if most else None


def try_password(request: HttpRequest, page: str) -> HttpResponse | None:
    """Count a password that somebody tries for a page; give the answer to who tried too many."""
    who = reader_address(request)
    taken = take(Allowance("wachtwoord", TRIES if who else TRIES_OF_FRONTEND, f"{page} {who}"))
    return too_many(taken) if taken.refused else None


def take(allowance: Allowance) -> Taken:
    """Count one more question."""
    now = int(time.time())
    window = now // WINDOW
    # An address is personal data: what is kept, for a minute, is its keyed hash.
    who = salted_hmac("cms.api.limits", allowance.counted_as, algorithm="sha256").hexdigest()[:32]
    key = f"api:limit:{allowance.policy}:{who}:{window}"
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        count = cache.incr(key)
    except ValueError:  # thrown out between the two
        count = 1
    return Taken(max(0, allowance.most - count), (window + 1) * WINDOW - now, count > allowance.most)


def too_many(taken: Taken) -> HttpResponse:
    """Give the answer to who asks too much."""
    response = problem_response(HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(taken.reset_after)
    response.headers["Cache-Control"] = "no-store"
    return response
