"""What the endpoints of the domain share: pages in the reader's language, references to them, and order."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from pydantic import Field
from wagtail.models import Locale, Page, Site

from cms.api.problems import RestrictedError
from cms.models import Contact, Term
from cms.names import sort_key
from cms.rendering.links import language_code, page_path, translated
from cms.schema import Schema
from cms.visibility import restriction_on, visible

PageType = TypeVar("PageType", bound=Page)
Row = TypeVar("Row")

KEY = "Vaste naam, in elke taal dezelfde; te gebruiken als filter"


class PageReference(Schema, title="Verwijzing"):
    """A page that a fact points at."""

    id: int
    key: str = Field(alias="sleutel", description=KEY, examples=["ondermijning"])
    title: str = Field(alias="titel")
    language: str = Field(alias="taal", description="Taal van die pagina")
    url: str


class TermReference(Schema, title="Term"):
    """A kind, role or type that a fact points at."""

    key: str = Field(alias="sleutel", description=KEY, examples=["factsheet"])
    name: str = Field(alias="naam", description="In de taal van de lezer, anders in die van de site")


class ContactPoint(Schema, title="Contactpunt"):
    """Whom to ask: a role and its mailbox, never a person."""

    role: str = Field(alias="rol", description="Leeg als alleen het adres bekend is")
    email: str = Field(description="Functiemailbox; leeg als alleen de rol bekend is")


@dataclass(frozen=True)
class Shown(Generic[PageType]):
    """A page to which facts point, in the site's own language, and the page that a reader gets for it."""

    source: PageType
    page: PageType

    @property
    def reference(self) -> PageReference:
        page = self.page
        return PageReference(
            id=page.pk,
            key=self.source.slug,
            title=page.title,
            language=language_code(page.locale_id),
            url=page_path(page),
        )


PAGE_ORDER: dict[str, Callable[[Shown[Any]], Any]] = {
    "positie": lambda shown: shown.source.path,
    "titel": lambda shown: sort_key(shown.page.title),
}


def site_of(request: HttpRequest) -> Site:
    """Give the site a request is for. Raises Http404 where none is set up. One query."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


def shown_pages(pages: QuerySet[PageType], site: Site, locale: Locale) -> list[Shown[PageType]]:
    """Give the visible ones of `pages` in the site's own language, in tree order. One query, two in other languages."""
    own = pages.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")
    sources = list(visible(own, site))
    found = translated(sources, pages.model, site, locale)
    return [Shown(source, found[source.pk]) for source in sources]


def shown_page(
    pages: QuerySet[PageType], pk: int, site: Site, passed: Collection[int] = frozenset()
) -> Shown[PageType]:
    """Give the page with this id, in whatever language, to who has `passed` view restrictions.

    Raises Http404, and RestrictedError for a page that others may see. One query, two in other languages.
    """
    page = visible(pages.filter(pk=pk), site, passed).first()
    if page is None:
        raise refused(pages.filter(pk=pk), site, passed)
    if language_code(page.locale_id) == settings.LANGUAGE_CODE:
        return Shown(page, page)
    sources = pages.filter(translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE)
    return Shown(visible(sources, site, passed).first() or page, page)


def refused(pages: QuerySet[Any], site: Site, passed: Collection[int]) -> Exception:
    """Give the error for pages that a reader may not see: what keeps them away, or that nothing is there."""
    restriction = restriction_on(pages, site, passed)
    return RestrictedError(restriction, pages.values_list("pk", flat=True).first()) if restriction else Http404()


def changed_since(shown: list[Shown[PageType]], moment: datetime | None) -> list[Shown[PageType]]:
    """Keep what a reader got in a new version at or after `moment`; all where there is none."""
    if moment is None:
        return shown
    return [each for each in shown if each.page.last_published_at and each.page.last_published_at >= moment]


def keyed(model: type[PageType], keys: Iterable[str], site: Site) -> QuerySet[PageType]:
    """Give the visible pages with these keys: to filter by, so that a hidden page and none at all find the same."""
    own = model.objects.filter(slug__in=list(keys), locale__language_code=settings.LANGUAGE_CODE)
    return visible(own, site)


def references(
    model: type[Page], ids: Iterable[int | None], site: Site, locale: Locale
) -> dict[int | None, PageReference]:
    """Give references to the visible ones of these pages, by id, in tree order. Queries as `shown_pages`."""
    wanted = {pk for pk in ids if pk}
    shown = shown_pages(model.objects.filter(pk__in=wanted), site, locale) if wanted else []
    return {each.source.pk: each.reference for each in shown}


def term_reference(term: Term | None) -> TermReference | None:
    """Give the reference to a term; None where there is none or it is a draft."""
    return TermReference(key=term.key, name=str(term)) if term is not None and term.live else None


def values_of(item: Schema) -> dict[str, Any]:
    """Give a value's attributes, to make a fuller value of it."""
    return {name: getattr(item, name) for name in type(item).model_fields}


def contact_of(page: Contact) -> ContactPoint | None:
    """Give whom to ask about a page; None where nobody is named."""
    known = page.contact_role or page.contact_email
    return ContactPoint(role=page.contact_role, email=page.contact_email) if known else None


def in_order(rows: Iterable[Row], order: str, keys: dict[str, Callable[[Row], Any]]) -> list[Row]:
    """Sort by the key that `order` names, the other way round after a minus sign."""
    return sorted(rows, key=keys[order.lstrip("-")], reverse=order.startswith("-"))
