"""A screen of the admin that tells how the search index is, and lets administrators build it anew."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cms.admin_screen import AdminScreen
from cms.models import IndexVersion, PendingEntry
from cms.search import building
from cms.search.indexing import MOST_ATTEMPTS, retry_failed
from cms.search.tasks import rebuild_index

MOST_SHOWN = 20
# Who may change the site itself: administrators.
PERMISSION = "wagtailcore.change_site"


class IndexView(AdminScreen):
    """The versions of the index and what waits; its buttons leave the work to the worker."""

    permission = PERMISSION
    page_title = _("Zoekindex")
    header_icon = "search"
    template_name = "cms/search_admin/index.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Tell how it is. Five queries."""
        failed = PendingEntry.objects.filter(attempts__gte=MOST_ATTEMPTS)
        shown = list(failed.order_by("-since")[:MOST_SHOWN])
        return self.render_to_response(
            self.get_context_data(
                versions=[(version, _percentage(version)) for version in IndexVersion.objects.all()],
                up_to_date=building.up_to_date(),
                waiting=PendingEntry.objects.filter(attempts__lt=MOST_ATTEMPTS).count(),
                failed=list(zip(shown, _titles(shown), strict=True)),
                more_failed=failed.count() - len(shown),
            )
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what the button says, and come back."""
        if request.POST.get("wat") == "opnieuw":
            self._build()
        else:
            self._retry()
        return redirect("zoekindex")

    def _build(self) -> None:
        rebuild_index.enqueue()
        messages.success(
            self.request,
            gettext("De zoekindex wordt opnieuw gebouwd. Tot die klaar is, zoeken lezers in de index die er nu is."),
        )

    def _retry(self) -> None:
        number = retry_failed()
        text = ngettext(
            "%(number)s wijziging wordt opnieuw geprobeerd.",
            "%(number)s wijzigingen worden opnieuw geprobeerd.",
            number,
        )
        messages.success(self.request, text % {"number": number})


def _percentage(version: IndexVersion) -> int:
    return min(100, 100 * version.done // version.total) if version.total else 100


def _titles(rows: list[PendingEntry]) -> list[str]:
    """Give the titles of pages that wait, or the key of what is no page. One query."""
    ids = {row.key: int(row.key.removeprefix("page:")) for row in rows if row.key.startswith("page:")}
    titles = dict(Page.objects.filter(pk__in=ids.values()).values_list("pk", "title"))
    return [titles.get(ids.get(row.key, 0), row.key) for row in rows]


def addresses() -> list[URLPattern]:
    """Give the address of the screen, below the admin's own."""
    return [path("zoekindex/", IndexView.as_view(), name="zoekindex")]


class IndexMenuItem(MenuItem):
    """Shown to administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


def menu_item() -> MenuItem:
    """Lead there from the settings."""
    return IndexMenuItem(_("Zoekindex"), reverse("zoekindex"), name="zoekindex", icon_name="search", order=900)
