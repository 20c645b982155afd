"""Previews: drafts for a frontend, by the code of an editor, the session that it gives, or the link of a reader.

By POST, so that no key stands in an address, and no cache keeps the answer.
"""

import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

from cms.api.answers import MEDIA_TYPE
from cms.api.pages import view_union
from cms.api.problems import InvalidParametersError, Problem, problem_response
from cms.preview import passes, review
from cms.preview.modes import answer_of, hidden
from cms.preview.passes import RefusedError
from cms.rendering.view import Layout
from cms.schema import Schema

logger = logging.getLogger("cms.preview")

TAGS = {"Voorbeelden": "Concepten tonen in een eigen frontend"}
REFUSED = "Dit voorbeeld is verlopen of ingetrokken, of bestaat niet."


class PreviewQuestion(Schema, title="Voorbeeldvraag"):
    """The key of a preview, under the name of its kind."""

    model_config = ConfigDict(
        extra="forbid", populate_by_name=False, json_schema_extra={"minProperties": 1, "maxProperties": 1}
    )

    code: str = Field(
        default="",
        description="Uit het adres `/voorbeeld/openen/<code>` waar het voorbeeld van een redacteur heen leidt; opent "
        "één keer, binnen 60 seconden",
    )
    session: str = Field(default="", alias="sessie", description="Wat een code gaf")
    link: str = Field(
        default="", alias="meeleeslink", description="Uit het adres `/meelezen/<sleutel>/` van wie meeleest"
    )


class PreviewSession(Schema, title="Voorbeeldsessie"):
    """What a code gives."""

    session: str = Field(alias="sessie")
    expires_at: str = Field(alias="verlooptOp", json_schema_extra={"format": "date-time"})


ANSWERS: dict[str, Callable[[str], dict[str, Any]]] = {
    "code": lambda key: _exchanged(passes.exchange(key)),
    "session": passes.shown,
    "link": lambda key: answer_of(review.opened(key)),
}


def previews_router() -> Router:
    """Give the endpoint of previews. It gives any page, so call it when all apps have registered."""
    router = Router(tags=["Voorbeelden"], by_alias=True)
    page_view: Any = view_union()

    class Preview(Schema, title="Voorbeeld"):
        """A draft and what stands around it."""

        page: page_view = Field(alias="weergave")
        layout: Layout = Field(alias="navigatie")
        bar: str = Field(alias="balk", description="HTML van de balk van de redacteur; leeg voor wie meeleest")
        editor: str = Field(
            alias="redactie",
            description="Waar de redacteur werkt: alleen daar mag het voorbeeld in een kader staan. "
            "Leeg voor wie meeleest",
        )

    given: Any = TypeAliasType("Voorbeeldantwoord", PreviewSession | Preview)  # type: ignore[misc, valid-type]

    @router.post(
        "/voorbeeld", response={200: given, 403: Problem}, operation_id="haalVoorbeeld", summary="Een concept tonen"
    )
    def open_preview(request: HttpRequest, asked: Body[PreviewQuestion]) -> HttpResponse:
        """Een `code` geeft een sessie van 15 minuten, een `sessie` en een `meeleeslink` geven het concept.

        Vraag dit van server naar server, en bewaar het antwoord niet. Wat niets (meer) opent, geeft 403; toon dan nooit
        de openbare pagina.
        """
        keys = {name: key for name in ANSWERS if (key := getattr(asked, name))}
        if len(keys) != 1:
            raise InvalidParametersError({"body": "Stuur één van `code`, `sessie` en `meeleeslink`."})
        ((name, key),) = keys.items()
        try:
            return hidden(HttpResponse(json.dumps(ANSWERS[name](key)), content_type=MEDIA_TYPE))
        except RefusedError as reason:
            logger.warning("Preview refused: %s", reason)
            response = hidden(problem_response(HTTPStatus.FORBIDDEN, detail=REFUSED))
            # The reason stands in the log already.
            response._has_been_logged = True  # type: ignore[attr-defined]
            return response

    return router


def _exchanged(session: passes.Session) -> dict[str, Any]:
    return {"sessie": session.key, "verlooptOp": session.expires_at.isoformat()}
