"""Feeds as Atom (RFC 4287), one below each page that has one."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms.addresses import public_address
from cms.found.answers import conditional, try_again
from cms.found.feeds import NAME, Selection, feed_pages, has_feed, selection_of
from cms.rendering.build import browser_title
from cms.rendering.links import language_code, page_path
from cms.rendering.resolve import find_path
from cms.search.engine import SearchTooSlowError
from cms.visibility import without_fallbacks

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """Answer with the feed of the page in whose address it stands; 404 where that page has none in its language."""
    site = Site.find_for_request(request)
    found = find_path(site, request.path_info.removesuffix(NAME)) if site else None
    if site is None or found is None or found.subject is not None or not has_feed(found.page, site):
        raise Http404
    page = found.page
    if page.alias_of_id and not without_fallbacks(Page.objects.filter(pk=page.pk)).exists():
        raise Http404
    try:
        chosen = selection_of(page, site, dict(request.GET.lists()))
    except SearchTooSlowError:
        return try_again()
    selection = chosen or Selection(pages=feed_pages(page, site))
    moments = (entry.last_published_at for entry in selection.pages if entry.last_published_at)
    changed_at = max(moments, default=page.first_published_at or LONG_AGO)
    content = feed_xml(page, selection, site, changed_at)
    response = conditional(request, content, CONTENT_TYPE, changed_at=None if chosen else changed_at)
    if chosen:
        # Results of a search are endless, and hold nothing of their own.
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def feed_xml(page: Page, selection: Selection, site: Site, changed_at: datetime) -> bytes:
    """Give the feed of `page` with the selected pages as entries."""
    language = language_code(page.locale_id)
    address = public_address(site) + page_path(page)
    query = f"?{selection.query}" if selection.query else ""
    title = f"{page.title}: {selection.words}" if selection.words else page.title
    writer = _Writer(
        title=browser_title(title, site),
        link=address + query,
        feed_url=address + NAME + query,
        description="",
        language=language,
        author_name=site.site_name or site.root_page.title,
        author_link=f"{public_address(site)}/",
        subtitle=_summary(page) or None,
        feed_guid=f"{tag_uri(page, site)}/nieuw{query}",
        changed_at=changed_at,
    )
    for entry in selection.pages:
        summary: Any = escape(_summary(entry)) or None
        own_language = getattr(entry, "text_language", language)
        writer.add_item(
            title=entry.title,
            link=public_address(site) + page_path(entry),
            # The writer announces the summary as HTML.
            description=summary,
            pubdate=entry.first_published_at,
            updateddate=entry.last_published_at,
            unique_id=tag_uri(entry, site),
            language=own_language if own_language != language else None,
        )
    out = StringIO()
    writer.write(out, "utf-8")
    return out.getvalue().encode()


def tag_uri(page: Page, site: Site) -> str:
    """Give an id that stays the same when the page gets another address (RFC 4151)."""
    day = (page.first_published_at or LONG_AGO).astimezone(UTC).date().isoformat()
    return f"tag:{site.hostname},{day}:{page.translation_key}/{language_code(page.locale_id)}"


def _summary(page: Page) -> str:
    return getattr(page, "introduction", "") or page.search_description


class _Writer(Atom1Feed):
    """Django's writer, with the language of an entry where it differs from the feed's."""

    def latest_post_date(self) -> datetime:
        # Django takes the present for a feed without entries: it would never be the same twice.
        return self.feed["changed_at"]

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}
