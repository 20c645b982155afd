"""The parts a page's main content is made of, and the registry through which apps add to others' pages and records.

Django's templates and the frontend both walk the same list; neither computes anything of its own.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from cms.rendering.blocks import RenderedBlock
from cms.rendering.values import Card, Fact, FileLink, Link, TextPart
from cms.schema import Schema

if TYPE_CHECKING:
    from django.db.models import Model

    from cms.rendering.context import RenderContext

# Where a section stands on the page. Own sections and providers of other apps share this scale.
LEAD, BODY, AFTER_BODY, RELATED, CLOSING = 10, 50, 60, 80, 100


class BaseSection(Schema):
    """Key (unique on the page, also its anchor), heading (none: the section has no heading of its own), place."""

    key: str = Field(alias="sleutel")
    title: str = Field(
        default="", alias="titel", description="Kop van niveau 2; leeg als de sectie geen eigen kop heeft"
    )
    introduction: str = Field(default="", alias="inleiding")
    more: Link | None = Field(default=None, alias="meer", description="Koppeling naar het geheel")
    order: int = Field(default=RELATED, exclude=True)

    @property
    def template(self) -> str:
        return f"cms/sections/{type(self).model_fields['kind'].default}.html"


class BlocksSection(BaseSection, title="Blokkensectie"):
    kind: Literal["blokken"] = Field(default="blokken", alias="soort")
    blocks: list[RenderedBlock] = Field(alias="blokken")


class TextSection(BaseSection, title="Tekstsectie"):
    """Rich text; headings in it start at level 3."""

    kind: Literal["tekst"] = Field(default="tekst", alias="soort")
    html: str


class CardsSection(BaseSection, title="Kaartensectie"):
    kind: Literal["kaarten"] = Field(default="kaarten", alias="soort")
    cards: list[Card] = Field(alias="kaarten")
    empty: str = Field(default="", alias="leegTekst", description="Wat er staat als er niets is")


class LinkGroup(Schema, title="Koppelinggroep"):
    title: str = Field(default="", alias="titel", description="Kop van niveau 3; leeg als er één groep is")
    links: list[Link] = Field(alias="koppelingen")


class LinksSection(BaseSection, title="Koppelingensectie"):
    """Compact lists of links, as the municipalities of a district."""

    kind: Literal["koppelingen"] = Field(default="koppelingen", alias="soort")
    groups: list[LinkGroup] = Field(alias="groepen")


class FactsSection(BaseSection, title="Feitensectie"):
    kind: Literal["feiten"] = Field(default="feiten", alias="soort")
    facts: list[Fact] = Field(alias="feiten")


class SentencesSection(BaseSection, title="Zinnensectie"):
    """Sentences made from data, as "De BBG geeft richting aan de expertgroepen"."""

    kind: Literal["zinnen"] = Field(default="zinnen", alias="soort")
    sentences: list[list[TextPart]] = Field(alias="zinnen")


class RoleText(Schema, title="Roltekst"):
    title: str = Field(alias="titel", description="Kop van niveau 3")
    html: str


class RolesSection(BaseSection, title="Rollensectie"):
    """Texts side by side, one a partner."""

    kind: Literal["rollen"] = Field(default="rollen", alias="soort")
    roles: list[RoleText] = Field(alias="rollen")


class TableSection(BaseSection, title="Tabelsectie"):
    """A simple table; the first cell of each row is its header."""

    kind: Literal["tabel"] = Field(default="tabel", alias="soort")
    columns: list[str] = Field(alias="kolommen")
    rows: list[list[list[TextPart]]] = Field(alias="rijen")
    empty: str = Field(default="", alias="leegTekst")


class FilesSection(BaseSection, title="Bestandensectie"):
    kind: Literal["bestanden"] = Field(default="bestanden", alias="soort")
    files: list[FileLink] = Field(alias="bestanden")


class CitationSection(BaseSection, title="Citeersectie"):
    """A sentence to copy, with the title in `<cite>`, and plain links to share the page."""

    kind: Literal["citeren"] = Field(default="citeren", alias="soort")
    html: str
    links: list[Link] = Field(alias="koppelingen")


class CallToActionSection(BaseSection, title="Oproepsectie"):
    """A highlighted way to another part of the site, with an optional search form (`search_url` gets `?zoek=`)."""

    kind: Literal["oproep"] = Field(default="oproep", alias="soort")
    text: str = Field(alias="tekst")
    links: list[Link] = Field(default_factory=list, alias="koppelingen")


class FilterOption(Schema, title="Filterkeuze"):
    value: str = Field(alias="waarde")
    label: str
    selected: bool = Field(alias="gekozen")


class Filter(Schema, title="Filter"):
    """A `<select>`; `name` is the query key."""

    name: str = Field(alias="naam")
    label: str
    options: list[FilterOption] = Field(alias="keuzes", description="De eerste keuze, met lege waarde, betekent alles")


class PageLinks(Schema, title="Bladeren"):
    """Numbered paging; `summary` reads "Pagina 2 van 5"."""

    summary: str = Field(alias="samenvatting")
    number: int = Field(default=1, alias="nummer", description="Het nummer van deze pagina, vanaf 1")
    previous: Link | None = Field(default=None, alias="vorige")
    next: Link | None = Field(default=None, alias="volgende")


class ListingSection(BaseSection, title="Lijstsectie"):
    """A filtered, paged list. The form is a plain GET to `action`; `query` is the text searched for."""

    kind: Literal["lijst"] = Field(default="lijst", alias="soort")
    action: str = Field(alias="formulierAdres")
    query: str | None = Field(default=None, alias="zoek", description="Leeg of afwezig: geen zoekwoord")
    query_label: str = Field(default="", alias="zoekLabel", description="Leeg: geen zoekveld")
    submit_label: str = Field(alias="knopTekst")
    filters: list[Filter] = Field(alias="filters")
    reset: Link | None = Field(default=None, alias="wissen", description="Alleen als er iets gekozen is")
    summary: str = Field(alias="samenvatting", description='Bijvoorbeeld "9 publicaties"')
    cards: list[Card] = Field(alias="kaarten")
    empty: str = Field(default="", alias="leegTekst")
    paging: PageLinks | None = Field(default=None, alias="bladeren")


Section = Annotated[
    BlocksSection
    | TextSection
    | CardsSection
    | LinksSection
    | FactsSection
    | SentencesSection
    | RolesSection
    | TableSection
    | FilesSection
    | CitationSection
    | CallToActionSection
    | ListingSection,
    Field(discriminator="kind"),
]

SectionProvider = Callable[[Any, "RenderContext"], Iterable[BaseSection]]
_providers: dict[str, list[SectionProvider]] = {}


def register_sections(label: str, provider: SectionProvider) -> None:
    """Let `provider(item, context)` add sections to pages or records of a model, as "themes.themepage".

    A record is one that has a page of its own below another page, as "districts.municipality". Call it from an
    AppConfig's `ready()`. Registering the same provider twice has no effect.
    """
    providers = _providers.setdefault(label.lower(), [])
    if provider not in providers:
        providers.append(provider)


def provided_sections(item: "Model", context: "RenderContext") -> list[BaseSection]:
    """What other apps add to this page or record, unordered."""
    return [section for provider in _providers.get(item._meta.label_lower, []) for section in provider(item, context)]
