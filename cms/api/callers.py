"""Who asks: anybody, or a token in the name of an account; and which private pages that opens.

A password of a private page is sent once, to `/toegangsbewijzen`; the proof that comes back goes with later questions
in a header. Neither a token nor a proof ever stands in an address, and an answer to either is kept by nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db.models import Q
from django.http import HttpRequest
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac
from wagtail.models import PageViewRestriction

from cms.api.problems import access_problem
from cms.models import ApiToken
from cms.models.api_token import digest

# Of the API, or one that sends a file.
View = Callable[..., Any]

PROOF_HEADER = "Toegangsbewijs"
PROOF_LASTS = timedelta(hours=12)
MOST_PROOFS = 10
_SALT = "cms.api.toegangsbewijs"


@dataclass(frozen=True)
class Caller:
    """Who asks. `passed` are the view restrictions of pages (their ids) that this caller may look behind."""

    token: ApiToken | None = None
    passed: frozenset[int] = frozenset()
    brings_proof: bool = False

    @property
    def is_anybody(self) -> bool:
        """Whether the answer is the same for everybody, so that it may be kept and shared."""
        return self.token is None and not self.brings_proof


ANYBODY = Caller()


def caller_of(request: HttpRequest) -> Caller:
    """Give who asks, as `identified` found."""
    return getattr(request, "api_caller", ANYBODY)


def identified(view: View) -> View:
    """Find out who asks. A token that does not work is refused with 401, never taken for anybody."""

    def answered(request: HttpRequest, *args: Any, **values: Any) -> Any:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        proofs = request.headers.get(PROOF_HEADER, "")
        # A proxy in front of a test site may ask for a password of its own.
        if (not scheme or scheme.lower() == "basic") and not proofs:
            return _varying(view(request, *args, **values))
        caller = _caller("" if scheme.lower() == "basic" else scheme, token.strip(), proofs)
        if caller is None:
            response: Any = access_problem("SleutelWerktNiet")
        else:
            request.api_caller = caller  # type: ignore[attr-defined]
            response = view(request, *args, **values)
        response.headers["Cache-Control"] = "private, no-store"
        return _varying(response)

    return answered


def _varying(response: Any) -> Any:
    patch_vary_headers(response, ["Authorization", PROOF_HEADER])
    return response


def _caller(scheme: str, value: str, proofs: str) -> Caller | None:
    """Give who asks; None where a token was sent that does not work. Two queries with a token, one more with proofs."""
    token = None
    passed: frozenset[int] = frozenset()
    if scheme:
        token = ApiToken.objects.working().filter(digest=digest(value)).select_related("user").first()
        if scheme.lower() != "bearer" or token is None:
            return None
        token.note_use()
        passed = opened_by(token)
    if proofs:
        passed |= proven(proofs)
    return Caller(token, passed, bool(proofs))


def opened_by(token: ApiToken) -> frozenset[int]:
    """Give the view restrictions that the account of a token passes, where its scope goes that far.

    Passwords are nobody's: who knows one says so with a proof.
    """
    if token.scope != ApiToken.Scope.PRIVATE:
        return frozenset()
    kind = PageViewRestriction
    allowed = Q(restriction_type=kind.LOGIN)
    if token.user.is_superuser:
        allowed |= Q(restriction_type=kind.GROUPS)
    else:
        allowed |= Q(restriction_type=kind.GROUPS, groups__in=token.user.groups.all())
    return frozenset(kind.objects.filter(allowed).values_list("pk", flat=True))


def proof_of(restriction: PageViewRestriction) -> str:
    """Give a proof that somebody knew the password. It ends by itself, and when the password changes."""
    return signing.dumps([restriction.pk, _mark(restriction)], salt=_SALT)


def proven(proofs: str) -> frozenset[int]:
    """Give the restrictions that proofs open, separated by commas. One that is wrong or too old opens nothing."""
    told: dict[int, str] = {}
    for proof in proofs.split(",")[:MOST_PROOFS]:
        try:
            pk, mark = signing.loads(proof.strip(), salt=_SALT, max_age=PROOF_LASTS)
        except (signing.BadSignature, ValueError, TypeError):
            continue
        told[pk] = mark
    if not told:
        return frozenset()
    found = PageViewRestriction.objects.filter(pk__in=told, restriction_type=PageViewRestriction.PASSWORD)
    return frozenset(each.pk for each in found if told[each.pk] == _mark(each))


def _mark(restriction: PageViewRestriction) -> str:
    # A proof is to end with the password that it was given for, and must not tell anything of that.
    return salted_hmac(_SALT, f"{restriction.pk} {restriction.password}").hexdigest()[:24]
