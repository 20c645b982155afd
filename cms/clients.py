"""Who asks: our own frontend, which asks for all its readers, or somebody at an address.

The frontend says who it is with a secret (`FRONTEND_SECRET`). Only then is it believed about the address of the reader
whose form or password it passes on.
"""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

FRONTEND_HEADER = "Frontend-Secret"
READER_HEADER = "Reader-Address"


def is_frontend(request: HttpRequest) -> bool:
    """Say whether our own frontend asks."""
    secret = getattr(settings, "FRONTEND_SECRET", "")
    return bool(secret) and constant_time_compare(request.headers.get(FRONTEND_HEADER, ""), secret)


def reader_address(request: HttpRequest) -> str:
    """Give the address of who asks, as our own proxy saw it where there is one.

    "" where the frontend asks and does not tell for whom.
    """
    if is_frontend(request):
        return _valid(request.headers.get(READER_HEADER, ""))
    if getattr(settings, "TRUSTED_PROXY", False):
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if seen:
            return seen
    return str(request.META.get("REMOTE_ADDR", ""))


def _valid(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        return ""
