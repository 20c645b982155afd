"""The districts app."""

from django.utils.translation import gettext_lazy as _

from cms.apps import ContentAppConfig


class DistrictsConfig(ContentAppConfig):
    name = "districts"
    verbose_name = _("Districten")
    api_module = "districts.api"

    def ready(self) -> None:
        from cms.blocks.overview import register_overview
        from cms.found.sitemap import register_addresses
        from cms.search.entries import register_record_entries
        from cms.search.titles import register_records
        from cms.sections import register_sections
        from districts import addresses, organisations, overview, providers, search
        from network.partner_addresses import register_organisation_pages

        register_sections("themes.themepage", providers.municipalities_with_priority)
        register_sections("network.networkbodypage", providers.districts_of_body)
        register_organisation_pages(organisations.municipality_pages)
        register_addresses(addresses.municipality_addresses)
        register_records(search.findable_municipalities)
        register_record_entries(search.KIND, search.municipality_entries)
        search.connect()
        register_overview("districten", _("Districten"), overview.choices, overview.districts)
