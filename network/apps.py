"""The network app."""

from django.utils.translation import gettext_lazy as _

from cms.apps import ContentAppConfig


class NetworkConfig(ContentAppConfig):
    name = "network"
    verbose_name = _("Netwerk")
    api_module = "network.api"

    def ready(self) -> None:
        from cms.blocks.overview import register_overview
        from cms.found.sitemap import register_addresses
        from cms.search.entries import register_record_entries
        from cms.search.titles import register_records
        from network import overview, partner_addresses, search

        register_overview("organen", _("Organen van het netwerk"), overview.choices, overview.bodies)
        register_addresses(partner_addresses.organisation_addresses)
        register_records(search.findable_organisations)
        register_record_entries(search.KIND, search.organisation_entries)
        search.connect()
