"""What readers looked for in vain, as a report for editors and on their dashboard, with files that were not read."""

from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from cms.languages import own_name
from cms.models import CMSDocument, ExtractionState, MissedSearch
from cms.search.missed import DAYS_KEPT, oldest_day

MOST_ON_DASHBOARD = 5
DAYS_ON_DASHBOARD = 30
UNREAD = (ExtractionState.UNSAFE, ExtractionState.FAILED, ExtractionState.TOO_BIG, ExtractionState.NO_TEXT)


def may_read(user: Any) -> bool:
    """Whether this user may read what readers looked for in vain, and try questions."""
    return user.has_perm("cms.view_missedsearch")


def counted(searches: QuerySet) -> QuerySet:
    """Give each question once, with how often it was asked in all and when last."""
    return searches.order_by().values("words", "language").annotate(total=Sum("number"), last=Max("day"))


def _last(row: dict[str, Any]) -> str:
    return date_format(row["last"], "SHORT_DATE_FORMAT")


class PeriodFilter(django_filters.ChoiceFilter):
    """The last so many days."""

    CHOICES = (("7", _("Laatste 7 dagen")), ("30", _("Laatste 30 dagen")))

    def __init__(self) -> None:
        super().__init__(label=_("Periode"), choices=self.CHOICES, empty_label=_("Laatste 90 dagen"))

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(day__gt=timezone.localdate() - timedelta(days=int(value))) if value else qs


class MissedFilters(WagtailFilterSet):
    period = PeriodFilter()
    language = django_filters.ChoiceFilter(
        label=_("Taal"), choices=lambda: settings.WAGTAIL_CONTENT_LANGUAGES, empty_label=_("Alle")
    )

    class Meta:
        model = MissedSearch
        fields: ClassVar[list[str]] = []


class ActionsColumn(Column):
    """What can be done with a question, for those who may."""

    cell_template_name = "cms/search_admin/missed_actions.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        words, language = instance["words"], instance["language"]
        filled = urlencode({"words": words, "language": language})
        ways = [(_("Zoek dit"), f"{reverse('zoeken_proberen')}?{urlencode({'zoek': words, 'taal': language})}")]
        if user.has_perm("cms.add_synonyms"):
            ways.append((_("Maak synoniem"), f"{reverse('wagtailsnippets_cms_synonyms:add')}?{filled}"))
        if user.has_perm("cms.add_bestbet"):
            ways.append((_("Maak uitgelicht"), f"{reverse('wagtailsnippets_cms_bestbet:add')}?{filled}"))
        return {
            **super().get_cell_context_data(instance, parent_context),
            "ways": ways,
            "question": instance,
            "may_remove": user.has_perm("cms.delete_missedsearch"),
            "csrf_token": parent_context.get("csrf_token", ""),
        }


class MissedReport(ReportView):
    """All questions of the days that are kept."""

    page_title = _("Zoekvragen zonder resultaat")
    header_icon = "search"
    template_name = "cms/search_admin/missed.html"
    results_template_name = "cms/search_admin/missed_results.html"
    index_url_name = "zoekvragen"
    index_results_url_name = "zoekvragen_resultaten"
    filterset_class = MissedFilters
    default_ordering = "-total"
    columns: ClassVar[list[Column]] = [
        Column("words", label=_("Zoekvraag"), sort_key="words", classname="title"),
        NumberColumn("total", label=_("Aantal keer"), sort_key="total"),
        Column("language", label=_("Taal"), sort_key="language", accessor=lambda row: own_name(row["language"])),
        Column("last", label=_("Laatst"), sort_key="last", accessor=_last, classname="vn-nowrap"),
        ActionsColumn("actions", label=_("Wat kunt u doen?")),
    ]
    list_export: ClassVar[list[str]] = ["words", "total", "language", "last"]
    export_headings: ClassVar[dict[str, Any]] = {
        "words": _("Zoekvraag"),
        "total": _("Aantal keer"),
        "language": _("Taal"),
        "last": _("Laatst"),
    }
    model = MissedSearch

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return f"zoekvragen-zonder-resultaat-{timezone.localdate().isoformat()}"

    def get_filtered_queryset(self) -> QuerySet:
        searches = self.filter_queryset(MissedSearch.objects.filter(day__gte=oldest_day()))
        return counted(searches).order_by(self.ordering, "words", "language")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs, days_kept=DAYS_KEPT)


class SearchPanel(Component):
    """On the dashboard: what readers looked for in vain, and documents that nobody can search. Three queries."""

    name = "zoeken"
    order = 60
    template_name = "cms/search_admin/panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {
            "questions": self.questions() if may_read(user) else [],
            "days": DAYS_ON_DASHBOARD,
            "report_url": reverse("zoekvragen"),
            **self.documents(user),
        }

    def questions(self) -> list[dict[str, Any]]:
        first = timezone.localdate() - timedelta(days=DAYS_ON_DASHBOARD - 1)
        rows = counted(MissedSearch.objects.filter(day__gte=first)).order_by("-total", "words")[:MOST_ON_DASHBOARD]
        address = reverse("zoeken_proberen")
        return [
            row | {"url": f"{address}?{urlencode({'zoek': row['words'], 'taal': row['language']})}"} for row in rows
        ]

    def documents(self, user: Any) -> dict[str, Any]:
        policy = policy_registry.get_by_type(CMSDocument)
        if not policy.user_has_permission(user, "change"):
            return {}
        unread = policy.instances_user_has_permission_for(user, "change").filter(extraction_state__in=UNREAD)
        shown = list(unread.order_by("-created_at")[:MOST_ON_DASHBOARD])
        number = unread.count() if len(shown) == MOST_ON_DASHBOARD else len(shown)
        return {"documents": shown, "more_documents": number - len(shown), "list_url": reverse("wagtaildocs:index")}

    def render_html(self, parent_context: Any = None) -> Any:
        context = self.get_context_data(parent_context or {})
        if not context["questions"] and not context.get("documents"):
            return ""
        return super().render_html(parent_context)
