"""The kennisbank app."""

from django.utils.translation import gettext_lazy as _

from cms.apps import ContentAppConfig


class KennisbankConfig(ContentAppConfig):
    name = "kennisbank"
    verbose_name = _("Kennisbank")
    api_module = "kennisbank.api"
