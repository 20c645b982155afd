"""Districts, municipalities and their safety plans in the API."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
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
    changed_since,
    contact_of,
    in_order,
    keyed,
    references,
    shown_page,
    shown_pages,
    site_of,
    values_of,
)
from cms.api.page_types import register_record_view
from cms.api.paging import Listing, list_answer
from cms.api.parameters import KEYS, ChangedParameters, Day, LanguageParameters, ListParameters, PageId, Parameters
from cms.names import sort_key
from cms.rendering.links import locale_by_id
from cms.schema import Schema
from districts import api_priorities
from districts.addresses import MunicipalityAddresses
from districts.api_values import MunicipalityReference, reference_of
from districts.finder import find, known
from districts.models import DistrictPage, Municipality, SafetyPlan
from districts.models.municipality import MunicipalityQuerySet
from districts.views import MunicipalityView
from network.models import NetworkBodyPage
from themes.models import ThemePage

register_record_view(MunicipalityView)

TAGS = {
    "Districten": "De districten, met hun gemeenten",
    "Gemeenten": "De gemeenten, met hun veiligheidsplannen",
    **api_priorities.TAGS,
}
districts_router = Router(tags=["Districten"], by_alias=True)
municipalities_router = Router(tags=["Gemeenten"], by_alias=True)
router = Router(by_alias=True)
router.add_router("", districts_router)
router.add_router("", municipalities_router)
router.add_router("", api_priorities.priorities_router)


class District(Schema, title="District"):
    """A district of municipalities."""

    id: int = Field(description="Ook het id van de pagina")
    key: str = Field(alias="sleutel", description=KEY, examples=["twente"])
    title: str = Field(alias="titel")
    introduction: str = Field(alias="inleiding")
    language: str = Field(alias="taal")
    url: str
    network_body: PageReference | None = Field(alias="overleg", description="Het overleg van de burgemeesters")
    municipality_count: int = Field(alias="aantalGemeenten", description="Vandaag")
    contact: ContactPoint | None
    updated_at: datetime | None = Field(alias="bijgewerktOp")


class DistrictDetail(District, title="Districtdetail"):
    """A district with its municipalities of today."""

    municipalities: list[MunicipalityReference] = Field(alias="gemeenten")


class Tile(Schema, title="Vakje"):
    """A place on the tile map."""

    column: int = Field(alias="kolom", description="Van west naar oost")
    row: int = Field(alias="rij", description="Van noord naar zuid")


class MunicipalityItem(MunicipalityReference, title="Gemeente"):
    """A municipality."""

    key: str = Field(alias="sleutel", description="Naam in het adres", examples=["arnhem"])
    district: PageReference | None
    tile: Tile | None = Field(alias="vakje", description="Plaats op de vakjeskaart")
    valid_from: date | None = Field(alias="geldtVan", description="Ontbreekt (null): altijd al")
    valid_to: date | None = Field(alias="geldtTot", description="De eerste dag dat de gemeente niet meer bestaat")
    successor: MunicipalityReference | None = Field(alias="opgegaanIn")
    predecessors: list[MunicipalityReference] = Field(alias="voorgangers")


class Plan(Schema, title="Veiligheidsplan"):
    """A safety plan of a municipality."""

    first_year: int = Field(alias="eersteJaar", examples=[2023])
    last_year: int = Field(alias="laatsteJaar", examples=[2026])
    current: bool = Field(alias="geldtNu")
    themes: list[PageReference] = Field(alias="themas", description="De thema's die voorrang krijgen")


class MunicipalityDetail(MunicipalityItem, title="Gemeentedetail"):
    """A municipality with its safety plans, the newest first."""

    plans: list[Plan] = Field(alias="plannen")


THEMES: Any = Field(
    default=[], alias="thema", max_length=20, description="Alleen waar een van deze thema's voorrang heeft; herhaalbaar"
)


class DistrictListParameters(ChangedParameters, ListParameters):
    answers = (District,)

    keys: list[str] = KEYS
    themes: list[str] = THEMES
    network_bodies: list[str] = Field(
        default=[], alias="overleg", max_length=20, description="Sleutels van het overleg; herhaalbaar"
    )
    sort: Literal["positie", "titel", "-titel"] = Field(
        default="positie", alias="sorteer", description="`positie` is de volgorde van de site; een minteken keert om"
    )


class DistrictParameters(Parameters):
    answers = (DistrictDetail,)


class MunicipalityListParameters(ListParameters):
    answers = (MunicipalityItem,)

    day: Day | None = Field(
        default=None, alias="peildatum", description="Alleen gemeenten die op deze dag bestaan. Zonder datum: vandaag."
    )
    districts: list[str] = Field(
        default=[], alias="district", max_length=20, description="Sleutels van districten; herhaalbaar"
    )
    themes: list[str] = THEMES
    words: str | None = Field(
        default=None,
        alias="zoek",
        max_length=100,
        description="(Deel van) een naam. De naam van een gemeente die is opgegaan, geeft de gemeente van nu. "
        "Zonder `sorteer` staat voorop wat het meest lijkt.",
        examples=["almelo"],
    )
    sort: Literal["naam", "-naam", "code", "-code"] = Field(
        default="naam", alias="sorteer", description="Een minteken keert de volgorde om"
    )


class MunicipalityParameters(LanguageParameters):
    answers = (MunicipalityDetail,)


@districts_router.get(
    "/districten", response=Listing[District], operation_id="lijstDistricten", summary="Alle districten"
)
def list_districts(request: HttpRequest, parameters: Query[DistrictListParameters]) -> HttpResponse:
    """De districten van het netwerk."""
    site, locale = site_of(request), parameters.locale
    pages = DistrictPage.objects.defer_streamfields()
    if parameters.keys:
        pages = pages.filter(slug__in=parameters.keys)
    if parameters.network_bodies:
        pages = pages.filter(network_body__in=keyed(NetworkBodyPage, parameters.network_bodies, site))
    if parameters.themes:
        members = _giving_priority(Municipality.objects.valid_on(), parameters.themes, site)
        pages = pages.filter(pk__in=members.values("district"))
    shown = changed_since(shown_pages(pages, site, locale), parameters.changed_since)
    ordered = in_order(
        shown,
        parameters.sort,
        PAGE_ORDER,
    )
    return list_answer(request, parameters, ordered, lambda rows: _districts(rows, site, locale))


@districts_router.get(
    "/districten/{int:id}", response=DistrictDetail, operation_id="haalDistrict", summary="Eén district"
)
def get_district(request: HttpRequest, id: PageId, parameters: Query[DistrictParameters]) -> HttpResponse:
    """Het district met dit nummer, in de taal van die pagina, met zijn gemeenten van vandaag."""
    site = site_of(request)
    shown = shown_page(DistrictPage.objects.defer_streamfields(), id, site, caller_of(request).passed)
    locale = locale_by_id(shown.page.locale_id)
    [district] = _districts([shown], site, locale)
    addresses = MunicipalityAddresses.of(site, locale)
    members = Municipality.objects.valid_on().filter(district=shown.source.pk)
    municipalities = [reference_of(item, addresses) for item in in_order(members, "naam", BY_NAME)]
    detail = DistrictDetail(**values_of(district), municipalities=municipalities)
    return answer(detail, parameters, detail.language)


@municipalities_router.get(
    "/gemeenten", response=Listing[MunicipalityItem], operation_id="lijstGemeenten", summary="Alle gemeenten"
)
def list_municipalities(request: HttpRequest, parameters: Query[MunicipalityListParameters]) -> HttpResponse:
    """De gemeenten die op een dag bestaan."""
    site, locale = site_of(request), parameters.locale
    rows = Municipality.objects.of(site).valid_on(parameters.day)
    rows = rows.select_related("successor").prefetch_related("predecessors")
    if parameters.districts:
        rows = rows.filter(district__in=keyed(DistrictPage, parameters.districts, site))
    if parameters.themes:
        rows = _giving_priority(rows, parameters.themes, site, parameters.day)
    if parameters.words is not None:
        found = [
            match.municipality.pk for match in find(parameters.words, known(Municipality.objects.of(site))).matches
        ]
        rows = rows.filter(pk__in=found)
        if "sort" not in parameters.model_fields_set:
            ranked = sorted(rows, key=lambda row: found.index(row.pk))
            return list_answer(request, parameters, ranked, lambda shown: _municipalities(shown, site, locale))
    ordered = in_order(rows, parameters.sort, BY_NAME)
    return list_answer(request, parameters, ordered, lambda shown: _municipalities(shown, site, locale))


@municipalities_router.get(
    "/gemeenten/{code}", response=MunicipalityDetail, operation_id="haalGemeente", summary="Eén gemeente"
)
def get_municipality(
    request: HttpRequest,
    code: Annotated[str, Path(description="CBS-code", example="GM0202")],
    parameters: Query[MunicipalityParameters],
) -> HttpResponse:
    """De gemeente met deze code, ook als die in een andere is opgegaan, met haar veiligheidsplannen."""
    site, locale = site_of(request), parameters.locale
    rows = Municipality.objects.of(site).filter(code=code)
    row = rows.select_related("successor").prefetch_related("predecessors").first()
    if row is None:
        raise Http404
    [item] = _municipalities([row], site, locale)
    detail = MunicipalityDetail(**values_of(item), plans=_plans(row, site, locale))
    return answer(detail, parameters, parameters.language)


BY_NAME = {"naam": lambda item: sort_key(item.name), "code": lambda item: item.code}


def _giving_priority(
    municipalities: MunicipalityQuerySet, themes: list[str], site: Site, day: date | None = None
) -> MunicipalityQuerySet:
    """Keep municipalities whose plan of that year puts one of these themes first."""
    plans = SafetyPlan.objects.current((day or timezone.localdate()).year)
    chosen = SafetyPlan.themes.through.objects.filter(themepage__in=keyed(ThemePage, themes, site))
    return municipalities.filter(pk__in=plans.filter(pk__in=chosen.values("safetyplan")).values("municipality"))


def _districts(rows: list[Shown[DistrictPage]], site: Site, locale: Locale) -> list[District]:
    bodies = references(NetworkBodyPage, (row.source.network_body_id for row in rows), site, locale)
    counts = dict(
        Municipality.objects.valid_on()
        .filter(district__in=[row.source.pk for row in rows])
        .order_by("district_id")
        .values_list("district_id")
        .annotate(Count("pk"))
    )
    return [
        District(
            **values_of(row.reference),
            introduction=row.page.introduction,
            network_body=bodies.get(row.source.network_body_id),
            municipality_count=counts.get(row.source.pk, 0),
            contact=contact_of(row.page),
            updated_at=row.page.last_published_at,
        )
        for row in rows
    ]


def _municipalities(rows: list[Municipality], site: Site, locale: Locale) -> list[MunicipalityItem]:
    addresses = MunicipalityAddresses.of(site, locale)
    districts = references(DistrictPage, (row.district_id for row in rows), site, locale)
    return [
        MunicipalityItem(
            **values_of(reference_of(row, addresses)),
            key=row.slug,
            district=districts.get(row.district_id),
            tile=Tile(column=row.tile_x, row=row.tile_y) if row.tile_x is not None and row.tile_y is not None else None,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            successor=reference_of(row.successor, addresses) if row.successor else None,
            predecessors=[reference_of(each, addresses) for each in in_order(row.predecessors.all(), "naam", BY_NAME)],
        )
        for row in rows
    ]


def _plans(row: Municipality, site: Site, locale: Locale) -> list[Plan]:
    plans = list(SafetyPlan.objects.filter(municipality=row).order_by("-first_year"))
    chosen = _chosen_themes(plans)
    themes = references(ThemePage, {pk for ids in chosen.values() for pk in ids}, site, locale)
    year = timezone.localdate().year
    return [
        Plan(
            first_year=plan.first_year,
            last_year=plan.last_year,
            current=plan.first_year <= year <= plan.last_year,
            themes=[reference for pk, reference in themes.items() if pk in chosen[plan.pk]],
        )
        for plan in plans
    ]


def _chosen_themes(plans: Iterable[SafetyPlan]) -> dict[int, set[int]]:
    # The relation is one of modelcluster's, which prefetch_related can't follow.
    through = SafetyPlan.themes.through
    chosen: dict[int, set[int]] = defaultdict(set)
    for plan_id, theme_id in through.objects.filter(safetyplan__in=plans).values_list("safetyplan_id", "themepage_id"):
        chosen[plan_id].add(theme_id)
    return chosen
