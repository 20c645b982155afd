"""Errors of the API: RFC 9457 `application/problem+json`, in Dutch, never with a trace."""

import logging
from http import HTTPStatus
from typing import Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import Field
from wagtail.models import PageViewRestriction, Site

from cms.api import VERSION
from cms.rendering.nearest import Missing
from cms.schema import Schema
from cms.search.engine import SearchTooSlowError

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class Problem(Schema, title="Probleem"):
    """What went wrong, according to RFC 9457."""

    type: str = Field(
        description="Adres van de uitleg bij deze soort fout, vanaf de wortel van de site",
        examples=["/api/v1/openapi.json#/components/responses/NietGevonden"],
    )
    title: str = Field(description="Korte naam van de soort fout", examples=["Niet gevonden"])
    status: int = Field(description="De HTTP-statuscode", examples=[404])
    detail: str = Field(description="Uitleg bij deze fout", examples=["Hier staat niets wat openbaar is."])


class PageProblem(Missing, Problem, title="Paginaprobleem"):
    """No page stands at an address of the site; what may help a reader on."""


class AccessProblem(Problem, title="Toegangsprobleem"):
    """Something is there, but not for this reader."""

    access: Literal["inloggen", "wachtwoord"] | None = Field(
        alias="toegang",
        description="Wat nodig is: een account (of een API-sleutel daarvan), of het wachtwoord van de pagina. "
        "Ontbreekt (null) als de API-sleutel niet werkt",
    )
    login_url: str = Field(
        alias="inlogadres", description="Waar een mens inlogt, met het hele adres; leeg als dat niet helpt"
    )


class ParameterError(Schema, title="Parameterfout"):
    """One parameter that is not right."""

    parameter: str = Field(description="Naam van de parameter", examples=["paginaGrootte"])
    message: str = Field(
        alias="melding", description="Wat er mis is en wat wel mag", examples=["Dit mag hoogstens 100 zijn."]
    )


class ParameterProblem(Problem, title="Parameterprobleem"):
    """All parameters that are not right, at once."""

    errors: list[ParameterError] = Field(description="Alle fouten in het verzoek")


# Name of the response in the OpenAPI file, which is the target of `type`; title; detail where nothing better is known.
KINDS = {
    HTTPStatus.BAD_REQUEST: ("OngeldigeParameters", "Ongeldige parameters", "Het verzoek klopt niet. Zie `errors`."),
    HTTPStatus.FORBIDDEN: (
        "NietToegestaan",
        "Niet toegestaan",
        "Dit verzoek kwam van een pagina van een andere site. Dat neemt de API niet aan.",
    ),
    HTTPStatus.NOT_FOUND: ("NietGevonden", "Niet gevonden", "Hier staat niets wat openbaar is."),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "MethodeNietToegestaan",
        "Methode niet toegestaan",
        "Dit adres kent deze methode niet. `Allow` zegt welke wel.",
    ),
    HTTPStatus.NOT_ACCEPTABLE: (
        "NietAanvaardbaar",
        "Niet aanvaardbaar",
        "De API geeft JSON, en bij een adres op `.csv` een tabel. Vraag om `application/json` of `text/csv`.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "TeVeelVerzoeken",
        "Te veel verzoeken",
        "Dit waren te veel verzoeken. Probeer het na `Retry-After` seconden opnieuw.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "InterneFout",
        "Interne fout",
        "Er ging bij ons iets mis. Probeer het later opnieuw.",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Onderhoud",
        "Onderhoud",
        "De site is even dicht voor onderhoud. `Retry-After` zegt na hoeveel seconden u het weer kunt proberen.",
    ),
}

# Responses in the OpenAPI file about who asks; all hold an AccessProblem.
ACCESS_KINDS = {
    "SleutelWerktNiet": (
        HTTPStatus.UNAUTHORIZED,
        "API-sleutel werkt niet",
        "Deze sleutel bestaat niet, is ingetrokken of is verlopen.",
    ),
    "InloggenNodig": (
        HTTPStatus.UNAUTHORIZED,
        "Inloggen nodig",
        "Deze pagina is alleen voor mensen met een account. Een API-sleutel met het bereik `besloten` opent haar ook.",
    ),
    "GeenToegang": (HTTPStatus.FORBIDDEN, "Geen toegang", "Met deze API-sleutel mag u deze pagina niet zien."),
    "WachtwoordNodig": (
        HTTPStatus.FORBIDDEN,
        "Wachtwoord nodig",
        "Deze pagina heeft een wachtwoord. Stuur het naar `/api/v1/toegangsbewijzen`, en het bewijs dat u krijgt mee "
        "in de kop `Toegangsbewijs`.",
    ),
    "WachtwoordKloptNiet": (HTTPStatus.FORBIDDEN, "Wachtwoord klopt niet", "Dit is niet het wachtwoord van de pagina."),
}

