"""The network app."""

from django.utils.translation import gettext_lazy as _

from cms.apps import ContentAppConfig


class NetworkConfig(ContentAppConfig):
    name = "network"
    verbose_name = _("Netwerk")
    api_module = "network.api"
