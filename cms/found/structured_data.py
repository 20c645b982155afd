"""JSON-LD: what a page is, in the words of schema.org; one graph a page.

A page's view says what it is about (`PageView.thing`); what stands around that is the same everywhere and made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny
from pydantic.alias_generators import to_camel
from wagtail.models import Site

from cms.rendering.values import Link

if TYPE_CHECKING:
    from cms.rendering.view import PageView

LOGO = "/icon-512.png"
# Inside a script element these could end it, or start a comment; in JSON they mean the same by their numbers.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


class Node(BaseModel):
    """A part of the graph; attributes have schema.org's names in camel case."""

    model_config = ConfigDict(
        frozen=True, populate_by_name=True, serialize_by_alias=True, alias_generator=to_camel, extra="forbid"
    )


class Reference(Node):
    """Another node of the graph, by its id."""

    id: str = Field(alias="@id")


class Thing(Node):
    """Anything with a type; `id` is an address of its own, with a fragment where the page itself has that address."""

    type: str = Field(alias="@type")
    id: str | None = Field(default=None, alias="@id")


class Organization(Thing):
    type: Literal["GovernmentOrganization", "Organization"] = Field(default="GovernmentOrganization", alias="@type")
    name: str
    url: str | None = None
    logo: str | None = None


class EntryPoint(Thing):
    type: Literal["EntryPoint"] = Field(default="EntryPoint", alias="@type")
    url_template: str


class SearchAction(Thing):
    type: Literal["SearchAction"] = Field(default="SearchAction", alias="@type")
    target: EntryPoint
    query_input: str = Field(default="required name=search_term_string", alias="query-input")


class WebSite(Thing):
    type: Literal["WebSite"] = Field(default="WebSite", alias="@type")
    name: str
    url: str
    in_language: str
    publisher: Reference
    potential_action: SearchAction | None = None


class ListItem(Thing):
    type: Literal["ListItem"] = Field(default="ListItem", alias="@type")
    position: int
    name: str
    item: str


class BreadcrumbList(Thing):
    type: Literal["BreadcrumbList"] = Field(default="BreadcrumbList", alias="@type")
    item_list_element: list[ListItem]


class ImageObject(Thing):
    type: Literal["ImageObject"] = Field(default="ImageObject", alias="@type")
    url: str
    width: int
    height: int


class WebPage(Thing):
    type: Literal["WebPage"] = Field(default="WebPage", alias="@type")
    url: str
    name: str
    description: str | None = None
    in_language: str
    date_modified: datetime | None = None
    is_part_of: Reference
    breadcrumb: Reference | None = None
    primary_image_of_page: ImageObject | None = None
    main_entity: Reference | None = None


class Article(Thing):
    type: Literal["Article"] = Field(default="Article", alias="@type")
    headline: str
    description: str | None = None
    in_language: str
    date_modified: datetime | None = None
    image: ImageObject | None = None
    author: Reference
    publisher: Reference
    main_entity_of_page: Reference


class NamedPage(Thing):
    """A subject that has a page of its own."""

    type: Literal["Thing"] = Field(default="Thing", alias="@type")
    name: str
    url: str


class MediaObject(Thing):
    type: Literal["MediaObject"] = Field(default="MediaObject", alias="@type")
    name: str
    content_url: str
    encoding_format: str
    content_size: str | None = None
    sha256: str | None = None
    accessibility_feature: list[str] | None = None


class CreativeWork(Thing):
    """Another work, by its title and its address here."""

    type: Literal["CreativeWork"] = Field(default="CreativeWork", alias="@type")
    name: str
    url: str


class DigitalDocument(Thing):
    type: Literal["DigitalDocument"] = Field(default="DigitalDocument", alias="@type")
    name: str
    description: str | None = None
    url: str
    date_published: date
    date_modified: datetime | None = None
    in_language: str
    genre: str | None = None
    version: str | None = None
    is_based_on: list[CreativeWork] | None = None
    creative_work_status: str | None = None
    encoding_format: str | None = None
    publisher: Reference | list[Organization]
    about: list[NamedPage] | None = None
    encoding: list[MediaObject] | None = None
    main_entity_of_page: Reference


