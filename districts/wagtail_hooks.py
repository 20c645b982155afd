"""Municipalities and safety plans in the admin."""

from typing import ClassVar

import django_filters
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.viewsets import choice_filter, together
from districts import tile_editor
from districts.exchange import views as exchange
from districts.expiring import PlansPanel
from districts.models import DistrictPage, Municipality, SafetyPlan
from themes.models import ThemePage


def this_year() -> int:
    """Give the year of today."""
    return timezone.localdate().year


class PlanStatusFilter(django_filters.ChoiceFilter):
    """Municipalities of today by what their plan says."""

    def __init__(self) -> None:
        choices = (("geldig", _("Geldig plan")), ("geen", _("Geen geldig plan")))
        super().__init__(label=_("Veiligheidsplan"), choices=choices, empty_label=_("Alle"))

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        planned = SafetyPlan.objects.current().values("municipality")
        if value == "geldig":
            return qs.filter(pk__in=planned)
        return qs.filter(pk__in=Municipality.objects.valid_on().values("pk")).exclude(pk__in=planned)


class MunicipalityFilterSet(WagtailFilterSet):
    district = choice_filter(DistrictPage, _("District"), "path")
    plan = PlanStatusFilter()
    merged = django_filters.BooleanFilter(
        field_name="successor", lookup_expr="isnull", exclude=True, label=_("Opgegaan in een andere gemeente")
    )

    class Meta:
        model = Municipality
        fields: ClassVar[list[str]] = []


class ExpiryFilter(django_filters.ChoiceFilter):
    """Plans by their last year."""

    def __init__(self) -> None:
        choices = (("loopt", _("Loopt nu")), ("bijna", _("Loopt dit of volgend jaar af")), ("af", _("Afgelopen")))
        super().__init__(label=_("Looptijd"), choices=choices, empty_label=_("Alle"))

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        rules = {
            "loopt": Q(first_year__lte=this_year(), last_year__gte=this_year()),
            "bijna": Q(last_year__range=(this_year(), this_year() + 1)),
            "af": Q(last_year__lt=this_year()),
        }
        return qs.filter(rules[value]) if value in rules else qs


class SafetyPlanFilterSet(WagtailFilterSet):
    district = choice_filter(DistrictPage, _("District"), "path", field_name="municipality__district")
    theme = choice_filter(ThemePage, _("Thema met voorrang"), "path", field_name="themes")
    expiry = ExpiryFilter()

    class Meta:
        model = SafetyPlan
        fields: ClassVar[list[str]] = []


def plan_of_today(municipality: Municipality) -> str:
    """Give the years of the plan that covers this year, from the years that the list read with it."""
    return ", ".join(municipality.plan_years) or str(_("geen"))  # type: ignore[attr-defined]


def expires_soon(plan: SafetyPlan) -> str:
    """Say "ja" of a plan that ends this year or the next, so that its successor must be in the making."""
    return str(_("ja")) if this_year() <= plan.last_year <= this_year() + 1 else ""


class MunicipalityViewSet(SnippetViewSet):
    model = Municipality
    icon = "globe"
    menu_label = _("Gemeenten")
    list_display = [
        "name",
        "code",
        "district",
        Column("plan", label=_("Plan van nu"), accessor=plan_of_today),
        BooleanColumn("exists_today", label=_("Bestaat nu")),
        "valid_from",
        "valid_to",
        "successor",
    ]
    list_export = ["name", "code", "district.title", "plan_years", "valid_from", "valid_to", "successor"]
    export_headings = {
        "district.title": _("District"),
        "plan_years": _("Plan van nu"),
    }
    export_filename = "gemeenten"
    filterset_class = MunicipalityFilterSet
    search_fields = ["name", "code"]
    search_backend_name = None
    ordering = ["name"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        current = SafetyPlan.objects.current().filter(municipality=OuterRef("pk")).order_by("first_year")
        years = current.values(years=Concat("first_year", Value("–"), "last_year", output_field=CharField()))
        return Municipality.objects.select_related("district", "successor").annotate(plan_years=ArraySubquery(years))


class SafetyPlanViewSet(SnippetViewSet):
    model = SafetyPlan
    icon = "tasks"
    menu_label = _("Veiligheidsplannen")
    list_display = [
        "municipality",
        Column("district", label=_("District"), accessor="municipality.district.title"),
        Column("period", label=_("Looptijd"), sort_key="first_year", classname="vn-nowrap"),
        Column("priorities", label=_("Thema's met voorrang"), accessor=together("theme_titles")),
        Column("expires_soon", label=_("Loopt bijna af"), accessor=expires_soon),
    ]
    list_export = [
        "municipality.name",
        "municipality.district.title",
        "first_year",
        "last_year",
        "theme_titles",
        "note",
    ]
    export_headings = {
        "municipality.name": _("Gemeente"),
        "municipality.district.title": _("District"),
        "theme_titles": _("Thema's met voorrang"),
    }
    export_filename = "veiligheidsplannen"
    filterset_class = SafetyPlanFilterSet
    search_fields = ["municipality__name"]
    ordering = ["municipality__name", "-first_year"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        themes = ThemePage.objects.filter(safety_plans=OuterRef("pk")).order_by("title").values("title")
        plans = SafetyPlan.objects.select_related("municipality__district")
        return plans.annotate(theme_titles=ArraySubquery(themes))


class DistrictsGroup(SnippetViewSetGroup):
    menu_label = _("Gemeenten")
    menu_icon = "globe"
    menu_name = "gemeenten-en-plannen"
    menu_order = 130
    submenu_hook = tile_editor.MENU_HOOK
    items = (MunicipalityViewSet, SafetyPlanViewSet)


register_snippet(DistrictsGroup)

hooks.register("register_admin_urls", tile_editor.addresses)
hooks.register(tile_editor.MENU_HOOK, tile_editor.menu_item)


@hooks.register("construct_homepage_panels")
def plans_that_expire(request: HttpRequest, panels: list) -> None:
    """Tell on the dashboard which plans need a successor."""
    panels.append(PlansPanel())


@hooks.register("register_admin_urls")
def exchange_addresses() -> list[URLResolver]:
    """The screen that reads and writes sheets of the network."""
    return [path("netwerk/uitwisselen/", include((exchange.urls, "netwerk_uitwisselen")))]


@hooks.register("register_settings_menu_item")
def exchange_menu_item() -> exchange.ExchangeMenuItem:
    """Put that screen in the menu."""
    return exchange.ExchangeMenuItem(
        _("Netwerk importeren"), reverse_lazy("netwerk_uitwisselen:begin"), icon_name="upload", order=900
    )
