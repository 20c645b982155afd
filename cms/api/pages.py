"""Pages: the list, one by id, and what stands at an address."""

from datetime import datetime
from functools import partial, reduce
from operator import or_
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field, field_validator
from typing_extensions import TypeAliasType
from wagtail.models import Page, Site

from cms.api.answers import answer
from cms.api.callers import caller_of
from cms.api.facts import refused, site_of
from cms.api.page_types import kind_of, page_models, page_views
from cms.api.paging import Listing, list_answer, paged_answer, start_of
from cms.api.parameters import (
    ChangedParameters,
    PageId,
    PagingParameters,
    Parameters,
    from_the_root,
    known_language,
    refusal,
)
from cms.api.problems import PageNotFoundError
from cms.listing import introductions_of
from cms.models import BasePage
from cms.redirects import find_redirect
from cms.rendering.build import build_view, context_for
from cms.rendering.links import language_code, page_path
from cms.rendering.nearest import missing_at
from cms.rendering.resolve import Found, find_by_id, find_path
from cms.schema import Schema
from cms.search import asking, engine
from cms.search.values import Answer, Order, Question, Scope
from cms.visibility import published, visible, without_fallbacks

ORDERS: dict[str, Any] = {
    "pad": "path",
    "titel": Lower("title"),
    "-titel": Lower("title").desc(),
    "bijgewerktOp": F("last_published_at").asc(nulls_last=True),
    "-bijgewerktOp": F("last_published_at").desc(nulls_last=True),
}
# Orders that the search knows by itself.
SEARCH_ORDERS: dict[str | None, Order] = {
    None: "relevantie", "relevantie": "relevantie", "titel": "titel", "-titel": "-titel",
}  # fmt: skip
LENGTH = 100
# More than anybody pages through; other orders are made of so many.
MOST_FOUND = 1000

TAGS = {
    "Pagina's": "Hele pagina's, zoals de site ze toont",
}


class PageItem(Schema, title="Paginaregel"):
    """A page in a list."""

    id: int
    kind: str = Field(alias="soort", description="Het paginatype, zoals in `Paginaweergave`", examples=["thema"])
    title: str = Field(alias="titel")
    introduction: str = Field(alias="inleiding")
    language: str = Field(alias="taal", examples=["nl"])
    url: str = Field(description="Adres vanaf de wortel van de site", examples=["/themas/ondermijning/"])
    updated_at: datetime | None = Field(alias="bijgewerktOp")


class Redirection(Schema, title="Doorverwijzing"):
    """No page stands at the address any more, but this one does."""

    kind: Literal["doorverwijzing"] = Field(default="doorverwijzing", alias="soort")
    target: str = Field(alias="naar", description="Het nieuwe adres, op deze site of op een andere")
    permanent: bool = Field(description="Of het nieuwe adres blijft: status 301, anders 302")


class PageListParameters(ChangedParameters, PagingParameters):
    answers = (PageItem,)

    language: str | None = Field(
        default=None, alias="taal", max_length=10, description="Alleen pagina's in deze taal", examples=["nl"]
    )
    kinds: list[str] = Field(default=[], alias="soort", max_length=30, description="Alleen deze soorten; herhaalbaar")
    above: int | None = Field(
        default=None,
        alias="onder",
        ge=1,
        le=2**31 - 1,
        description="Alleen pagina's die onder de pagina met dit nummer staan, hoe diep ook; zijzelf niet",
        examples=[12],
    )
    words: str | None = Field(
        default=None,
        alias="zoek",
        max_length=LENGTH,
        description=(
            "Alleen pagina's met al deze woorden in titel, tekst of bestanden, ook in andere vormen; het laatste woord "
            "mag half getypt zijn. Zonder `taal`: in de taal van de site"
        ),
        examples=["mensenhandel"],
    )
    sort: Literal["relevantie", "pad", "titel", "-titel", "bijgewerktOp", "-bijgewerktOp"] | None = Field(
        default=None,
        alias="sorteer",
        description=(
            "`pad` is de volgorde van de site, `relevantie` die van het zoeken; een minteken keert om. "
            "Zonder deze parameter: `relevantie` als er een `zoek` is, anders `pad`."
        ),
    )

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str | None) -> str | None:
        return None if value is None else known_language(value)

    @field_validator("kinds")
    @classmethod
    def _known_kinds(cls, value: list[str]) -> list[str]:
        known = {kind_of(model.view_type) for model in page_models()}
        wrong = [kind for kind in value if kind not in known]
        if wrong:
            raise refusal(f"Onbekende soort: {', '.join(wrong)}. Kies uit: {', '.join(sorted(known))}.")
        return value


