"""The delivery API: one NinjaAPI at /api/v1 with the endpoints of all installed apps.

An app's `api_module` gives its `router` and `TAGS` ({name: description}), and registers the views of its records.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus
from importlib import import_module
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from cms.api import VERSION, access, completions, forms, images, previews, site
from cms.api.callers import caller_of, identified
from cms.api.cross_origin import cross_origin
from cms.api.documentation import documentation_view
from cms.api.limits import limited
from cms.api.openapi import openapi_view
from cms.api.pages import TAGS, pages_router
from cms.api.parameters import check_query, refuse_wrong_query
from cms.api.problems import MEDIA_TYPE, ROOT, add_problem_handlers, problem_response
from cms.apps import ContentAppConfig
from cms.caching.answers import fresh
from cms.caching.headers import mark_public
from cms.caching.questions import question_of

View = Callable[..., HttpResponse]
Layer = Callable[[View], View]


class DeliveryAPI(NinjaAPI):
    """NinjaAPI whose every address, also an unknown one, keeps to the rules of `frame`."""

    def _get_urls(self) -> list[Any]:
        return [
            path("openapi.json", frame(openapi_view(self), by_method("GET"), json_only, kept), name="openapi-json"),
            path("documentatie", frame(documentation_view(self), by_method("GET"), html_only), name="documentation"),
            *(path(str(pattern.pattern), view, name=pattern.name) for pattern, view in self._framed()),
            re_path("", frame(_unknown), name="api-root"),
        ]

    def _framed(self) -> Iterator[tuple[URLPattern, View]]:
        for router in self._get_bound_routers():
            # Ninja gives a pattern an operation, each with the view of all operations at that address.
            beside = [each.operations for each in router.path_operations.values() for _operation in each.operations]
            for pattern, operations in zip(router.urls_paths(router.prefix), beside, strict=True):
                methods = [method for operation in operations for method in operation.methods]
                media_type = csv_only if str(pattern.pattern).endswith(".csv") else json_only
                yield pattern, frame(pattern.callback, by_method(*methods), media_type, kept)


def _unknown(request: HttpRequest, **values: Any) -> HttpResponse:
    return problem_response(HTTPStatus.NOT_FOUND)


def frame(view: View, *layers: Layer) -> View:
    """Put around a view what holds for all answers, the outermost first, and then the `layers` of this address."""
    framed = view
    for layer in reversed((versioned, cross_origin, identified, limited, without_nul, *layers)):
        framed = wraps(view)(layer(framed))
    return csrf_exempt(framed)


def versioned(view: View) -> View:
    """Let every answer tell the version of the API."""

    def answered(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        response = view(request, *args, **values)
        response.headers["API-Version"] = VERSION
        return response

    return answered


def without_nul(view: View) -> View:
    """Let no address with the character NUL through, which PostgreSQL refuses: nothing stands there."""
    return lambda request, *args, **values: (_unknown if "\0" in request.path else view)(request, *args, **values)


def by_method(*methods: str) -> Layer:
    """Make the layer that refuses other methods than these, answers OPTIONS, and takes HEAD for GET."""
    allowed = ", ".join([*dict.fromkeys(methods), *(["HEAD"] if "GET" in methods else []), "OPTIONS"])

    def layer(view: View) -> View:
        def answered(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": allowed})
            if request.method not in allowed.split(", "):
                response = problem_response(HTTPStatus.METHOD_NOT_ALLOWED)
                response.headers["Allow"] = allowed
                return response
            if request.method != "HEAD":
                return view(request, *args, **values)
            # The endpoints know GET only; the server leaves the body out of an answer to HEAD.
            request.method = "GET"
            try:
                return view(request, *args, **values)
            finally:
                request.method = "HEAD"

        return answered

    return layer


def only(*media_types: str) -> Layer:
    """Make the layer that refuses a reader who takes none of these media types."""

    def layer(view: View) -> View:
        def answered(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
            if any(request.accepts(media_type) for media_type in media_types):
                return view(request, *args, **values)
            return problem_response(HTTPStatus.NOT_ACCEPTABLE)

        return answered

    return layer


def kept(view: View) -> View:
    """Give what everybody gets from what is known already, where it is (cms/caching/). Always the innermost layer."""

    def answered(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        question = question_of(request) if caller_of(request).is_anybody else None
        if question is None:
            return view(request, *args, **values)

        def made(request: HttpRequest) -> HttpResponse:
            response = view(request, *args, **values)
            mark_public(response, [("list", request.path.removeprefix(ROOT).partition("/")[0])])
            return response

        return fresh(request, question, made)

    return answered


json_only = only("application/json", MEDIA_TYPE)
csv_only = only("text/csv")
html_only = only("text/html")


def _make() -> DeliveryAPI:
    # The project lists an app before those it builds on; the description reads better the other way round.
    modules = [
        import_module(config.api_module)
        for config in reversed(list(apps.get_app_configs()))
        if isinstance(config, ContentAppConfig) and config.api_module
    ]
    tags = {
        **TAGS,
        **forms.TAGS,
        **images.TAGS,
        **site.TAGS,
        **completions.TAGS,
        **access.TAGS,
        **previews.TAGS,
        **{name: text for module in modules for name, text in module.TAGS.items()},
    }
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
    api.add_router("", forms.forms_router())
    api.add_router("", images.router)
    api.add_router("", site.router)
    api.add_router("", completions.router)
    api.add_router("", access.router)
    api.add_router("", previews.previews_router())
    for module in modules:
        api.add_router("", module.router)
    return api


api = _make()
