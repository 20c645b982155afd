"""Pages that only some readers may see: where they log in or give the password, in the site's own frame."""

from typing import Any

from django.contrib.auth import views
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms.errors import layout_for
from cms.rendering.links import page_path
from cms.visibility import passed_restrictions, visible


class LoginView(views.LoginView):
    """The login of the public side, at Wagtail's own address for it."""

    template_name = "wagtailcore/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "layout": layout_for(self.request), "view": None}


def password_page(request: HttpRequest, form: Any, action_url: str) -> HttpResponse:
    """Ask for the password of a private page. Says nothing of the page itself."""
    context = {"layout": layout_for(request), "view": None, "form": form, "action_url": action_url}
    response = TemplateResponse(request, "wagtailcore/password_required.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def page_by_number(request: HttpRequest, page_id: int) -> HttpResponse:
    """Lead who may see the page to its address, as somebody who just logged in; nobody else learns that."""
    site = Site.find_for_request(request)
    pages = Page.objects.filter(pk=page_id)
    page = visible(pages, site, passed_restrictions(request)).first() if site else None
    if page is None:
        raise Http404
    return redirect(page_path(page))
