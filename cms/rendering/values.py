"""The small typed values that sections, blocks, navigation and pages are made of."""

from datetime import date
from typing import Literal

from pydantic import Field

from cms.schema import Schema


class Link(Schema, title="Koppeling"):
    """A final address with its text. `language` is set only where the target's language differs from the page's."""

    title: str = Field(alias="titel")
    url: str
    language: str | None = Field(default=None, alias="taal", description="BCP 47-taalcode, alleen als die afwijkt")


class PictureSource(Schema, title="Afbeeldingsformaat"):
    """The same picture in a format that not every browser shows."""

    type: str = Field(description="Mediatype, bijvoorbeeld image/avif")
    srcset: str


class Picture(Schema, title="Afbeelding"):
    """A rendition with its alternatives. An empty `alt` marks a decorative image. Sizes in CSS pixels.

    `srcset` and `sizes` are empty where the image is so small that it has one size only.
    """

    id: int = Field(description="Nummer van de afbeelding; `/afbeeldingen/{id}` geeft haar in andere maten")
    sources: list[PictureSource] = Field(
        alias="formaten", description="Voor `<source>`, het beste formaat eerst; `sizes` geldt ook daar"
    )
    src: str
    srcset: str
    sizes: str
    width: int = Field(alias="breedte")
    height: int = Field(alias="hoogte")
    alt: str
    credit: str = Field(default="", alias="bron")
    loading: Literal["lazy", "eager"] = Field(alias="laden", description="eager: staat in het eerste beeld")
    priority: Literal["auto", "high"] = Field(alias="voorrang", description="Waarde van `fetchpriority`")

    def in_first_view(self) -> "Picture":
        """Give the same picture for a place that the reader sees at once."""
        return self.model_copy(update={"loading": "eager", "priority": "high"})


class ShareImage(Schema, title="Deelplaatje"):
    """The picture beside a link to the page on other sites. Sizes in pixels."""

    url: str = Field(description="Volledig adres")
    width: int = Field(alias="breedte")
    height: int = Field(alias="hoogte")
    alt: str


class Card(Schema, title="Kaart"):
    """A page or record shown as a card."""

    title: str = Field(alias="titel")
    url: str
    introduction: str = Field(default="", alias="inleiding")
    label: str = Field(default="", alias="label", description="Kort kenmerk boven de titel, zoals de documentsoort")
    details: list[str] = Field(default_factory=list, alias="kenmerken", description="Korte feiten onder de titel")
    picture: Picture | None = Field(default=None, alias="afbeelding")
    language: str | None = Field(default=None, alias="taal")


class TextPart(Schema, title="Tekstdeel"):
    """A piece of a sentence or a cell: plain text, or a link when `url` is set."""

    text: str = Field(alias="tekst")
    url: str | None = None
    language: str | None = Field(default=None, alias="taal")


class Fact(Schema, title="Feit"):
    """A term with its values, each value a row of text parts."""

    term: str
    values: list[list[TextPart]] = Field(alias="waarden")


class FileLink(Schema, title="Bestand"):
    """A downloadable file. `size` in bytes; `pages` only where known; `hint` ends without a full stop."""

    title: str = Field(alias="titel")
    url: str
    file_type: str = Field(alias="bestandstype", description="Bijvoorbeeld PDF of DOCX")
    media_type: str = Field(default="", alias="mediatype", description="Naar de inhoud; leeg als die niet bekend is")
    size: int = Field(alias="grootte", description="In bytes")
    size_text: str = Field(alias="grootteTekst", description="Leesbare grootte, in de taal van de pagina")
    pages: int | None = Field(default=None, alias="paginas", description="Aantal pagina's, dia's of bladen")
    details: str = Field(
        default="", alias="kenmerken", description='In de taal van de pagina, zoals "12 pagina\'s, 340 kB"'
    )
    accessibility: Literal["goed", "matig", "geen-tekst"] | None = Field(
        default=None,
        alias="toegankelijkheid",
        description="Wat een pdf zegt over voorlezen: gelabeld, niet gelabeld, of een beeld zonder tekst",
    )
    hint: list[TextPart] = Field(default_factory=list, alias="toegankelijkheidTekst")
    sha256: str = Field(default="", description="Van de inhoud, hexadecimaal; leeg als die nog niet berekend is")
    language: str | None = Field(default=None, alias="taal")
    published: date | None = Field(default=None, alias="datum")
