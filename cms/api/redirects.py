"""The redirect that an editor (or a moved page) left at an address, found as Wagtail's own middleware finds it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.apps import apps
from django.utils.encoding import uri_to_iri
from wagtail.models import Page, Site

from cms.rendering.links import page_path
from cms.visibility import visible


@dataclass(frozen=True)
class Moved:
    """Where an address leads now."""

    target: str
    permanent: bool


def find_redirect(site: Site, address: str) -> Moved | None:
    """Give the redirect at `address` (path, perhaps with a query), or None. At most two queries.

    The address with its query goes before the path alone, and a redirect of this site before one of all sites. One
    that leads to a page the public may not see is left out: its new address would tell that the page exists.
    """
    if "\0" in address or not apps.is_installed("wagtail.contrib.redirects"):
        return None
    from wagtail.contrib.redirects.models import Redirect

    encoded = Redirect.normalise_path(address, decode_unicode=False)
    candidates: list[str] = []
    for path in (encoded, urlsplit(encoded).path):
        candidates += [form for form in (uri_to_iri(path), path) if form not in candidates]
    rows = Redirect.get_for_site(site).filter(old_path__in=candidates)
    redirect = min(rows, key=lambda row: (candidates.index(row.old_path), row.site_id is None), default=None)
    if redirect is None:
        return None
    if not redirect.redirect_page_id:
        return Moved(redirect.redirect_link, redirect.is_permanent) if redirect.redirect_link else None
    page = visible(Page.objects.filter(pk=redirect.redirect_page_id), site).first()
    if page is None:
        return None
    return Moved(page_path(page).rstrip("/") + (redirect.redirect_page_route_path or "/"), redirect.is_permanent)
