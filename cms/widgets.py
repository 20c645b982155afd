"""Fields for dates in the admin, written as the language of the admin does: 23-11-2026 in Dutch, ISO in English."""

from typing import Any

from django.db import models
from django.utils.formats import get_format
from wagtail.admin.datetimepicker import to_datetimepicker_format
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import PublishingPanel
from wagtail.admin.telepath import register
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.admin.widgets.datetime import AdminDateInputAdapter, AdminDateTimeInputAdapter


def date_format() -> str:
    """Give the first way in which the active language writes a date."""
    return get_format("DATE_INPUT_FORMATS")[0]


class LocalDateInput(AdminDateInput):
    """Wagtail has one format for all languages; a form reads back whatever the active language allows."""

    def format_value(self, value: Any) -> str | None:
        self.format = date_format()
        return super().format_value(value)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "format": to_datetimepicker_format(date_format())}


class LocalDateTimeInput(AdminDateTimeInput):
    """The same, with the time."""

    def format_value(self, value: Any) -> str | None:
        self.format = f"{date_format()} %H:%M"
        return super().format_value(value)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "format": to_datetimepicker_format(f"{date_format()} %H:%M")}


class SchedulePanel(PublishingPanel):
    """From when until when a page is public. Wagtail's panel names its fields itself, so they would stay as they are.

    It shows nothing where it stands: its dialog opens from the status panel.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for panel in self.children:
            field = panel.widget
            panel.widget = LocalDateTimeInput(
                attrs=field.attrs, js_overlay_parent_selector=field.js_overlay_parent_selector
            )


def use_local_dates() -> None:
    """Use these fields in every form of the admin. Called before any form is made."""
    register(AdminDateInputAdapter(), LocalDateInput)
    register(AdminDateTimeInputAdapter(), LocalDateTimeInput)
    register_form_field_override(models.DateField, override={"widget": LocalDateInput})
    register_form_field_override(models.DateTimeField, override={"widget": LocalDateTimeInput})
