"""Query parameters of the search for publications."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from cms.api.parameters import ChangedParameters, Day, PagingParameters, Parameters, refusal
from cms.search.showing import ANY_WORD
from cms.search.titles import MAX_LENGTH
from cms.search.values import Scope
from kennisbank.api.values import FoundPublication, PublicationDetail
from kennisbank.facets import NAMES

MOST = 20
Values = Annotated[list[str], Field(max_length=MOST)]


class PublicationListParameters(ChangedParameters, PagingParameters):
    answers = (FoundPublication,)

    words: str = Field(
        default="",
        alias="zoek",
        max_length=MAX_LENGTH,
        description=(
            'Wat u zoekt, in titel, samenvatting, tekst en bestanden. `"…"` zoekt een woordgroep, `-woord` sluit uit, '
            "`titel:woord` zoekt in de titel, `thema:ondermijning` werkt als het filter"
        ),
        examples=["leegstand", '"georganiseerde criminaliteit" -haven'],
    )
    some_words: Literal["een"] | None = Field(
        default=None,
        alias=ANY_WORD[0],
        description="Met `een` is één van de woorden van `zoek` genoeg; zonder deze parameter moeten zij er alle staan",
    )
    themes: Values = Field(
        default=[], alias="thema", description="Sleutels van thema's; herhaalbaar", examples=["ondermijning"]
    )
    types: Values = Field(
        default=[], alias="type", description="Sleutels van documentsoorten; herhaalbaar", examples=["factsheet"]
    )
    districts: Values = Field(
        default=[], alias="district", description="Sleutels van districten; herhaalbaar", examples=["twente"]
    )
    municipalities: Values = Field(
        default=[], alias="gemeente", description="CBS-codes van gemeenten; herhaalbaar", examples=["GM0141"]
    )
    organisations: Values = Field(
        default=[], alias="organisatie", description="Sleutels van organisaties; herhaalbaar", examples=["politie"]
    )
    audiences: Values = Field(
        default=[], alias="doelgroep", description="Sleutels van doelgroepen; herhaalbaar", examples=["bestuurders"]
    )
    years: list[int] = Field(
        default=[], alias="jaar", max_length=MOST, description="Jaar van de datum; herhaalbaar", examples=[2026]
    )
    languages: Values = Field(
        default=[], alias="taal", description="Taal van het document; herhaalbaar", examples=["en"]
    )
    file_types: Values = Field(
        default=[], alias="bestandstype", description="Soort bestand; herhaalbaar", examples=["pdf"]
    )
    since: Day | None = Field(
        default=None,
        alias="datumVanaf",
        description="Alleen publicaties met deze datum of een latere",
        examples=["2026-01-01"],
    )
    until: Day | None = Field(
        default=None,
        alias="datumTotEnMet",
        description="Alleen publicaties met deze datum of een eerdere",
        examples=["2026-12-31"],
    )
    sort: Literal["relevantie", "nieuwste", "oudste", "titel", "-titel"] | None = Field(
        default=None,
        alias="sorteer",
        description="Zonder deze parameter: `relevantie` als er een `zoek` is, anders `nieuwste`",
    )

    @field_validator("until")
    @classmethod
    def _after_the_first_day(cls, value: date | None, info: ValidationInfo) -> date | None:
        since = info.data.get("since")
        if value and since and value < since:
            raise refusal("Deze datum ligt voor `datumVanaf`.")
        return value

    @property
    def scope(self) -> Scope:
        """The days that were asked for."""
        return Scope(since=self.since, until=self.until, changed_since=self.changed_since)

    @property
    def any_word(self) -> bool:
        """Whether one of the words is enough."""
        return self.some_words == ANY_WORD[1] and bool(self.words.strip())

    @property
    def asked(self) -> dict[str, list[str]]:
        """The chosen values of each facet, by its name in addresses."""
        by_alias = self.model_dump(by_alias=True)
        return {name: [str(value) for value in by_alias[name]] for name in NAMES}


class PublicationParameters(Parameters):
    answers = (PublicationDetail,)
