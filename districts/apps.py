"""The districts app."""

from django.utils.translation import gettext_lazy as _

from cms.apps import ContentAppConfig


class DistrictsConfig(ContentAppConfig):
    name = "districts"
    verbose_name = _("Districten")
    api_module = "districts.api"
