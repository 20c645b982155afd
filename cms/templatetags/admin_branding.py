"""The name that the admin bears, from the settings: no name of a region stands in code."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def admin_site_name() -> str:
    """Give WAGTAIL_SITE_NAME."""
    return getattr(settings, "WAGTAIL_SITE_NAME", "")
