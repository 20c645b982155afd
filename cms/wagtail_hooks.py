"""What the admin asks of all apps."""

from collections.abc import Sequence

from django.contrib import messages
from django.db import router
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms import translation
from cms.form_admin import FormViewSet
from cms.site_parts import SiteGroup

register_snippet(SiteGroup)
register_snippet(FormViewSet)

hooks.register("register_admin_urls", translation.guarded_addresses, order=-1)
hooks.register("construct_page_action_menu", translation.offer_to_publishers_only)


@hooks.register("before_delete_snippet")
def refuse_to_delete_what_is_in_use(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
    """Say where a record is still used. Wagtail asks its reference index, which lags behind."""
    if request.method != "POST":
        return None
    refused = False
    for instance in instances:
        try:
            Collector(using=router.db_for_write(type(instance)), origin=instance).collect([instance])
        except ProtectedError as error:
            users = sorted(str(user) for user in error.protected_objects)
            text = _("“%(name)s” kan niet weg, want het is nog in gebruik bij: %(users)s. Pas dat eerst aan.")
            shown = "; ".join(users[:3]) + (" …" if len(users) > 3 else "")
            messages.error(request, text % {"name": instance, "users": shown})
            refused = True
    if not refused:
        return None
    viewset = type(instances[0]).snippet_viewset  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse(viewset.get_url_name("list")))
