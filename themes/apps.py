"""The themes app."""

from django.utils.translation import gettext_lazy as _

from cms.apps import ContentAppConfig


class ThemesConfig(ContentAppConfig):
    name = "themes"
    verbose_name = _("Thema's")
    api_module = "themes.api"

    def ready(self) -> None:
        from cms.blocks.overview import register_overview
        from cms.found.feeds import register_feed
        from cms.sections import register_sections
        from themes import overview, sections

        register_feed("themes.themepage")
        register_sections("network.networkbodypage", sections.themes_of_body)
        register_overview("themas", _("Thema's"), overview.choices, overview.themes)
