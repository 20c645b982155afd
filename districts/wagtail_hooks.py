"""Municipalities and safety plans in the admin."""

from typing import ClassVar

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from districts.models import DistrictPage, Municipality, SafetyPlan
from themes.models import ThemePage


def districts(request: HttpRequest | None) -> QuerySet[DistrictPage]:
    """Give the districts that records point at."""
    return DistrictPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")


def themes(request: HttpRequest | None) -> QuerySet[ThemePage]:
    """Give the themes that plans point at."""
    return ThemePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")


class MunicipalityFilterSet(WagtailFilterSet):
    district = django_filters.ModelChoiceFilter(queryset=districts, label=_("District"), empty_label=_("Alle"))
    merged = django_filters.BooleanFilter(
        field_name="successor", lookup_expr="isnull", exclude=True, label=_("Opgegaan in een andere gemeente")
    )

    class Meta:
        model = Municipality
        fields: ClassVar[list[str]] = []


class SafetyPlanFilterSet(WagtailFilterSet):
    district = django_filters.ModelChoiceFilter(
        field_name="municipality__district", queryset=districts, label=_("District"), empty_label=_("Alle")
    )
    theme = django_filters.ModelChoiceFilter(
        field_name="themes", queryset=themes, label=_("Thema met voorrang"), empty_label=_("Alle")
    )

    class Meta:
        model = SafetyPlan
        fields: ClassVar[list[str]] = []


class MunicipalityViewSet(SnippetViewSet):
    model = Municipality
    icon = "globe"
    menu_label = _("Gemeenten")
    list_display = [
        "name",
        "code",
        "district",
        BooleanColumn("exists_today", label=_("Bestaat nu")),
        "successor",
    ]
    filterset_class = MunicipalityFilterSet
    ordering = ["name"]
    list_per_page = 50


class SafetyPlanViewSet(SnippetViewSet):
    model = SafetyPlan
    icon = "tasks"
    menu_label = _("Veiligheidsplannen")
    list_display = ["municipality", "period", "number_of_themes"]
    filterset_class = SafetyPlanFilterSet
    search_fields = ["municipality__name"]
    ordering = ["municipality__name", "-first_year"]
    list_per_page = 50


class DistrictsGroup(SnippetViewSetGroup):
    menu_label = _("Gemeenten en plannen")
    menu_icon = "globe"
    menu_name = "gemeenten-en-plannen"
    menu_order = 220
    items = (MunicipalityViewSet, SafetyPlanViewSet)


register_snippet(DistrictsGroup)
