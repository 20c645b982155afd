"""What the translation editor of wagtail-localize is given to show."""

import json

from django import template
from wagtail.models import Page
from wagtail.snippets.permissions import get_permission_name
from wagtail_localize.models import Translation

from cms.models import User

register = template.Library()


@register.filter
def offered_to_publishers_only(props: str) -> str:
    """Leave "convert to alias" out of the menu of those who may not publish."""
    values = json.loads(props)
    if not may_publish(props):
        values["links"]["convertToAliasUrl"] = None
    return json.dumps(values)


@register.filter
def may_publish(props: str) -> bool:
    """Whether the editor gets a button to publish; without one, wagtail-localize's main button undoes something."""
    return json.loads(props)["perms"]["canPublish"]


@register.filter
def editable_source(translation: Translation, user: User) -> bool:
    """Whether the user may edit what the translation was made from; translators may not."""
    source = translation.source.get_source_instance()
    if isinstance(source, Page):
        return source.permissions_for_user(user).can_edit()
    return user.has_perm(get_permission_name("add", type(source)))
