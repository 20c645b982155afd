"""The screens of an upload of many files: choose files, describe them, make publications. Each works without script."""

from typing import Any, cast
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.models import User
from kennisbank.models import KennisbankPage
from kennisbank.uploads import making
from kennisbank.uploads.access import collections_for, places_for
from kennisbank.uploads.forms import DescriptionForm, PlaceForm, RowForm
from kennisbank.uploads.listing import Row, file_rows, rows_of
from kennisbank.uploads.models import Action, Goal, UploadBatch, UploadedFile
from kennisbank.uploads.receiving import MOST_FILES, discard, receive

FILE_FIELD = "bestand"


class UploadView(WagtailAdminTemplateMixin, View):
    """What the screens share: who may be here, and whose upload it is."""

    header_icon = "upload"
    page_title = _("Bestanden toevoegen")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.places or not self.collections:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        # Wagtail lets nobody in who is not logged in.
        return cast("User", self.request.user)

    @cached_property
    def places(self) -> list[KennisbankPage]:
        return places_for(self.user)

    @cached_property
    def collections(self) -> list[Any]:
        return collections_for(self.user)

    @cached_property
    def batch(self) -> UploadBatch:
        batches = UploadBatch.objects.filter(kennisbank__in=self.places).select_related("kennisbank", "collection")
        return get_object_or_404(batches, pk=self.kwargs["batch"], user=self.user)

    def own_row(self) -> UploadedFile:
        return get_object_or_404(self.batch.files.select_related("document", "same_as"), pk=self.kwargs["row"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        start = {"url": reverse("bestanden:start"), "label": _("Bestanden toevoegen")}
        title = self.get_page_title()
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("publicaties:index"), "label": _("Kennisbank")},
            *([start] if title != start["label"] else []),
            {"url": "", "label": title},
        ]

    def show(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))

    def go(self, name: str, fragment: str = "") -> HttpResponseRedirect:
        return redirect(f"{reverse(f'bestanden:{name}', args=[self.batch.pk])}{fragment}")

    @property
    def wants_json(self) -> bool:
        return self.request.headers.get("Accept") == "application/json"


class StartView(UploadView):
    """Begin an upload, or go on with one."""

    template_name = "kennisbank/uploads/files.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = PlaceForm(places=self.places, collections=self.collections)
        return self.show(place=form, earlier=self.earlier(), most=MOST_FILES, may_go_on=False)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PlaceForm(request.POST, places=self.places, collections=self.collections)
        if not form.is_valid():
            return self.show(place=form, earlier=self.earlier(), most=MOST_FILES, may_go_on=False)
        batch = UploadBatch.objects.create(
            user=self.user,
            kennisbank_id=form.cleaned_data["kennisbank"],
            collection_id=form.cleaned_data["collection"],
            shared=first_values(),
            goal=making.goals_for(self.user, KennisbankPage.objects.get(pk=form.cleaned_data["kennisbank"]))[-1],
        )
        if self.wants_json:
            names = {"files": "bestanden", "upload": "bestand", "next": "beschrijven"}
            return JsonResponse({key: reverse(f"bestanden:{name}", args=[batch.pk]) for key, name in names.items()})
        return receive_all(request, batch, self.user)

    def earlier(self) -> QuerySet[UploadBatch]:
        accepted = Count("files", filter=Q(files__refusal=""))
        made = Count("files", filter=Q(files__done_at__isnull=False))
        batches = UploadBatch.objects.filter(user=self.user, finished_at=None, kennisbank__in=self.places)
        return batches.annotate(accepted=accepted, made=made).order_by("-changed_at")[:10]


class FilesView(UploadView):
    """The files of an upload; without script, more of them."""

    template_name = "kennisbank/uploads/files.html"

    def get(self, request: HttpRequest, batch: int) -> HttpResponse:
        rows = file_rows(self.batch)
        may_go_on = any(not row.file.refusal for row in rows)
        return self.show(batch=self.batch, rows=rows, most=MOST_FILES, may_go_on=may_go_on)

    def post(self, request: HttpRequest, batch: int) -> HttpResponse:
        return receive_all(request, self.batch, self.user)