def visible_pages(site: Site, parameters: PageListParameters) -> QuerySet[Page]:
    """Give the pages of the list: of our own types, real translations only."""
    models = [model for model in page_models() if not parameters.kinds or kind_of(model.view_type) in parameters.kinds]
    pages = without_fallbacks(visible(Page.objects.type(*models), site))
    if parameters.language:
        pages = pages.filter(locale__language_code=parameters.language)
    if parameters.changed_since:
        pages = pages.filter(last_published_at__gte=parameters.changed_since)
    if parameters.above:
        above = path_of(site, parameters.above)
        pages = pages.filter(path__startswith=above).exclude(path=above) if above else pages.none()
    order = parameters.sort if parameters.sort in ORDERS else "pad"
    return pages.order_by(ORDERS[order], "path")


def path_of(site: Site, pk: int) -> str:
    """Give the place in the tree of a page that the public may see; "" where there is none with this id. One query."""
    return visible(Page.objects.filter(pk=pk), site).values_list("path", flat=True).first() or ""


def found_pages(request: HttpRequest, site: Site, parameters: PageListParameters) -> HttpResponse:
    """Answer with the pages that hold the words. A publication without a translation is found in every language."""
    kinds = parameters.kinds or [kind_of(model.view_type) for model in page_models()]
    in_order = parameters.sort in SEARCH_ORDERS
    above = path_of(site, parameters.above) if parameters.above else ""
    nowhere = bool(parameters.above) and not above
    asked = Question(
        site_id=site.pk,
        language=parameters.language or settings.LANGUAGE_CODE,
        words=parameters.words or "",
        kinds=frozenset(kinds),
        order=SEARCH_ORDERS.get(parameters.sort, "relevantie"),
        start=start_of(parameters) if in_order else 0,
        size=parameters.page_size if in_order else MOST_FOUND,
        fragments=False,
        mended=False,
        scope=Scope(changed_since=parameters.changed_since, below=above),
    )
    found = engine.find(asked) if asking.asked(asked.words).terms and not nowhere else Answer(total=0)
    ids = [hit.page_id for hit in found.hits]
    pages = visible(Page.objects.filter(pk__in=ids), site)
    if not in_order:
        rows = pages.order_by(ORDERS[parameters.sort or "pad"], "path")
        return list_answer(request, parameters, rows if ids else [], page_items)
    shown = pages.in_bulk() if ids else {}
    return paged_answer(request, parameters, found.total, page_items([shown[pk] for pk in ids if pk in shown]))


def page_items(pages: list[Page]) -> list[PageItem]:
    """Give the list's items. One query for all introductions, which stand in a table a page type."""
    models: dict[int, type[BasePage]] = {page.content_type_id: page.specific_class for page in pages}
    introductions = introductions_of(pages)
    return [
        PageItem(
            id=page.pk,
            kind=kind_of(models[page.content_type_id].view_type),
            title=page.title,
            introduction=introductions.get(page.pk, ""),
            language=language_code(page.locale_id),
            url=page_path(page),
            updated_at=page.last_published_at,
        )
        for page in pages
    ]


