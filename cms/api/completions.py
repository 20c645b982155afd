"""Ways to go on with a question that somebody types: of the search of the whole site, and what others of a part use."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field, field_validator

from cms.api.answers import answer
from cms.api.facts import site_of
from cms.api.parameters import LanguageParameters, refusal
from cms.schema import Schema
from cms.search.engine import complete
from cms.search.titles import MAX_LENGTH

TAGS = {"Zoeken": "Hoe een vraag aan de zoekpagina verder kan gaan"}
router = Router(tags=["Zoeken"], by_alias=True)

MOST = 10


class Completions(Schema, title="Aanvullingen"):
    """Ways to go on typing."""

    results: list[str] = Field(
        alias="resultaten", description="De beste eerst; elk ervan vindt iets", examples=[["leegstand"]]
    )


class CompletionParameters(LanguageParameters):
    answers = (Completions,)

    words: str = Field(
        alias="zoek", max_length=MAX_LENGTH, description="Wat er al getypt is: minstens twee letters", examples=["leeg"]
    )

    @field_validator("words")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if len(value.strip()) < 2:
            raise refusal("Dit moet minstens 2 letters lang zijn.")
        return value


def completed(request: HttpRequest, parameters: CompletionParameters, kinds: Collection[str] = ()) -> HttpResponse:
    """Give ways to go on that find something public of these kinds, of any kind where none is given."""
    language = parameters.language
    found = complete(site_of(request).pk, language, parameters.words, kinds=frozenset(kinds), most=MOST)
    return answer(Completions(results=found), parameters, language)


@router.get(
    "/zoeken/aanvullingen",
    response=Completions,
    operation_id="lijstAanvullingenHeleSite",
    summary="Hoe een vraag aan de hele site verder kan gaan",
)
def list_completions(request: HttpRequest, parameters: Query[CompletionParameters]) -> HttpResponse:
    """Hoogstens tien manieren om verder te typen. Elke aanvulling vindt iets openbaars, van welke soort ook."""
    return completed(request, parameters)
