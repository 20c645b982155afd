"""The themes app."""

from django.utils.translation import gettext_lazy as _

from cms.apps import ContentAppConfig


class ThemesConfig(ContentAppConfig):
    name = "themes"
    verbose_name = _("Thema's")
    api_module = "themes.api"
