"""What the translation editor of wagtail-localize is given to show."""

import json

from django import template

register = template.Library()


@register.filter
def offered_to_publishers_only(props: str) -> str:
    """Leave "convert to alias" out of the menu of those who may not publish: it would be their main button."""
    values = json.loads(props)
    if not values["perms"]["canPublish"]:
        values["links"]["convertToAliasUrl"] = None
    return json.dumps(values)
