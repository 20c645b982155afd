"""The parts a page's main content is made of, and the registry through which apps add to others' pages and records.

Django's templates and the frontend both walk the same list; neither computes anything of its own.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

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
    # Whether what it prints is remembered by its values: where those are all that its template prints, nothing that is
    # left out of the API's answer besides, and other pages or later readers print the same.
    remembered: ClassVar[bool] = False
    # Whether a page with this section is a look at something that has an address of its own (cms/found/seo.py).
    unlisted: bool = Field(default=False, exclude=True)

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
    remembered = True
    kind: Literal["kaarten"] = Field(default="kaarten", alias="soort")
    cards: list[Card] = Field(alias="kaarten")
    empty: str = Field(default="", alias="leegTekst", description="Wat er staat als er niets is")


class LinkGroup(Schema, title="Koppelinggroep"):
    title: str = Field(default="", alias="titel", description="Kop van niveau 3; leeg als er één groep is")
    links: list[Link] = Field(alias="koppelingen")


class NumberedLink(Link, title="Koppeling met aantal"):
    """A link with the number of results behind it, or of one in a row of tabs."""

    number: int = Field(alias="aantal")
    current: bool = Field(default=False, alias="huidig")


class CountsSection(BaseSection, title="Aantallensectie"):
    """Ways into a collection, each with what stands behind it, as the themes of the Kennisbank."""

    remembered = True
    kind: Literal["aantallen"] = Field(default="aantallen", alias="soort")
    links: list[NumberedLink] = Field(alias="koppelingen")
    prominent: bool = Field(default=False, alias="groot", description="De belangrijkste ingang van de pagina")


class LinksSection(BaseSection, title="Koppelingensectie"):
    """Compact lists of links, as the municipalities of a district."""

    remembered = True
    kind: Literal["koppelingen"] = Field(default="koppelingen", alias="soort")
    groups: list[LinkGroup] = Field(alias="groepen")


class FactsSection(BaseSection, title="Feitensectie"):
    remembered = True
    kind: Literal["feiten"] = Field(default="feiten", alias="soort")
    facts: list[Fact] = Field(alias="feiten")


class SentencesSection(BaseSection, title="Zinnensectie"):
    """Sentences made from data, as "De BBG geeft richting aan de expertgroepen"."""

    remembered = True
    kind: Literal["zinnen"] = Field(default="zinnen", alias="soort")
    sentences: list[list[TextPart]] = Field(alias="zinnen")


class RoleText(Schema, title="Roltekst"):
    title: str = Field(alias="titel", description="Kop van niveau 3")
    html: str


class RolesSection(BaseSection, title="Rollensectie"):
    """Texts side by side, one a partner."""

    remembered = True
    kind: Literal["rollen"] = Field(default="rollen", alias="soort")
    roles: list[RoleText] = Field(alias="rollen")


class TableSection(BaseSection, title="Tabelsectie"):
    """A simple table; the first cell of each row is its header."""

    kind: Literal["tabel"] = Field(default="tabel", alias="soort")
    columns: list[str] = Field(alias="kolommen")
    rows: list[list[list[TextPart]]] = Field(alias="rijen")
    empty: str = Field(default="", alias="leegTekst")


class TileText(Schema, title="Kaarttekst"):
    """A line of a name in its tile, at this height."""

    text: str = Field(alias="tekst")
    y: int


class MapTile(Schema, title="Kaartvakje"):
    """A place on the tile map; `x` and `y` are its left upper corner, and a tile is 100 units wide and high."""

    name: str = Field(alias="naam", description='Naam met gebied en markering, zoals "Borne, Twente"')
    url: str = Field(default="", description="Leeg als het geen eigen pagina heeft")
    short: str = Field(alias="kort", description="Twee of drie letters, op één kaart alle verschillend")
    lines: list[TileText] = Field(alias="regels", description="De naam, voor een grote kaart")
    x: int
    y: int
    marked: bool = Field(default=False, alias="gemarkeerd")


class MapArea(Schema, title="Kaartgebied"):
    """The tiles of one area, with the number and the shape by which colour is not their only sign."""

    number: int = Field(alias="nummer", description="Welke kleur: 1 tot en met 6")
    shape: str = Field(alias="vorm", description="Teken van het gebied, als pad in een vakje van 100 bij 100")
    label: str = Field(description='Zoals "Twente, 14 gemeenten"')
    link: NumberedLink = Field(alias="koppeling")
    tiles: list[MapTile] = Field(alias="vakjes")


class TileMapSection(BaseSection, title="Vakjeskaartsectie"):
    """Equal tiles placed by rough geography, each a link, with a legend, and the same as lists of links."""

    remembered = True
    kind: Literal["vakjeskaart"] = Field(default="vakjeskaart", alias="soort")
    label: str = Field(description="Naam van de kaart")
    view_box: str = Field(alias="kader")
    borders: str = Field(default="", alias="grenzen", description="Pad tussen de gebieden")
    areas: list[MapArea] = Field(alias="gebieden")
    legend_label: str = Field(alias="legendaLabel")
    marked_label: str = Field(default="", alias="gemarkeerdTekst", description="Leeg: er is niets gemarkeerd")
    unmarked_label: str = Field(default="", alias="ongemarkeerdTekst")
    skip: Link = Field(alias="overslaan", description="Naar wat na de kaart komt")
    groups: list[LinkGroup] = Field(default_factory=list, alias="groepen")


class MatrixCell(Schema, title="Matrixcel"):
    """A cell: what everybody sees, what only a screen reader says after it, and how strong its colour is."""

    text: str = Field(default="", alias="tekst")
    spoken: str = Field(default="", alias="gesproken")
    tint: int = Field(default=0, ge=0, le=5, alias="tint", description="Van 0 (geen kleur) tot 5")
    marked: bool = Field(default=False, alias="gemarkeerd")


class MatrixRow(Schema, title="Matrixrij"):
    head: list[TextPart] = Field(alias="kop")
    details: list[list[TextPart]] = Field(alias="kenmerken")
    cells: list[MatrixCell] = Field(alias="cellen")
    closing: list[list[TextPart]] = Field(default_factory=list, alias="slotkenmerken")


class MatrixSection(BaseSection, title="Matrixsectie"):
    """A wide table with coloured cells, whose first row and column stay in view while it scrolls."""

    kind: Literal["matrix"] = Field(default="matrix", alias="soort")
    caption: str = Field(alias="bijschrift")
    corner: str = Field(alias="hoek", description="Kop van de eerste kolom")
    detail_columns: list[str] = Field(alias="kenmerkkolommen")
    columns: list[Link] = Field(alias="kolommen")
    closing_columns: list[str] = Field(default_factory=list, alias="slotkolommen", description="Na de cellen")
    rows: list[MatrixRow] = Field(alias="rijen")
    totals: MatrixRow | None = Field(default=None, alias="totaal")
    empty: str = Field(default="", alias="leegTekst")


class FilesSection(BaseSection, title="Bestandensectie"):
    remembered = True
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


class Option(Schema, title="Keuze"):
    """One choice of a `<select>`, or a value that goes along with a form unseen."""

    name: str = Field(default="", alias="naam", description="Alleen bij een verborgen waarde")
    value: str = Field(alias="waarde")
    label: str = ""
    selected: bool = Field(default=False, alias="gekozen")


class Choice(Schema, title="Keuzeveld"):
    """A `<select>` of a form; `name` is the query key."""

    name: str = Field(alias="naam")
    label: str
    options: list[Option] = Field(alias="keuzes")


class ChoicesSection(BaseSection, title="Keuzensectie"):
    """A plain GET form of selects that says what the page shows, and what was found with it."""

    kind: Literal["keuzes"] = Field(default="keuzes", alias="soort")
    label: str = Field(description="Naam van het formulier")
    action: str = Field(alias="formulierAdres")
    fields: list[Choice] = Field(alias="velden")
    submit_label: str = Field(alias="knopTekst")
    reset: Link | None = Field(default=None, alias="wissen")
    summary: str = Field(alias="samenvatting")
    exports: list[Link] = Field(default_factory=list, alias="meenemen")


class FacetValue(Schema, title="Facetkeuze"):
    """A value to tick, with the number of results it gives beside the other filters."""

    value: str = Field(alias="waarde")
    label: str
    number: int = Field(alias="aantal")
    selected: bool = Field(alias="gekozen")
    language: str | None = Field(default=None, alias="taal", description="Taal van het label als die afwijkt")


class Facet(Schema, title="Facet"):
    """A group of values, of which several may be chosen; `name` is the query key."""

    name: str = Field(alias="naam")
    label: str
    values: list[FacetValue] = Field(alias="keuzes", description="Wat meteen te zien is")
    further: list[FacetValue] = Field(default_factory=list, alias="verdereKeuzes")
    further_label: str = Field(default="", alias="verdereTekst", description='Bijvoorbeeld "Nog 24 tonen"')
    find_label: str = Field(default="", alias="zoekLabel", description="Van het zoekveld in een lange lijst")
    found_one: str = Field(default="", alias="eenTekst", description="Wat een script zegt als er één keuze overblijft")
    found_many: str = Field(
        default="", alias="meerTekst", description='Als het er meer of geen zijn; "#" is het aantal'
    )
    chosen: int = Field(default=0, alias="aantalGekozen")
    open: bool = Field(default=False, description="Of de groep openstaat")


class ChosenFilter(Link, title="Gekozen filter"):
    """A filter that holds; its address is that of the same list without it."""

    facet: str = Field(description="Label van het facet")


class Completions(Schema, title="Aanvulbron"):
    """Where a script gets ways to go on with what somebody types, and its words; "#" stands for a number."""

    url: str = Field(description="Vraagt er nog `zoek` bij")
    label: str
    one: str = Field(alias="eenTekst")
    many: str = Field(alias="meerTekst")


class Place(Schema, title="Vindplaats"):
    """A piece of text with the words in `<mark>`, and the link that opens the file there."""

    html: str
    link: Link | None = Field(default=None, alias="koppeling")


class Result(Schema, title="Zoekresultaat"):
    """Something found. Without places, its introduction says what it is."""

    title: str = Field(alias="titel")
    url: str
    language: str | None = Field(default=None, alias="taal")
    label: str = Field(default="", description="Wat voor iets het is, zoals de documentsoort")
    marks: list[str] = Field(default_factory=list, alias="merken", description='Zoals "Uitgelicht" of "Besloten"')
    details: list[str] = Field(default_factory=list, alias="kenmerken")
    introduction: str = Field(default="", alias="inleiding")
    places: list[Place] = Field(default_factory=list, alias="vindplaatsen")


class PageLinks(Schema, title="Bladeren"):
    """Numbered paging; `summary` reads "Pagina 2 van 5"."""

    summary: str = Field(alias="samenvatting")
    number: int = Field(default=1, alias="nummer", description="Het nummer van deze pagina, vanaf 1")
    previous: Link | None = Field(default=None, alias="vorige")
    next: Link | None = Field(default=None, alias="volgende")


class SearchSection(BaseSection, title="Zoeksectie"):
    """A search field with, once something is asked, filters and results. The form is a plain GET to `action`.

    `own_query` is the part of the address by which this list is a page in its own right, `is_result` tells that it is
    none (cms/found/seo.py).
    """

    kind: Literal["zoeken"] = Field(default="zoeken", alias="soort")
    action: str = Field(alias="formulierAdres")
    query: str = Field(default="", alias="zoek", description="Waarnaar gezocht is")
    label: str = Field(description="Naam van het formulier")
    query_label: str = Field(alias="zoekLabel")
    submit_label: str = Field(alias="knopTekst")
    kept: list[Option] = Field(
        default_factory=list, alias="behouden", description="Gaat ongezien met het formulier mee"
    )
    completions: Completions | None = Field(default=None, alias="aanvullingen")
    options: list[str] = Field(
        default_factory=list,
        alias="namen",
        description="Waaruit het veld zonder script laat kiezen; dan is er geen script",
    )
    tabs: list[NumberedLink] = Field(default_factory=list, alias="tabs")
    tabs_label: str = Field(default="", alias="tabsLabel")
    facets: list[Facet] = Field(default_factory=list, alias="facetten")
    facets_label: str = Field(default="", alias="facettenLabel", description='Bijvoorbeeld "Filters (2)"')
    apply_label: str = Field(default="", alias="toepasTekst")
    chosen: list[ChosenFilter] = Field(default_factory=list, alias="gekozen")
    chosen_label: str = Field(default="", alias="gekozenLabel")
    remove_label: str = Field(default="", alias="weghaalTekst", description="Gaat aan elk gekozen filter vooraf")
    reset: Link | None = Field(default=None, alias="wissen")
    orders: list[Option] = Field(default_factory=list, alias="volgordes")
    order_label: str = Field(default="", alias="volgordeLabel")
    summary: str = Field(default="", alias="samenvatting", description="Leeg: er is nog niets gevraagd")
    message: str = Field(default="", alias="melding", description="Waarom er geen antwoord is")
    correction: Link | None = Field(default=None, alias="correctie")
    correction_label: str = Field(default="", alias="correctieLabel")
    results: list[Result] = Field(default_factory=list, alias="resultaten")
    advice: str = Field(default="", alias="advies", description="Als er niets gevonden is")
    ways_on_label: str = Field(default="", alias="verderLabel")
    ways_on: list[NumberedLink] = Field(default_factory=list, alias="verder", description="Vragen die wel iets vinden")
    paging: PageLinks | None = Field(default=None, alias="bladeren")
    exports: list[Link] = Field(default_factory=list, alias="meenemen", description="Als feed en als bestand")
    own_query: str = Field(default="", exclude=True)
    is_result: bool = Field(default=False, exclude=True)


class DrawnLine(Schema, title="Tekstregel"):
    """A line of text in a drawing; `x` and `y` are where its baseline begins, or its middle at an arrow."""

    x: int
    y: int
    text: str = Field(alias="tekst")
    style: Literal["naam", "uitleg", "onderdeel", "pijl"] = Field(alias="stijl")


class DrawnBox(Schema, title="Vak"):
    """A rectangle by its left upper corner, in CSS pixels."""

    x: int
    y: int
    width: int = Field(alias="breedte")
    height: int = Field(alias="hoogte")


class DrawnPart(DrawnBox, title="Getekend onderdeel"):
    """A body in the box of the collective that it belongs to."""

    link: Link = Field(alias="koppeling")
    chosen: bool = Field(default=False, alias="gekozen", description="Het orgaan waar de pagina over gaat")
    lines: list[DrawnLine] = Field(alias="regels")


class ListedArrow(Schema, title="Relatieregel"):
    """What a body does, for where the drawing does not fit: the words, and where the other bodies are on the page."""

    text: str = Field(alias="tekst")
    language: str | None = Field(default=None, alias="taal", description="Taal van `tekst`, alleen als die afwijkt")
    to: list[Link] = Field(alias="naar")


class DrawnBody(DrawnBox, title="Getekend orgaan"):
    """A body in its box. `arrows` and `neighbours` are the keys of what lights up when a reader points at it."""

    key: str = Field(alias="sleutel", description="Uniek in de tekening")
    link: Link = Field(alias="koppeling")
    chosen: bool = Field(default=False, alias="gekozen", description="Het orgaan waar de pagina over gaat")
    lines: list[DrawnLine] = Field(alias="regels")
    parts: list[DrawnPart] = Field(alias="onderdelen")
    arrows: list[str] = Field(alias="pijlen")
    neighbours: list[str] = Field(alias="buren")
    notes: list[ListedArrow] = Field(alias="relaties", description="Wat dit orgaan doet, in woorden")


class DrawnArrow(Schema, title="Getekende pijl"):
    """An arrow with its label. `line` and `head` are the `d` of SVG paths."""

    key: str = Field(alias="sleutel")
    kind: Literal["relatie", "deelname"] = Field(alias="soort")
    line: str = Field(alias="lijn")
    head: str = Field(alias="punt")
    label: DrawnBox
    language: str | None = Field(default=None, alias="taal", description="Taal van het label, alleen als die afwijkt")
    lines: list[DrawnLine] = Field(alias="regels")


class DrawnBand(DrawnBox, title="Getekende band"):
    """A tier with its bodies; `turn` is the `transform` that puts its name along the left side."""

    tier: Literal["lokaal", "districtelijk", "regionaal"] = Field(alias="niveau")
    title: str = Field(alias="titel")
    turn: str = Field(alias="draaiing")
    bodies: list[DrawnBody] = Field(alias="organen")


class Moments(Schema, title="Momenten"):
    """A choice of days on which something changed; a plain GET to `action`."""

    action: str = Field(alias="formulierAdres")
    name: str = Field(alias="naam", description="De sleutel in het adres")
    label: str
    options: list[Option] = Field(alias="keuzes")
    submit_label: str = Field(alias="knopTekst")
    message: str = Field(
        default="", alias="melding", description="Welke dag dit is, of wat er aan het adres niet klopt"
    )
    today: Link | None = Field(default=None, alias="vandaag", description="Terug naar nu")


class NetworkPictureSection(BaseSection, title="Netwerkbeeldsectie"):
    """The network as a drawing, and in another arrangement for where that does not fit. Both are the same in words.

    Sizes are CSS pixels; a rendering prints them and computes nothing. Without bands there is a choice of days only.
    """

    kind: Literal["netwerkbeeld"] = Field(default="netwerkbeeld", alias="soort")
    width: int = Field(alias="breedte")
    height: int = Field(alias="hoogte")
    size: Literal["klein", "middel", "groot"] = Field(
        alias="formaat", description="Hoe ver de tekening mag krimpen voordat zij schuift"
    )
    wide: bool = Field(alias="liggend", description="Breder dan hoog, ook op papier")
    name: str = Field(alias="naam", description="Naam van de tekening")
    legend: list[str] = Field(alias="legenda", description="Wat een doorgetrokken lijn is, en wat een onderbroken lijn")
    in_words: Link | None = Field(
        default=None, alias="inWoorden", description="Naar hetzelfde als zinnen, op de pagina"
    )
    bands: list[DrawnBand] = Field(alias="banden")
    arrows: list[DrawnArrow] = Field(alias="pijlen")
    moments: Moments | None = Field(default=None, alias="momenten")
    zoom_in_label: str = Field(alias="vergrootTekst", description="Van een knop die alleen met script bestaat")
    zoom_out_label: str = Field(alias="verkleinTekst")


Section = Annotated[
    BlocksSection
    | TextSection
    | CardsSection
    | LinksSection
    | CountsSection
    | FactsSection
    | SentencesSection
    | RolesSection
    | TableSection
    | TileMapSection
    | ChoicesSection
    | MatrixSection
    | FilesSection
    | CitationSection
    | CallToActionSection
    | SearchSection
    | NetworkPictureSection,
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
