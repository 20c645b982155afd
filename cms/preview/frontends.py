"""Which frontend shows the previews of a site: its own where it has one, else the one of FRONTEND_URL.

Without FRONTEND_URL there are no previews in a frontend: not every frontend shows them.
"""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

from cms.addresses import frontends


def has_frontend() -> bool:
    """Say whether previews are shown in a frontend."""
    return bool(_default())


def frontend_of(site: Site) -> str:
    """Give the public address of the frontend of a site, without a slash at the end; empty where there is none."""
    own = frontends().get(site.hostname, "")
    # An address on the host of the site itself is no other frontend, and FRONTEND_URL may have a path.
    is_another = bool(own) and urlsplit(own).hostname != site.hostname and own != _origin(_default())
    return own if is_another and has_frontend() else _default()


def frontend_origins() -> list[str]:
    """Give the origins of all frontends, as browsers tell them in messages."""
    if not has_frontend():
        return []
    return list(dict.fromkeys([_origin(_default()), *frontends().values()]))


def _default() -> str:
    return getattr(settings, "FRONTEND_URL", "")


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
