"""From an address to the page, or the record below a page, that answers for it; the same for Django and the API."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language, get_language_from_path
from wagtail.models import Page, Site

from cms.caching.prepared import records, rows
from cms.caching.shared import is_sharing, shared
from cms.visibility import visible

if TYPE_CHECKING:
    from cms.models import BasePage

Rule = Callable[[QuerySet[Page]], QuerySet[Page]]


@dataclass(frozen=True)
class Found:
    """A page (its specific class), or with `subject` the record that stands at an address below the page."""

    page: "BasePage"
    subject: Any | None = None


_USUAL_DEPTH = 10


def find_below(root: Page, components: list[str], rule: Rule) -> Found | None:
    """Give what stands at `components` below `root` among the pages that `rule` keeps, or None.

    Two queries at any depth, one more where a page looks for a record.
    """
    prefixes = [root.url_path + "".join(f"{part}/" for part in components[:end]) for end in range(len(components) + 1)]

    def deepest(*paths: str) -> QuerySet:
        return rule(Page.objects.filter(url_path__in=paths)).order_by("-depth").values_list(*_COLUMNS)[:1]

    # A statement for each depth; nobody can make many of them by asking for long addresses.
    is_usual = len(prefixes) <= _USUAL_DEPTH
    found = rows(("page at", len(prefixes), rule), deepest, *prefixes) if is_usual else list(deepest(*prefixes))
    page = _specific(found, root)
    if page is None:
        return None
    rest = components[prefixes.index(page.url_path) :]
    if not rest:
        return Found(page) if hasattr(page, "own_sections") else None
    subject = page.subject(rest) if hasattr(page, "subject") else None
    return Found(page, subject) if subject is not None else None


# Not the plain page first: two dozen columns that the specific one brings once more.
_COLUMNS = ("pk", "content_type")


def find_by_id(key: Hashable, pages: Callable[[int], QuerySet[Page]], pk: int) -> Page | None:
    """Give the page with this id among what `pages(id)` keeps, of its specific class. Two queries at most.

    `key` says all that `pages` depends on besides the id.
    """
    return _specific(rows(("page by id", key), lambda pk: pages(pk).values_list(*_COLUMNS)[:1], pk))


def _specific(found: list[tuple[int, int]], known: Page | None = None) -> Page | None:
    """Give the page of the first row, of its specific class; `known` where it is that. One query at most."""
    if not found:
        return None
    pk, content_type = found[0]
    if known is not None and known.pk == pk and hasattr(known, "own_sections"):
        return known
    model = ContentType.objects.get_for_id(content_type).model_class() or Page
    found = records(("page", model), lambda pk: model._default_manager.filter(pk=pk).order_by(), pk)
    return found[0] if found else None


def route_known(request: HttpRequest, path: str) -> None:
    """Find the page of a request where Wagtail looks for it, from a root that all requests of a generation share.

    Wagtail would ask anew for the language and for the home page in it.
    """
    site = Site.find_for_request(request) if is_sharing() else None
    if site is None:
        return
    root = shared(("root", site.pk, get_language()), lambda: site.root_page.localized.specific)
    try:
        request._wagtail_route_for_request = root.route(  # type: ignore[attr-defined]
            request, [part for part in path.split("/") if part]
        )
    except Http404:
        request._wagtail_route_for_request = None  # type: ignore[attr-defined]


def find_path(site: Site, path: str, rule: Rule = visible) -> Found | None:
    """Give what a reader gets at `path` ("/en/themes/x/", with or without the last slash), or None.

    Without another `rule` (one function for all who ask so) that is an anonymous reader. `path` has no query. A
    language without a home page of its own has no addresses.
    """
    language, components = split_path(path)
    roots = Page.objects.filter(translation_key=site.root_page.translation_key, locale__language_code=language)
    root = shared(("home page", site.pk, language, rule), lambda: rule(roots).first())
    return find_below(root, components, rule) if root else None


def split_path(path: str) -> tuple[str, list[str]]:
    """Give the language of a path, by its prefix, and the parts that come after that."""
    language = get_language_from_path(path)
    components = [part for part in path.split("/") if part]
    if language and language != settings.LANGUAGE_CODE:
        return language, components[1:]
    return settings.LANGUAGE_CODE, components
