"""Publications in the API: a filtered list, and one with its files."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field
from wagtail.models import Locale, Page, Site

from cms.api.answers import answer
from cms.api.facts import (
    PageReference,
    TermReference,
    references,
    shown_page,
    site_of,
    term_reference,
    values_of,
)
from cms.api.paging import Listing, list_answer
from cms.api.parameters import PageId, PagingParameters, Parameters
from cms.names import sort_key
from cms.rendering.context import RenderContext
from cms.rendering.links import language_code, locale_by_id, page_path
from cms.rendering.values import FileLink
from cms.schema import Schema
from cms.search.titles import clean_words
from cms.visibility import visible
from districts.addresses import MunicipalityAddresses
from districts.api import MunicipalityReference
from districts.models import DistrictPage, Municipality
from kennisbank.files import file_links
from kennisbank.listing import holds_words
from kennisbank.models import Audience, PublicationPage
from kennisbank.publications import public_publications
from network.api import OrganisationReference
from network.models import Organisation
from themes.models import ThemePage

TAGS = {"Publicaties": "De publicaties van de Kennisbank, met hun bestanden"}
router = Router(tags=["Publicaties"], by_alias=True)

ORDERS: dict[str, tuple[Any, ...]] = {
    "nieuwste": ("-publication_date", "-pk"),
    "oudste": ("publication_date", "pk"),
    "titel": (Lower("title"), "pk"),
    "-titel": (Lower("title").desc(), "-pk"),
}


class Publication(Schema, title="Publicatie"):
    """A publication and what it is about."""

    id: int = Field(description="Ook het id van de pagina")
    title: str = Field(alias="titel")
    introduction: str = Field(alias="inleiding", description="De samenvatting")
    language: str = Field(alias="taal", description="Taal van de pagina, niet van het document")
    url: str
    publication_type: TermReference | None = Field(alias="documentsoort")
    publication_date: date = Field(alias="datum", description="De datum die op het stuk staat")
    document_language: str = Field(alias="documenttaal", examples=["nl"])
    themes: list[PageReference] = Field(alias="themas")
    districts: list[PageReference] = Field(alias="districten")
    municipalities: list[MunicipalityReference] = Field(alias="gemeenten")
    organisations: list[OrganisationReference] = Field(alias="organisaties", description="Wie het stuk uitgaf")
    audiences: list[TermReference] = Field(alias="doelgroepen")
    replaced_by: PageReference | None = Field(alias="vervangenDoor", description="De nieuwere publicatie")
    updated_at: datetime | None = Field(alias="bijgewerktOp")


class PlanReference(Schema, title="Planverwijzing"):
    """The safety plan that a publication is."""

    municipality: MunicipalityReference = Field(alias="gemeente")
    first_year: int = Field(alias="eersteJaar")
    last_year: int = Field(alias="laatsteJaar")


class PublicationDetail(Publication, title="Publicatiedetail"):
    """A publication with its files."""

    files: list[FileLink] = Field(alias="bestanden", description="Oudere versies staan achteraan")
    safety_plan: PlanReference | None = Field(alias="veiligheidsplan")


class PublicationListParameters(PagingParameters):
    answers = (Publication,)

    words: str = Field(
        default="", alias="zoek", max_length=100, description="Woorden die in titel of samenvatting staan"
    )
    themes: list[str] = Field(default=[], alias="thema", max_length=20, description="Sleutels van thema's; herhaalbaar")
    types: list[str] = Field(
        default=[], alias="type", max_length=20, description="Sleutels van documentsoorten; herhaalbaar"
    )
    districts: list[str] = Field(
        default=[], alias="district", max_length=20, description="Sleutels van districten; herhaalbaar"
    )
    municipalities: list[str] = Field(
        default=[], alias="gemeente", max_length=20, description="CBS-codes van gemeenten; herhaalbaar"
    )
    organisations: list[str] = Field(
        default=[], alias="organisatie", max_length=20, description="Sleutels van organisaties; herhaalbaar"
    )
    audiences: list[str] = Field(
        default=[], alias="doelgroep", max_length=20, description="Sleutels van doelgroepen; herhaalbaar"
    )
    years: list[int] = Field(default=[], alias="jaar", max_length=20, description="Jaar van de datum; herhaalbaar")
    languages: list[str] = Field(
        default=[], alias="taal", max_length=5, description="Taal van het document; herhaalbaar", examples=["en"]
    )
    sort: Literal["nieuwste", "oudste", "titel", "-titel"] = Field(
        default="nieuwste", alias="sorteer", description="Een minteken keert de volgorde om"
    )


class PublicationParameters(Parameters):
    answers = (PublicationDetail,)


@router.get("/publicaties", response=Listing[Publication], operation_id="lijstPublicaties", summary="Alle publicaties")
def list_publications(request: HttpRequest, parameters: Query[PublicationListParameters]) -> HttpResponse:
    """De publicaties van de Kennisbank die aan alle filters voldoen; van één filter volstaat één van de waarden."""
    site = site_of(request)
    rows = _with_facts(_filtered(public_publications(site), parameters, site)).order_by(*ORDERS[parameters.sort])
    return list_answer(
        request, parameters, rows, lambda shown: _publications(shown, site, locale_by_id(shown[0].locale_id))
    )


@router.get(
    "/publicaties/{int:id}", response=PublicationDetail, operation_id="haalPublicatie", summary="Eén publicatie"
)
def get_publication(request: HttpRequest, id: PageId, parameters: Query[PublicationParameters]) -> HttpResponse:
    """De publicatie met dit nummer, met haar bestanden. De hele pagina staat onder `/paginas/{id}`."""
    site = site_of(request)
    shown = shown_page(_with_facts(PublicationPage.objects.all()), id, site)
    locale = locale_by_id(shown.page.locale_id)
    [publication] = _publications([shown.source], site, locale)
    plan = shown.source.safety_plan
    own = {
        "id": shown.page.pk,
        "title": shown.page.title,
        "introduction": shown.page.introduction,
        "language": locale.language_code,
        "url": page_path(shown.page),
    }
    detail = PublicationDetail(
        **{**values_of(publication), **own},
        files=file_links(shown.page, RenderContext(site=site, locale=locale, page_key="publicatie")),
        safety_plan=PlanReference(
            municipality=_municipality(plan.municipality, MunicipalityAddresses.of(site, locale)),
            first_year=plan.first_year,
            last_year=plan.last_year,
        )
        if plan
        else None,
    )
    return answer(detail, parameters, detail.language)


def _filtered(
    rows: QuerySet[PublicationPage], parameters: PublicationListParameters, site: Site
) -> QuerySet[PublicationPage]:
    rows = rows.filter(holds_words(clean_words(parameters.words)))
    if parameters.types:
        rows = rows.filter(publication_type__key__in=parameters.types, publication_type__live=True)
    if parameters.years:
        rows = rows.filter(publication_date__year__in=parameters.years)
    if parameters.languages:
        rows = rows.filter(document_language__in=parameters.languages)
    if parameters.themes:
        rows = _about(rows, "themes", _pages(ThemePage, parameters.themes, site))
    if parameters.districts:
        rows = _about(rows, "districts", _pages(DistrictPage, parameters.districts, site))
    if parameters.municipalities:
        rows = _about(rows, "municipalities", Municipality.objects.filter(code__in=parameters.municipalities))
    if parameters.organisations:
        rows = _about(rows, "organisations", Organisation.objects.filter(slug__in=parameters.organisations))
    if parameters.audiences:
        rows = _about(rows, "audiences", Audience.objects.filter(key__in=parameters.audiences, live=True))
    return rows


def _pages(model: type[Page], keys: list[str], site: Site) -> QuerySet[Page]:
    """Pages the public may not see are no filter: else their number of publications would tell that they exist."""
    return visible(model.objects.filter(slug__in=keys, locale__language_code=settings.LANGUAGE_CODE), site)


def _about(rows: QuerySet[PublicationPage], relation: str, chosen: QuerySet[Any]) -> QuerySet[PublicationPage]:
    """Keep publications about one of `chosen`, each once."""
    pages = PublicationPage.objects.filter(**{f"{relation}__in": chosen.order_by().values("pk")})
    return rows.filter(pk__in=pages.order_by().values("pk"))


FACTS = ("themes", "districts", "municipalities", "organisations", "audiences")


def _with_facts(rows: QuerySet[PublicationPage]) -> QuerySet[PublicationPage]:
    """Add the ids of all a publication is about, as `<relation>_ids`, to the one query of the rows."""
    arrays = {
        f"{name}_ids": ArraySubquery(
            PublicationPage.objects.filter(pk=OuterRef("pk"), **{f"{name}__isnull": False})
            .order_by(f"{name}__pk")
            .values(f"{name}__pk")
        )
        for name in FACTS
    }
    return rows.select_related("publication_type", "safety_plan__municipality").annotate(**arrays)


def _publications(rows: list[Any], site: Site, locale: Locale) -> list[Publication]:
    """Give the typed publications. Five queries for all they are about, one more in another language."""
    page_ids = {
        pk for row in rows for pk in (*row.themes_ids, *row.districts_ids, row.replaced_by_id) if pk is not None
    }
    pages = references(Page, page_ids, site, locale)
    municipalities = _in_bulk(Municipality, rows, "municipalities_ids")
    organisations = _in_bulk(Organisation, rows, "organisations_ids")
    audiences = _in_bulk(Audience, rows, "audiences_ids")
    addresses = MunicipalityAddresses.of(site, locale) if municipalities else MunicipalityAddresses.below(None)
    return [
        Publication(
            id=row.pk,
            title=row.title,
            introduction=row.introduction,
            language=language_code(row.locale_id),
            url=page_path(row),
            publication_type=term_reference(row.publication_type),
            publication_date=row.publication_date,
            document_language=row.document_language,
            themes=[page for pk, page in pages.items() if pk in row.themes_ids],
            districts=[page for pk, page in pages.items() if pk in row.districts_ids],
            municipalities=[
                _municipality(item, addresses) for item in _by_name(municipalities, row.municipalities_ids)
            ],
            organisations=[
                OrganisationReference(key=item.slug, name=item.name)
                for item in _by_name(organisations, row.organisations_ids)
            ],
            audiences=[
                term for term in map(term_reference, _by_name(audiences, row.audiences_ids)) if term is not None
            ],
            replaced_by=pages.get(row.replaced_by_id),
            updated_at=row.last_published_at,
        )
        for row in rows
    ]


def _in_bulk(model: Any, rows: list[Any], name: str) -> dict[int, Any]:
    ids = {pk for row in rows for pk in getattr(row, name)}
    return model.objects.in_bulk(ids) if ids else {}


def _by_name(items: dict[int, Any], ids: Iterable[int]) -> list[Any]:
    return sorted((items[pk] for pk in ids if pk in items), key=lambda item: sort_key(item.name))


def _municipality(item: Municipality, addresses: MunicipalityAddresses) -> MunicipalityReference:
    return MunicipalityReference(code=item.code, name=item.name, url=addresses.path(item) or None)