# The response in the OpenAPI file for a question that the database did not answer in time; seconds to wait then.
SEARCH_TOO_SLOW = (
    "ZoekenDuurtTeLang",
    "Zoeken duurt te lang",
    "Zoeken duurde te lang. Probeer het na `Retry-After` seconden opnieuw, of met minder of andere woorden.",
)
TRY_AGAIN_AFTER = 5

ROOT = "/api/v1/"
OPENAPI_PATH = f"{ROOT}openapi.json"
# The response in the OpenAPI file for an address of the site where no page stands.
PAGE_NOT_FOUND = "PaginaNietGevonden"


class PageNotFoundError(Exception):
    """No page stands at an address of the site; `missing` helps on."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(missing.words)
        self.missing = missing


class RestrictedError(Exception):
    """A page that only some may see, by a view restriction of Wagtail that this caller has not passed."""

    def __init__(self, restriction: PageViewRestriction, page_id: int | None) -> None:
        super().__init__(restriction.restriction_type)
        self.restriction = restriction
        self.page_id = page_id


class InvalidParametersError(Exception):
    """A parameter is wrong in a way that its schema could not judge; `errors` is {name: message}."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


def is_api(path: str) -> bool:
    """Say whether a path is one of the API's."""
    return path.startswith(ROOT)


def problem_response(status: HTTPStatus, errors: list[ParameterError] | None = None, detail: str = "") -> HttpResponse:
    """Give the answer for an error; `errors` only with status 400, `detail` where something better is known."""
    name, title, known = KINDS[status]
    values: dict[str, Any] = {
        "type": f"{OPENAPI_PATH}#/components/responses/{name}",
        "title": title,
        "status": int(status),
        "detail": detail or known,
    }
    problem = ParameterProblem(**values, errors=errors) if errors else Problem(**values)
    return as_response(problem)


def access_problem(
    name: str, access: Literal["inloggen", "wachtwoord"] | None = None, login_url: str = ""
) -> HttpResponse:
    """Give the answer to who may not see something: one of ACCESS_KINDS by name."""
    status, title, detail = ACCESS_KINDS[name]
    response = as_response(
        AccessProblem(
            type=f"{OPENAPI_PATH}#/components/responses/{name}",
            title=title,
            status=int(status),
            detail=detail,
            access=access,
            login_url=login_url,
        )
    )
    if status == HTTPStatus.UNAUTHORIZED:
        error = ' error="invalid_token"' if access is None else ""
        response.headers["WWW-Authenticate"] = f'Bearer realm="API"{"," if error else ""}{error}'
    response.headers["Cache-Control"] = "no-store"
    return response


def as_response(problem: Problem) -> HttpResponse:
    """Give the answer that a problem is."""
    content = problem.model_dump_json(by_alias=True)
    # Told here too: some errors come before the API is reached.
    headers = {"API-Version": VERSION}
    return HttpResponse(content, status=problem.status, content_type=MEDIA_TYPE, headers=headers)


def add_problem_handlers(api: NinjaAPI) -> None:
    """Let the API answer every error with a problem document."""

    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        return invalid_parameters(request, error)

    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(InvalidParametersError, invalid)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(Http404, lambda request, error: problem_response(HTTPStatus.NOT_FOUND))
    api.add_exception_handler(PageNotFoundError, _page_not_found)
    api.add_exception_handler(RestrictedError, _restricted)
    api.add_exception_handler(SearchTooSlowError, _search_too_slow)
    api.add_exception_handler(Exception, _unexpected)


def invalid_parameters(request: HttpRequest, error: ValidationError | InvalidParametersError) -> HttpResponse:
    """Give the answer that names all wrong parameters: those the query string's check found, and those in `error`."""
    found: dict[str, str] = dict(getattr(request, "query_errors", {}))
    if isinstance(error, ValidationError):
        for item in error.errors:
            found.setdefault(_parameter_of(item["loc"]), message_of(item))
    else:
        found.update({name: message for name, message in error.errors.items() if name not in found})
    return problem_response(
        HTTPStatus.BAD_REQUEST, [ParameterError(parameter=name, message=text) for name, text in sorted(found.items())]
    )


