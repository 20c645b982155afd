"""A page as both renderings show it: everything around and in its main content, as one typed value."""

from datetime import datetime

from pydantic import Field

from cms.rendering.values import Link, Picture
from cms.schema import Schema
from cms.sections import Section


class Translation(Schema, title="Vertaling"):
    """A real, published translation of the page (never a fallback copy); the page itself is among them."""

    language: str = Field(alias="taal")
    name: str = Field(alias="naam", description="Naam van de taal in die taal zelf")
    url: str
    current: bool = Field(alias="huidig")


class Seo(Schema, title="Vindbaarheid"):
    title: str = Field(alias="titel", description="Titel voor de browser en zoekmachines")
    description: str = Field(alias="omschrijving")
    image: str | None = Field(default=None, alias="afbeelding", description="Adres van het deelplaatje")


class PageView(Schema):
    """What a page type adds to this stands in its own subclass, with a `kind` of its own."""

    kind: str = Field(alias="soort")
    id: int | None = Field(
        default=None, description="Leeg bij een adres dat geen eigen pagina heeft, zoals een gemeente"
    )
    title: str = Field(alias="titel")
    label: str = Field(default="", alias="label", description="Kort kenmerk boven de titel, zoals de documentsoort")
    introduction: str = Field(default="", alias="inleiding")
    language: str = Field(alias="taal")
    url: str
    hero: Picture | None = Field(default=None, alias="beeld")
    seo: Seo
    breadcrumbs: list[Link] = Field(
        alias="kruimelpad", description="Van de homepage tot en met de bovenliggende pagina"
    )
    translations: list[Translation] = Field(alias="vertalingen")
    updated_at: datetime | None = Field(default=None, alias="bijgewerktOp")
    updated_text: str = Field(default="", alias="bijgewerktTekst", description='Bijvoorbeeld "23 november 2026"')
    notice: str = Field(
        default="", alias="melding", description='Belangrijke toestand, zoals "Deze publicatie is vervangen"'
    )
    notice_link: Link | None = Field(default=None, alias="meldingKoppeling")
    sections: list[Section] = Field(alias="secties")


class Layout(Schema, title="Navigatie"):
    """What stands around every page of a site in one language."""

    site_name: str = Field(alias="siteNaam")
    origin: str = Field(
        alias="basisadres", description="Openbaar adres van de site, zonder schuine streep aan het eind"
    )
    tagline: str = Field(alias="ondertitel")
    language: str = Field(alias="taal")
    home: Link
    menu: list[Link]
    footer: list[Link] = Field(alias="voet")


def current_state(entry: Link, view: PageView) -> str:
    """Give the `aria-current` of a menu entry: "page" on the page itself, "true" above it, else empty."""
    if entry.url == view.url:
        return "page"
    return "true" if any(crumb.url == entry.url for crumb in view.breadcrumbs[1:]) else ""
