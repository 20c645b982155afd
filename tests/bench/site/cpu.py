"""Measures CPU time and queries of a request, in this process: `python -m tests.bench.site.cpu` prints them as JSON.

All contestants take turns, so that whatever else the machine does hits each of them. The middle of all rounds counts.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from wagtail.models import Page  # noqa: E402

from cms.caching.store import ALIAS  # noqa: E402
from tests.bench.site import PEERS  # noqa: E402
from tests.bench.site.addresses import addresses  # noqa: E402
from tests.bench.site.wsgi import application  # noqa: E402

SECONDS = 0.03
# An answer is kept, and has an ETag, from the second time on that somebody asks for an address with a query.
ASKED_BEFORE = 3
# How the site is asked. The peers keep nothing, so it is all the same to them.
KINDS = ("cold", "made", "warm", "304")


@dataclass(frozen=True)
class Request:
    """One contestant: who answers, which address, and in what state the site is."""

    what: str
    who: str
    address: str
    kind: str = "cold"


class WrongAnswerError(Exception):
    """Something else than what was to be measured."""


def ask(address: str, etag: str = "") -> tuple[int, dict[str, str], bytes]:
    """Ask the application itself: no server between."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
    }  # fmt: skip
    if etag:
        environ["HTTP_IF_NONE_MATCH"] = etag
    given: list[Any] = []
    response = application(environ, lambda status, headers, *_rest: given.extend((status, headers)))
    try:
        body = b"".join(response)
    finally:
        response.close()  # type: ignore[attr-defined]
    return int(given[0][:3]), dict(given[1]), body


class Contestant:
    """Asks one request again and again, as its kind wants it."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.etag = ""
        self.times: list[float] = []
        with self._state():
            for _time in range(ASKED_BEFORE):
                status, headers, body = ask(request.address)
            self.bytes = len(body)
            if request.kind == "304":
                self.etag = headers.get("ETag", "")
                status, _headers, _body = ask(request.address, self.etag)
            if status != (304 if request.kind == "304" else 200):
                raise WrongAnswerError(f"{request.address} gives status {status}: {body[:300]!r}")
            self.queries = self._queries()
            self.times_a_round = max(1, int(SECONDS / max(self._seconds(1), 0.0001)))

    @contextmanager
    def _state(self) -> Iterator[None]:
        with ExitStack() as stack:
            if self.request.kind == "cold":
                stack.enter_context(override_settings(ANSWERS_KEPT=False))
            yield

    def _once(self) -> None:
        if self.request.kind == "made":
            caches[ALIAS].clear()
        ask(self.request.address, self.etag)

    def _queries(self) -> int:
        counted = []

        def count(execute: Callable[..., Any], statement: str, *rest: Any) -> Any:
            counted.append(statement)
            return execute(statement, *rest)

        with connection.execute_wrapper(count):
            self._once()
        # What a process asks twice a second at most is not the request's own.
        return sum("cms_generation" not in statement for statement in counted)

    def _seconds(self, times: int) -> float:
        started = time.process_time()
        for _time in range(times):
            self._once()
        return (time.process_time() - started) / times

    def round(self) -> None:
        with self._state():
            self.times.append(self._seconds(self.times_a_round))

    def figures(self) -> dict[str, Any]:
        """Give milliseconds of CPU, the middle of all rounds."""
        return {
            "what": self.request.what, "who": self.request.who, "kind": self.request.kind,
            "cpu": round(statistics.median(self.times) * 1000, 2), "queries": self.queries, "bytes": self.bytes,
        }  # fmt: skip


def requests() -> list[Request]:
    """Give everything that is measured."""
    found = []
    for what, by in addresses().items():
        for who, address in by.items():
            if address.startswith(PEERS):
                found.append(Request(what, who, address))
                continue
            # What somebody types is never kept: there is no end to it.
            kinds = [kind for kind in KINDS if kind != "warm" or "zoek=" not in address]
            found += [Request(what, who, address, kind) for kind in kinds]
    return found


def measure(rounds: int) -> dict[str, Any]:
    """Give the figures of all requests on this database."""
    contestants = [Contestant(request) for request in requests()]
    for _round in range(rounds):
        for contestant in contestants:
            contestant.round()
    return {
        "pages": Page.objects.filter(depth__gt=1).count(),
        "answers": [contestant.figures() for contestant in contestants],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    assert not settings.DEBUG
    print(json.dumps(measure(arguments.rounds)))


if __name__ == "__main__":
    main()
