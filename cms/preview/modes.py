"""The two modes of every preview: as Django renders the draft, and as the frontend does.

For the second the draft is rendered to typed values at once, so that what was not saved can be shown too; the frontend
fetches them from server to server (cms/api/previews.py).
"""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import Userbar
from wagtail.models import Page, Site

from cms.preview.frontends import frontend_of, has_frontend
from cms.preview.passes import issue
from cms.rendering.view import Layout, PageView
from cms.schema import Schema

# Wagtail's own name for the first mode.
WEBSITE, FRONTEND = "", "frontend"


@dataclass(frozen=True)
class PreviewParts:
    """A draft, ready to be printed. `values` are for Django's template only."""

    view: PageView
    layout: Layout
    template: str
    site: Site
    values: dict[str, Any] = field(default_factory=dict)


class PreviewInBothRenderings:
    """For models with Wagtail's PreviewableMixin, before it.

    They have a method `preview_parts(request)` that gives the draft as it stands in the object, saved or not.
    """

    if TYPE_CHECKING:

        def preview_parts(self, request: HttpRequest) -> PreviewParts: ...

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The renderings there are; the first is shown first."""
        modes = [(WEBSITE, _("Website"))]
        return [*modes, (FRONTEND, _("Frontend"))] if has_frontend() else modes

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        parts = self.preview_parts(request)
        response: HttpResponse
        if mode_name == FRONTEND and has_frontend():
            response = self._to_frontend(request, parts)
        else:
            response = TemplateResponse(
                request, parts.template, {"view": parts.view, "layout": parts.layout, **parts.values}
            )
        return hidden(response)

    def _to_frontend(self, request: HttpRequest, parts: PreviewParts) -> HttpResponse:
        answer = answer_of(parts, bar=_bar(self, request), editor=origin_of(request))
        code = issue(request.user, self, parts.view.language, answer)  # type: ignore[arg-type]
        return HttpResponseRedirect(f"{frontend_of(parts.site)}/voorbeeld/openen/{code}")

    def _get_dummy_header_url(self, original_request: HttpRequest | None = None) -> str | None:
        """As Wagtail's, on the host where the editor is: user bar and content checker tell it what they find."""
        url = super()._get_dummy_header_url(original_request)  # type: ignore[misc]
        return original_request.build_absolute_uri(urlsplit(url or "/").path) if original_request else url


def hidden(response: HttpResponse) -> HttpResponse:
    """Keep what is not public out of caches, search engines and the logs of others."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def answer_of(parts: PreviewParts, bar: str = "", editor: str = "") -> dict[str, Any]:
    """Give what the frontend shows: page and frame as the API gives them, Wagtail's bar, and the editor's origin."""
    return {"weergave": _json(parts.view), "navigatie": _json(parts.layout), "balk": bar, "redactie": editor}


def _json(value: Schema) -> Any:
    return json.loads(value.__pydantic_serializer__.to_json(value, by_alias=True))


def origin_of(request: HttpRequest) -> str:
    """Give the origin at which the admin was asked."""
    return f"{request.scheme}://{request.get_host()}"


def _bar(instance: Any, request: HttpRequest) -> str:
    """Give Wagtail's user bar with addresses that hold on another host."""
    # Wagtail leaves addresses without a host in what it takes for a dummy.
    request.is_dummy = False  # type: ignore[attr-defined]
    page = instance if isinstance(instance, Page) else None
    html: str = _BarElsewhere(object=page).render_html({"request": request})
    # The styles of hooks and of the bar's parts have none of Wagtail's whole addresses.
    own = settings.STATIC_URL
    return html.replace(f'="{own}', f'="{origin_of(request)}{own}') if own.startswith("/") else html


class _BarElsewhere(Userbar):
    """The bar on another host: its messages are for where the admin was asked."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        return {**context, "origin": origin_of(context["request"])}