class Place(Thing):
    """A municipality or district."""

    type: Literal["AdministrativeArea", "City"] = Field(default="AdministrativeArea", alias="@type")
    name: str
    url: str | None = None
    identifier: str | None = None
    contained_in_place: Place | None = None


class Graph(Node):
    context: Literal["https://schema.org"] = Field(default="https://schema.org", alias="@context")
    graph: list[SerializeAsAny[Thing]] = Field(alias="@graph")


@dataclass(frozen=True)
class PageAddress:
    """The full public addresses of a page that is being described, and the ids that follow from them."""

    origin: str
    canonical: str

    def absolute(self, url: str) -> str:
        """Give the full address of one from the root of the site."""
        return self.origin + url if url.startswith("/") else url

    @property
    def page(self) -> str:
        return self.absolute(self.canonical)

    @property
    def organization(self) -> Reference:
        return Reference(id=f"{self.origin}/#organisatie")

    @property
    def website(self) -> Reference:
        return Reference(id=f"{self.origin}/#website")

    @property
    def web_page(self) -> Reference:
        return Reference(id=f"{self.page}#pagina")


def article(view: PageView, address: PageAddress) -> Article:
    """Give a page that is a text about one subject."""
    return Article(
        id=f"{address.page}#artikel",
        headline=view.title,
        description=view.seo.description or None,
        in_language=view.language,
        date_modified=view.updated_at,
        image=_image(view),
        author=address.organization,
        publisher=address.organization,
        main_entity_of_page=address.web_page,
    )


def graph(view: PageView, thing: Thing | None, address: PageAddress, site: Site, search: Link | None) -> Graph:
    """Give the whole graph of a page; `search` is the search page, given on the home page only."""
    name = site.site_name or site.root_page.title
    organization = Organization(
        id=address.organization.id, name=name, url=f"{address.origin}/", logo=address.absolute(LOGO)
    )
    breadcrumb = _breadcrumb(view, address)
    page = WebPage(
        id=address.web_page.id,
        url=address.page,
        name=view.seo.title,
        description=view.seo.description or None,
        in_language=view.language,
        date_modified=view.updated_at,
        is_part_of=address.website,
        breadcrumb=Reference(id=breadcrumb.id or "") if breadcrumb else None,
        primary_image_of_page=_image(view),
        main_entity=Reference(id=thing.id) if thing and thing.id else None,
    )
    website = WebSite(
        id=address.website.id,
        name=name,
        url=f"{address.origin}/",
        in_language=view.language,
        publisher=address.organization,
        potential_action=_search(search, address) if search else None,
    )
    parts: Sequence[Thing | None] = (organization, website, page, breadcrumb, thing)
    return Graph(graph=[part for part in parts if part is not None])


def script_text(value: Node) -> str:
    """Give JSON that is safe inside a script element of an HTML page."""
    return value.model_dump_json(exclude_none=True).translate(ESCAPES)


def _breadcrumb(view: PageView, address: PageAddress) -> BreadcrumbList | None:
    if not view.breadcrumbs:
        return None
    path = [*view.breadcrumbs, Link(title=view.title, url=view.url)]
    return BreadcrumbList(
        id=f"{address.page}#kruimelpad",
        item_list_element=[
            ListItem(position=place, name=link.title, item=address.absolute(link.url))
            for place, link in enumerate(path, start=1)
        ],
    )


def _image(view: PageView) -> ImageObject | None:
    image = view.seo.image
    return ImageObject(url=image.url, width=image.width, height=image.height) if image else None


def _search(search: Link, address: PageAddress) -> SearchAction:
    return SearchAction(target=EntryPoint(url_template=f"{address.absolute(search.url)}?zoek={{search_term_string}}"))
