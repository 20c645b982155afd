"""The screens of links with which somebody outside the admin reads along: making one, all there are, revoking."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page, Site
from wagtail.permissions import page_permission_policy

from cms.admin_screen import AdminScreen
from cms.models import BasePage, ReviewLink
from cms.preview import review
from cms.preview.frontends import frontend_of
from cms.preview.modes import origin_of

LASTS = (1, 3, 7, 14)
PAGE_SIZE = 50


def may_share(user: Any, page: Page) -> bool:
    """Whether this user may let others read a draft of the page: who may edit or publish it."""
    rights = page.permissions_for_user(user)
    return rights.can_edit() or rights.can_publish()


class LinkForm(forms.ModelForm):
    """For whom, and for how long."""

    days = forms.TypedChoiceField(
        label=_("Hoe lang werkt de link?"),
        coerce=int,
        initial=7,
        choices=lambda: [(days, ngettext("%(days)s dag", "%(days)s dagen", days) % {"days": days}) for days in LASTS],
    )

    class Meta:
        model = ReviewLink
        fields = ["reader"]


class _Screen(AdminScreen):
    header_icon = "view"


class MakeView(_Screen):
    """Make a link to the newest saved version of a page, and show it this once."""

    page_title = _("Laten meelezen")
    template_name = "cms/preview/make.html"

    def dispatch(self, request: HttpRequest, page_id: int) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=page_id)
        if not isinstance(self.page.specific, BasePage):
            raise PermissionDenied
        if not may_share(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(form=LinkForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LinkForm(request.POST)
        if not form.is_valid():
            return self._show(form=form)
        link, key = review.make(self.page, form.cleaned_data["reader"], form.cleaned_data["days"], request.user)
        address = reverse("meelezen", args=[key])
        # Where there is a frontend, readers get their pages there.
        site = self.page.get_site() or Site.objects.get(is_default_site=True)
        response = self._show(link=link, address=(frontend_of(site) or origin_of(request)) + address)
        # The link stands on this page, and nowhere else.
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def _show(self, **values: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(page=self.page.get_latest_revision_as_object(), **values))


class ListView(_Screen):
    """All links of the pages that this user may edit, the newest first."""

    page_title = _("Meeleeslinks")
    template_name = "cms/preview/links.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        links = links_for(request.user).select_related("page", "made_by", "revision")
        return self.render_to_response(self.get_context_data(**self.listed(links)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Revoke the link that the button is of, and come back."""
        link = get_object_or_404(links_for(request.user), pk=request.POST.get("link") or 0)
        review.revoke(link)
        messages.success(request, gettext("De meeleeslink voor %(reader)s is ingetrokken.") % {"reader": link.reader})
        return redirect("meeleeslinks")


def links_for(user: Any) -> QuerySet[ReviewLink]:
    """Give the links to pages that this user may edit or publish."""
    pages = page_permission_policy.instances_user_has_any_permission_for(user, ["change", "publish"])
    return ReviewLink.objects.filter(page__in=pages)


def addresses() -> list[URLPattern]:
    """Give the addresses of the screens, below the admin's own."""
    return [
        path("meeleeslinks/", ListView.as_view(), name="meeleeslinks"),
        path("meeleeslinks/maken/<int:page_id>/", MakeView.as_view(), name="meeleeslink_maken"),
    ]


def header_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer it in the menu beside the title of a page."""
    if issubclass(page.specific_class or Page, BasePage) and may_share(user, page):
        yield Button(
            _("Laten meelezen"), url=reverse("meeleeslink_maken", args=[page.pk]), icon_name="view", priority=66
        )


class _EditorsMenuItem(MenuItem):
    """Shown to those who may edit or publish a page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(request.user, ["change", "publish"])


def report_menu_item() -> MenuItem:
    """Lead to the list from the reports."""
    return _EditorsMenuItem(_("Meeleeslinks"), reverse("meeleeslinks"), name="meeleeslinks", icon_name="view", order=60)
