"""Safety plans and the matrix of priorities in the API."""

from collections.abc import Sequence
from typing import Any, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from ninja import Query, Router
from pydantic import Field
from wagtail.models import Locale, Site

from cms.api.facts import PageReference, Shown, in_order, site_of
from cms.api.paging import Listing, list_answer, paged_answer, start_of
from cms.api.parameters import LanguageParameters, ListParameters
from cms.names import sort_key
from cms.rendering.links import Source, sources_of
from cms.rendering.values import Link
from cms.schema import Schema
from cms.tables import table_response
from districts.addresses import MunicipalityAddresses
from districts.api_values import MunicipalityReference, reference_of
from districts.documents import documents_of
from districts.matrix import TABLE_NAME, table_rows
from districts.models import DistrictPage, SafetyPlan
from districts.priorities import (
    DEFAULT_ORDER,
    FIRST_YEAR,
    LAST_YEAR,
    Asked,
    District,
    Matrix,
    Order,
    Row,
    themes_of,
    this_year,
)
from themes.models import ThemePage

priorities_router = Router(tags=["Prioriteiten"], by_alias=True)
TAGS = {"Prioriteiten": "Veiligheidsplannen, en welke gemeente welk thema voorrang geeft"}


class PlanItem(Schema, title="Veiligheidsplan van een gemeente"):
    """A safety plan with the municipality that it is of."""

    id: int
    municipality: MunicipalityReference = Field(alias="gemeente")
    district: PageReference | None
    first_year: int = Field(alias="eersteJaar", examples=[2023])
    last_year: int = Field(alias="laatsteJaar", description="Tot en met dit jaar", examples=[2026])
    current: bool = Field(alias="geldtNu")
    themes: list[PageReference] = Field(alias="themas", description="De thema's die voorrang krijgen")
    document: Link | None = Field(description="De publicatie in de Kennisbank die het plan is")


class Period(Schema, title="Looptijd"):
    """The plan of a row of the matrix."""

    id: int
    first_year: int = Field(alias="eersteJaar")
    last_year: int = Field(alias="laatsteJaar")
    document: Link | None


class PriorityRow(Schema, title="Prioriteiten van een gemeente"):
    """A municipality with the themes that its plan of that year puts first."""

    municipality: MunicipalityReference = Field(alias="gemeente")
    district: str | None = Field(description="Sleutel van het district; null: niet openbaar")
    plan: Period | None = Field(description="Ontbreekt (null): geen plan in dat jaar")
    themes: list[str] = Field(alias="themas", description="Sleutels van de thema's die voorrang krijgen")


class ThemeCount(Schema, title="Aantal gemeenten per thema"):
    theme: str = Field(alias="thema", description="Sleutel van het thema")
    number: int = Field(alias="aantal", description="Hoeveel gemeenten het voorrang geven")


class DistrictCounts(Schema, title="Prioriteiten van een district"):
    """How many of all municipalities of a district give priority to what."""

    district: PageReference | None = Field(description="Ontbreekt (null): het district is niet openbaar")
    municipality_count: int = Field(alias="aantalGemeenten")
    plan_count: int = Field(alias="aantalMetPlan")
    counts: list[ThemeCount] = Field(alias="aantallen")


class PriorityMatrix(Listing[PriorityRow], title="Prioriteitenmatrix"):
    """The rows, with the columns and the numbers of the districts."""

    year: int = Field(alias="jaar")
    themes: list[PageReference] = Field(alias="themas", description="De kolommen, in de volgorde van de site")
    districts: list[DistrictCounts] = Field(
        alias="districten", description="Telt alle gemeenten van een district, wat u verder ook kiest"
    )


YEAR: Any = Field(default=None, alias="jaar", ge=FIRST_YEAR, le=LAST_YEAR, description="Zonder jaar: dit jaar")
DISTRICTS: Any = Field(default=[], alias="district", max_length=20, description="Sleutels van districten; herhaalbaar")
THEMES: Any = Field(
    default=[], alias="thema", max_length=20, description="Alleen wie een van deze thema's voorrang geeft; herhaalbaar"
)


class PlanListParameters(ListParameters):
    answers = (PlanItem,)

    year: int | None = Field(
        default=None, alias="jaar", ge=FIRST_YEAR, le=LAST_YEAR, description="Alleen plannen die in dit jaar gelden"
    )
    districts: list[str] = DISTRICTS
    themes: list[str] = THEMES
    municipalities: list[str] = Field(
        default=[], alias="gemeente", max_length=100, description="CBS-codes van gemeenten; herhaalbaar"
    )
    sort: Literal["gemeente", "-gemeente", "laatsteJaar", "-laatsteJaar"] = Field(
        default="gemeente", alias="sorteer", description="Een minteken keert de volgorde om"
    )


class MatrixParameters(ListParameters):
    answers = (PriorityRow,)

    year: int | None = YEAR
    districts: list[str] = DISTRICTS
    themes: list[str] = THEMES
    with_plan: bool = Field(default=False, alias="metPlan", description="Alleen gemeenten met een plan in dat jaar")
    sort: Order = Field(
        default=DEFAULT_ORDER, alias="sorteer", description="`voorrang`: wie de meeste thema's voorrang geeft eerst"
    )


class TableParameters(LanguageParameters):
    year: int | None = YEAR
    districts: list[str] = DISTRICTS
    themes: list[str] = THEMES
    with_plan: bool = Field(default=False, alias="metPlan", description="Alleen gemeenten met een plan in dat jaar")
    sort: Order = Field(
        default=DEFAULT_ORDER, alias="sorteer", description="`voorrang`: wie de meeste thema's voorrang geeft eerst"
    )


