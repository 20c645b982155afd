"""Where readers find a site: on its own host, or on that of a frontend. The one rule for every full address.

Addresses from the root of a site (`/themas/…`, `/media/…`) are the same on both hosts: the frontend passes files on.
"""

from django.conf import settings
from wagtail.models import Site


def public_address(site: Site) -> str:
    """Give the address that readers know the site by, as `https://www.example.nl`, without a slash."""
    return frontends().get(site.hostname) or str(site.root_url)


def frontends() -> dict[str, str]:
    """Give the addresses of frontends on a host of their own, by the host of the site that they show."""
    return getattr(settings, "FRONTEND_ADDRESSES", {})
