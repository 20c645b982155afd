"""How terms look in the admin; each app registers its own with these."""

from wagtail.snippets.views.snippets import SnippetViewSet


class TermViewSet(SnippetViewSet):
    """A list of terms in one language, with their keys. Terms are translated with the button of wagtail-localize."""

    list_display = ["__str__", "key"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
