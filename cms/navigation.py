"""Menu and footer, from the page tree: children of the home page, in menus or not."""

from wagtail.models import Locale, Page, Site

from cms.rendering.links import page_link, page_path
from cms.rendering.values import Link
from cms.rendering.view import Layout
from cms.visibility import visible


def site_layout(site: Site, locale: Locale) -> Layout:
    """Give what stands around every page of `site` in `locale`. Two queries.

    Pages marked "in menus" make the menu, the others the footer. A language without a page of its own falls back to
    the site's first language, marked as such.
    """
    root = site.root_page
    # As their own type, because a home page may have a tagline; all translations are of one type.
    model = root.specific_class or Page
    found = visible(model.objects.filter(translation_key=root.translation_key).defer_streamfields())
    homes = {home.locale_id: home for home in found}
    home = homes.get(locale.pk, root)
    parents = {parent.pk: parent for parent in (home, root)}
    children: dict[int, list[Page]] = {pk: [] for pk in parents}
    prefixes = {parent.path: pk for pk, parent in parents.items()}
    candidates = Page.objects.none()
    for parent in parents.values():
        candidates = candidates | Page.objects.child_of(parent)
    for child in visible(candidates, site).order_by("path"):
        children[prefixes[child.path[: -Page.steplen]]].append(child)
    translated = {child.translation_key: child for child in children[home.pk]}
    entries = [translated.get(child.translation_key, child) for child in children[root.pk]]
    return Layout(
        site_name=site.site_name or root.title,
        origin=site.root_url,
        tagline=getattr(home, "tagline", "") or home.search_description,
        language=locale.language_code,
        home=Link(title=home.title, url=page_path(home)),
        menu=[page_link(entry, locale) for entry in entries if entry.show_in_menus],
        footer=[page_link(entry, locale) for entry in entries if not entry.show_in_menus],
    )