def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer to what ninja refuses by itself: a body that is no JSON."""
    return problem_response(
        HTTPStatus.BAD_REQUEST, [ParameterError(parameter="body", message="Dit is geen JSON die te lezen is.")]
    )


def _page_not_found(request: HttpRequest, error: Any) -> HttpResponse:
    _name, title, detail = KINDS[HTTPStatus.NOT_FOUND]
    return as_response(
        PageProblem(
            type=f"{OPENAPI_PATH}#/components/responses/{PAGE_NOT_FOUND}",
            title=title,
            status=int(HTTPStatus.NOT_FOUND),
            detail=detail,
            **dict(error.missing),
        )
    )


def _restricted(request: HttpRequest, error: Any) -> HttpResponse:
    """Tell what it takes to see the page, and nothing of the page itself."""
    if error.restriction.restriction_type == PageViewRestriction.PASSWORD:
        return access_problem("WachtwoordNodig", "wachtwoord")
    caller = getattr(request, "api_caller", None)
    if caller is not None and caller.token is not None:
        return access_problem("GeenToegang", "inloggen", _login_url(request, error.page_id))
    return access_problem("InloggenNodig", "inloggen", _login_url(request, error.page_id))


def _login_url(request: HttpRequest, page_id: int | None) -> str:
    """Give where somebody logs in, on the site's own host, and then reads the page that was asked for.

    Who asked by number is led on by number: the address of a private page may tell what it is about.
    """
    path = request.GET.get("pad") or (reverse("page_by_number", args=[page_id]) if page_id else "/")
    site = Site.find_for_request(request)
    base = site.root_url if site else settings.WAGTAILADMIN_BASE_URL
    return f"{base}{reverse('wagtailcore_login')}?{urlencode({'next': path})}"


def _search_too_slow(request: HttpRequest, error: Any) -> HttpResponse:
    name, title, detail = SEARCH_TOO_SLOW
    response = as_response(
        Problem(
            type=f"{OPENAPI_PATH}#/components/responses/{name}",
            title=title,
            status=int(HTTPStatus.SERVICE_UNAVAILABLE),
            detail=detail,
        )
    )
    response.headers["Retry-After"] = str(TRY_AGAIN_AFTER)
    return response


def _unexpected(request: HttpRequest, error: Any) -> HttpResponse:
    logger.error("The API failed on %s", request.path, exc_info=error)
    return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR)


def _parameter_of(location: tuple[Any, ...]) -> str:
    """Give the name of the parameter in ninja's place of an error.

    That is ("query", "thema"), but ("query", "parameters", "jaar", 0) where one value of a list is wrong: there ninja
    leaves the name of the view's own argument in.
    """
    return next(str(part) for part in reversed(location) if isinstance(part, str))


WRONG_DATE = "Geef een datum als jaar-maand-dag, bijvoorbeeld 2026-11-23."
# By pydantic's kind of error. A kind that is not here gets the last line.
MESSAGES = {
    "missing": "Deze parameter is verplicht.",
    "int_parsing": "Dit moet een geheel getal zijn.",
    "int_parsing_size": "Dit getal is te groot.",
    "int_from_float": "Dit moet een geheel getal zijn.",
    "bool_parsing": "Dit moet true of false zijn.",
    "greater_than_equal": "Dit moet minstens {ge} zijn.",
    "less_than_equal": "Dit mag hoogstens {le} zijn.",
    "string_too_short": "Dit moet minstens {min_length} teken lang zijn.",
    "string_too_long": "Dit mag hoogstens {max_length} tekens lang zijn.",
    "too_long": "Er mogen hoogstens {max_length} waarden zijn.",
    "literal_error": "Kies uit: {expected}.",
    "date_from_datetime_parsing": WRONG_DATE,
    "date_parsing": WRONG_DATE,
    "date_from_datetime_inexact": WRONG_DATE,
    "datetime_parsing": WRONG_DATE,
    "datetime_from_date_parsing": WRONG_DATE,
    "string_type": "Dit moet tekst zijn.",
    "int_type": "Dit moet een geheel getal zijn.",
    "model_attributes_type": "Dit moet een object zijn.",
    "extra_forbidden": "Deze eigenschap bestaat niet.",
    "dutch": "{message}",
}
UNKNOWN_ERROR = "Deze waarde mag hier niet."


def message_of(error: dict[str, Any]) -> str:
    """Give the Dutch message of one of pydantic's errors."""
    context = dict(error.get("ctx") or {})
    if error["type"] == "literal_error":
        context["expected"] = str(context["expected"]).replace("'", "").replace(" or ", ", ")
    return MESSAGES.get(error["type"], UNKNOWN_ERROR).format(**context)
