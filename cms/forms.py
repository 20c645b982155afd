"""Forms of the admin that apps share."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.models import Page, TranslatableMixin


class LoginForm(WagtailLoginForm):
    """Wagtail's, whose field for the password has an English label in every language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Wachtwoord")


class OwnLanguageChoices(forms.BaseForm):
    """Mixin: lists to choose from offer pages and terms in the site's own language only, for facts point at those."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field, forms.ModelChoiceField) or not isinstance(
                field.widget, forms.widgets.ChoiceWidget
            ):
                continue
            choices = field.queryset
            if choices is not None and issubclass(choices.model, TranslatableMixin):
                choices = choices.filter(locale__language_code=settings.LANGUAGE_CODE)
                field.queryset = choices.order_by("path") if issubclass(choices.model, Page) else choices
