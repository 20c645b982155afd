"""Builds the typed view of a page; the only way from a page to either rendering."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import formats, timezone, translation
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField
from wagtail.models import Page, Site

from cms.blocks.fields import BodyField
from cms.caching.prepared import rows
from cms.caching.tags import note
from cms.found.seo import completed
from cms.languages import own_name
from cms.rendering.contents import contents_of
from cms.rendering.context import Reference, RenderContext, carded_in, load_resources, references_in
from cms.rendering.links import language_code, locale_by_id, page_link, page_path, path_of
from cms.rendering.pictures import page_pictures
from cms.rendering.values import Card, Link, Picture
from cms.rendering.view import PageView, Seo, Translation
from cms.sections import BaseSection, CardsSection, provided_sections
from cms.visibility import published, visible, without_fallbacks

if TYPE_CHECKING:
    from cms.models import BasePage


def context_for(
    page: "BasePage",
    site: Site,
    query: Mapping[str, Sequence[str]],
    passed: frozenset[int] = frozenset(),
    preview: bool = False,
) -> RenderContext:
    """Give the context in which `page` is rendered, with all that its bodies and rich texts refer to."""
    streams = _bodies(page)
    locale = locale_by_id(page.locale_id)
    return RenderContext(
        site=site,
        locale=locale,
        page_key=str(page.translation_key),
        resources=load_resources(site, locale, page_references(page), carded_in(streams)),
        query=query,
        passed=passed,
        preview=preview,
    )


def page_references(page: "BasePage") -> list[Reference]:
    """Give what the bodies and rich texts of the page refer to."""
    texts = [getattr(page, field.name) for field in page._meta.get_fields() if isinstance(field, RichTextField)]
    return references_in(_bodies(page), [*texts, *page.further_rich_texts()])


def _bodies(page: Page) -> list[StreamValue]:
    return [getattr(page, field.name) for field in page._meta.get_fields() if isinstance(field, BodyField)]


def build_view(page: "BasePage", context: RenderContext, subject: Any | None = None) -> PageView:
    """Give the page's view, or that of the record at a path below it. Texts are in the page's own language."""
    with translation.override(context.locale.language_code):
        view = page.subject_view(subject, context) if subject is not None else _page_view(page, context)
        note("type", view.kind)
        if page.shows_contents:
            view = view.model_copy(update={"contents": contents_of(view.sections)})
        return completed(view, page, context, is_subject=subject is not None)


def _page_view(page: "BasePage", context: RenderContext) -> PageView:
    updated_at = page.last_published_at
    hero, share_image = page_pictures(page.social_image_id, page.hero_slot)
    values: dict[str, Any] = {
        "id": page.pk,
        "title": page.title,
        "introduction": page.introduction,
        "language": context.locale.language_code,
        "text_language": page.text_language if page.text_language != context.locale.language_code else None,
        "url": page_path(page),
        "hero": hero,
        "seo": Seo(
            title=_with_fault(browser_title(page.seo_title or page.title, context.site), context),
            description=page.search_description or page.introduction,
            image=share_image,
        ),
        "breadcrumbs": breadcrumbs(page, context),
        "translations": translations(page, context),
        # Whole seconds: JSON and both renderings then write one and the same moment.
        "updated_at": updated_at.replace(microsecond=0) if updated_at else None,
        "updated_text": date_text(updated_at) if updated_at else "",
        "sections": ordered([*page.own_sections(context), *provided_sections(page, context)]),
    }
    if hero is None:
        values["sections"] = _seen_at_once(values["sections"])
    return page.view_type(**{**values, **page.view_values(context)})


def _seen_at_once(sections: list[BaseSection]) -> list[BaseSection]:
    """Let the first card's picture be fetched at once where a page without a picture of its own opens with cards."""
    match sections:
        case [CardsSection(cards=[Card(picture=Picture() as picture) as card, *cards]) as opening, *others]:
            card = card.model_copy(update={"picture": picture.in_first_view()})
            return [opening.model_copy(update={"cards": [card, *cards]}), *others]
    return sections


def _with_fault(title: str, context: RenderContext) -> str:
    """Give the title as a screen reader hears it first: whether the form that the reader sent came back."""
    return f"{translation.gettext('Fout')}: {title}" if context.form and not context.form.sent else title


def browser_title(title: str, site: Site) -> str:
    """Give a title for the browser's tab and for search engines: the page first, then the site."""
    return title if not site.site_name or title == site.site_name else f"{title} – {site.site_name}"


def ordered(sections: Iterable[BaseSection]) -> list[BaseSection]:
    """Sort sections by their place; equal places keep the order in which they came."""
    return sorted(sections, key=lambda section: section.order)


def breadcrumbs(page: Page, context: RenderContext) -> list[Link]:
    """Give the links from the home page down to the parent, of the ancestors that are published.

    A reader who was let in to a private page may see its private ancestors, so privacy is not looked at.
    """
    root_path = context.site.root_page.path
    if page.depth <= len(root_path) // page.steplen:
        return []

    def load() -> list[Link]:
        ancestors: QuerySet[Page] = page.get_ancestors().filter(depth__gte=len(root_path) // page.steplen)
        return [page_link(ancestor, context.locale) for ancestor in published(ancestors).order_by("depth")]

    return list(context.shared(("breadcrumbs", page.path[: -page.steplen]), load))


def translations(page: Page, context: RenderContext) -> list[Translation]:
    """Give the page in each language in which it really stands, its own language included, in the order of locales."""

    def find(key: UUID) -> QuerySet:
        found = without_fallbacks(visible(Page.objects.filter(translation_key=key), context.site))
        return found.order_by("locale_id").values_list("pk", "locale_id", "url_path")

    return [
        Translation(
            language=language_code(locale_id),
            name=own_name(language_code(locale_id)),
            url=path_of(pk, url_path),
            current=locale_id == context.locale.pk,
        )
        for pk, locale_id, url_path in rows(("translations", context.site.pk), find, page.translation_key)
    ]


def date_text(moment: Any) -> str:
    """Give a date in the active language, as "23 november 2026". Takes a date or an aware date-time."""
    day = timezone.localtime(moment).date() if hasattr(moment, "hour") else moment
    # The pattern is a text to translate: Django's own one for English is the American order.
    return formats.date_format(day, translation.gettext("j F Y"))
