"""Wagtail's content checker, which also looks into a preview on the frontend's host."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.userbar import ContentCheckerItem

from cms.preview.frontends import frontend_origins
from cms.preview.modes import origin_of


class CheckerItem(ContentCheckerItem):
    """The checker on both hosts listens to both: the admin asks, the preview in its frame answers."""

    def get_axe_spec(self, request: HttpRequest | None) -> dict[str, Any]:
        """Add whom to listen to; nobody but these."""
        origins = ["<same_origin>", *frontend_origins(), origin_of(request) if request else ""]
        return {**super().get_axe_spec(request), "allowedOrigins": [origin for origin in origins if origin]}


def use_checker(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Put it in the place of Wagtail's own."""
    items[:] = [
        CheckerItem(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
    ]
