"""Query parameters: Dutch camelCase names, all errors told at once, unknown and repeated ones refused."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Path
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale

from cms.api.problems import WRONG_DATE, InvalidParametersError
from cms.schema import Schema

View = Callable[..., HttpResponse]
PageId = Annotated[int, Path(description="Nummer van de pagina, in welke taal ook")]


def refusal(message: str) -> PydanticCustomError:
    """Give the error that a validator raises, with its Dutch message."""
    return PydanticCustomError("dutch", "{message}", {"message": message})  # type: ignore[arg-type]


def known_language(value: str) -> str:
    """Give a language code that the site is set up for. Raises a refusal."""
    languages = get_content_languages()
    if value not in languages:
        raise refusal(f"Deze taal heeft de site niet. Kies uit: {', '.join(languages)}.")
    return value


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    rf"{_DAY.pattern}(T\d{{2}}:\d{{2}}(:\d{{2}}(\.\d{{1,6}})?)?(Z|[ +-]\d{{2}}:\d{{2}})?)?", re.ASCII | re.IGNORECASE
)
WRONG_MOMENT = (
    "Geef een tijdstip als 2026-11-23T14:05:00Z, of een datum als 2026-11-23. Een plus in een adres schrijft u als %2B."
)


def _written_as(pattern: re.Pattern[str], message: str) -> BeforeValidator:
    """Refuse what pydantic would take for a date too, such as a number of seconds."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise refusal(message)
        # A plus that was not escaped reached us as a space, and can't have been anything else.
        return value.replace(" ", "+") if isinstance(value, str) else value

    return BeforeValidator(check)


def _in_utc(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


# A day as year-month-day, and a moment; without a zone it is in UTC, and a day is its beginning.
Day = Annotated[date, _written_as(_DAY, WRONG_DATE)]
Moment = Annotated[datetime, _written_as(_MOMENT, WRONG_MOMENT), AfterValidator(_in_utc)]


def from_the_root(value: str) -> str:
    """Give a path of the site. Raises a refusal."""
    if not value.startswith("/") or value.startswith("//"):
        raise refusal("Een pad begint met één schuine streep, bijvoorbeeld /themas/ondermijning/.")
    return value


class Parameters(BaseModel):
    """Parameters of an endpoint; `answers` is the schema whose top-level fields `velden` chooses from."""

    model_config = ConfigDict(populate_by_name=False, frozen=True)
    answers: ClassVar[tuple[type[Schema], ...]] = ()

    fields: str | None = Field(
        default=None,
        alias="velden",
        description="Geef alleen deze eigenschappen, gescheiden door komma's. Zonder deze parameter komt alles mee.",
        examples=["id,titel"],
    )

    @classmethod
    def field_names(cls) -> dict[str, set[str]]:
        """Give the fields that may be chosen: {name in the API: attributes of that name, in any of the types}."""
        names: dict[str, set[str]] = defaultdict(set)
        for schema in cls.answers:
            for attribute, field in schema.model_fields.items():
                names[field.serialization_alias or field.alias or attribute].add(attribute)
        return names

    @field_validator("fields")
    @classmethod
    def _known_fields(cls, value: str | None) -> str | None:
        names = cls.field_names()
        wrong = [name for name in (value or "").split(",") if value is not None and name not in names]
        if wrong:
            raise refusal(f"Onbekend veld: {', '.join(wrong)}. Kies uit: {', '.join(sorted(names))}.")
        return value

    @property
    def attributes(self) -> set[str] | None:
        """The attributes to answer with; None means all."""
        if self.fields is None:
            return None
        names = self.field_names()
        return {attribute for name in self.fields.split(",") for attribute in names[name]}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe `velden` as the list it is."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema)["properties"]
        described = properties["velden"]
        names = {"type": "string", "enum": sorted(cls.field_names())}
        properties["velden"] = {"type": "array", "items": names, "description": described["description"]}
        return schema


class LanguageParameters(Parameters):
    """As Parameters, with the reader's language."""

    language: str = Field(
        default=settings.LANGUAGE_CODE,
        alias="taal",
        max_length=10,
        description="Taal van de lezer, als BCP 47-code. Wat in die taal niet bestaat, komt in de taal van de site.",
        examples=["en"],
    )

    _known_language = field_validator("language")(known_language)

    @property
    def locale(self) -> Locale:
        """The locale of the language. Raises InvalidParametersError where no editor has added it yet. One query."""
        locale = Locale.objects.filter(language_code=self.language).first()
        if locale is None:
            raise InvalidParametersError({"taal": "Deze taal heeft de site nog niet."})
        return locale


class PagingParameters(Parameters):
    """As Parameters, with paging. A list adds `sort`, with the orders it knows."""

    page: int = Field(
        default=1, ge=1, le=1_000_000, alias="pagina", description="Nummer van de pagina, te beginnen bij 1"
    )
    page_size: int = Field(
        default=20, ge=1, le=100, alias="paginaGrootte", description="Aantal resultaten op een pagina"
    )


class ListParameters(PagingParameters, LanguageParameters):
    """Of a list in the reader's language."""


class ChangedParameters(Parameters):
    """As Parameters, beside those of a list: only what changed since a moment, for who keeps a copy up to date."""

    changed_since: Moment | None = Field(
        default=None,
        alias="gewijzigdSinds",
        description="Alleen wat op of na dit tijdstip is gepubliceerd of gewijzigd. Een datum telt vanaf 0:00 uur UTC.",
        examples=["2026-11-01T00:00:00Z"],
    )


KEYS: Any = Field(default=[], alias="sleutel", max_length=100, description="Alleen deze sleutels; herhaalbaar")


def check_query(run: View) -> View:
    """Note, before ninja validates, which keys of the query string the operation does not know or knows only once."""
    operation: Any = run.__self__  # type: ignore[attr-defined]
    known: set[str] = set()
    repeatable: set[str] = set()
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            known |= set(model.__ninja_flatten_map__)
            repeatable |= set(model.__ninja_collection_fields__)

    def checked(request: HttpRequest, **path_values: Any) -> HttpResponse:
        errors = {}
        for name, values in request.GET.lists():
            if name not in known:
                errors[name] = f"Deze parameter bestaat niet. Wel: {', '.join(sorted(known))}."
            elif len(values) > 1 and name not in repeatable:
                errors[name] = "Deze parameter mag maar één keer voorkomen."
            elif any("\0" in value for value in values):  # PostgreSQL refuses it
                errors[name] = "Hierin staat een teken dat niet mag (NUL)."
        request.query_errors = errors  # type: ignore[attr-defined]
        return run(request, **path_values)

    return checked


def refuse_wrong_query(view: View) -> View:
    """Refuse, after ninja validated, what `check_query` noted."""

    def refusing(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        if request.query_errors:  # type: ignore[attr-defined]
            raise InvalidParametersError({})
        return view(request, *args, **values)

    return refusing
