"""What screens of our own in the admin share: who may be there, the way to them, and lists by the page."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.views import View
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

PAGE_SIZE = 50


class AdminScreen(WagtailAdminTemplateMixin, View):
    """A screen for those who have `permission` ("app.right_model"); without one the screen itself says who may come."""

    permission: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.permission and not request.user.has_perm(self.permission):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def trail(self) -> Sequence[dict[str, Any]]:
        """Give the way to this screen from the dashboard: links, the screen itself last."""
        return [{"url": "", "label": self.get_page_title()}]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), *self.trail()]

    def listed(self, found: QuerySet[Any] | Sequence[Any]) -> dict[str, Any]:
        """Give what Wagtail's `pagination_nav.html` needs for the part of a list that `?p=` asks for: its `items`."""
        paginator = WagtailPaginator(found, PAGE_SIZE)
        page = paginator.get_page(self.request.GET.get("p"))
        return {"items": page, "elided_page_range": paginator.get_elided_page_range(page.number)}
