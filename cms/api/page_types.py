"""Which page views the API may answer with: those of all page types, and of records that apps register."""

from collections.abc import Iterable

from django.apps import apps

from cms.models import BasePage
from cms.rendering.view import PageView

_records: list[type[PageView]] = []


def register_record_view(view_type: type[PageView]) -> None:
    """Let the API's description know the view of a record that has an address below a page, as a municipality's."""
    if view_type not in _records:
        _records.append(view_type)


def page_models() -> list[type[BasePage]]:
    """Give all installed page types."""
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def page_views() -> list[type[PageView]]:
    """Give the views of all page types and registered records, each once, by their `soort`."""
    views: Iterable[type[PageView]] = {*(model.view_type for model in page_models()), *_records}
    return sorted(views, key=kind_of)


def kind_of(view_type: type[PageView]) -> str:
    """Give the `soort` of a view's type."""
    return str(view_type.model_fields["kind"].default)
