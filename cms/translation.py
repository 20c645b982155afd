"""Who may put a translation live, or undo it: wagtail-localize asks for less than the right to publish."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import DraftStateMixin, Page
from wagtail.snippets.permissions import get_permission_name
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.update_translations import UpdateTranslationsView

ACTION = "localize-convert-to-alias"


def may_convert(request: HttpRequest, page: Page) -> bool:
    """Whether the user may publish the page; wagtail-localize itself asks for the right to edit only."""
    return page.permissions_for_user(request.user).can_publish()


def convert(request: HttpRequest, page_id: int) -> HttpResponse:
    """As wagtail-localize's view, for those who may publish the page."""
    if not may_convert(request, get_object_or_404(Page, pk=page_id)):
        raise PermissionDenied
    return convert_to_alias(request, page_id)


class UpdateView(UpdateTranslationsView):
    """Brings translations up to date. Publishing them at once, with Dutch for what is new, is for publishers only."""

    def get_form(self) -> forms.Form:
        form = super().get_form()
        if not self._may_publish():
            publishing = form.fields["publish_translations"]
            publishing.disabled, publishing.widget = True, forms.HiddenInput()
        return form

    def _may_publish(self) -> bool:
        translations = self.object.translations.filter(enabled=True).select_related("target_locale")
        return all(self._may_publish_one(translation.get_target_instance()) for translation in translations)

    def _may_publish_one(self, target: Any) -> bool:
        user = self.request.user
        if isinstance(target, Page):
            return target.permissions_for_user(user).can_publish()
        right = "publish" if isinstance(target, DraftStateMixin) else "change"
        return user.has_perm(get_permission_name(right, type(target)))


def guarded_addresses() -> list[URLPattern]:
    """Answer at wagtail-localize's own addresses, before it does."""
    return [
        path("localize/page/<int:page_id>/convert_to_alias/", convert),
        path("localize/update/<int:translation_source_id>/", UpdateView.as_view()),
    ]


def offer_to_publishers_only(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    """Leave the action out of the menu of an editor who may not publish, and never make it the main button."""
    page = context.get("page")
    converting = [item for item in menu_items if getattr(item, "name", "") == ACTION]
    for item in converting:
        menu_items.remove(item)
        if page is not None and may_convert(request, page):
            menu_items.append(item)
