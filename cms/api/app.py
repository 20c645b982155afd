"""The delivery API: one NinjaAPI at /api/v1 with the endpoints of all installed apps, read-only and anonymous.

An app's `api_module` gives its `router` and `TAGS` ({name: description}), and registers the views of its records.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from importlib import import_module
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from cms.api import VERSION, site
from cms.api.openapi import openapi_view
from cms.api.pages import TAGS, pages_router
from cms.api.parameters import check_query, refuse_wrong_query
from cms.api.problems import add_problem_handlers, problem_response
from cms.apps import ContentAppConfig

METHODS = ("GET", "HEAD", "OPTIONS")
View = Callable[..., HttpResponse]


class DeliveryAPI(NinjaAPI):
    """NinjaAPI whose every address, also an unknown one, keeps to the rules of `frame`."""

    def _get_urls(self) -> list[Any]:
        operations: list[URLPattern] = [
            pattern for router in self._get_bound_routers() for pattern in router.urls_paths(router.prefix)
        ]
        return [
            path("openapi.json", frame(openapi_view(self)), name="openapi-json"),
            *(path(str(pattern.pattern), frame(pattern.callback), name=pattern.name) for pattern in operations),
            re_path("", frame(_unknown), name="api-root"),
        ]


def _unknown(request: HttpRequest) -> HttpResponse:
    return problem_response(HTTPStatus.NOT_FOUND)


def frame(view: View) -> View:
    """Put around a view what holds for all: the version header, the methods, JSON only."""

    @csrf_exempt
    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        response = _answer(view, request, *args, **values)
        response.headers["API-Version"] = VERSION
        return response

    return framed


def _answer(view: View, request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
    if view is _unknown or "\0" in request.path:
        return _unknown(request)
    if request.method not in METHODS:
        response = problem_response(HTTPStatus.METHOD_NOT_ALLOWED)
        response.headers["Allow"] = ", ".join(METHODS)
        return response
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(METHODS)})
    if not (request.accepts("application/json") or request.accepts("application/problem+json")):
        return problem_response(HTTPStatus.NOT_ACCEPTABLE)
    head = request.method == "HEAD"
    if head:
        # The endpoints know GET only; the server leaves the body out of an answer to HEAD.
        request.method = "GET"
    try:
        return view(request, *args, **values)
    finally:
        if head:
            request.method = "HEAD"


def _make() -> DeliveryAPI:
    # The project lists an app before those it builds on; the description reads better the other way round.
    modules = [
        import_module(config.api_module)
        for config in reversed(list(apps.get_app_configs()))
        if isinstance(config, ContentAppConfig) and config.api_module
    ]
    tags = {**TAGS, **site.TAGS, **{name: text for module in modules for name, text in module.TAGS.items()}}
    api = DeliveryAPI(
        title="Delivery API",
        version=VERSION,
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
        openapi_extra={"tags": [{"name": name, "description": text} for name, text in tags.items()]},
    )
    add_problem_handlers(api)
    api.add_decorator(check_query, mode="view")
    api.add_decorator(refuse_wrong_query)
    api.add_router("", pages_router())
    api.add_router("", site.router)
    for module in modules:
        api.add_router("", module.router)
    return api


api = _make()
