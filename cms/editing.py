"""What editors may do with terms and parts of the site, beyond what Wagtail asks, and the order of their buttons."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Locale, TranslatableMixin
from wagtail.snippets.permissions import get_permission_name

from cms.models import Term

# What undoes somebody's work or takes it offline.
_UNDOING = {"action-unpublish", "action-cancel-workflow", "localize-restart-translation", "localize-convert-to-alias"}


def undoing_last(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    """Never make an action that undoes something the main button: publishing comes right after saving."""
    menu_items.sort(key=lambda item: item.name in _UNDOING)


def unpublish_from_the_header(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    """Leave out what the menu beside the title of a page has too."""
    menu_items[:] = [item for item in menu_items if item.name != "action-unpublish"]


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
