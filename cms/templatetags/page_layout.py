"""What the base template needs to know of the view beyond its attributes."""

from django import template

from cms.rendering.values import Link
from cms.rendering.view import PageView, current_state

register = template.Library()


@register.filter(name="current_state")
def current_state_filter(entry: Link, view: PageView | str) -> str:
    """Give the `aria-current` of a menu entry; on error pages there is no view, so nothing is current."""
    return current_state(entry, view) if isinstance(view, PageView) else ""
