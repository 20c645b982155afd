"""Publications as lists of cards: which ones the public gets, in which order, and what a card says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from wagtail.models import Locale, Page, Site

from cms.caching.shared import shared
from cms.models import Term
from cms.rendering.build import date_text
from cms.rendering.context import RenderContext, page_card
from cms.rendering.links import foreign_language, locale_by_id, translated, worded_link
from cms.rendering.values import Card, Link
from cms.visibility import visible
from kennisbank import models


def public_publications(site: Site) -> QuerySet[models.PublicationPage]:
    """Give what the public may see, newest first. Only pages in the site's own language: facets point from those."""
    publications = models.PublicationPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return visible(publications, site).order_by("-publication_date", "-pk")


def current_publications(site: Site) -> QuerySet[models.PublicationPage]:
    """As `public_publications`, without those that the public finds replaced by a newer one."""

    def make() -> QuerySet[models.PublicationPage]:
        return public_publications(site).exclude(replaced_by__in=visible(models.PublicationPage.objects.all(), site))

    # Not what it finds: the query itself takes longer to put together than to run.
    return shared(("current publications", site.pk), make).all()


# What stands on a card, or leads to what does. To load the fifty other columns takes 1 ms of the 12 of a page with
# cards. A field that is missing here costs a query a card, which the ceilings in the tests notice.
_ON_CARDS = (
    "title", "slug", "url_path", "locale", "translation_key", "introduction", "search_description", "social_image",
    "publication_date", "publication_type", "document_language", "replaced_by",
)  # fmt: skip


def for_cards(publications: QuerySet[models.PublicationPage], *more: str) -> QuerySet[models.PublicationPage]:
    """Let these be loaded with no more than `publication_cards` needs, and `more` fields."""
    return publications.only(*_ON_CARDS, *more)


def publication_cards(publications: Iterable[models.PublicationPage], context: RenderContext) -> list[Card]:
    """Give a card for each of these visible pages, in the reader's language. One to three queries."""
    sources = list(publications)
    if not sources:
        return []
    shown = translated(sources, models.PublicationPage, context.site, context.locale)
    types = types_of(context)
    replacements = {source.replaced_by_id for source in sources} - {None}
    newer = models.PublicationPage.objects.filter(pk__in=replacements)
    public = set(visible(newer, context.site).values_list("pk", flat=True)) if replacements else set()
    return [
        _card(source, shown[source.pk], types, context.locale, replaced=source.replaced_by_id in public)
        for source in sources
    ]


def types_of(context: RenderContext) -> Mapping[int, Term]:
    """Give the types of publications in the reader's language, by the id of the term in the site's own."""
    return context.all_terms(models.PublicationType)


def _card(
    source: models.PublicationPage,
    shown: models.PublicationPage,
    types: Mapping[int, Term],
    locale: Locale,
    *,
    replaced: bool,
) -> Card:
    details = [date_text(source.publication_date)]
    if source.document_language != locale.language_code:
        details.append(source.get_document_language_display())
    if replaced:
        details.append(gettext("Vervangen door een nieuwere publicatie"))
    # Title and summary are written in the document's language, unless the page was translated.
    language = foreign_language(shown, locale) if shown.pk != source.pk else source.document_language
    return page_card(
        shown,
        locale,
        {},
        label=str(types.get(source.publication_type_id, "")),
        details=details,
        language=language if language != locale.language_code else None,
    )


def kennisbank_link(words: str, context: RenderContext, **chosen: str) -> Link | None:
    """Give the link to the Kennisbank with these filters chosen; None where the site has none. One query."""
    front = context.front_page(models.KennisbankPage)
    query = urlencode({name: value for name, value in chosen.items() if value})
    return worded_link(front, words, context.locale, f"?{query}" if query else "") if front else None


def address_name(page: Page) -> str:
    """Give a theme's or district's name in the Kennisbank's addresses: that of its page in the site's own language."""
    if locale_by_id(page.locale_id).language_code == settings.LANGUAGE_CODE:
        return page.slug
    pages = type(page).objects.filter(translation_key=page.translation_key)
    return pages.filter(locale__language_code=settings.LANGUAGE_CODE).values_list("slug", flat=True).first() or ""
