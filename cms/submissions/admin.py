"""What readers sent, in the admin: a list a form, one in full, as a table to take along, and deleting it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from cms.admin_screen import AdminScreen
from cms.caching.headers import PRIVATE
from cms.models import Form, FormSubmission
from cms.submissions.removing import overdue
from cms.tables import table_response

SHOWN_ANSWERS = 3
MOST_DELETED = 500
VIEW, DELETE = "cms.view_formsubmission", "cms.delete_formsubmission"


def kept() -> QuerySet[FormSubmission]:
    """Give the submissions that may still be seen: those over time are gone to readers of this screen at once."""
    return FormSubmission.objects.exclude(pk__in=overdue().values("pk")).select_related("form__locale")


class _Screen(AdminScreen):
    """A screen for those who may see what readers sent."""

    permission = VIEW
    header_icon = "form"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def trail(self) -> Sequence[dict[str, Any]]:
        return [{"url": reverse("inzendingen"), "label": gettext("Inzendingen")}, *super().trail()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, may_delete=self.request.user.has_perm(DELETE))


class FormsView(_Screen):
    """All forms, with how much was sent."""

    page_title = _("Inzendingen")
    template_name = "cms/submissions_admin/index.html"

    def trail(self) -> Sequence[dict[str, Any]]:
        return [{"url": "", "label": gettext("Inzendingen")}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the list. Two queries."""
        counts = kept().order_by().values("form__translation_key").annotate(number=Count("pk"), last=Max("sent_at"))
        by_key = {row["form__translation_key"]: row for row in counts}
        forms: dict[Any, Form] = {}
        for form in Form.objects.order_by("locale_id", "title"):
            forms.setdefault(form.translation_key, form)
        rows = [{"form": form, **by_key.get(key, {"number": 0, "last": None})} for key, form in forms.items()]
        return self.render_to_response(self.get_context_data(**self.listed(rows)))


class SubmissionsView(_Screen):
    """What was sent with one form, in whatever language."""

    template_name = "cms/submissions_admin/list.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.form = get_object_or_404(Form, pk=kwargs["form_id"])

    def get_page_title(self) -> str:
        return self.form.title

    def submissions(self) -> QuerySet[FormSubmission]:
        return kept().filter(form__translation_key=self.form.translation_key)

    def get(self, request: HttpRequest, form_id: int) -> HttpResponseBase:
        part = self.listed(self.submissions())
        rows = [(submission, first_answers(submission)) for submission in part["items"]]
        return self.render_to_response(self.get_context_data(form=self.form, rows=rows, **part))


class TableView(SubmissionsView):
    """The same as a table for a spreadsheet."""

    def get(self, request: HttpRequest, form_id: int) -> HttpResponseBase:
        name = f"{slugify(self.form.title) or 'formulier'}-{timezone.localdate().isoformat()}.csv"
        response = table_response(table(self.submissions()), name)
        response.headers["Cache-Control"] = PRIVATE
        return response


class SubmissionView(_Screen):
    """One submission in full."""

    template_name = "cms/submissions_admin/detail.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.submission = get_object_or_404(kept(), pk=kwargs["submission_id"])

    def get_page_title(self) -> str:
        return str(self.submission).capitalize()

    def trail(self) -> Sequence[dict[str, Any]]:
        form = self.submission.form
        first, last = super().trail()
        return [first, {"url": reverse("inzendingen_formulier", args=[form.pk]), "label": form.title}, last]

    def get(self, request: HttpRequest, submission_id: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(submission=self.submission))


class DeleteView(_Screen):
    """Asks whether the chosen submissions (`?id=1&id=2`) must go, and deletes them for good."""

    permission = DELETE
    page_title = _("Inzendingen wissen")
    template_name = "cms/submissions_admin/delete.html"

    def chosen(self, ids: list[str]) -> QuerySet[FormSubmission]:
        return kept().filter(pk__in=[int(each) for each in ids if each.isdigit() and len(each) < 19][:MOST_DELETED])

    def get(self, request: HttpRequest) -> HttpResponse:
        submissions = list(self.chosen(request.GET.getlist("id")))
        return self.render_to_response(self.get_context_data(submissions=submissions, number=len(submissions)))

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = self.chosen(request.POST.getlist("id"))
        form_id = chosen.values_list("form_id", flat=True).first()
        number, _by_model = FormSubmission.objects.filter(pk__in=chosen.values("pk")).delete()
        text = ngettext("%(number)s inzending gewist.", "%(number)s inzendingen gewist.", number)
        messages.success(request, text % {"number": number})
        return redirect("inzendingen_formulier", form_id) if form_id else redirect("inzendingen")


def first_answers(submission: FormSubmission) -> str:
    """Give the beginning of what was answered, to tell one submission from another."""
    answers = [answer for each in submission.answers for answer in each["answers"]]
    return " · ".join(answers[:SHOWN_ANSWERS])


def table(submissions: QuerySet[FormSubmission]) -> list[list[str]]:
    """Give the submissions as rows below their head, a column a question; one that was asked before stays a column."""
    found = list(submissions)
    questions: dict[str, str] = {}
    for submission in found:  # the newest first, whose words count
        for each in submission.answers:
            questions.setdefault(each["key"], each["question"])
    head = [gettext("Verstuurd op"), gettext("Taal"), gettext("Pagina"), *questions.values()]
    rows = []
    for submission in found:
        answers = {each["key"]: "\n".join(each["answers"]) for each in submission.answers}
        moment = date_format(timezone.localtime(submission.sent_at), "SHORT_DATETIME_FORMAT")
        first = [moment, submission.form.locale.language_code, submission.page_path]
        rows.append(first + [answers.get(key, "") for key in questions])
    return [head, *rows]


def addresses() -> list[URLPattern]:
    """Give the addresses of the screens, below the admin's own."""
    return [
        path("inzendingen/", FormsView.as_view(), name="inzendingen"),
        path("inzendingen/formulier/<int:form_id>/", SubmissionsView.as_view(), name="inzendingen_formulier"),
        path("inzendingen/formulier/<int:form_id>/csv/", TableView.as_view(), name="inzendingen_tabel"),
        path("inzendingen/wissen/", DeleteView.as_view(), name="inzendingen_wissen"),
        path("inzendingen/<int:submission_id>/", SubmissionView.as_view(), name="inzending"),
    ]


class SubmissionsMenuItem(MenuItem):
    """Shown to those who may see what readers sent."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(VIEW)


def menu_item() -> MenuItem:
    """Lead there from the menu, below the forms themselves."""
    return SubmissionsMenuItem(
        _("Inzendingen"), reverse("inzendingen"), name="inzendingen", icon_name="mail", order=611
    )
