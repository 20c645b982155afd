"""Forms in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import Form


class FormViewSet(SnippetViewSet):
    """A menu of their own: who keeps the forms need not be who keeps the pages that show them."""

    model = Form
    icon = "form"
    menu_label = _("Formulieren")
    menu_name = "formulieren"
    menu_order = 610
    add_to_admin_menu = True
    list_display = ["title", LocaleColumn(label=_("Taal")), "mailbox", "retention_days"]
    search_fields = ["title"]
    search_backend_name = None
    inspect_view_enabled = False
