"""The network app."""

from django.utils.translation import gettext_lazy as _

from cms.apps import ContentAppConfig


class NetworkConfig(ContentAppConfig):
    name = "network"
    verbose_name = _("Netwerk")
    api_module = "network.api"

    def ready(self) -> None:
        from cms.blocks.overview import register_overview
        from network import overview

        register_overview("organen", _("Organen van het netwerk"), overview.choices, overview.bodies)
