"""Lists: `{aantal, resultaten, links}`, a page at a time."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from pydantic import Field

from cms.api.answers import json_response
from cms.api.parameters import PagingParameters
from cms.schema import Schema

Item = TypeVar("Item", bound=Schema)
Row = TypeVar("Row")


class PageAddresses(Schema, title="Bladerlinks"):
    """Addresses of this and other pages of the list, from the root of the site."""

    current: str = Field(alias="self", examples=["/api/v1/themas?pagina=2"])
    previous: str | None = Field(alias="vorige", description="Ontbreekt (null) op de eerste pagina")
    next: str | None = Field(alias="volgende", description="Ontbreekt (null) op de laatste pagina")
    first: str = Field(alias="eerste")
    last: str = Field(alias="laatste")


class Listing(Schema, Generic[Item]):
    """A page of a list."""

    count: int = Field(alias="aantal", description="Aantal resultaten op alle pagina's samen")
    results: list[Item] = Field(alias="resultaten")
    links: PageAddresses

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """Name the list after what it holds, as "Themalijst"."""
        return str(params[0].model_config.get("title", params[0].__name__)) + "lijst"


def list_answer(
    request: HttpRequest,
    parameters: PagingParameters,
    rows: QuerySet | Sequence[Row],
    build: Callable[[list[Row]], Sequence[Item]],
) -> HttpResponse:
    """Answer with one page of `rows`; `build` makes the typed items of the rows on that page, in bulk.

    A page past the end is empty, and its links lead back. One query to count a queryset, one for its page.
    """
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = start_of(parameters)
    shown = list(rows[start : start + parameters.page_size]) if start < count else []
    return paged_answer(request, parameters, count, list(build(shown)) if shown else [])


def start_of(parameters: PagingParameters) -> int:
    """Give the place of the first row on the page, counted from 0."""
    return (parameters.page - 1) * parameters.page_size


def paged_answer(
    request: HttpRequest,
    parameters: PagingParameters,
    count: int,
    items: Sequence[Any],
    kind: type[Listing] = Listing,
    **values: Any,
) -> HttpResponse:
    """Answer with the items of one page of `count`, and the further `values` of a `kind` that has more."""
    links = _addresses(request, parameters, last=max(1, -(-count // parameters.page_size)))
    listing = kind(count=count, results=list(items), links=links, **values)
    attributes = parameters.attributes
    include: dict[str, Any] | None = None
    if attributes is not None:
        include = {"count": True, "links": True, "results": {"__all__": attributes}, **dict.fromkeys(values, True)}
    response = json_response(listing, include, getattr(parameters, "language", None))
    response.headers["Link"] = _link_header(links)
    return response


def _link_header(links: PageAddresses) -> str:
    """Give the addresses as a `Link` header (RFC 8288), for programs that page without reading the answer."""
    relations = {"first": links.first, "prev": links.previous, "next": links.next, "last": links.last}
    return ", ".join(f'<{address}>; rel="{relation}"' for relation, address in relations.items() if address)


def _addresses(request: HttpRequest, parameters: PagingParameters, last: int) -> PageAddresses:
    def address(page: int) -> str:
        query = QueryDict(mutable=True)
        query.update(request.GET)  # keeps repeated keys
        query["pagina"] = str(page)
        return f"{request.path}?{query.urlencode()}"

    page = parameters.page
    return PageAddresses(
        current=request.get_full_path(),
        previous=address(min(page - 1, last)) if page > 1 else None,
        next=address(page + 1) if page < last else None,
        first=address(1),
        last=address(last),
    )
