"""What stands around pages, each on its own: menu, announcements, texts, and the settings of the site."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Query, Router
from pydantic import Field
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale

from cms.addresses import public_address
from cms.api.answers import answer
from cms.api.facts import site_of
from cms.api.parameters import LanguageParameters, Parameters
from cms.languages import own_name
from cms.navigation import announcements, site_layout, site_texts
from cms.rendering.context import RenderContext
from cms.rendering.view import Announcement, Layout, Texts
from cms.schema import Schema

TAGS = {"Rond de pagina's": "Menu, voet, mededelingen, teksten en instellingen"}

router = Router(tags=["Rond de pagina's"], by_alias=True)


class Announcements(Schema, title="Mededelingen"):
    """What every reader must know now; usually empty."""

    count: int = Field(alias="aantal")
    results: list[Announcement] = Field(alias="resultaten")


class SiteLanguage(Schema, title="Sitetaal"):
    language: str = Field(alias="taal", examples=["nl"])
    name: str = Field(alias="naam", description="Naam van de taal in die taal zelf")
    path: str = Field(alias="pad", description="Begin van alle adressen in deze taal", examples=["/en/"])


class SiteSettings(Schema, title="Instellingen"):
    """What is the same on every page of the site."""

    site_name: str = Field(alias="siteNaam")
    origin: str = Field(alias="basisadres")
    languages: list[SiteLanguage] = Field(alias="talen", description="De eigen taal van de site eerst")


class LayoutParameters(LanguageParameters):
    answers = (Layout,)


class AnnouncementParameters(LanguageParameters):
    answers = (Announcements,)


class TextParameters(LanguageParameters):
    answers = (Texts,)


class SettingsParameters(Parameters):
    answers = (SiteSettings,)


def _context(request: HttpRequest, parameters: LanguageParameters) -> RenderContext:
    return RenderContext(site=site_of(request), locale=parameters.locale, page_key="navigatie")


@router.get("/navigatie", response=Layout, operation_id="haalNavigatie", summary="Alles rond een pagina")
def navigation(request: HttpRequest, parameters: Query[LayoutParameters]) -> HttpResponse:
    """Wat om elke pagina heen staat, in één taal: naam, menu, zoekpagina, voet, mededelingen en teksten."""
    with translation.override(parameters.language):
        return answer(site_layout(_context(request, parameters)), parameters, parameters.language)


@router.get("/mededelingen", response=Announcements, operation_id="lijstMededelingen", summary="Mededelingen van nu")
def list_announcements(request: HttpRequest, parameters: Query[AnnouncementParameters]) -> HttpResponse:
    """Wat elke lezer nu moet weten, zoals een storing of gevaar. Een mededeling verdwijnt als haar tijd voorbij is."""
    with translation.override(parameters.language):
        found = announcements(_context(request, parameters))
        return answer(Announcements(count=len(found), results=found), parameters, parameters.language)


@router.get("/teksten", response=Texts, operation_id="haalTeksten", summary="Teksten van de site")
def texts(request: HttpRequest, parameters: Query[TextParameters]) -> HttpResponse:
    """Teksten die bij geen pagina horen, zoals wat een lezer leest als een pagina niet bestaat."""
    with translation.override(parameters.language):
        found = site_texts(_context(request, parameters))
        return answer(found, parameters, parameters.language)


@router.get("/instellingen", response=SiteSettings, operation_id="haalInstellingen", summary="Instellingen van de site")
def site_settings(request: HttpRequest, parameters: Query[SettingsParameters]) -> HttpResponse:
    """Naam, adres en talen van de site."""
    site = site_of(request)
    root = site.root_page
    codes = get_content_languages()
    found = Locale.objects.filter(language_code__in=codes).order_by("pk")
    own = root.locale_id
    languages = [
        SiteLanguage(
            language=locale.language_code,
            name=own_name(locale.language_code),
            path="/" if locale.pk == own else f"/{locale.language_code}/",
        )
        for locale in sorted(found, key=lambda locale: locale.pk != own)
    ]
    settings = SiteSettings(site_name=site.site_name or root.title, origin=public_address(site), languages=languages)
    return answer(settings, parameters)
