"""Menu, footer, texts and banner in the admin, together under one word of its menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.models import Banner, Footer, Navigation, SiteTexts

_LANGUAGE = LocaleColumn(label=_("Taal"))


class SitePartViewSet(SnippetViewSet):
    """One a site and language, so a copy of it could not be saved."""

    list_display = ["__str__", _LANGUAGE]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False


class NavigationViewSet(SitePartViewSet):
    model = Navigation
    icon = "list-ul"
    menu_label = _("Hoofdmenu")


class FooterViewSet(SitePartViewSet):
    model = Footer
    icon = "arrow-down-big"
    menu_label = _("Voet")


class BannerViewSet(SitePartViewSet):
    model = Banner
    icon = "warning"
    menu_label = _("Mededeling")
    list_display = [
        "title",
        Column("get_severity_display", label=_("Ernst"), sort_key="severity"),
        "starts_at",
        "ends_at",
        _LANGUAGE,
    ]


class SiteTextsViewSet(SitePartViewSet):
    model = SiteTexts
    icon = "doc-full"
    menu_label = _("Teksten")


class SiteGroup(SnippetViewSetGroup):
    menu_label = _("Hele website")
    menu_icon = "site"
    menu_name = "site-parts"
    menu_order = 600
    items = (BannerViewSet, NavigationViewSet, FooterViewSet, SiteTextsViewSet)
