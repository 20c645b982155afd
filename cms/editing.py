"""What editors may do with terms and parts of the site, beyond what Wagtail asks."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Locale, TranslatableMixin
from wagtail.snippets.permissions import get_permission_name

from cms.models import Term


def publish_terms_first(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    """Make "publish" the main button of terms: a fact whose term is a draft is not shown."""
    if not issubclass(context.get("model", object), Term):
        return
    publishing = [item for item in menu_items if item.name == "action-publish" and item.is_shown(context)]
    for item in publishing:
        menu_items.remove(item)
        menu_items.insert(0, item)


def refuse_source_to_translators(request: HttpRequest, instance: Model) -> None:
    """Let those who may change but not add such records change their translations only, as translators of pages."""
    if not isinstance(instance, TranslatableMixin) or request.user.has_perm(get_permission_name("add", type(instance))):
        return
    if Locale.objects.get(pk=instance.locale_id).language_code == settings.LANGUAGE_CODE:
        raise PermissionDenied
