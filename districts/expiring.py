"""Safety plans that need a successor, on the editors' dashboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.ui.components import Component

from cms.names import sort_key
from districts.models import Municipality, SafetyPlan

PERMISSION = "districts.change_safetyplan"
MOST_ON_DASHBOARD = 10


@dataclass(frozen=True)
class Expiring:
    """A plan that has ended or ends within twelve months, without one that follows it."""

    plan: SafetyPlan
    has_ended: bool

    @property
    def url(self) -> str:
        """Where an editor changes it."""
        return reverse("wagtailsnippets_districts_safetyplan:edit", args=[self.plan.pk])

    @property
    def state(self) -> str:
        """What is the matter, in words."""
        text = gettext("afgelopen in %(year)d") if self.has_ended else gettext("loopt af eind %(year)d")
        return text % {"year": self.plan.last_year}


def expiring() -> list[Expiring]:
    """Give of each municipality of today its last plan, if that ends within twelve months or has ended. One query.

    A plan ends with its last year, so within twelve months of any day ends what ends this year. Those that have ended
    come first.
    """
    year = timezone.localdate().year
    later = SafetyPlan.objects.filter(municipality=OuterRef("municipality"), last_year__gt=OuterRef("last_year"))
    plans = SafetyPlan.objects.filter(
        ~Exists(later), last_year__lte=year, municipality__in=Municipality.objects.valid_on()
    ).select_related("municipality")
    found = [Expiring(plan, has_ended=plan.last_year < year) for plan in plans]
    return sorted(found, key=lambda item: (item.plan.last_year, sort_key(item.plan.municipality.name)))


class PlansPanel(Component):
    """On the dashboard of those who may change plans."""

    name = "veiligheidsplannen"
    order = 70
    template_name = "districts/expiring.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        plans = expiring()
        return {
            "plans": plans[:MOST_ON_DASHBOARD],
            "more": max(len(plans) - MOST_ON_DASHBOARD, 0),
            "list_url": reverse("wagtailsnippets_districts_safetyplan:list"),
            "add_url": reverse("wagtailsnippets_districts_safetyplan:add"),
            "may_add": parent_context["request"].user.has_perm("districts.add_safetyplan"),
        }

    def render_html(self, parent_context: Any = None) -> Any:
        if not parent_context["request"].user.has_perm(PERMISSION):
            return ""
        return super().render_html(parent_context)
