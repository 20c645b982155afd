"""What programs look for at fixed addresses: security.txt (RFC 9116), the icons and the web app manifest."""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.models import Site

from cms.addresses import public_address
from cms.found.answers import conditional

# RFC 9116 wants less than a year. Counted from the start of the process, which every update of the site renews:
# of a site that nobody maintains any more, the contact lapses by itself.
CONTACT_LIFETIME = timedelta(days=300)
_started = datetime.now(UTC)

ICON_TYPES = {".ico": "image/x-icon", ".png": "image/png"}
ICONS = ("favicon.ico", "apple-touch-icon.png", "icon-192.png", "icon-512.png")
ICON_CACHE = "public, max-age=86400"
# --vn-petrol-700 and --vn-sand-0 in frontend/design/tokens/brand.css.
THEME_COLOUR, BACKGROUND_COLOUR = "#0b4f5c", "#fffefb"


@require_safe
def security_txt(request: HttpRequest) -> HttpResponseBase:
    """Answer with whom to tell about a weakness; 404 where the settings name nobody."""
    contacts = getattr(settings, "SECURITY_CONTACTS", [])
    site = Site.find_for_request(request)
    if not contacts or site is None:
        raise Http404
    # Whole days, so that all processes give the same answer.
    expires = (_started + CONTACT_LIFETIME).replace(hour=0, minute=0, second=0, microsecond=0)
    policy = getattr(settings, "SECURITY_POLICY_URL", "")
    lines = [
        *(f"Contact: {contact}" for contact in contacts),
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {public_address(site)}{request.path}",
        *([f"Policy: {policy}"] if policy else []),
    ]
    return conditional(request, "\n".join([*lines, ""]).encode(), "text/plain; charset=utf-8")


@require_safe
def icon(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with an icon at the root of the site, where browsers ask for it without being told."""
    return conditional(request, _icon(name), ICON_TYPES[Path(name).suffix], cache_control=ICON_CACHE)


@require_safe
def manifest(request: HttpRequest) -> HttpResponseBase:
    """Answer with the name, colours and icons for a shortcut on a home screen; it opens in the browser."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    icons = [
        {"src": f"/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]  # fmt: skip
    content = {
        "name": site.site_name or site.root_page.title,
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "theme_color": THEME_COLOUR,
        "background_color": BACKGROUND_COLOUR,
        "icons": icons,
    }
    return conditional(request, json.dumps(content, ensure_ascii=False).encode(), "application/manifest+json")


@cache
def _icon(name: str) -> bytes:
    return (Path(__file__).parent.parent / "static/cms" / name).read_bytes()
