"""Which pages have a feed of what is new, and what stands in it: the registry that apps add to. Atom itself is atom.py.

A feed stands right below its page: `/nieuw.atom`, `/themas/ondermijning/nieuw.atom`, `/en/nieuw.atom`. That of a page
with a search takes the same query: `/kennisbank/nieuw.atom?thema=ondermijning`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext
from wagtail.models import Page, Site

from cms.rendering.links import page_path
from cms.rendering.values import Link
from cms.visibility import visible, without_fallbacks

NAME = "nieuw.atom"
LENGTH = 30

EntryProvider = Callable[[Any, Site], QuerySet]
_providers: dict[str, list[EntryProvider]] = {}

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Selection:
    """What a query keeps of a page's list: the pages that readers get, the query in words, and in its shortest form.

    Both are empty where nothing was asked for.
    """

    pages: Sequence[Any]
    words: str = ""
    query: str = ""


SelectionProvider = Callable[[Any, Site, Query], Selection]
_selections: dict[str, tuple[SelectionProvider, Sequence[str]]] = {}


def register_feed(label: str, provider: EntryProvider | None = None) -> None:
    """Give pages of a model ("themes.themepage") a feed, with the page itself and what `provider(page, site)` gives.

    The provider's pages may be hidden or in another language: the feed takes their visible translations in the page's
    language, and leaves out the rest. Call it from an AppConfig's `ready()`. Registering the same provider twice has
    no effect.
    """
    providers = _providers.setdefault(label.lower(), [])
    if provider is not None and provider not in providers:
        providers.append(provider)


def register_search_feed(label: str, provider: SelectionProvider, keys: Sequence[str]) -> None:
    """Give pages of a model ("kennisbank.kennisbankpage") a feed of whatever a reader searches there.

    `provider(page, site, query)` gives visible pages only, the newest first, in the active language; `keys` are the
    names in a query that count. Call it from an AppConfig's `ready()`.
    """
    _selections[label.lower()] = (provider, keys)


def selection_of(page: Page, site: Site, query: Query) -> Selection | None:
    """Give what the query keeps; None where pages like this one have no search."""
    found = _selections.get(page._meta.label_lower)
    return found[0](page, site, query) if found else None


def has_feed(page: Page, site: Site) -> bool:
    """Tell whether pages like this one have a feed: home pages, and the types that apps registered."""
    label = page._meta.label_lower
    return _is_home(page, site) or label in _providers or label in _selections


def feed_link(page: Page, site: Site, query: Query | None = None) -> Link | None:
    """Give the link to the page's own feed, in the active language; None where it has none.

    The feed of a search is that of its results: `query` is that of the page's address.
    """
    # A stand-in for a missing translation has no news in that language.
    if page.alias_of_id or not has_feed(page, site):
        return None
    _provider, keys = _selections.get(page._meta.label_lower, (None, ()))
    pairs = [(key, value) for key in keys for value in (query or {}).get(key, ()) if value]
    address = page_path(page) + NAME + (f"?{urlencode(pairs)}" if pairs else "")
    return Link(title=gettext("Volg in een feedlezer wat hier nieuw is"), url=address)


def feed_pages(page: Page, site: Site) -> list[Any]:
    """Give the pages in the feed, those that changed last first. One query, and one a page type."""
    # Not the home page in its own feed: each edit of it would stand first, and say nothing new.
    wanted = Page.objects.filter(depth__gt=1).exclude(translation_key=site.root_page.translation_key)
    if not _is_home(page, site):
        wanted = wanted.filter(pk=page.pk)
        for provider in _providers[page._meta.label_lower]:
            wanted = wanted | Page.objects.filter(translation_key__in=provider(page, site).values("translation_key"))
    public: Any = without_fallbacks(visible(wanted.filter(locale_id=page.locale_id), site))
    newest = public.filter(last_published_at__isnull=False).order_by("-last_published_at", "-pk")
    return list(newest.specific()[:LENGTH])


def _is_home(page: Page, site: Site) -> bool:
    return page.translation_key == site.root_page.translation_key
