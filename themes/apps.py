"""The themes app."""

from django.utils.translation import gettext_lazy as _

from cms.apps import ContentAppConfig


class ThemesConfig(ContentAppConfig):
    name = "themes"
    verbose_name = _("Thema's")
    api_module = "themes.api"

    def ready(self) -> None:
        from cms.sections import register_sections
        from themes.sections import themes_of_body

        register_sections("network.networkbodypage", themes_of_body)
