"""The kennisbank app."""

from django.utils.translation import gettext_lazy as _

from cms.apps import ContentAppConfig


class KennisbankConfig(ContentAppConfig):
    name = "kennisbank"
    verbose_name = _("Kennisbank")
    api_module = "kennisbank.api"

    def ready(self) -> None:
        from cms.blocks.registry import register_block
        from cms.found.feeds import register_feed
        from cms.sections import register_sections
        from kennisbank import providers
        from kennisbank.blocks import PublicationsBlock

        register_block("publications", PublicationsBlock())
        register_feed("themes.themepage", providers.publications_about_theme)
        register_sections("themes.themepage", providers.publications_on_theme)
        register_sections("districts.districtpage", providers.publications_on_district)
        register_sections("districts.municipality", providers.publications_on_municipality)
        register_sections("network.networkbodypage", providers.publications_of_body)
        register_sections("kennisbank.publicationpage", providers.related_publications)
