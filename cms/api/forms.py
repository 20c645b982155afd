"""Forms: what they ask, and where a filled-in one goes."""

from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, Optional
from urllib.parse import unquote, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Body, Path, Query, Router
from pydantic import Field, field_validator
from typing_extensions import TypeAliasType
from wagtail.models import Site

from cms.api.answers import answer, json_response
from cms.api.callers import caller_of
from cms.api.facts import site_of
from cms.api.pages import view_union
from cms.api.parameters import Parameters, refusal
from cms.api.problems import OPENAPI_PATH, ParameterProblem, Problem, as_response, problem_response
from cms.blocks.form import FormValue, form_value
from cms.clients import reader_address
from cms.models import Form
from cms.rendering.build import build_view, context_for
from cms.rendering.resolve import find_path
from cms.rendering.view import PageView
from cms.schema import Schema
from cms.submissions.finding import shown_form
from cms.submissions.origin import is_own
from cms.submissions.receiving import Posted, receive
from cms.submissions.state import FormState
from cms.visibility import visible

TAGS = {"Formulieren": "Wat een formulier vraagt, en het insturen ervan"}

FormId = Annotated[int, Path(description="Nummer van het formulier, in welke taal ook")]


class Submission(Schema, title="Inzending"):
    """A filled-in form."""

    model_config = Schema.model_config | {"extra": "forbid"}

    answers: dict[str, str | list[str]] = Field(
        default_factory=dict,
        alias="antwoorden",
        description="Per `sleutel` van een veld wat is ingevuld; bij een keuze de `waarde` van een of meer keuzes",
        examples=[{"5d1f": "Hoe meld ik mij aan?"}],
    )
    stamp: str = Field(default="", alias="stempel", max_length=200, description="Die uit het formulier")
    trap: str = Field(
        default="", alias="website", max_length=2000, description="Laat dit leeg; alleen robots vullen het in"
    )
    page: str = Field(
        default="",
        alias="pagina",
        max_length=2000,
        description=(
            "Adres van de pagina waarop het formulier staat, vanaf de wortel van de site. Is er iets mis, dan komt die "
            "pagina mee in `weergave`, met de fouten in het formulier"
        ),
        examples=["/contact/"],
    )

    @field_validator("answers")
    @classmethod
    def _not_endless(cls, value: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
        if len(value) > 100 or sum(len(each) for each in value.values()) > 60_000:
            raise refusal("Dit is meer dan een formulier kan bevatten.")
        return value

    @field_validator("page")
    @classmethod
    def _from_the_root(cls, value: str) -> str:
        if value and (not value.startswith("/") or value.startswith("//") or "\0" in value):
            raise refusal("Een pad begint met één schuine streep, bijvoorbeeld /contact/.")
        return value


class Confirmation(Schema, title="Inzendingsbevestiging"):
    """The form was sent."""

    thanks: str = Field(alias="bedanktTekst", description="Wat de lezer nu moet weten")


class FieldError(Schema, title="Veldfout"):
    """What is wrong with one answer, in the language of the form."""

    key: str = Field(alias="sleutel", description="Van het veld")
    label: str = Field(description="De vraag")
    message: str = Field(alias="melding", description="Wat er mis is en hoe het wel kan")


class FormParameters(Parameters):
    answers = (FormValue,)


class SubmissionParameters(Parameters):
    answers = (Confirmation,)


def forms_router() -> Router:
    """Give the endpoints of forms. What comes back may hold any page, so call it when all apps have registered."""
    router = Router(tags=["Formulieren"], by_alias=True)
    page_view: Any = view_union()

    class SubmissionProblem(Problem, title="Inzendingsprobleem"):
        """A form that can't be taken in as it is, with every field that has a mistake."""

        errors: list[FieldError] = Field(description="Alle velden met een fout")
        message: str = Field(
            alias="melding", description="Wat er mis is met het geheel; leeg als alleen velden een fout hebben"
        )
        page: Optional[page_view] = Field(  # noqa: UP045 - a named type, which `|` does not take
            alias="weergave", description="De pagina van `pagina`, met het formulier zoals het terugkwam"
        )

    # What is sent may also be no form at all.
    mistake: Any = TypeAliasType("Inzendingsfout", SubmissionProblem | ParameterProblem)  # type: ignore[misc, valid-type]

    def came_back(form: Form, state: FormState, page: PageView | None) -> HttpResponse:
        title, detail = TITLES[state.status]
        labels = {each.key: each.label for each in form_value(form, form.locale).questions}
        problem = SubmissionProblem(
            type=f"{OPENAPI_PATH}#/components/schemas/Inzendingsprobleem",
            title=title,
            status=int(state.status),
            detail=detail,
            errors=[FieldError(key=key, label=labels[key], message=text) for key, text in state.errors.items()],
            message=state.message,
            page=page,
        )
        response = as_response(problem)
        if state.retry_after:
            response.headers["Retry-After"] = str(state.retry_after)
        return response

    @router.get("/formulieren/{int:id}", response=FormValue, operation_id="haalFormulier", summary="Eén formulier")
    def form_by_id(request: HttpRequest, id: FormId, parameters: Query[FormParameters]) -> HttpResponse:
        """Wat een formulier vraagt, in zijn eigen taal. Alleen formulieren op een pagina die u mag zien."""
        form = _form(request, id, site_of(request))
        return answer(form_value(form, form.locale), parameters, form.locale.language_code)

    @router.post(
        "/formulieren/{int:id}/inzendingen",
        response={201: Confirmation, 400: mistake, 403: Problem, 429: SubmissionProblem},
        operation_id="stuurFormulierIn",
        summary="Een formulier insturen",
    )
    def send_form(
        request: HttpRequest, id: FormId, parameters: Query[SubmissionParameters], body: Body[Submission]
    ) -> HttpResponse:
        """Stuurt antwoorden naar de functiemailbox van het formulier. Nog eens hetzelfde mag: dat telt één keer.

        Uit een browser neemt de API dit alleen aan van een pagina van de site zelf.
        """
        site = site_of(request)
        if not is_own(request):
            return problem_response(HTTPStatus.FORBIDDEN)
        form = _form(request, id, site)
        state = receive(form, _posted(body), reader_address(request))
        response = (
            json_response(Confirmation(thanks=form.thanks), None, form.locale.language_code, HTTPStatus.CREATED)
            if state.sent
            else came_back(form, state, _page_with(state, body.page, site, caller_of(request).passed))
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    return router


TITLES = {
    HTTPStatus.BAD_REQUEST: ("Ongeldige inzending", "Het formulier is nog niet verstuurd. Zie `errors` en `melding`."),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "Te veel inzendingen",
        "Het formulier is niet verstuurd. Probeer het na `Retry-After` seconden opnieuw.",
    ),
}


def _form(request: HttpRequest, form_id: int, site: Site) -> Form:
    form = shown_form(form_id, site, caller_of(request).passed)
    if form is None:
        raise Http404
    return form


def _posted(body: Submission) -> Posted:
    answers = {key: [given] if isinstance(given, str) else given for key, given in body.answers.items()}
    return Posted(answers=answers, stamp=body.stamp, trap=body.trap, page_path=urlsplit(body.page).path)


def _page_with(state: FormState, path: str, site: Site, passed: frozenset[int]) -> PageView | None:
    """Give the page at `path` with the form that came back; None where this reader finds no page there."""
    may_see = partial(visible, passed=passed) if passed else visible
    found = find_path(site, unquote(urlsplit(path).path), may_see) if path else None
    if found is None or found.subject is not None:
        return None
    context = context_for(found.page, site, query={}, passed=passed)
    return build_view(found.page, replace(context, form=state))
