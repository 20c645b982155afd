"""Purges caches in front of the site (WAGTAILFRONTENDCACHE): by tag those that can, the others by address."""

import logging
import threading
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.contrib.frontend_cache.utils import get_backends
from wagtail.models import Page, ReferenceIndex, Site

from cms.addresses import frontends
from cms.models import OutboxMessage

MOST = 1_000


def purge(message: OutboxMessage, cache: str) -> tuple[bool, str]:
    """Purge what changed from the cache of this name, and give whether that worked and what happened, in words."""
    backend = get_backends(backends=[cache]).get(cache)
    if backend is None:
        return False, _("Deze cache staat niet meer in de instellingen.")
    with _Failures() as failures:
        if hasattr(backend, "purge_tags"):
            # The word that is on every answer: with it goes all that the others name too.
            try:
                backend.purge_tags([tag for tag in message.tags if tag.startswith("site-")])
            except OSError as error:
                return False, _("De cache antwoordt niet, of weigert het (%(kind)s).") % {"kind": type(error).__name__}
            told = _("Gewist op trefwoord.")
        else:
            urls = [url for url in addresses(message) if backend.invalidates_hostname(urlsplit(url).hostname)]
            if urls:
                backend.purge_batch(urls)
            told = _("Gewist: %(number)s adressen.") % {"number": len(urls)}
    return (False, _("De cache gaf een fout; zie het logboek.")) if failures.any else (True, told)


def addresses(message: OutboxMessage) -> list[str]:
    """Give the addresses of pages that changed, of those above them, and of those that refer to them.

    Where a page was before it moved or went is among them. A cache that knows addresses only cannot know what else
    shows a page: docs/operator/caching.md says what follows from that.
    """
    ids = [tag.removeprefix("page-") for tag in message.tags if tag.startswith("page-")]
    paths = dict.fromkeys(message.url_paths)
    for path in message.url_paths:
        steps = path.strip("/").split("/")
        paths |= dict.fromkeys(f"/{'/'.join(steps[:number])}/" for number in range(1, len(steps)))
    types = [ContentType.objects.get_for_model(Page)]
    uses = ReferenceIndex.objects.filter(base_content_type__in=types, to_object_id__in=ids)
    shown = Page.objects.live().filter(
        Q(pk__in=ids) | Q(pk__in=[int(pk) for pk in uses.values_list("object_id", flat=True).distinct()[:MOST]])
    )
    paths |= dict.fromkeys(shown.values_list("url_path", flat=True)[:MOST])
    found: dict[str, None] = {}
    for path in paths:
        found |= dict.fromkeys(_full(path))
    return list(found)[:MOST]


def _full(path: str) -> list[str]:
    """Give the addresses of a page with this path: on the site's host, and on that of its frontend."""
    parts = Page(url_path=path).get_url_parts()
    if not parts or not parts[1]:
        return []
    site_id, root, rest = parts
    host = next((site.hostname for site in Site.objects.filter(pk=site_id)), "")
    return [f"{origin}{rest}" for origin in (root, frontends().get(host)) if origin]


class _Failures(logging.Handler):
    """Notes whether Wagtail's backends, which raise nothing, told of an error in this thread meanwhile."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.any = False
        self._thread = threading.get_ident()
        self._logger = logging.getLogger("wagtail.frontendcache")

    def emit(self, record: logging.LogRecord) -> None:
        self.any = self.any or record.thread == self._thread

    def __enter__(self) -> "_Failures":
        self._logger.addHandler(self)
        return self

    def __exit__(self, *_error: object) -> None:
        self._logger.removeHandler(self)
