"""A fingerprint of the software and its settings: another release answers differently from the same content."""

import time
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
import wagtail
from django.apps import apps
from django.conf import settings

from cms.apps import ContentAppConfig

_SUFFIXES = frozenset({".py", ".html", ".mo", ".css", ".js", ".svg", ".webmanifest"})
# What answers are made with besides; each node of a site has the same.
_SETTINGS = (
    "ALLOWED_HOSTS", "API_CONTACT_URL", "CDN_SECONDS", "CDN_STALE_SECONDS", "FRONTEND_ADDRESSES", "LANGUAGES",
    "LANGUAGE_CODE", "MEDIA_URL", "SEARCH_ENGINES_WELCOME", "SECURITY_CONTACTS", "SECURITY_POLICY_URL", "STATIC_URL",
    "STORAGES", "TIME_ZONE", "VIDEO_HOSTS", "WAGTAILADMIN_BASE_URL", "WAGTAIL_CONTENT_LANGUAGES", "X_FRAME_OPTIONS",
)  # fmt: skip


def release() -> str:
    """Give the fingerprint: the same on every node of one release, another after each change of code or templates.

    Computed once a process; while developing once a second, from the times of the files.
    """
    return _of_files(int(time.monotonic())) if settings.DEBUG else _of_contents()


@cache
def _of_contents() -> str:
    digest = _begun()
    for path in _files():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


_latest: tuple[int, str] = (-1, "")


def _of_files(second: int) -> str:
    global _latest
    if _latest[0] != second:
        digest = _begun()
        for path in _files():
            digest.update(f"{path}{path.stat().st_mtime_ns}".encode())
        _latest = (second, digest.hexdigest()[:16])
    return _latest[1]


def _begun() -> Any:
    values = [repr(getattr(settings, name, None)) for name in _SETTINGS]
    return sha256("\n".join([django.__version__, wagtail.__version__, *values]).encode())


def _files() -> Iterator[Path]:
    folders = {Path(config.path) for config in apps.get_app_configs() if isinstance(config, ContentAppConfig)}
    engines: Any = settings.TEMPLATES
    folders |= {Path(folder) for engine in engines for folder in engine.get("DIRS") or ()}
    for folder in sorted(folders):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SUFFIXES and "migrations" not in path.parts:
                yield path
