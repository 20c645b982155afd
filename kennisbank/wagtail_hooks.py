"""The terms of the Kennisbank in the admin, and how its long lists of choices look."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import LocaleColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kennisbank.models import Audience, PublicationType


class PublicationTypeViewSet(SnippetViewSet):
    model = PublicationType
    icon = "tag"
    menu_label = _("Documentsoorten")
    list_display = ["name", "name_plural", LocaleColumn(label=_("Taal")), "key", "tooi_code"]
    search_fields = ["name", "name_plural", "key"]
    ordering = ["name"]
    list_per_page = 50


class AudienceViewSet(SnippetViewSet):
    model = Audience
    icon = "group"
    menu_label = _("Doelgroepen")
    list_display = ["name", LocaleColumn(label=_("Taal")), "key"]
    search_fields = ["name", "key"]
    ordering = ["name"]
    list_per_page = 50


class KennisbankGroup(SnippetViewSetGroup):
    menu_label = _("Kennisbank")
    menu_icon = "folder-open-inverse"
    menu_name = "kennisbank"
    menu_order = 230
    items = (PublicationTypeViewSet, AudienceViewSet)


register_snippet(KennisbankGroup)


@hooks.register("insert_global_admin_css")
def columns_of_choices() -> SafeString:
    """Show the checkboxes of a long list side by side."""
    return format_html('<link rel="stylesheet" href="{}">', static("kennisbank/admin.css"))
