"""A question that has one answer for everybody, and its name in the store."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b, sha256
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.http import parse_etags

from cms.api.problems import is_api
from cms.caching.generation import Generation
from cms.caching.release import release

# Free text: there is no end to what may be asked with it.
_FREE = "zoek"
# The address of a page, with its own query (the API's `op-pad`).
_ADDRESS = "pad"
# As the site itself writes the address of a page: one way, and nothing after it that has no end.
_PLAIN_ADDRESS = re.compile(r"/(?:[\w\-]+/)*[\w\-]*")
_LANGUAGE = "taal"


@dataclass(frozen=True)
class Question:
    """What an answer depends on besides the generation: nothing else of the request may change it."""

    scheme: str
    host: str
    port: str
    path: str
    query: str
    has_free_text: bool
    has_free_query: bool

    def name(self, generation: Generation | None) -> str:
        """Give the name of the answer in this generation. Nobody can make one up who has not had the answer.

        Without a generation: of the question, whatever its answer.
        """
        key = sha256(settings.SECRET_KEY.encode()).digest()
        parts = (release(), str(generation), self.scheme, self.host, self.port, self.path, self.query)
        return blake2b("\n".join(parts).encode(), key=key, digest_size=16).hexdigest()


def question_of(request: HttpRequest) -> Question | None:
    """Give the question; None where the answer may be one reader's own, or none at all."""
    headers = request.headers
    if request.method not in ("GET", "HEAD") or headers.get("Cookie") or "Authorization" in headers:
        return None
    try:
        host = request.get_host().lower()
    except DisallowedHost:
        return None
    query = dict(request.GET.lists())
    return Question(
        scheme=request.scheme or "",
        host=host,
        port=request.get_port(),
        path=request.path,
        query=urlencode(sorted(query.items()), doseq=True),
        has_free_text=has_free_text(request),
        has_free_query=_has_free_query(request.path, query),
    )


def etag_of(name: str) -> str:
    """Give the header's value. Weak: what stands around the body may be written otherwise, as by compression."""
    return f'W/"{name}"'


def has_already(request: HttpRequest, name: str) -> bool:
    """Say whether the reader has the answer of this name. `*` says nothing: it fits whatever there is."""
    return name in {
        etag.removeprefix("W/").strip('"') for etag in parse_etags(request.headers.get("If-None-Match", ""))
    }


def has_free_text(request: HttpRequest) -> bool:
    """Say whether the query holds words that somebody typed."""
    if any(request.GET.getlist(_FREE)):
        return True
    within = (parse_qs(urlsplit(address).query) for address in request.GET.getlist(_ADDRESS))
    return any(any(each.get(_FREE, ())) for each in within)


def _has_free_query(path: str, query: Mapping[str, list[str]]) -> bool:
    """Say whether there are many more addresses like this one than the site has pages.

    The API's `op-pad?pad=/themas/` and `navigatie?taal=nl` are not: they are as many as pages and languages, and it
    refuses whatever it does not know. A page itself takes any query.
    """
    if not is_api(path):
        return bool(query)
    return any(
        not (name == _LANGUAGE or (name == _ADDRESS and all(map(_PLAIN_ADDRESS.fullmatch, values))))
        for name, values in query.items()
    )
