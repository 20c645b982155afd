"""Themes in the API."""

from datetime import datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
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
from cms.api.paging import Listing, list_answer
from cms.api.parameters import KEYS, ChangedParameters, ListParameters, PageId, Parameters
from cms.rendering.links import locale_by_id
from cms.schema import Schema
from network.models import NetworkBodyPage
from themes.models import ThemePage

TAGS = {"Thema's": "De thema's waaraan het netwerk werkt"}
router = Router(tags=["Thema's"], by_alias=True)


class Theme(Schema, title="Thema"):
    """A safety theme."""

    id: int = Field(description="Ook het id van de pagina")
    key: str = Field(alias="sleutel", description=KEY, examples=["ondermijning"])
    title: str = Field(alias="titel")
    introduction: str = Field(alias="inleiding")
    language: str = Field(alias="taal")
    url: str
    expert_group: PageReference | None = Field(alias="expertgroep", description="Het orgaan dat bij dit thema helpt")
    contact: ContactPoint | None
    updated_at: datetime | None = Field(alias="bijgewerktOp")


class ThemeListParameters(ChangedParameters, ListParameters):
    answers = (Theme,)

    keys: list[str] = KEYS
    expert_groups: list[str] = Field(
        default=[],
        alias="expertgroep",
        max_length=20,
        description="Alleen thema's waarbij een van deze organen helpt: sleutels; herhaalbaar",
        examples=["expertgroep-ondermijning"],
    )
    sort: Literal["positie", "titel", "-titel"] = Field(
        default="positie", alias="sorteer", description="`positie` is de volgorde van de site; een minteken keert om"
    )


class ThemeParameters(Parameters):
    answers = (Theme,)


@router.get("/themas", response=Listing[Theme], operation_id="lijstThemas", summary="Alle thema's")
def list_themes(request: HttpRequest, parameters: Query[ThemeListParameters]) -> HttpResponse:
    """De thema's waaraan het netwerk werkt."""
    site, locale = site_of(request), parameters.locale
    pages = ThemePage.objects.defer_streamfields()
    if parameters.keys:
        pages = pages.filter(slug__in=parameters.keys)
    if parameters.expert_groups:
        pages = pages.filter(expert_group__in=keyed(NetworkBodyPage, parameters.expert_groups, site))
    shown = changed_since(shown_pages(pages, site, locale), parameters.changed_since)
    ordered = in_order(
        shown,
        parameters.sort,
        PAGE_ORDER,
    )
    return list_answer(request, parameters, ordered, lambda rows: themes(rows, site, locale))


@router.get("/themas/{int:id}", response=Theme, operation_id="haalThema", summary="Eén thema")
def get_theme(request: HttpRequest, id: PageId, parameters: Query[ThemeParameters]) -> HttpResponse:
    """Het thema met dit nummer, in de taal van die pagina. De hele tekst staat onder `/paginas/{id}`."""
    site = site_of(request)
    shown = shown_page(ThemePage.objects.defer_streamfields(), id, site, caller_of(request).passed)
    [theme] = themes([shown], site, locale_by_id(shown.page.locale_id))
    return answer(theme, parameters, theme.language)


def themes(rows: list[Shown[ThemePage]], site: Site, locale: Locale) -> list[Theme]:
    """Give the typed themes. One query for all expert groups, two in other languages."""
    groups = references(NetworkBodyPage, (row.source.expert_group_id for row in rows), site, locale)
    return [
        Theme(
            **values_of(row.reference),
            introduction=row.page.introduction,
            expert_group=groups.get(row.source.expert_group_id),
            contact=contact_of(row.page),
            updated_at=row.page.last_published_at,
        )
        for row in rows
    ]
