"""The home app."""

from django.utils.translation import gettext_lazy as _

from cms.apps import ContentAppConfig


class HomeConfig(ContentAppConfig):
    name = "home"
    verbose_name = _("Home")
