"""Two addresses that a supervisor or load balancer asks: does the process answer, and can it serve pages?

They come before every other middleware: no host is checked, no cookie set, nothing redirected to https.
"""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

ALIVE, READY = "/status/leeft", "/status/gereed"

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answer the two addresses, and pass all others on."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        # Once all migrations are applied they stay so for as long as this process has this code.
        self.migrated = False
        self.told = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info.rstrip("/")
        if path == ALIVE:
            return _answer("")
        if path == READY:
            return _answer(self.obstacle())
        return self.get_response(request)

    def obstacle(self) -> str:
        """Give why no page can be served, in Dutch and without secrets; empty when all is well."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            if not self.migrated:
                executor = MigrationExecutor(connection)
                self.migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        except Exception as error:  # whatever the driver or the pool raises: the answer is the same
            if not self.told:  # once, not at every probe
                logger.warning("Not ready: %s", type(error).__name__)
            self.told = True
            return "De database is niet bereikbaar."
        self.told = False
        return "" if self.migrated else "De database mist migraties: voer `manage.py migrate` uit."


def _answer(obstacle: str) -> HttpResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE if obstacle else HTTPStatus.OK
    content = {"status": "niet gereed", "reden": obstacle} if obstacle else {"status": "in orde"}
    response = JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})
    # Django would write a line at each answer of 400 and up: a probe asks every few seconds.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
