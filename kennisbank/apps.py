"""The kennisbank app."""

from django.utils.translation import gettext_lazy as _

from cms.apps import ContentAppConfig


class KennisbankConfig(ContentAppConfig):
    name = "kennisbank"
    verbose_name = _("Kennisbank")
    api_module = "kennisbank.api"

    def ready(self) -> None:
        from cms.blocks.registry import register_block
        from cms.found.feeds import register_feed, register_search_feed
        from cms.found.sitemap import register_addresses
        from cms.search.entries import register_document_holders, register_page_entries, register_record_entries
        from cms.sections import register_sections
        from cms.subjects import register_subject
        from districts.documents import register_plan_documents
        from kennisbank import entries, providers, search_signals, selections, theme_district, theme_sections
        from kennisbank.blocks import PublicationsBlock

        register_block("publications", PublicationsBlock())
        register_page_entries("kennisbank.publicationpage", entries.publication_entries)
        register_document_holders(entries.holders_of)
        search_signals.connect()
        theme_district.connect()
        register_subject("themes.themepage", theme_district.find, theme_district.view)
        register_addresses(theme_district.addresses)
        register_record_entries(theme_district.KIND, theme_district.entries)
        register_feed("themes.themepage", providers.publications_about_theme)
        register_search_feed("kennisbank.kennisbankpage", selections.feed_of, selections.KEYS)
        register_plan_documents(providers.documents_of_plans)
        register_sections("themes.themepage", providers.publications_on_theme)
        register_sections("themes.themepage", theme_sections.documents_by_type)
        register_sections("themes.themepage", theme_sections.theme_in_districts)
        register_sections("themes.themepage", theme_sections.related_themes)
        register_sections("districts.districtpage", theme_sections.themes_in_district)
        register_sections("districts.districtpage", providers.publications_on_district)
        register_sections("districts.municipality", providers.publications_on_municipality)
        register_sections("network.organisation", providers.publications_of_organisation)
        register_sections("network.networkbodypage", providers.publications_of_body)
        register_sections("kennisbank.publicationpage", providers.related_publications)
