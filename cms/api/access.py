"""The password of a private page, given once: the proof that comes back opens the page for a while."""

from datetime import datetime
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from ninja import Body, Router
from pydantic import ConfigDict, Field, field_validator
from wagtail.models import Page, PageViewRestriction, Site

from cms.api.answers import json_response
from cms.api.callers import PROOF_LASTS, proof_of
from cms.api.facts import site_of
from cms.api.limits import try_password
from cms.api.parameters import from_the_root
from cms.api.problems import access_problem
from cms.rendering.resolve import find_path
from cms.schema import Schema
from cms.visibility import published

TAGS = {"Toegang": "Het wachtwoord van een besloten pagina"}
router = Router(tags=["Toegang"], by_alias=True)


class GivenPassword(Schema, title="Wachtwoord"):
    """What a reader typed for a page."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    path: str = Field(
        alias="pad",
        min_length=1,
        max_length=2000,
        description="Adres van de pagina, vanaf de wortel van de site",
        examples=["/themas/besloten/"],
    )
    password: str = Field(alias="wachtwoord", min_length=1, max_length=255)

    _from_the_root = field_validator("path")(from_the_root)


class AccessProof(Schema, title="Toegangsbewijs"):
    """What opens the page, and all below it with the same password."""

    proof: str = Field(
        alias="bewijs", description="Stuur dit mee in de kop `Toegangsbewijs`; meer bewijzen scheidt u met komma's"
    )
    valid_until: datetime = Field(
        alias="geldigTot", description="Eerder als het wachtwoord verandert; vraag dan een nieuw bewijs"
    )


@router.post(
    "/toegangsbewijzen",
    response={201: AccessProof},
    operation_id="maakToegangsbewijs",
    summary="Wachtwoord van een pagina",
)
def prove_access(request: HttpRequest, given: Body[GivenPassword]) -> HttpResponse:
    """Geef het wachtwoord van een besloten pagina één keer. Met het bewijs leest u haar op de gewone adressen."""
    restrictions = _passwords_at(site_of(request), unquote(urlsplit(given.path).path))
    if not restrictions:
        raise Http404
    if refusal := try_password(request, restrictions[0].page.path):
        return refusal
    known = [each for each in restrictions if constant_time_compare(each.password, given.password)]
    if not known:
        return access_problem("WachtwoordKloptNiet", "wachtwoord")
    proof = AccessProof(proof=",".join(map(proof_of, known)), valid_until=timezone.now() + PROOF_LASTS)
    response = json_response(proof, status=HTTPStatus.CREATED)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _passwords_at(site: Site, path: str) -> list[PageViewRestriction]:
    """Give the passwords of what stands at a path, and above it."""
    found = None if "\0" in path else find_path(site, path, published)
    if found is None:
        return []
    above = [found.page.path[:end] for end in range(Page.steplen, len(found.page.path) + 1, Page.steplen)]
    return list(
        PageViewRestriction.objects.filter(page__path__in=above, restriction_type=PageViewRestriction.PASSWORD)
        .exclude(password="")
        .select_related("page")
        .order_by("page__path")
    )
