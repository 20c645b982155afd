"""Where administrators keep webhooks, see what arrived and what did not, and have that sent again."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from cms.admin_screen import AdminScreen
from cms.models import Delivery, Webhook
from cms.models.webhook import new_secret
from cms.outbox.delivering import try_again

PERMISSION = "cms.change_webhook"


class WebhookForm(WagtailAdminModelForm):
    """A webhook; the secret of one that is there can be read, and made anew."""

    shown_secret = forms.CharField(
        label=_("Geheim"), disabled=True, required=False, help_text=Webhook._meta.get_field("secret").help_text
    )
    renew = forms.BooleanField(
        label=_("Maak een nieuw geheim"), required=False, help_text=_("Het oude werkt dan meteen niet meer.")
    )

    class Meta:
        model = Webhook
        fields = ("name", "url", "words", "active")
        widgets = {"url": forms.URLInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["shown_secret"] = self.instance.secret
        else:
            del self.fields["shown_secret"], self.fields["renew"]

    def save(self, commit: bool = True) -> Webhook:
        if self.cleaned_data.get("renew"):
            self.instance.secret = new_secret()
        return super().save(commit)


class WebhookViewSet(ModelViewSet):
    """Who is told of changes, among the settings."""

    model = Webhook
    name = "webhooks"
    icon = "link-external"
    menu_label = _("Webhooks")
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields = ("name", "url")
    list_display = ("name", "url", "words", BooleanColumn("active", label=_("Actief")))

    def get_form_class(self, for_update: bool = False) -> type[WebhookForm]:
        return WebhookForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Nothing refers to one.
        return super().get_common_view_kwargs(**kwargs) | {"usage_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]


class DeliveriesView(AdminScreen):
    """What was told to whom, the newest first; its buttons send again what was given up."""

    permission = PERMISSION
    page_title = _("Berichten aan webhooks")
    header_icon = "mail"
    template_name = "cms/outbox_admin/deliveries.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the list. Three queries."""
        state = request.GET.get("stand", "")
        found = deliveries(state)
        states = [("", gettext("alles")), *Delivery.State.choices]
        return self.render_to_response(
            self.get_context_data(
                **self.listed(found),
                given_up=Delivery.objects.given_up().count(),
                states=[{"value": value, "label": label, "is_chosen": value == state} for value, label in states],
                is_filtered=bool(state),
            )
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send one delivery again, or all that were given up, and come back."""
        chosen = request.POST.get("aflevering", "")
        if chosen == "alle":
            number = try_again()
        else:
            number = try_again([int(chosen)] if chosen.isdigit() and len(chosen) < 19 else [])
        text = ngettext("%(number)s bericht gaat opnieuw.", "%(number)s berichten gaan opnieuw.", number)
        if number:
            messages.success(request, text % {"number": number})
        else:
            messages.warning(request, gettext("Dat bericht gaat al opnieuw."))
        return redirect("webhook_afleveringen")


def deliveries(state: str) -> QuerySet[Delivery]:
    """Give the deliveries that stand so, or all."""
    found = Delivery.objects.select_related("message", "webhook")
    return found.filter(state=state) if state in Delivery.State.values else found


def addresses() -> list[URLPattern]:
    """Give the address of the screen, below the admin's own."""
    return [path("webhooks/berichten/", DeliveriesView.as_view(), name="webhook_afleveringen")]


class _AdministratorsMenuItem(MenuItem):
    """Shown to those who keep webhooks."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


def report_menu_item() -> MenuItem:
    """Lead to the list from the reports."""
    return _AdministratorsMenuItem(
        _("Berichten aan webhooks"),
        reverse("webhook_afleveringen"),
        name="webhook-berichten",
        icon_name="mail",
        order=70,
    )


class GivenUpPanel(Component):
    """On the dashboard of those who keep webhooks: that messages did not arrive. One query."""

    name = "webhooks"
    order = 40
    template_name = "cms/outbox_admin/panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        number = Delivery.objects.given_up().count() if user.has_perm(PERMISSION) else 0
        return {"number": number, "list_url": f"{reverse('webhook_afleveringen')}?stand={Delivery.State.GIVEN_UP}"}

    def render_html(self, parent_context: Any = None) -> Any:
        context = self.get_context_data(parent_context or {})
        return super().render_html(parent_context) if context["number"] else ""
