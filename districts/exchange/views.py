"""The screen of the admin: get a sheet, send one in, see what becomes of each row, and do it. Works without script."""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from cms.admin_screen import AdminScreen
from cms.exchange.columns import template
from cms.exchange.reading import SheetError, SheetRow, read_rows
from cms.exchange.results import Outcome, Result
from cms.models import User
from cms.tables import CONTENT_TYPE, lines
from districts.exchange.exporting import table
from districts.exchange.importing import MOST_ROWS, run
from districts.exchange.sheets import SHEETS, Sheet
from network.models import NetworkPage

MOST_BYTES = 1_000_000


def sheets_for(user: Any) -> list[Sheet]:
    """Give the sheets of which this editor may add and change the records."""
    return [sheet for sheet in SHEETS.values() if _may_change(user, sheet)]


def _may_change(user: Any, sheet: Sheet) -> bool:
    if sheet.is_page:
        return any(page.permissions_for_user(user).can_add_subpage() for page in NetworkPage.objects.all())
    meta = sheet.model._meta
    return user.has_perms([f"{meta.app_label}.{action}_{meta.model_name}" for action in ("add", "change")])


def _may_publish(user: Any) -> bool:
    return any(page.permissions_for_user(user).can_publish_subpage() for page in NetworkPage.objects.all())


class SheetForm(forms.Form):
    """A sheet to read: which kind, and the file."""

    soort = forms.ChoiceField(label=_("Welke gegevens"))
    bestand = forms.FileField(
        label=_("Blad"), help_text=_("Een csv of xlsx van hooguit 1 MB, met de kolommen van het sjabloon.")
    )

    def __init__(self, sheets: list[Sheet], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [(sheet.key, sheet.label) for sheet in sheets]  # type: ignore[attr-defined]

    def clean_bestand(self) -> Any:
        file = self.cleaned_data["bestand"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Dit bestand is groter dan 1 MB. Verdeel het over meer bladen."))
        return file


class ExchangeScreen(AdminScreen):
    """What the screens share: who may be here."""

    page_title = _("Netwerk importeren en exporteren")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.sheets:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        # Wagtail lets nobody in who is not logged in.
        return cast("User", self.request.user)

    @cached_property
    def sheets(self) -> list[Sheet]:
        return sheets_for(self.user)

    def sheet(self, key: str) -> Sheet:
        found = next((sheet for sheet in self.sheets if sheet.key == key), None)
        if found is None:
            raise PermissionDenied if key in SHEETS else Http404
        return found


class StartView(ExchangeScreen):
    """The sheets to get, and the form to send one in; answers with the dry run."""

    template_name = "districts/exchange/start.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"sheets": self.sheets, "form": SheetForm(self.sheets), **super().get_context_data(**kwargs)}
        return context | kwargs

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SheetForm(self.sheets, request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        sheet, file = self.sheet(form.cleaned_data["soort"]), form.cleaned_data["bestand"]
        content = file.read()
        try:
            results = run(sheet, _rows(sheet, file.name, content), user=self.user, may_publish=_may_publish(self.user))
        except SheetError as error:
            form.add_error("bestand", str(error))
            return self.render_to_response(self.get_context_data(form=form))
        kept = {"soort": sheet.key, "naam": file.name, "inhoud": base64.b64encode(content).decode()}
        return self.render_to_response(self.get_context_data(kept=kept, **_report(sheet, results)))


class DoView(ExchangeScreen):
    """Does what the dry run told, with the very same sheet."""

    http_method_names = ["post"]
    template_name = "districts/exchange/start.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        sheet = self.sheet(request.POST.get("soort", ""))
        try:
            content = base64.b64decode(request.POST.get("inhoud", ""), validate=True)
            rows = _rows(sheet, request.POST.get("naam", ""), content)
        except (binascii.Error, SheetError) as error:
            messages.error(request, gettext("Dit blad is niet te lezen. Stuur het opnieuw in.") + f" {error}")
            return redirect(reverse("netwerk_uitwisselen:begin"))
        results = run(sheet, rows, carry_out=True, user=self.user, may_publish=_may_publish(self.user))
        done = sum(result.outcome in (Outcome.NEW, Outcome.CHANGED) for result in results)
        text = ngettext("%(number)d rij is verwerkt.", "%(number)d rijen zijn verwerkt.", done) % {"number": done}
        messages.success(request, text)
        context = {"sheets": self.sheets, "form": SheetForm(self.sheets), "done": True, **_report(sheet, results)}
        return self.render_to_response(self.get_context_data(**context))


class FileView(ExchangeScreen):
    """A sheet as CSV: the records that there are, or the template."""

    def get(self, request: HttpRequest, key: str, what: str) -> HttpResponseBase:
        sheet = self.sheet(key)
        rows = template(sheet.columns) if what == "sjabloon" else list(table(sheet))
        name = f"sjabloon-{key}.csv" if what == "sjabloon" else f"{key}.csv"
        response = StreamingHttpResponse(lines(rows), content_type=CONTENT_TYPE)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _rows(sheet: Sheet, name: str, content: bytes) -> list[SheetRow]:
    rows = read_rows(name, content, sheet.columns, sheet.needed)
    if len(rows) > MOST_ROWS:
        raise SheetError(f"{name} heeft {len(rows)} rijen, en hooguit {MOST_ROWS} mag. Verdeel het over meer bladen.")
    return rows


def _report(sheet: Sheet, results: list[Result]) -> dict[str, Any]:
    """Give what the report shows: what asks for attention first, and what stays as it is only as a number."""
    counts = Counter(result.outcome for result in results)
    shown = [result for result in results if result.outcome is not Outcome.SAME]
    return {
        "report": sorted(shown, key=lambda result: (result.outcome is not Outcome.WRONG, result.number)),
        "report_label": sheet.label,
        "counts": [(outcome.value, counts[outcome]) for outcome in Outcome],
        "wrong": counts[Outcome.WRONG],
        "to_do": counts[Outcome.NEW] + counts[Outcome.CHANGED],
    }


class ExchangeMenuItem(MenuItem):
    """Stands in the menu of who may import something."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(sheets_for(request.user))


urls = [
    path("", StartView.as_view(), name="begin"),
    path("doen/", DoView.as_view(), name="doen"),
    path("<slug:key>/<slug:what>.csv", FileView.as_view(), name="blad"),
]