class ReceiveView(UploadView):
    """One file, sent by the script of the screen."""

    def post(self, request: HttpRequest, batch: int) -> HttpResponse:
        sent = request.FILES.get(FILE_FIELD)
        if sent is None:
            return JsonResponse({"message": _("Er kwam geen bestand mee.")}, status=400)
        row = receive(self.batch, sent, request.POST.get("sleutel", "")[:40] or uuid4().hex, self.user)
        [shown] = file_rows(self.batch, [row.pk])
        html = render_to_string("kennisbank/uploads/file_row.html", {"row": shown, "batch": self.batch}, request)
        return JsonResponse({"html": html, "refused": bool(row.refusal)})


class RemoveView(UploadView):
    """Take one file out of the upload: by its row, or by the key of an upload that was cancelled on its way."""

    def post(self, request: HttpRequest, batch: int) -> HttpResponse:
        rows = self.batch.files.filter(done_at=None).select_related("document")
        number = request.POST.get("rij", "")
        wanted = Q(pk=number) if number.isdigit() else Q(key=request.POST.get("sleutel", ""))
        for row in rows.filter(wanted):
            discard(row)
        return JsonResponse({}) if self.wants_json else self.go("bestanden")


class DescribeView(UploadView):
    """What holds for all files, and a table of them."""

    template_name = "kennisbank/uploads/describe.html"
    page_title = _("Bestanden beschrijven")

    def get(self, request: HttpRequest, batch: int) -> HttpResponse:
        if self.batch.finished_at or not self.batch.files.filter(refusal="").exists():
            return self.go("maken" if self.batch.finished_at else "bestanden")
        return self.with_mistakes({}) if "controle" not in request.GET else self.with_mistakes(self.mistakes())

    def post(self, request: HttpRequest, batch: int) -> HttpResponse:
        self.keep(request)
        if (row := request.POST.get("eigen", "")).isdigit():
            return redirect(reverse("bestanden:eigen", args=[self.batch.pk, row]))
        if "maken" not in request.POST:
            messages.success(request, _("Bewaard. U kunt later verdergaan."))
            return self.go("beschrijven")
        mistakes = self.mistakes()
        if mistakes:
            return self.with_mistakes(mistakes)
        making.try_again(self.batch)
        return self.go("maken")

    def keep(self, request: HttpRequest) -> None:
        """Keep everything as it was sent, right or wrong."""
        goals = making.goals_for(self.user, self.batch.kennisbank)
        self.batch.shared = DescriptionForm(request.POST).sent()
        goal = request.POST.get("doel", "")
        self.batch.goal = goal if goal in goals else Goal.DRAFT
        self.batch.save()
        for row in rows_of(self.batch, self.user):
            if row.form.add_prefix("action") not in request.POST:
                continue  # uploaded in another tab, after this screen was made
            sent = row.form_for(request.POST).sent()
            row.file.action = row.chosen_action(sent.pop("action", [Action.NEW])[0])
            if sent.get("title") == [row.guess]:
                del sent["title"]
            own = {key: value for key, value in row.file.values.items() if key not in RowForm.base_fields}
            row.file.values = {**own, **sent}
            row.file.save(update_fields=["action", "values"])

    def mistakes(self) -> dict[int, dict[str, list[str]]]:
        return making.mistakes(self.batch)

    def with_mistakes(self, mistakes: dict[int, dict[str, list[str]]]) -> HttpResponse:
        rows = rows_of(self.batch, self.user, mistakes)
        goals = making.goals_for(self.user, self.batch.kennisbank)
        return self.show(
            batch=self.batch,
            shared=DescriptionForm.of(self.batch.shared, bound=bool(mistakes)),
            rows=rows,
            wrong=[row for row in rows if row.mistakes],
            told=by_message(rows),
            goals=goals,
            reading=any(row.is_read_later for row in rows),
        )


class OwnView(UploadView):
    """What holds for one file only."""

    template_name = "kennisbank/uploads/own.html"
    page_title = _("Eigen gegevens")

    def get(self, request: HttpRequest, batch: int, row: int) -> HttpResponse:
        file = self.own_row()
        return self.show(batch=self.batch, file=file, form=DescriptionForm.of(file.values))

    def post(self, request: HttpRequest, batch: int, row: int) -> HttpResponse:
        file, form = self.own_row(), DescriptionForm(request.POST)
        if not form.is_valid():
            return self.show(batch=self.batch, file=file, form=form)
        kept = {name: value for name, value in file.values.items() if name not in DescriptionForm.base_fields}
        file.values = {**kept, **form.sent()}
        file.save(update_fields=["values"])
        return self.go("beschrijven", f"#rij-{file.pk}")