def pages_router() -> Router:
    """Give the endpoints of pages. Their description holds all page types, so call it when all apps have registered."""
    router = Router(tags=["Pagina's"], by_alias=True)
    views: Any = tuple(page_views())
    page_view = view_union()
    at_path = _union("PaginaOpPad", (*views, Redirection))

    class PageParameters(Parameters):
        answers: ClassVar = views

    class PathParameters(Parameters):
        answers: ClassVar = (*views, Redirection)

        path: str = Field(
            alias="pad",
            min_length=1,
            max_length=2000,
            description="Adres vanaf de wortel van de site, met of zonder streep aan het eind, zo nodig met een query",
            examples=["/themas/ondermijning", "/kennisbank/?thema=ondermijning", "/en/"],
        )

        _from_the_root = field_validator("path")(from_the_root)

    @router.get("/paginas", response=Listing[PageItem], operation_id="lijstPaginas", summary="Alle pagina's")
    def list_pages(request: HttpRequest, parameters: Query[PageListParameters]) -> HttpResponse:
        """Alle openbare pagina's, in alle talen. Wat nog niet vertaald is, staat er alleen in zijn eigen taal."""
        site = site_of(request)
        if parameters.words is not None:
            return found_pages(request, site, parameters)
        return list_answer(request, parameters, visible_pages(site, parameters), page_items)

    @router.get("/paginas/op-pad", response=at_path, operation_id="haalPaginaOpPad", summary="Wat op een adres staat")
    def page_at_path(request: HttpRequest, parameters: Query[PathParameters]) -> HttpResponse:
        """De pagina die op een adres van de site staat, of de doorverwijzing die een redacteur daar heeft gezet."""
        site = site_of(request)
        address = urlsplit(parameters.path)
        path = unquote(address.path)
        passed = caller_of(request).passed
        if "\0" not in path:
            found = find_path(site, path, partial(visible, passed=passed) if passed else visible)
            if found is not None:
                query = parse_qs(address.query, keep_blank_values=True)
                return _view_answer(found, site, query, parameters, passed)
            hidden = find_path(site, path, published)
            if hidden is not None:
                raise refused(Page.objects.filter(pk=hidden.page.pk), site, passed)
        moved = find_redirect(site, parameters.path)
        if moved is None:
            raise PageNotFoundError(missing_at(site, path))
        return answer(Redirection(target=moved.target, permanent=moved.permanent), parameters)

    @router.get("/paginas/{int:id}", response=page_view, operation_id="haalPagina", summary="Eén pagina")
    def page_by_id(request: HttpRequest, id: PageId, parameters: Query[PageParameters]) -> HttpResponse:
        """De hele pagina met dit nummer, in haar eigen taal."""
        site = site_of(request)
        passed = caller_of(request).passed

        def pages(pk: int) -> QuerySet[Page]:
            return Page.objects.type(*page_models()).filter(pk=pk)

        page = find_by_id((site.pk, passed), lambda pk: visible(pages(pk), site, passed), id)
        if page is None:
            raise refused(pages(id), site, passed)
        return _view_answer(Found(page), site, {}, parameters, passed)

    return router


def view_union() -> Any:
    """Give the type of any page's view. Call it when all apps have registered."""
    return _union("Paginaweergave", tuple(page_views()))


def _union(name: str, types: tuple[type[Schema], ...]) -> Any:
    """Give the named type "one of these", told apart by `soort`."""
    return TypeAliasType(name, Annotated[reduce(or_, types), Field(discriminator="kind")])  # type: ignore[misc, valid-type]


def _view_answer(
    found: Found, site: Site, query: dict[str, list[str]], parameters: Parameters, passed: frozenset[int]
) -> HttpResponse:
    context = context_for(found.page, site, query={} if found.subject else query, passed=passed)
    target = found.page.leads_to(context) if context.query else ""
    if target:
        return answer(Redirection(target=target, permanent=False), parameters)
    view = build_view(found.page, context, found.subject)
    return answer(view, parameters, view.language)
