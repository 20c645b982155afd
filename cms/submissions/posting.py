"""A form that a reader sends to the page's own address, without script and without a cookie."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.views import serve

from cms.blocks.form import SENT
from cms.clients import reader_address
from cms.models import Form
from cms.rendering.context import RenderContext
from cms.rendering.resolve import route_known
from cms.submissions.origin import is_own
from cms.submissions.receiving import Posted, receive
from cms.submissions.state import FormState

LARGEST = 64 * 1024  # bytes
PREFIX = "veld-"
_protected = csrf_protect(serve)
_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


@csrf_exempt
@sensitive_post_parameters()
def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page as Wagtail does; what is sent to it needs Django's token, unless it is a form of the page itself.

    Raises PermissionDenied where such a form comes from another site.
    """
    route_known(request, path)
    if not _may_be_form(request) or "formulier" not in request.POST:
        return _protected(request, path)
    if not is_own(request):
        raise PermissionDenied
    response: HttpResponse = serve(request, path)
    return response


def _may_be_form(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return request.method == "POST" and request.content_type in _TYPES and length.isdigit() and int(length) <= LARGEST


def received(request: HttpRequest, context: RenderContext, page_path: str) -> FormState | None:
    """Take in the form that was sent; None where the page shows no such form to this reader."""
    shown = context.resources.records.get(Form, {}).values()
    form: Any = next((each for each in shown if str(each.pk) == request.POST.get("formulier")), None)
    return receive(form, posted(request.POST, page_path), reader_address(request)) if form else None


def posted(values: QueryDict, page_path: str) -> Posted:
    """Give what a browser sent for the form of a page."""
    return Posted(
        answers={name.removeprefix(PREFIX): given for name, given in values.lists() if name.startswith(PREFIX)},
        stamp=values.get("stempel", ""),
        trap=values.get("website", ""),
        page_path=page_path,
    )


def sent_address(page_path: str, form_id: int) -> str:
    """Give the address that a reader goes to after sending: going back or reloading sends nothing again."""
    return f"{page_path}?{SENT}={form_id}#formulier-{form_id}"


def moved_on(page_path: str, state: FormState) -> HttpResponse:
    """Answer to a form that was sent."""
    headers = {"Location": sent_address(page_path, state.form_id), "Cache-Control": "no-store"}
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers=headers)


def come_back(response: HttpResponse, state: FormState) -> HttpResponse:
    """Give the page with the form that came back the status of what is wrong; nobody keeps such an answer."""
    response.status_code = state.status
    response.headers["Cache-Control"] = "no-store"
    if state.retry_after:
        response.headers["Retry-After"] = str(state.retry_after)
    return response
