"""Tokens for the API in the admin: made, shown once, and revoked. Each step stands in Wagtail's log."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, UserColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry, log

from cms.admin_screen import AdminScreen
from cms.models import ApiToken

REVOKE = "cms.api_token.revoke"


class TokenForm(WagtailAdminModelForm):
    """Only a superuser makes a token for a superuser: nobody gets to see more by a token than by logging in."""

    class Meta:
        model = ApiToken
        fields = ("name", "user", "scope", "expires_on")
        widgets = {"scope": forms.RadioSelect}

    def __init__(self, *args: Any, for_user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, for_user=for_user, **kwargs)
        accounts = self.fields["user"].queryset.filter(is_active=True).order_by("username")
        if not (for_user and for_user.is_superuser):
            accounts = accounts.exclude(is_superuser=True)
        self.fields["user"].queryset = accounts


class TokenCreateView(generic.CreateView):
    """Makes a token and shows it: the only time that it can be read."""

    def save_instance(self) -> ApiToken:
        self.token = self.form.instance.give()
        return super().save_instance()

    def save_action(self) -> HttpResponse:
        context = {
            "token": self.token,
            "made": self.object,
            "list_url": reverse(self.index_url_name),
            "header_title": gettext("API-sleutel gemaakt"),
            "header_icon": self.header_icon,
            "breadcrumbs_items": self.get_breadcrumbs_items(),
        }
        response = TemplateResponse(self.request, "cms/admin/token_made.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response


class TokenRevokeView(AdminScreen):
    """Shows what is known of a token, and revokes it."""

    permission = "cms.change_apitoken"
    template_name = "cms/admin/token.html"
    header_icon = "key"
    index_url_name = ""

    @cached_property
    def object(self) -> ApiToken:
        return get_object_or_404(ApiToken.objects.select_related("user"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.object.name

    def trail(self) -> Sequence[dict[str, Any]]:
        return [{"url": reverse(self.index_url_name), "label": gettext("API-sleutels")}, *super().trail()]

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(made=self.object))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if self.object.revoked_at is None:
            self.object.revoke()
            log(instance=self.object, action=REVOKE, user=request.user)
            messages.success(request, gettext("De sleutel “%(name)s” werkt niet meer.") % {"name": self.object.name})
        return redirect(self.index_url_name)


class TokenViewSet(ModelViewSet):
    """The list of tokens, among the settings."""

    model = ApiToken
    name = "api-sleutels"
    icon = "key"
    menu_label = _("API-sleutels")
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    add_view_class = TokenCreateView
    search_fields = ["name"]
    list_display = [
        "name",
        UserColumn("user", label=_("Account")),
        Column("get_scope_display", label=_("Bereik"), accessor=lambda token: ApiToken.Scope(token.scope).value),
        Column("state", label=_("Stand")),
        "expires_on",
        "last_used_at",
        Column("shown", label=_("Begint met")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[TokenForm]:
        return TokenForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Nobody deletes a token, so that the log keeps saying what it was; and nothing refers to one.
        return super().get_common_view_kwargs(**kwargs) | {"delete_url_name": None, "usage_url_name": None}

    @property
    def edit_view(self) -> Any:
        return self.construct_view(TokenRevokeView)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in ("delete", "usage")]


viewset = TokenViewSet


def log_actions(actions: LogActionRegistry) -> None:
    """Name in the log what is done with tokens beyond what Wagtail knows."""
    actions.register_action(REVOKE, _("Intrekken"), _("Ingetrokken"))
