"""The Kennisbank in the admin: its publications, its terms, and how its long lists of choices look."""

from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.models import register_snippet

from cms.models import CMSDocument
from cms.tables import safe
from cms.viewsets import PageFilters, PageListing, PageListView, TermViewSet, choice_filter, short_date, together
from districts.models import DistrictPage, Municipality
from kennisbank.models import Audience, PublicationPage, PublicationType
from kennisbank.uploads import versions, views
from kennisbank.uploads.access import may_upload
from network.models import Organisation
from themes.models import ThemePage


class PublicationFilters(PageFilters):
    publication_type = choice_filter(PublicationType, _("Soort"), "name")
    theme = choice_filter(ThemePage, _("Thema"), "title", field_name="themes")
    district = choice_filter(DistrictPage, _("District"), "title", field_name="districts")

    class Meta:
        model = PublicationPage
        fields: ClassVar[list[str]] = ["document_language"]


class PublicationListView(PageListView):
    """All publications; titles of themes and districts come with the one query of the page."""

    def get_header_buttons(self) -> list[Any]:
        """Many files at once beside one publication."""
        buttons = super().get_header_buttons()
        if may_upload(self.request.user):
            adding = HeaderButton(_("Bestanden toevoegen"), url=reverse("bestanden:start"), icon_name="upload")
            buttons.insert(1, adding)
        return buttons

    def get_annotations(self) -> dict[str, Any]:
        themes = ThemePage.objects.filter(publications=OuterRef("pk")).order_by("title")
        districts = DistrictPage.objects.filter(publications=OuterRef("pk")).order_by("title")
        return {
            **super().get_annotations(),
            "type_name": F("publication_type__name"),
            "theme_titles": ArraySubquery(themes.values("title")),
            "district_titles": ArraySubquery(districts.values("title")),
            **(self.get_exported() if self.is_export else {}),
        }

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Keep a spreadsheet from taking an editor's text for a formula; in XLSX Wagtail itself does."""
        cell = super().preprocess_field_value(field, value, export_format)
        return safe(cell) if isinstance(cell, str) and export_format == self.FORMAT_CSV else cell

    def get_exported(self) -> dict[str, Any]:
        """What only the export has: all other metadata."""
        models: dict[str, Any] = {
            "municipality_names": Municipality,
            "organisation_names": Organisation,
            "audience_names": Audience,
        }
        names = {
            key: ArraySubquery(model.objects.filter(publications=OuterRef("pk")).order_by("name").values("name"))
            for key, model in models.items()
        }
        files = CMSDocument.objects.filter(publication_files__page=OuterRef("pk")).order_by(
            "publication_files__sort_order"
        )
        return {
            **names,
            "file_titles": ArraySubquery(files.values("title")),
            "newer_title": F("replaced_by__title"),
            "import_key": F("imported__key"),
        }


class PublicationListing(PageListing):
    model = PublicationPage
    index_view_class = PublicationListView
    name = "publicaties"
    icon = "folder-open-inverse"
    add_to_admin_menu = True
    menu_label = _("Kennisbank")
    menu_name = "publicaties"
    menu_order = 110
    columns = PageListing.columns_around(
        Column("type_name", label=_("Soort"), sort_key="type_name"),
        Column("theme_titles", label=_("Thema's"), accessor=together("theme_titles")),
        Column(
            "publication_date",
            label=_("Datum"),
            sort_key="publication_date",
            accessor=short_date("publication_date"),
            classname="vn-nowrap",
        ),
        Column("get_document_language_display", label=_("Taal"), sort_key="document_language"),
        Column("responsible_name", label=_("Wie"), sort_key="responsible_name"),
    )
    filterset_class = PublicationFilters
    ordering = "-publication_date"
    list_export = [
        "import_key",
        "title",
        "introduction",
        "type_name",
        "theme_titles",
        "district_titles",
        "municipality_names",
        "organisation_names",
        "audience_names",
        "publication_date",
        "get_document_language_display",
        "responsible_name",
        "review_date",
        "file_titles",
        "newer_title",
        "live",
        "full_url",
    ]
    export_headings = {
        "import_key": _("Kenmerk"),
        "title": _("Titel"),
        "introduction": _("Samenvatting"),
        "type_name": _("Soort"),
        "theme_titles": _("Thema's"),
        "district_titles": _("Districten"),
        "municipality_names": _("Gemeenten"),
        "organisation_names": _("Uitgegeven door"),
        "audience_names": _("Doelgroepen"),
        "publication_date": _("Datum"),
        "get_document_language_display": _("Taal van het stuk"),
        "responsible_name": _("Verantwoordelijk"),
        "review_date": _("Controleren op"),
        "file_titles": _("Bestanden"),
        "newer_title": _("Vervangen door"),
        "live": _("Gepubliceerd"),
        "full_url": _("Adres"),
    }
    export_filename = "publicaties"


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    """The screens for many files at once, and for the versions of one."""
    return [
        path("kennisbank/bestanden/", include((views.urls, "bestanden"))),
        path("kennisbank/versies/", include((versions.urls, "bestandsversies"))),
    ]


@hooks.register("register_admin_viewset")
def publications() -> PublicationListing:
    """Put the list of publications in the menu."""
    return PublicationListing()


class PublicationTypeViewSet(TermViewSet):
    model = PublicationType
    icon = "tag"
    menu_label = _("Documentsoorten")
    menu_order = 10
    list_display = [
        "name",
        "name_plural",
        LocaleColumn(label=_("Taal")),
        "key",
        "tooi_code",
        LiveStatusTagColumn(label=_("Status")),
    ]
    search_fields = ["name", "name_plural", "key"]
    ordering = ["name"]


class AudienceViewSet(TermViewSet):
    model = Audience
    icon = "group"
    menu_label = _("Doelgroepen")
    menu_order = 20
    search_fields = ["name", "key"]
    ordering = ["name"]


register_snippet(PublicationTypeViewSet)
register_snippet(AudienceViewSet)


@hooks.register("insert_global_admin_css")
def columns_of_choices() -> SafeString:
    """Show the checkboxes of a long list side by side."""
    return format_html('<link rel="stylesheet" href="{}">', static("kennisbank/admin.css"))
