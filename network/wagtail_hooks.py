"""The menu "Netwerk" of the admin: bodies, the facts about them, organisations; and the terms that those use."""

from typing import Any, ClassVar

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn
from wagtail.admin.ui.tables.pages import ParentPageColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.viewsets import PageFilters, PageListing, PageListView, TermViewSet, choice_filter
from network.models import (
    BodyKind,
    BodyRelation,
    Capacity,
    Membership,
    NetworkBodyPage,
    Organisation,
    OrganisationKind,
    RelationVerb,
    Role,
)


def number_of(facts: QuerySet) -> Coalesce:
    """Give the number of `facts`, a query about an outer page, as an expression."""
    counted = facts.order_by().annotate(all=F("pk") - F("pk")).values("all").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


class BodyFilters(PageFilters):
    kind = choice_filter(BodyKind, _("Soort"), "name")

    class Meta:
        model = NetworkBodyPage
        fields: ClassVar[list[str]] = ["tier"]


class BodyListView(PageListView):
    """All bodies. Relations stand at the page in the site's own language, so its translations count none."""

    search_in: ClassVar[list[str]] = ["title", "short_name", "introduction"]

    def get_annotations(self) -> dict[str, Any]:
        return {
            **super().get_annotations(),
            "kind_name": F("kind__name"),
            "relations": number_of(BodyRelation.objects.filter(from_body=OuterRef("pk")))
            + number_of(BodyRelation.objects.filter(to_body=OuterRef("pk"))),
            "members": number_of(Membership.objects.filter(body=OuterRef("pk"))),
        }


class BodyListing(PageListing):
    model = NetworkBodyPage
    index_view_class = BodyListView
    name = "organen"
    icon = "group"
    menu_label = _("Organen")
    columns = PageListing.columns_around(
        Column("kind_name", label=_("Soort"), sort_key="kind_name"),
        Column("get_tier_display", label=_("Niveau"), sort_key="tier"),
        ParentPageColumn("parent", label=_("Hoort bij")),
        Column("relations", label=_("Relaties"), sort_key="relations"),
    )
    filterset_class = BodyFilters
    ordering = "title"
    list_export = [
        "title",
        "short_name",
        "kind_name",
        "get_tier_display",
        "relations",
        "members",
        "responsible_name",
        "review_date",
        "live",
        "full_url",
    ]
    export_headings = {
        "title": _("Titel"),
        "short_name": _("Korte naam"),
        "kind_name": _("Soort"),
        "get_tier_display": _("Niveau"),
        "relations": _("Relaties"),
        "members": _("Deelnames"),
        "responsible_name": _("Verantwoordelijk"),
        "review_date": _("Controleren op"),
        "live": _("Gepubliceerd"),
        "full_url": _("Adres"),
    }
    export_filename = "organen"


class RelationFilters(WagtailFilterSet):
    verb = choice_filter(RelationVerb, _("Werkwoord"), "key")
    acting_role = choice_filter(Role, _("Handelende rol"), "singular")

    class Meta:
        model = BodyRelation
        fields = ["verb", "acting_role", "valid_to"]


class MembershipFilters(WagtailFilterSet):
    capacity = choice_filter(Capacity, _("Als wie"), "name")

    class Meta:
        model = Membership
        fields = ["organisation", "capacity", "valid_to"]


class OrganisationFilters(WagtailFilterSet):
    kind = choice_filter(OrganisationKind, _("Soort"), "name")

    class Meta:
        model = Organisation
        fields = ["kind"]


class RelationViewSet(SnippetViewSet):
    model = BodyRelation
    icon = "link"
    menu_label = _("Relaties")
    list_display = ["from_body", "acting_role", "verb", "to_body", "valid_from", "valid_to"]
    filterset_class = RelationFilters
    list_export = ["from_body.title", "acting_role", "verb", "to_body.title", "valid_from", "valid_to"]
    export_headings = {"from_body.title": _("Van"), "to_body.title": _("Naar")}
    export_filename = "relaties"
    search_fields = ["from_body__title", "to_body__title", "verb__singular"]
    list_per_page = 50
    search_backend_name = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return BodyRelation.objects.select_related("from_body", "acting_role", "verb", "to_body")


class MembershipViewSet(SnippetViewSet):
    model = Membership
    icon = "user"
    menu_label = _("Deelnames")
    list_display = ["body", "organisation", "member_role", "member_body", "capacity", "valid_to"]
    filterset_class = MembershipFilters
    list_export = ["body.title", "organisation", "member_role", "member_body", "capacity", "valid_from", "valid_to"]
    export_headings = {"body.title": _("Orgaan")}
    export_filename = "deelnames"
    search_fields = ["body__title", "organisation__name", "member_body__title", "capacity__name"]
    list_per_page = 50
    search_backend_name = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Membership.objects.select_related("body", "organisation", "member_role", "member_body", "capacity")


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "home"
    menu_label = _("Organisaties")
    list_display = [
        "name",
        "short_name",
        "kind",
        "website",
        Column("seats", label=_("Deelnames"), sort_key="seats"),
    ]
    list_export = ["name", "short_name", "kind", "website", "seats"]
    export_headings = {"seats": _("Deelnames")}
    export_filename = "organisaties"
    filterset_class = OrganisationFilters
    search_fields = ["name", "short_name"]
    search_backend_name = None
    ordering = ["name"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Organisation.objects.select_related("kind").annotate(
            seats=number_of(Membership.objects.filter(organisation=OuterRef("pk")))
        )


class BodyKindViewSet(TermViewSet):
    model = BodyKind
    icon = "tag"
    menu_label = _("Soorten organen")
    menu_order = 60
    search_fields = ["name"]


class OrganisationKindViewSet(TermViewSet):
    model = OrganisationKind
    icon = "tag"
    menu_label = _("Soorten organisaties")
    menu_order = 70
    search_fields = ["name"]


class RoleViewSet(TermViewSet):
    model = Role
    icon = "user"
    menu_label = _("Rollen")
    menu_order = 40
    list_display = ["singular", "plural", LocaleColumn(label=_("Taal")), "key", LiveStatusTagColumn(label=_("Status"))]
    search_fields = ["singular", "plural"]


class CapacityViewSet(TermViewSet):
    model = Capacity
    icon = "clipboard-list"
    menu_label = _("Hoedanigheden")
    menu_order = 50
    search_fields = ["name"]


class RelationVerbViewSet(TermViewSet):
    model = RelationVerb
    icon = "edit"
    menu_label = _("Werkwoorden")
    menu_order = 30
    list_display = [
        "__str__",
        "singular",
        "inverse_singular",
        LocaleColumn(label=_("Taal")),
        "key",
        LiveStatusTagColumn(label=_("Status")),
    ]
    search_fields = ["singular", "plural", "inverse_singular"]


class NetworkViewSetGroup(SnippetViewSetGroup):
    """What changes; the terms that it uses stand under "Keuzelijsten"."""

    menu_label = _("Netwerk")
    menu_icon = "group"
    menu_order = 120
    items = (BodyListing, RelationViewSet, MembershipViewSet, OrganisationViewSet)


register_snippet(NetworkViewSetGroup)
for viewset in (RelationVerbViewSet, RoleViewSet, CapacityViewSet, BodyKindViewSet, OrganisationKindViewSet):
    register_snippet(viewset)
