"""How terms look in the admin; each app registers its own with these."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet


class TermViewSet(SnippetViewSet):
    """A list of terms with their language and key. Terms are translated with the button of wagtail-localize."""

    list_display = ["__str__", LocaleColumn(label=_("Taal")), "key"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