@priorities_router.get(
    "/veiligheidsplannen",
    response=Listing[PlanItem],
    operation_id="lijstVeiligheidsplannen",
    summary="Alle veiligheidsplannen",
)
def list_plans(request: HttpRequest, parameters: Query[PlanListParameters]) -> HttpResponse:
    """De veiligheidsplannen van de gemeenten, ook die van vroeger en later."""
    site, locale = site_of(request), parameters.locale
    rows = SafetyPlan.objects.of(site).select_related("municipality")
    if parameters.year:
        rows = rows.current(parameters.year)
    if parameters.municipalities:
        rows = rows.filter(municipality__code__in=parameters.municipalities)
    districts = sources_of(DistrictPage, site, locale)
    if parameters.districts:
        rows = rows.filter(municipality__district__in=_ids(districts, parameters.districts))
    themes = sources_of(ThemePage, site, locale)
    if parameters.themes:
        wanted = SafetyPlan.themes.through.objects.filter(themepage__in=_ids(themes, parameters.themes))
        rows = rows.filter(Q(pk__in=wanted.values("safetyplan")))
    ordered = in_order(in_order(rows, "-laatsteJaar", PLAN_ORDER), parameters.sort, PLAN_ORDER)
    return list_answer(request, parameters, ordered, lambda plans: _plan_items(plans, districts, themes, site, locale))


@priorities_router.get(
    "/prioriteiten", response=PriorityMatrix, operation_id="lijstPrioriteiten", summary="Wie geeft wat voorrang?"
)
def list_priorities(request: HttpRequest, parameters: Query[MatrixParameters]) -> HttpResponse:
    """Gemeenten en thema's naast elkaar, in één jaar: per gemeente op de bladzijde, en per district bij elkaar."""
    site, locale = site_of(request), parameters.locale
    matrix = Matrix.of(_asked(parameters), site, locale)
    start = start_of(parameters)
    shown = matrix.rows[start : start + parameters.page_size]
    addresses = MunicipalityAddresses.of(site, locale)
    documents = documents_of([row.plan.pk for row in shown if row.plan], site, locale)
    return paged_answer(
        request,
        parameters,
        len(matrix.rows),
        [_row(row, matrix, addresses, documents) for row in shown],
        PriorityMatrix,
        year=matrix.asked.year,
        themes=[_reference(source) for source in matrix.themes.values()],
        districts=[_district(district, matrix) for district in matrix.per_district],
    )


@priorities_router.get(
    "/prioriteiten.csv",
    operation_id="haalPrioriteitentabel",
    summary="Wie geeft wat voorrang, als CSV",
    openapi_extra={"responses": {200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string"}}}}}},
)
def table_of_priorities(request: HttpRequest, parameters: Query[TableParameters]) -> HttpResponseBase:
    """Hetzelfde als tabel voor een rekenblad: UTF-8 met BOM, puntkomma's, de namen in de gekozen taal."""
    site, locale = site_of(request), parameters.locale
    with translation.override(locale.language_code):
        return table_response(table_rows(Matrix.of(_asked(parameters), site, locale)), TABLE_NAME)


PLAN_ORDER = {
    "gemeente": lambda plan: sort_key(plan.municipality.name),
    "laatsteJaar": lambda plan: plan.last_year,
}


def _asked(parameters: MatrixParameters | TableParameters) -> Asked:
    return Asked(
        year=parameters.year or this_year(),
        districts=frozenset(parameters.districts),
        themes=frozenset(parameters.themes),
        with_plan=parameters.with_plan,
        order=parameters.sort,
        strict=True,
    )


def _ids(sources: dict[int, Source], keys: Sequence[str]) -> list[int]:
    return [pk for pk, source in sources.items() if source.key in keys]


def _reference(source: Source) -> PageReference:
    return Shown(source.own, source.shown).reference


def _plan_items(
    plans: list[SafetyPlan], districts: dict[int, Source], themes: dict[int, Source], site: Site, locale: Locale
) -> list[PlanItem]:
    chosen = themes_of(plans)
    documents = documents_of([plan.pk for plan in plans], site, locale)
    addresses = MunicipalityAddresses.of(site, locale)
    return [
        PlanItem(
            id=plan.pk,
            municipality=reference_of(plan.municipality, addresses),
            district=_reference(districts[plan.municipality.district_id])
            if plan.municipality.district_id in districts
            else None,
            first_year=plan.first_year,
            last_year=plan.last_year,
            current=plan.first_year <= this_year() <= plan.last_year,
            themes=[_reference(source) for pk, source in themes.items() if pk in chosen.get(plan.pk, ())],
            document=documents.get(plan.pk),
        )
        for plan in plans
    ]


def _row(row: Row, matrix: Matrix, addresses: MunicipalityAddresses, documents: dict[int, Link]) -> PriorityRow:
    district = matrix.districts.get(row.municipality.district_id)
    plan = row.plan
    return PriorityRow(
        municipality=reference_of(row.municipality, addresses),
        district=district.key if district else None,
        plan=Period(id=plan.pk, first_year=plan.first_year, last_year=plan.last_year, document=documents.get(plan.pk))
        if plan
        else None,
        themes=[source.key for pk, source in matrix.themes.items() if pk in row.themes],
    )


def _district(district: District, matrix: Matrix) -> DistrictCounts:
    return DistrictCounts(
        district=_reference(district.source) if district.source else None,
        municipality_count=len(district.rows),
        plan_count=district.number_with_plan,
        counts=[ThemeCount(theme=matrix.themes[pk].key, number=number) for pk, number in district.counts.items()],
    )
