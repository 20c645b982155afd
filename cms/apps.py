"""The app that all others build on, and the base of their AppConfigs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentAppConfig(AppConfig):
    """An app with content. `api_module` names the module that registers its endpoints and page types with the API."""

    default_auto_field = "django.db.models.BigAutoField"
    api_module: str | None = None


class CmsConfig(ContentAppConfig):
    default = True
    name = "cms"
    verbose_name = _("Website")

    def ready(self) -> None:
        from cms.blocks import standard

        standard.register()
