"""Who may undo a translation: wagtail-localize's "convert to alias" puts Dutch text live and drops the translation."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page
from wagtail_localize.views.convert import convert_to_alias

ACTION = "localize-convert-to-alias"


def may_convert(request: HttpRequest, page: Page) -> bool:
    """Whether the user may publish the page; wagtail-localize itself asks for the right to edit only."""
    return page.permissions_for_user(request.user).can_publish()


def convert(request: HttpRequest, page_id: int) -> HttpResponse:
    """As wagtail-localize's view, for those who may publish the page."""
    if not may_convert(request, get_object_or_404(Page, pk=page_id)):
        raise PermissionDenied
    return convert_to_alias(request, page_id)


def guarded_addresses() -> list[URLPattern]:
    """Answer at wagtail-localize's own address, before it does."""
    return [path("localize/page/<int:page_id>/convert_to_alias/", convert)]


def offer_to_publishers_only(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    """Leave the action out of the menu of an editor who may not publish, and never make it the main button."""
    page = context.get("page")
    converting = [item for item in menu_items if getattr(item, "name", "") == ACTION]
    for item in converting:
        menu_items.remove(item)
        if page is not None and may_convert(request, page):
            menu_items.append(item)
