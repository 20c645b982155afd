"""Where an address that leads nowhere might have meant to go: public pages only, so it tells nothing of hidden ones."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.conf import settings
from pydantic import Field
from wagtail.models import Locale, Page, Site

from cms.rendering.links import page_link, page_path
from cms.rendering.resolve import split_path
from cms.rendering.values import Link
from cms.schema import Schema
from cms.search.titles import Findable, clean_words, folded, records
from cms.visibility import visible, without_fallbacks

MOST_LINKS = 5
# A site of more pages looks at its first ones: an error page must stay cheap.
MOST_CANDIDATES = 3000
LIKE_ENOUGH = 0.7
SHORTEST_WORD = 4


class Missing(Schema, title="Vermist"):
    """What helps a reader on from an address that leads nowhere."""

    words: str = Field(alias="zoekwoorden", description="Woorden uit het adres, om mee te zoeken")
    nearest: list[Link] = Field(
        default_factory=list, alias="nabij", description="Openbare pagina's die het adres misschien bedoelde"
    )
    search_url: str | None = Field(
        default=None,
        alias="zoekadres",
        description="Adres van de zoekpagina in de taal van het adres; neemt `?zoek=` aan",
        examples=["/zoeken/"],
    )


def missing_at(site: Site, path: str) -> Missing:
    """Give what helps on from `path`, which has no query. Four queries at most; none for a file's name."""
    language, components = split_path(path)
    name = components[-1][:100] if components else ""
    words = clean_words(re.sub(r"[\W_]+", " ", re.sub(r"\.\w{1,5}$", "", name)))
    # No page has a dot in its address: mostly robots ask for those.
    if not components or "." in name or "\0" in path:
        return Missing(words=words)
    locale = Locale.objects.filter(language_code=language).first()
    return _helped(site, locale, components, name, words) if locale else Missing(words=words)


def _helped(site: Site, locale: Locale, components: list[str], name: str, words: str) -> Missing:
    found = without_fallbacks(visible(Page.objects.filter(locale=locale), site)).order_by("path")
    # What a link needs, of thousands of rows: robots ask for many addresses that do not exist.
    fields = ("title", "slug", "url_path", "path", "depth", "locale_id", "translation_key", "content_type_id")
    pages = list(found.only(*fields)[:MOST_CANDIDATES])
    home = next((page for page in pages if page.translation_key == site.root_page.translation_key), None)
    if home is None:
        return Missing(words=words)
    below = [page for page in pages if page.url_path.startswith(home.url_path) and page.pk != home.pk]
    search = next((page for page in below if getattr(page.specific_class, "holds_search", False)), None)
    below = [page for page in below if page is not search]
    candidates = [(page.slug, page_link(page, locale)) for page in below]
    candidates += [(record.url.rstrip("/").rsplit("/", 1)[-1], _link(record)) for record in records(site, locale)]
    links = _in_own_language(site, locale, components) + _most_alike(name, components[:-1], candidates)
    links = links[: MOST_LINKS - 1]
    parent = _deepest_on_the_way(home, below, components)
    if parent is not None:
        links.append(page_link(parent, locale))
    nearest = list({link.url: link for link in links}.values())[:MOST_LINKS]
    return Missing(words=words, nearest=nearest, search_url=page_path(search) if search else None)


def _in_own_language(site: Site, locale: Locale, components: list[str]) -> list[Link]:
    """Give the public page at the same path in the site's own language, for a reader who asked for another one."""
    if locale.language_code == settings.LANGUAGE_CODE:
        return []
    url_path = site.root_page.url_path + "".join(f"{part}/" for part in components)
    pages = Page.objects.filter(url_path=url_path, locale__language_code=settings.LANGUAGE_CODE)
    return [page_link(page, locale) for page in visible(pages, site)]


def _link(record: Findable) -> Link:
    return Link(title=record.title, url=record.url)


def _most_alike(name: str, above: list[str], candidates: Iterable[tuple[str, Link]]) -> list[Link]:
    """Give the links whose slugs look like `name` or share words with it, most alike first; one less than fit.

    Of those as much alike, the ones below the same parts (`above`) go first, and then the ones nearest the home page.
    """
    asked = folded(name)
    matcher = SequenceMatcher(b=asked, autojunk=False)
    words = _words(asked)
    scored = []
    for slug, link in candidates:
        matcher.set_seq1(folded(slug))
        alike = 0.0
        if matcher.real_quick_ratio() >= LIKE_ENOUGH and matcher.quick_ratio() >= LIKE_ENOUGH:
            alike = matcher.ratio()
        if len(asked) >= SHORTEST_WORD and folded(slug).startswith(asked):
            alike = max(alike, 0.9)
        shared = words & _words(folded(slug))
        if shared:
            # A whole word in common says more than letters that happen to agree.
            alike = max(alike, LIKE_ENOUGH + 0.2 * len(shared) / len(words))
        if alike >= LIKE_ENOUGH:
            parts = link.url.split("/")
            scored.append((-alike, -len(set(above) & set(parts)), len(parts), link.title, link))
    return [each[-1] for each in sorted(scored, key=lambda each: each[:-1])[: MOST_LINKS - 1]]


def _words(slug: str) -> set[str]:
    return {word for word in re.split(r"[\W_]+", slug) if len(word) >= SHORTEST_WORD}


def _deepest_on_the_way(home: Page, pages: list[Page], components: list[str]) -> Page | None:
    """Give the public page that stands furthest along the address; not the home page."""
    on_the_way = {home.url_path + "".join(f"{part}/" for part in components[:end]) for end in range(1, len(components))}
    return max((page for page in pages if page.url_path in on_the_way), key=lambda page: page.depth, default=None)