class StateView(UploadView):
    """What the worker has found out about the files since the table was made."""

    def get(self, request: HttpRequest, batch: int) -> HttpResponse:
        rows = rows_of(self.batch, self.user)
        return JsonResponse(
            {
                "rows": [
                    {
                        "id": row.file.pk,
                        "title": row.guess,
                        "language": str(row.form.fields["document_language"].choices[0][1]),  # type: ignore[attr-defined]
                        "state": row.state,
                    }
                    for row in rows
                ],
                "reading": any(row.is_read_later for row in rows),
            }
        )


class MakeView(UploadView):
    """Makes the publications a few at a time, and shows how far it is and what came of it."""

    template_name = "kennisbank/uploads/make.html"
    page_title = _("Publicaties maken")

    def get(self, request: HttpRequest, batch: int) -> HttpResponse:
        progress = making.progress(self.batch)
        return self.show(batch=self.batch, progress=progress, rows=file_rows(self.batch))

    def post(self, request: HttpRequest, batch: int) -> HttpResponse:
        if "opnieuw" in request.POST:
            making.try_again(self.batch)
            return self.go("maken")
        if making.mistakes(self.batch):
            return redirect(f"{reverse('bestanden:beschrijven', args=[self.batch.pk])}?controle")
        progress = making.make_some(self.batch, self.user)
        if not self.wants_json:
            return self.go("maken")
        words = _("%(done)d van %(total)d klaar.") % {"done": progress.done + progress.failed, "total": progress.total}
        return JsonResponse(
            {
                "done": progress.done + progress.failed,
                "total": progress.total,
                "finished": progress.finished,
                "words": words,
            }
        )


class ThrowAwayView(UploadView):
    """Ask, then throw the upload away, with the files that no publication got."""

    template_name = "kennisbank/uploads/throw_away.html"
    page_title = _("Upload weggooien")

    def get(self, request: HttpRequest, batch: int) -> HttpResponse:
        return self.show(batch=self.batch, unused=self.batch.files.filter(owned=True, done_at=None).count())

    def post(self, request: HttpRequest, batch: int) -> HttpResponse:
        for row in self.batch.files.filter(done_at=None).select_related("document"):
            discard(row)
        self.batch.delete()
        messages.success(request, _("De upload is weggegooid. Publicaties die al gemaakt waren, zijn er nog."))
        return redirect("bestanden:start")


def by_message(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Give each message once, with the rows that have it: what is missing for all would fill the screen."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        for message in row.messages:
            found.setdefault(message, []).append(row)
    return list(found.items())


def receive_all(request: HttpRequest, batch: UploadBatch, user: User) -> HttpResponse:
    """Take in all files of a plain form."""
    for sent in request.FILES.getlist(FILE_FIELD)[:MOST_FILES]:
        receive(batch, sent, uuid4().hex, user)
    return redirect("bestanden:bestanden", batch=batch.pk)


def first_values() -> dict[str, list[str]]:
    """Give what the fields for all files begin with: today, and the site's own language."""
    return {"publication_date": [timezone.localdate().isoformat()], "document_language": [settings.LANGUAGE_CODE]}


urls = [
    path("", StartView.as_view(), name="start"),
    path("<int:batch>/", FilesView.as_view(), name="bestanden"),
    path("<int:batch>/bestand/", ReceiveView.as_view(), name="bestand"),
    path("<int:batch>/weg/", RemoveView.as_view(), name="weg"),
    path("<int:batch>/beschrijven/", DescribeView.as_view(), name="beschrijven"),
    path("<int:batch>/stand/", StateView.as_view(), name="stand"),
    path("<int:batch>/bestand/<int:row>/", OwnView.as_view(), name="eigen"),
    path("<int:batch>/maken/", MakeView.as_view(), name="maken"),
    path("<int:batch>/weggooien/", ThrowAwayView.as_view(), name="weggooien"),
]
