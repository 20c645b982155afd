"""A page as both renderings show it: everything around and in its main content, as one typed value."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from cms.rendering.values import Link, Picture, ShareImage
from cms.schema import Schema
from cms.sections import Section

if TYPE_CHECKING:
    from cms.found.structured_data import PageAddress, Thing


class Translation(Schema, title="Vertaling"):
    """A real, published translation of the page (never a fallback copy); the page itself is among them."""

    language: str = Field(alias="taal")
    name: str = Field(alias="naam", description="Naam van de taal in die taal zelf")
    url: str
    current: bool = Field(alias="huidig")


class Alternate(Schema, title="Alternatief"):
    """The page in another language, or in the one for readers of none of them ("x-default")."""

    language: str = Field(alias="taal")
    url: str


class Seo(Schema, title="Vindbaarheid"):
    """A page type gives title and description; `cms.found.seo` completes the rest."""

    title: str = Field(alias="titel", description="Titel voor de browser en zoekmachines")
    description: str = Field(alias="omschrijving")
    image: ShareImage | None = Field(default=None, alias="afbeelding", description="Altijd gevuld op een pagina")
    large_image: bool = Field(default=False, alias="groteAfbeelding", description="Een eigen beeld, geen logo")
    noindex: bool = Field(
        default=False, alias="nietIndexeren", description="Of zoekmachines de pagina moeten overslaan"
    )
    canonical: str = Field(
        default="", alias="canoniek", description="Het adres dat telt als er meer op deze pagina uitkomen"
    )
    alternates: list[Alternate] = Field(
        default_factory=list, alias="alternatieven", description="Voor `hreflang`; leeg als er één taal is"
    )
    kind: Literal["article", "website"] = Field(default="website", alias="soort", description="Soort in OpenGraph")
    modified_at: str = Field(default="", alias="gewijzigdOp", description="Alleen bij een artikel; ISO 8601, in UTC")
    locale: str = Field(default="", alias="taalregio", description="Taal in OpenGraph, zoals `nl_NL`")
    locales: list[str] = Field(default_factory=list, alias="andereTaalregios")
    structured_data: str = Field(
        default="",
        alias="gestructureerdeGegevens",
        description="JSON-LD (schema.org), zo geschreven dat het zonder meer in een script-element mag",
    )


class ContentsEntry(Schema, title="Inhoudsregel"):
    """A heading of the page; `anchor` is its id, or that of the section that it opens."""

    title: str = Field(alias="titel")
    anchor: str = Field(alias="anker")
    level: Literal[2, 3] = Field(alias="niveau")


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
    text_language: str | None = Field(
        default=None, alias="tekstTaal", description="Taal van titel en inleiding, alleen als die afwijkt van `taal`"
    )
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
    feed: Link | None = Field(default=None, description="Atom-feed met wat bij deze pagina nieuw is")
    contents: list[ContentsEntry] = Field(
        default_factory=list, alias="inhoudsopgave", description="Leeg op een korte pagina en op de homepage"
    )
    sections: list[Section] = Field(alias="secties")

    def thing(self, address: "PageAddress") -> "Thing | None":
        """Give what the page is about, for search engines; None where it is no more than a page."""
        return None


class MenuItem(Link, title="Menuregel"):
    """A link in the menu, or a word without an address of its own under which links unfold."""

    children: list[Link] = Field(
        default_factory=list, alias="onderliggend", description="Gevuld bij een groep; `url` is dan leeg"
    )


class LinkColumn(Schema, title="Kolom"):
    """A column of links in the footer."""

    title: str = Field(alias="titel")
    links: list[Link] = Field(alias="koppelingen")
    language: str | None = Field(default=None, alias="taal", description="Taal van de kop als die afwijkt")


class Announcement(Schema, title="Mededeling"):
    """A banner whose time is now."""

    id: str = Field(description="Verandert als de mededeling verandert; wie haar sloot, ziet haar dan weer")
    severity: Literal["informatie", "waarschuwing", "dringend"] = Field(alias="ernst")
    severity_label: str = Field(alias="ernstLabel")
    title: str = Field(alias="titel")
    html: str
    starts_at: datetime | None = Field(alias="vanaf")
    ends_at: datetime | None = Field(alias="tot")
    language: str | None = Field(default=None, alias="taal", description="BCP 47-taalcode, alleen als die afwijkt")


class Texts(Schema, title="Sitetekst"):
    """Texts of the site that belong to no page. Never empty, but for what the organisation has not filled in."""

    organisation: str = Field(alias="organisatie")
    email: str
    telephone: str = Field(alias="telefoon")
    address: list[str] = Field(alias="adres", description="Postadres, een regel per onderdeel")
    missing_title: str = Field(alias="nietGevondenTitel")
    missing_text: str = Field(alias="nietGevondenTekst")
    search_text: str = Field(alias="zoekTekst")
    no_results_text: str = Field(alias="nietsGevondenTekst")


class Layout(Schema, title="Navigatie"):
    """What stands around every page of a site in one language."""

    site_name: str = Field(alias="siteNaam")
    origin: str = Field(
        alias="basisadres", description="Openbaar adres van de site, zonder schuine streep aan het eind"
    )
    tagline: str = Field(alias="ondertitel")
    language: str = Field(alias="taal")
    home: Link
    menu: list[MenuItem]
    search: Link | None = Field(default=None, alias="zoeken", description="De zoekpagina; neemt `?zoek=` aan")
    footer: list[LinkColumn] = Field(alias="voet")
    footer_text: str = Field(default="", alias="voetTekst", description="HTML")
    footer_language: str | None = Field(
        default=None, alias="voetTaal", description="Taal van `voetTekst` als die afwijkt"
    )
    announcements: list[Announcement] = Field(default_factory=list, alias="mededelingen")
    texts: Texts = Field(alias="teksten")


def current_state(entry: Link, view: PageView) -> str:
    """Give the `aria-current` of a menu entry: "page" on the page itself, "true" above it or on its group, else ""."""
    if isinstance(entry, MenuItem) and entry.children:
        return "true" if any(current_state(child, view) for child in entry.children) else ""
    if entry.url == view.url:
        return "page"
    return "true" if any(crumb.url == entry.url for crumb in view.breadcrumbs[1:]) else ""
