"""What stands around every page: menu, footer, texts and banner, from editors' snippets or else from the page tree."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.blocks import StreamValue
from wagtail.models import Page

from cms.addresses import public_address
from cms.models.banner import Banner
from cms.models.navigation import Footer, Navigation
from cms.models.site_part import SitePart
from cms.models.texts import SiteTexts
from cms.rendering.context import RenderContext, load_resources, references_in
from cms.rendering.links import language_code, localized, page_link, page_path, worded_link
from cms.rendering.richtext import rich_text_html
from cms.rendering.values import Link
from cms.rendering.view import Announcement, Layout, LinkColumn, MenuItem, Texts
from cms.visibility import visible

Part = TypeVar("Part", bound=SitePart)


def site_layout(context: RenderContext, preview: SitePart | None = None) -> Layout:
    """Give what stands around every page in the context's language; `preview` is a part as an editor is writing it.

    Where editors keep no menu or footer, pages marked "in menus" make the menu and the others the footer. A language
    without a part of its own gets that of the site's own language, marked as such. Eight queries at most; none where an
    answer of the same generation had them (cms/caching/shared.py).
    """
    return _layout(context, preview) if preview else context.shared("layout", lambda: _layout(context, None))


def _layout(context: RenderContext, preview: SitePart | None) -> Layout:
    site, locale = context.site, context.locale

    def part(model: type[Part]) -> Part | None:
        return preview if isinstance(preview, model) else model.for_reader(site, locale)

    navigation, footer, banner = part(Navigation), part(Footer), part(Banner)
    frame = _Frame(context, navigation, footer, banner)
    home = frame.home
    return Layout(
        site_name=site.site_name or site.root_page.title,
        origin=public_address(site),
        tagline=getattr(home, "tagline", "") or home.search_description,
        language=locale.language_code,
        home=Link(title=home.title, url=page_path(home)),
        menu=frame.menu(navigation) if navigation else frame.menu_of_tree(),
        search=worded_link(context.search_page, gettext("Zoeken"), locale) if context.search_page else None,
        footer=frame.footer(footer) if footer else frame.footer_of_tree(),
        footer_text=frame.html(footer.text) if footer else "",
        footer_language=frame.language_of(footer) if footer else None,
        announcements=[frame.announcement(banner)] if banner else [],
        texts=site_texts(context, preview if isinstance(preview, SiteTexts) else None),
    )


def announcements(context: RenderContext) -> list[Announcement]:
    """Give the banners whose time is now."""
    banner = Banner.for_reader(context.site, context.locale)
    return [_Frame(context, None, None, banner).announcement(banner)] if banner else []


def site_texts(context: RenderContext, preview: SiteTexts | None = None) -> Texts:
    """Give the texts of the site; where editors gave none in the reader's language, the words of the software.

    One query a rendering; none for `preview`, the texts as an editor is writing them.
    """
    site = context.site
    found = preview or context.once("site texts", lambda: SiteTexts.for_reader(site, context.locale))
    texts = found if found and found.locale_id == context.locale.pk else None

    def words(name: str, otherwise: str) -> str:
        return (getattr(texts, name) if texts else "") or otherwise

    return Texts(
        organisation=(found.organisation if found else "") or site.site_name or site.root_page.title,
        email=found.email if found else "",
        telephone=found.telephone if found else "",
        address=found.address.splitlines() if found else [],
        missing_title=words("missing_title", gettext("Deze pagina bestaat niet")),
        missing_text=words(
            "missing_text",
            gettext(
                "Misschien is de pagina verplaatst of klopt het adres niet helemaal. "
                "Controleer het adres, of zoek verder vanaf de homepage."
            ),
        ),
        search_text=words("search_text", gettext("Zoek in alle pagina's van deze site.")),
        no_results_text=words(
            "no_results_text", gettext("Controleer de spelling, gebruik minder woorden of kies een ander woord.")
        ),
    )


class _Frame:
    """Loads in bulk what the parts refer to, and gives their typed values."""

    def __init__(
        self, context: RenderContext, navigation: Navigation | None, footer: Footer | None, banner: Banner | None
    ) -> None:
        self.site, self.locale = context.site, context.locale
        streams = [part for part in (navigation and navigation.items, footer and footer.columns) if part]
        self._chosen = _chosen(context, {page_id for stream in streams for page_id in _page_ids(stream)})
        texts = [part.text for part in (footer, banner) if part and part.text]
        self._context = replace(context, resources=load_resources(self.site, self.locale, references_in([], texts)))

    @cached_property
    def _homes(self) -> dict[int, Page]:
        root = self.site.root_page
        # As their own type, because a home page may have a tagline; all translations are of one type.
        model = root.specific_class or Page
        found = visible(model.objects.filter(translation_key=root.translation_key).defer_streamfields())
        return {home.locale_id: home for home in found}

    @property
    def root(self) -> Page:
        """The home page in the site's own language."""
        return self._homes.get(self.site.root_page.locale_id, self.site.root_page)

    @property
    def home(self) -> Page:
        """The home page in the reader's language, or else in the site's own."""
        return self._homes.get(self.locale.pk, self.root)

    def language_of(self, part: SitePart) -> str | None:
        """Give the language of the part's own words where it is not the reader's."""
        return None if part.locale_id == self.locale.pk else language_code(part.locale_id)

    def html(self, text: str) -> str:
        """Give rich text with final links."""
        return rich_text_html(text, self._context)

    def menu(self, navigation: Navigation) -> list[MenuItem]:
        language = self.language_of(navigation)
        entries = []
        for raw in navigation.items.raw_data:
            if raw["type"] == "group":
                title, links = self._group(raw, language)
                if links:
                    entries.append(MenuItem(title=title, url="", language=language, children=links))
            elif link := self._link(raw["value"], language):
                entries.append(MenuItem(**dict(link)))
        return entries

    def footer(self, footer: Footer) -> list[LinkColumn]:
        language = self.language_of(footer)
        groups = (self._group(raw, language) for raw in footer.columns.raw_data)
        return [LinkColumn(title=title, links=links, language=language) for title, links in groups if links]

    def announcement(self, banner: Banner) -> Announcement:
        changed = banner.last_published_at
        return Announcement(
            id=f"{banner.pk}-{int(changed.timestamp()) if changed else 0}",
            severity=banner.severity,
            severity_label=str(Banner.Severity(banner.severity).label),
            title=banner.title,
            html=self.html(banner.text),
            starts_at=banner.starts_at,
            ends_at=banner.ends_at,
            language=self.language_of(banner),
        )

    def menu_of_tree(self) -> list[MenuItem]:
        return [MenuItem(**dict(page_link(page, self.locale))) for page in self._children if page.show_in_menus]

    def footer_of_tree(self) -> list[LinkColumn]:
        links = [
            page_link(page, self.locale)
            for page in self._children
            if not page.show_in_menus and not getattr(page.specific_class, "holds_search", False)
        ]
        return [LinkColumn(title="", links=links)] if links else []

    def _group(self, raw: Mapping[str, Any], language: str | None) -> tuple[str, list[Link]]:
        links = (self._link(value, language) for value in _items(raw))
        return raw["value"].get("title") or "", [link for link in links if link]

    def _link(self, value: Mapping[str, Any], language: str | None) -> Link | None:
        title, url = value.get("title") or "", value.get("url")
        if url:
            return Link(title=title, url=url, language=language)
        page = self._chosen.get(value.get("page") or 0)
        link = page_link(page, self.locale) if page else None
        return Link(title=title, url=link.url, language=language) if link and title else link

    @cached_property
    def _children(self) -> list[Page]:
        """The children of the home page for a reader of the language, in the order of the site's own."""
        pages = self._context.main_pages
        translated = {page.translation_key: page for page in pages if page.locale_id == self.locale.pk}
        own = [page for page in pages if page.locale_id == self.site.root_page.locale_id]
        return [translated.get(page.translation_key, page) for page in own]


def _items(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Give the links of a group. What an importer left out counts as empty, as it does in the editor's form."""
    return [item["value"] for item in raw["value"].get("items") or []]


def _page_ids(stream: StreamValue) -> Iterator[int]:
    """Give the pages of a menu or footer from its stored form: as blocks, each group would ask for its pages."""
    for raw in stream.raw_data:
        values = [raw["value"]] if raw["type"] == "link" else _items(raw)
        yield from (value["page"] for value in values if value.get("page"))


def _chosen(context: RenderContext, ids: set[int]) -> dict[int, Page]:
    """Give what a reader gets for each of these pages; a query only for pages that are no main pages."""
    mine = {page.translation_key: page for page in context.main_pages if page.locale_id == context.locale.pk}
    found = {page.pk: mine.get(page.translation_key, page) for page in context.main_pages if page.pk in ids}
    if others := ids - set(found):
        found.update(localized(Page.objects.filter(pk__in=others), context.site, context.locale))
    return found
