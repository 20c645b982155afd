"""What the API tells of publications."""

from datetime import date, datetime

from pydantic import Field

from cms.api.facts import PageReference, TermReference
from cms.api.paging import Listing
from cms.rendering.values import FileLink
from cms.schema import Schema
from districts.api import MunicipalityReference
from kennisbank.files import FileVersion
from network.api import OrganisationReference


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


class FragmentValue(Schema, title="Fragment"):
    """A piece of text in which words of the question stand."""

    page: int | None = Field(
        alias="pagina", description="Nummer van pagina, dia of blad; null: in titel of tekst van de pagina zelf"
    )
    label: str = Field(alias="deel", description="Naam van het blad of de kop; meestal leeg")
    html: str = Field(
        description="Veilige HTML: alleen `<mark>` om de gevonden woorden", examples=["Over <mark>leegstand</mark>."]
    )
    url: str = Field(
        description="Waar het staat; een pdf opent op die pagina", examples=["/documenten/12/factsheet.pdf#page=3"]
    )


class FoundPublication(Publication, title="Gevonden publicatie"):
    """A publication in a list, with where the words stand."""

    fragments: list[FragmentValue] = Field(
        alias="fragmenten", description="Hoogstens twee, de beste eerst; leeg zonder `zoek`"
    )
    private: bool = Field(
        alias="besloten",
        description="Altijd `false`: de lijst geeft alleen wat openbaar is, ook aan wie een API-sleutel heeft",
    )


class FacetCount(Schema, title="Facetwaarde"):
    """A value of a facet, with what choosing it gives."""

    value: str = Field(alias="waarde", description="Te gebruiken als filter", examples=["ondermijning"])
    label: str = Field(description="In de taal van de site", examples=["Ondermijning"])
    count: int = Field(alias="aantal", description="Publicaties met deze waarde, als er in dit facet niets gekozen was")


class FoundPublications(Listing[FoundPublication], title="Publicatielijst"):
    """A page of what was found, with what to narrow it by."""

    facets: dict[str, list[FacetCount]] = Field(
        alias="facetten", description="Per filter de waarden die iets opleveren, en die gekozen zijn"
    )
    correction: str = Field(
        alias="correctie",
        description="De vraag zonder de waarschijnlijke typefout, waar zij weinig of niets vindt; leeg als er geen is",
    )


class PlanReference(Schema, title="Planverwijzing"):
    """The safety plan that a publication is."""

    municipality: MunicipalityReference = Field(alias="gemeente")
    first_year: int = Field(alias="eersteJaar")
    last_year: int = Field(alias="laatsteJaar")


class PublicationFileValue(FileLink, title="Publicatiebestand"):
    """A file of a publication, what a PDF says of itself, and the files that stood there before."""

    tagged: bool | None = Field(alias="gelabeld", description="Of een pdf labels heeft; null als dat niet bekend is")
    text_layer: bool | None = Field(alias="tekstlaag", description="Of een pdf tekst heeft die te lezen is")
    claims_pdf_ua: bool | None = Field(alias="zegtPdfUa", description="Of een pdf zegt aan PDF/UA te voldoen")
    declared_title: str = Field(alias="eigenTitel", description="De titel die in het bestand zelf staat")
    declared_language: str = Field(alias="eigenTaal", description="De taal die in het bestand zelf staat")
    versions: list[FileVersion] = Field(alias="versies", description="Oudere versies, de nieuwste eerst")


class PublicationDetail(Publication, title="Publicatiedetail"):
    """A publication with its files and what belongs to it."""

    files: list[PublicationFileValue] = Field(alias="bestanden")
    replaces: list[PageReference] = Field(alias="vervangt", description="De oudere publicaties die zij verving")
    related: list[PageReference] = Field(alias="verwant", description="Publicaties die er het meest op lijken")
    safety_plan: PlanReference | None = Field(alias="veiligheidsplan")
