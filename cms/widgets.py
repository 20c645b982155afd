"""Fields for dates in the admin, written as the language of the admin does: 23-11-2026 in Dutch, ISO in English."""

from typing import Any

from django.db import models
from django.utils.formats import get_format
from wagtail.admin.datetimepicker import to_datetimepicker_format
from wagtail.admin.forms.models import register_form_field_override
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


def use_local_dates() -> None:
    """Use these fields in every form of the admin. Called before any form is made."""
    register(AdminDateInputAdapter(), LocalDateInput)
    register(AdminDateTimeInputAdapter(), LocalDateTimeInput)
    register_form_field_override(models.DateField, override={"widget": LocalDateInput})
    register_form_field_override(models.DateTimeField, override={"widget": LocalDateTimeInput})
