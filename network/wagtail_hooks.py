"""The menu "Netwerk" of the admin: the facts, the organisations, and the terms they use."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import LocaleColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.models import Term
from cms.viewsets import TermViewSet
from network.models import (
    BodyKind,
    BodyRelation,
    Capacity,
    Membership,
    Organisation,
    OrganisationKind,
    RelationVerb,
    Role,
)


def own_language_filter(model: type[Term], label: Promise) -> ModelChoiceFilter:
    """Give a filter that offers each term once: facts point at those in the site's own language."""
    terms = model.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return ModelChoiceFilter(queryset=terms, label=label)


class RelationFilters(WagtailFilterSet):
    verb = own_language_filter(RelationVerb, _("Werkwoord"))
    acting_role = own_language_filter(Role, _("Handelende rol"))

    class Meta:
        model = BodyRelation
        fields = ["verb", "acting_role", "valid_to"]


class MembershipFilters(WagtailFilterSet):
    capacity = own_language_filter(Capacity, _("Als wie"))

    class Meta:
        model = Membership
        fields = ["organisation", "capacity", "valid_to"]


class OrganisationFilters(WagtailFilterSet):
    kind = own_language_filter(OrganisationKind, _("Soort"))

    class Meta:
        model = Organisation
        fields = ["kind"]


class RelationViewSet(SnippetViewSet):
    model = BodyRelation
    icon = "link"
    menu_label = _("Relaties")
    list_display = ["from_body", "acting_role", "verb", "to_body", "valid_from", "valid_to"]
    filterset_class = RelationFilters
    search_fields = ["from_body__title", "to_body__title", "verb__singular"]
    search_backend_name = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return BodyRelation.objects.select_related("from_body", "acting_role", "verb", "to_body")


class MembershipViewSet(SnippetViewSet):
    model = Membership
    icon = "user"
    menu_label = _("Deelnames")
    list_display = ["body", "organisation", "member_role", "member_body", "capacity", "valid_to"]
    filterset_class = MembershipFilters
    search_fields = ["body__title", "organisation__name", "member_body__title", "capacity__name"]
    search_backend_name = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Membership.objects.select_related("body", "organisation", "member_role", "member_body", "capacity")


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "home"
    menu_label = _("Organisaties")
    list_display = ["name", "short_name", "kind"]
    filterset_class = OrganisationFilters
    ordering = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Organisation.objects.select_related("kind")


class BodyKindViewSet(TermViewSet):
    model = BodyKind
    icon = "tag"
    menu_label = _("Soorten organen")
    search_fields = ["name"]


class OrganisationKindViewSet(TermViewSet):
    model = OrganisationKind
    icon = "tag"
    menu_label = _("Soorten organisaties")
    search_fields = ["name"]


class RoleViewSet(TermViewSet):
    model = Role
    icon = "user"
    menu_label = _("Rollen")
    list_display = ["singular", "plural", LocaleColumn(label=_("Taal")), "key"]
    search_fields = ["singular", "plural"]


class CapacityViewSet(TermViewSet):
    model = Capacity
    icon = "clipboard-list"
    menu_label = _("Hoedanigheden")
    search_fields = ["name"]


class RelationVerbViewSet(TermViewSet):
    model = RelationVerb
    icon = "edit"
    menu_label = _("Werkwoorden")
    list_display = ["__str__", "singular", "inverse_singular", LocaleColumn(label=_("Taal")), "key"]
    search_fields = ["singular", "plural", "inverse_singular"]


class NetworkViewSetGroup(SnippetViewSetGroup):
    """Facts first: they change most. Bodies themselves are pages."""

    menu_label = _("Netwerk")
    menu_icon = "group"
    menu_order = 250
    items = (
        RelationViewSet,
        MembershipViewSet,
        OrganisationViewSet,
        RelationVerbViewSet,
        RoleViewSet,
        CapacityViewSet,
        BodyKindViewSet,
        OrganisationKindViewSet,
    )


register_snippet(NetworkViewSetGroup)
