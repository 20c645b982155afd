"""Bodies, the network as a graph, and organisations in the API."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.db.models import Prefetch
from django.db.models.functions import Left, Length
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field
from wagtail.models import Locale, Site

from cms.api.answers import answer
from cms.api.callers import caller_of
from cms.api.facts import (
    KEY,
    PAGE_ORDER,
    ContactPoint,
    PageReference,
    Shown,
    TermReference,
    changed_since,
    contact_of,
    in_order,
    keyed,
    references,
    shown_page,
    shown_pages,
    site_of,
    term_reference,
    values_of,
)
from cms.api.page_types import register_record_view
from cms.api.paging import Listing, list_answer
from cms.api.parameters import KEYS, ChangedParameters, Day, LanguageParameters, ListParameters, PageId, Parameters
from cms.models import Term, holding_on
from cms.names import sort_key
from cms.rendering.links import locale_by_id
from cms.rendering.pictures import pictures
from cms.rendering.values import Picture
from cms.schema import Schema
from network.graph import NetworkGraph, RelationEdge, network_graph
from network.history import day_of
from network.models import BodyKind, Capacity, Membership, NetworkBodyPage, Organisation, OrganisationKind, Role
from network.partner_addresses import OrganisationAddresses
from network.views import OrganisationView

register_record_view(OrganisationView)

TAGS = {
    "Netwerk": "De organen, en wie wat met wie doet",
    "Organisaties": "Wie meedoet in het netwerk of publiceert in de Kennisbank",
}
bodies_router = Router(tags=["Netwerk"], by_alias=True)
organisations_router = Router(tags=["Organisaties"], by_alias=True)
router = Router(by_alias=True)
router.add_router("", bodies_router)
router.add_router("", organisations_router)

Tier = Literal["lokaal", "districtelijk", "regionaal"]


class Body(Schema, title="Netwerkorgaan"):
    """A body of the network."""

    id: int = Field(description="Ook het id van de pagina")
    key: str = Field(alias="sleutel", description=KEY, examples=["rvo"])
    title: str = Field(alias="titel")
    short_name: str = Field(alias="korteNaam", description="Leeg als er geen korte naam is", examples=["RVO"])
    introduction: str = Field(alias="inleiding")
    language: str = Field(alias="taal")
    url: str
    kind: TermReference | None = Field(alias="orgaansoort")
    tier: Tier = Field(alias="niveau")
    parent: PageReference | None = Field(alias="onderdeelVan", description="Het orgaan waar dit bij hoort")
    contact: ContactPoint | None
    valid_from: date | None = Field(alias="geldtVan", description="Leeg: altijd al")
    valid_to: date | None = Field(alias="geldtTot", description="De eerste dag waarop het orgaan niet meer bestaat")
    updated_at: datetime | None = Field(alias="bijgewerktOp")


class OrganisationReference(Schema, title="Organisatieverwijzing"):
    """An organisation that a fact points at."""

    key: str = Field(alias="sleutel", description=KEY, examples=["openbaar-ministerie"])
    name: str = Field(alias="naam")


class Member(Schema, title="Lid"):
    """Who sits in a body: an organisation, or holders of a role of another body."""

    organisation: OrganisationReference | None = Field(alias="organisatie")
    role: TermReference | None = Field(alias="rol", description="Rol in het andere orgaan", examples=[None])
    body: PageReference | None = Field(alias="orgaan", description="Het andere orgaan")
    capacity: TermReference | None = Field(alias="hoedanigheid", description="Als wie; ontbreekt (null) bij een lid")
    valid_from: date | None = Field(alias="geldtVan")
    valid_to: date | None = Field(alias="geldtTot", description="De eerste dag waarop het niet meer geldt")


class BodyDetail(Body, title="Netwerkorgaandetail"):
    """A body with who sits in it and who does what with it: today, or on the last day of one that has ended."""

    members: list[Member] = Field(alias="leden")
    relations: list[RelationEdge] = Field(alias="relaties", description="Van en naar dit orgaan")


class OrganisationItem(OrganisationReference, title="Organisatie"):
    """A partner organisation."""

    short_name: str = Field(alias="korteNaam", description="Leeg als er geen korte naam is", examples=["OM"])
    kind: TermReference | None = Field(alias="organisatiesoort")
    description: str = Field(alias="omschrijving")
    website: str = Field(description="Leeg als er geen website is")
    url: str | None = Field(description="Haar pagina op deze site; ontbreekt (null) als de site die niet heeft")
    logo: Picture | None


class Seat(Schema, title="Deelname"):
    """A body that an organisation sits in."""

    body: PageReference = Field(alias="orgaan")
    capacity: TermReference | None = Field(alias="hoedanigheid")


class OrganisationDetail(OrganisationItem, title="Organisatiedetail"):
    """An organisation with the bodies it sits in today."""

    seats: list[Seat] = Field(alias="deelnames")


class BodyListParameters(ChangedParameters, ListParameters):
    answers = (Body,)

    keys: list[str] = KEYS
    tiers: list[Tier] = Field(default=[], alias="niveau", max_length=3, description="Herhaalbaar")
    kinds: list[str] = Field(
        default=[], alias="orgaansoort", max_length=20, description="Sleutels van soorten organen; herhaalbaar"
    )
    parents: list[str] = Field(
        default=[],
        alias="onderdeelVan",
        max_length=20,
        description="Alleen organen die rechtstreeks bij een van deze horen: sleutels; herhaalbaar",
    )
    day: Day | None = Field(
        default=None,
        alias="peildatum",
        description="Alleen organen die op deze dag bestaan. Zonder datum: ook die van vroeger en later.",
    )
    sort: Literal["positie", "titel", "-titel"] = Field(
        default="positie", alias="sorteer", description="`positie` is de volgorde van de site; een minteken keert om"
    )


class BodyParameters(Parameters):
    answers = (BodyDetail,)


class GraphParameters(LanguageParameters):
    answers = (NetworkGraph,)

    day: Day | None = Field(
        default=None,
        alias="peildatum",
        description="De dag waarop organen en relaties er zijn. Zonder datum: vandaag.",
    )


class OrganisationListParameters(ListParameters):
    answers = (OrganisationItem,)

    keys: list[str] = KEYS
    kinds: list[str] = Field(
        default=[], alias="organisatiesoort", max_length=20, description="Sleutels van soorten; herhaalbaar"
    )
    bodies: list[str] = Field(
        default=[],
        alias="orgaan",
        max_length=20,
        description="Alleen organisaties die vandaag in een van deze organen zitten: sleutels; herhaalbaar",
    )
    sort: Literal["naam", "-naam"] = Field(
        default="naam", alias="sorteer", description="Een minteken keert de volgorde om"
    )


class OrganisationParameters(LanguageParameters):
    answers = (OrganisationDetail,)


@bodies_router.get("/netwerk", response=NetworkGraph, operation_id="haalNetwerk", summary="Het netwerk als graaf")
def get_network(request: HttpRequest, parameters: Query[GraphParameters]) -> HttpResponse:
    """Alle organen, en wat ze op een dag met elkaar te maken hebben: als gegevens en als zin."""
    graph = network_graph(site_of(request), parameters.locale, parameters.day)
    return answer(graph, parameters, parameters.language)


@bodies_router.get(
    "/netwerkorganen", response=Listing[Body], operation_id="lijstNetwerkorganen", summary="Alle organen"
)
def list_bodies(request: HttpRequest, parameters: Query[BodyListParameters]) -> HttpResponse:
    """De organen van het netwerk, de delen na het geheel."""
    site, locale = site_of(request), parameters.locale
    pages = NetworkBodyPage.objects.defer_streamfields().select_related("kind")
    if parameters.tiers:
        pages = pages.filter(tier__in=parameters.tiers)
    if parameters.kinds:
        pages = pages.filter(kind__key__in=parameters.kinds)
    if parameters.keys:
        pages = pages.filter(slug__in=parameters.keys)
    if parameters.parents:
        paths = keyed(NetworkBodyPage, parameters.parents, site).values("path")
        pages = pages.annotate(parent_path=Left("path", Length("path") - NetworkBodyPage.steplen))
        pages = pages.filter(parent_path__in=paths)
    if parameters.day:
        pages = pages.filter(holding_on(parameters.day))
    ordered = in_order(
        changed_since(shown_pages(pages, site, locale), parameters.changed_since),
        parameters.sort,
        PAGE_ORDER,
    )
    return list_answer(request, parameters, ordered, lambda rows: _bodies(rows, site, locale))


@bodies_router.get(
    "/netwerkorganen/{int:id}", response=BodyDetail, operation_id="haalNetwerkorgaan", summary="Eén orgaan"
)
def get_body(request: HttpRequest, id: PageId, parameters: Query[BodyParameters]) -> HttpResponse:
    """Het orgaan met dit nummer, in de taal van die pagina, met zijn leden en relaties.

    Die zijn van vandaag; van een orgaan dat niet meer bestaat, van zijn laatste dag.
    """
    site = site_of(request)
    shown = shown_page(
        NetworkBodyPage.objects.defer_streamfields().select_related("kind"), id, site, caller_of(request).passed
    )
    locale = locale_by_id(shown.page.locale_id)
    [body] = _bodies([shown], site, locale)
    day = day_of(shown.source)
    edges = [edge for edge in network_graph(site, locale, day).edges if shown.page.pk in (edge.source, edge.target)]
    detail = BodyDetail(**values_of(body), members=_members(shown.source, site, locale, day), relations=edges)
    return answer(detail, parameters, detail.language)


@organisations_router.get(
    "/organisaties", response=Listing[OrganisationItem], operation_id="lijstOrganisaties", summary="Alle organisaties"
)
def list_organisations(request: HttpRequest, parameters: Query[OrganisationListParameters]) -> HttpResponse:
    """De organisaties die meedoen in het netwerk of publiceren in de Kennisbank."""
    site, locale = site_of(request), parameters.locale
    rows = Organisation.objects.of(site).select_related("kind")
    if parameters.kinds:
        rows = rows.filter(kind__key__in=parameters.kinds, kind__live=True)
    if parameters.keys:
        rows = rows.filter(slug__in=parameters.keys)
    if parameters.bodies:
        seats = Membership.objects.valid_on().filter(body__in=keyed(NetworkBodyPage, parameters.bodies, site))
        rows = rows.filter(pk__in=seats.values("organisation"))
    ordered = in_order(rows, parameters.sort, {"naam": lambda row: sort_key(row.name)})
    return list_answer(request, parameters, ordered, lambda shown: _organisations(shown, site, locale))


@organisations_router.get(
    "/organisaties/{sleutel}", response=OrganisationDetail, operation_id="haalOrganisatie", summary="Eén organisatie"
)
def get_organisation(
    request: HttpRequest,
    sleutel: Annotated[str, Path(description="Sleutel van de organisatie", example="openbaar-ministerie")],
    parameters: Query[OrganisationParameters],
) -> HttpResponse:
    """De organisatie met deze sleutel, met de organen waarin ze vandaag zit."""
    site, locale = site_of(request), parameters.locale
    current = Prefetch("memberships", Membership.objects.valid_on().select_related("capacity"), to_attr="current")
    row = Organisation.objects.of(site).filter(slug=sleutel).select_related("kind").prefetch_related(current).first()
    if row is None:
        raise Http404
    [organisation] = _organisations([row], site, locale)
    seats = row.current  # type: ignore[attr-defined]
    bodies = references(NetworkBodyPage, (seat.body_id for seat in seats), site, locale)
    capacities = _terms(Capacity, locale)
    detail = OrganisationDetail(
        **values_of(organisation),
        seats=[
            Seat(body=bodies[seat.body_id], capacity=_term(seat.capacity, capacities))
            for seat in seats
            if seat.body_id in bodies
        ],
    )
    return answer(detail, parameters, parameters.language)


def _terms(model: type[Term], locale: Locale) -> dict[int, Term]:
    return dict(model.in_locale(locale))


def _term(term: Term | None, terms: dict[int, Term]) -> TermReference | None:
    return term_reference(terms.get(term.pk)) if term else None


def _bodies(rows: list[Shown[NetworkBodyPage]], site: Site, locale: Locale) -> list[Body]:
    step = NetworkBodyPage.steplen
    parent_paths = {row.source.path[:-step] for row in rows}
    parents = {
        shown.source.path: shown.reference
        for shown in shown_pages(NetworkBodyPage.objects.filter(path__in=parent_paths), site, locale)
    }
    kinds = _terms(BodyKind, locale)
    return [
        Body(
            **values_of(row.reference),
            short_name=row.page.short_name,
            introduction=row.page.introduction,
            kind=_term(row.source.kind, kinds),
            tier=row.source.tier,
            parent=parents.get(row.source.path[:-step]),
            contact=contact_of(row.page),
            valid_from=row.source.valid_from,
            valid_to=row.source.valid_to,
            updated_at=row.page.last_published_at,
        )
        for row in rows
    ]


def _members(body: NetworkBodyPage, site: Site, locale: Locale, day: date) -> list[Member]:
    seats = list(
        Membership.objects.valid_on(day).filter(body=body.pk).select_related("organisation", "member_role", "capacity")
    )
    bodies = references(NetworkBodyPage, (seat.member_body_id for seat in seats), site, locale)
    roles, capacities = _terms(Role, locale), _terms(Capacity, locale)
    return [
        Member(
            organisation=OrganisationReference(key=seat.organisation.slug, name=seat.organisation.name)
            if seat.organisation
            else None,
            role=_term(seat.member_role, roles),
            body=bodies.get(seat.member_body_id),
            capacity=_term(seat.capacity, capacities),
            valid_from=seat.valid_from,
            valid_to=seat.valid_to,
        )
        for seat in seats
        if seat.organisation or seat.member_body_id in bodies
    ]


def _organisations(rows: list[Organisation], site: Site, locale: Locale) -> list[OrganisationItem]:
    kinds = _terms(OrganisationKind, locale)
    paths = OrganisationAddresses.of(site, locale).paths(rows)
    logos = pictures([row.logo_id for row in rows], "logo")
    return [
        OrganisationItem(
            key=row.slug,
            name=row.name,
            short_name=row.short_name,
            kind=_term(row.kind, kinds),
            description=row.description,
            website=row.website,
            url=paths.get(row.pk),
            logo=logos.get(row.logo_id or 0),
        )
        for row in rows
    ]
