"""Lists of the admin that apps share: of the pages of one type, and of terms. Each app registers its own with these."""

from collections.abc import Callable
from datetime import timedelta
from functools import reduce
from operator import and_, or_
from typing import Any, ClassVar

import django_filters
from django.conf import settings
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

TERMS_HOOK = "register_term_menu_item"

# The name of the group or person that keeps a page.
RESPONSIBLE = Coalesce(
    "responsible_group__name",
    NullIf(Trim(Concat("responsible_user__first_name", Value(" "), "responsible_user__last_name")), Value("")),
    "responsible_user__username",
)


def together(name: str, most: int = 2) -> Callable[[Any], str]:
    """Give an accessor of a column that prints the list under `name` on one line: the first ones, and how many more."""

    def shown(instance: Any) -> str:
        names = getattr(instance, name)
        rest = len(names) - most
        return ", ".join(names[:most]) + (f" +{rest}" if rest > 0 else "")

    return shown


def short_date(name: str) -> Callable[[Any], str]:
    """Give an accessor of a column that prints the date under `name` in figures, so that it fits on one line."""
    return lambda instance: date_format(getattr(instance, name), "SHORT_DATE_FORMAT") if getattr(instance, name) else ""


def own_language(model: type[Model], *ordering: str) -> Any:
    """Give what a filter offers: each page or term once, in the site's own language, for facts point at those."""

    def choices(request: HttpRequest | None) -> QuerySet:
        return model._default_manager.filter(locale__language_code=settings.LANGUAGE_CODE).order_by(*ordering)

    return choices


def choice_filter(model: type[Model], label: Promise, *ordering: str, **options: Any) -> django_filters.Filter:
    """Give a filter on one page or term in the site's own language."""
    return django_filters.ModelChoiceFilter(
        queryset=own_language(model, *ordering), label=label, empty_label=_("Alle"), **options
    )


class StatusFilter(django_filters.ChoiceFilter):
    """Published, changed since, or never published."""

    CHOICES = (("gepubliceerd", _("Gepubliceerd")), ("gewijzigd", _("Met wijzigingen")), ("concept", _("Concept")))

    def __init__(self) -> None:
        super().__init__(label=_("Status"), choices=self.CHOICES, empty_label=_("Alle"))

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        rules = {"gepubliceerd": {"live": True}, "gewijzigd": {"has_unpublished_changes": True, "live": True}}
        return qs.filter(**rules.get(value, {"live": False})) if value else qs


class ReviewFilter(django_filters.ChoiceFilter):
    """Whether somebody has to look at the page again."""

    CHOICES = (("te-laat", _("Te laat")), ("binnenkort", _("Binnen 30 dagen")), ("geen", _("Geen datum")))

    def __init__(self) -> None:
        super().__init__(label=_("Controle"), choices=self.CHOICES, empty_label=_("Alle"))

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        today = timezone.localdate()
        if value == "te-laat":
            return qs.filter(review_date__lte=today)
        if value == "binnenkort":
            return qs.filter(review_date__gt=today, review_date__lte=today + timedelta(days=30))
        return qs.filter(review_date__isnull=True) if value == "geen" else qs


class PageFilters(WagtailFilterSet):
    """What every list of pages can be filtered by; Wagtail adds the language."""

    status = StatusFilter()
    review = ReviewFilter()

    class Meta:
        model = Page
        fields: ClassVar[list[str]] = []


class PageListView(IndexView):
    """A list of the pages of one type.

    Words are looked up in the fields of `search_in` themselves. Wagtail's search index could neither filter nor order
    what it found by facts of a page type.
    """

    search_in: ClassVar[list[str]] = ["title", "introduction"]

    def get_annotations(self) -> dict[str, Any]:
        """Give what columns and export show beyond the fields of the page, as expressions of the query."""
        return {"responsible_name": RESPONSIBLE}

    def annotate_queryset(self, pages: QuerySet) -> QuerySet:
        return super().annotate_queryset(pages.annotate(**self.get_annotations()))

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        words = self.search_query.split() if self.is_searching else []
        if not words:
            return queryset
        found = [reduce(or_, (Q(**{f"{name}__icontains": word}) for name in self.search_in)) for word in words]
        return queryset.filter(reduce(and_, found))

    def get_ordering(self) -> str:
        asked = self.request.GET.get("ordering")
        return asked if asked in self.get_valid_orderings() else self.default_ordering

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        field = F(self.ordering.lstrip("-"))
        first = field.desc(nulls_last=True) if self.ordering.startswith("-") else field.asc(nulls_last=True)
        return queryset.order_by(first, "title", "pk")


class PagesMenuItem(MenuItem):
    """Shown to those who may do anything with pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        actions = set(IndexView.any_permission_required)
        return PagePermissionPolicy().user_has_any_permission(request.user, actions)


class PageListing(PageListingViewSet):
    """A list of the pages of one type in the menu."""

    menu_item_class = PagesMenuItem
    index_view_class = PageListView
    # wagtail-localize asks the database twice about every page in a list, for its buttons.
    list_per_page = 25

    @staticmethod
    def columns_around(*columns: Any) -> list[Any]:
        """Give the columns that every list of pages has, with those of the page type between them."""
        return [
            BulkActionsColumn("bulk_actions"),
            PageTitleColumn("title", label=_("Titel"), sort_key="title", classname="title", width="28%"),
            *columns,
            Column(
                "review_date",
                label=_("Controle"),
                sort_key="review_date",
                accessor=short_date("review_date"),
                classname="vn-nowrap",
            ),
            PageStatusColumn("status", label=_("Status"), sort_key="live"),
        ]


class _OwnLanguageTerms:
    """A chooser offers a term once, and only when it is published: a fact with a draft term is not shown."""

    def get_object_list(self) -> QuerySet:
        terms = super().get_object_list()  # type: ignore[misc]
        return terms.filter(locale__language_code=settings.LANGUAGE_CODE, live=True)

    def get_filter_form_class(self) -> type[BaseFilterForm]:
        return BaseFilterForm  # there is one language to choose from

    @property
    def columns(self) -> list[Column]:
        return [self.title_column]  # type: ignore[attr-defined]


class TermChooseView(_OwnLanguageTerms, ChooseView):
    pass


class TermChooseResultsView(_OwnLanguageTerms, ChooseResultsView):
    pass


class TermChooserViewSet(SnippetChooserViewSet):
    """The chooser of a term for a fact."""

    choose_view_class = TermChooseView
    choose_results_view_class = TermChooseResultsView


class TermViewSet(SnippetViewSet):
    """A list of terms with their language and key. Terms are translated with the button of wagtail-localize."""

    menu_hook = TERMS_HOOK
    list_display = ["__str__", LocaleColumn(label=_("Taal")), "key", LiveStatusTagColumn(label=_("Status"))]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
    chooser_viewset_class = TermChooserViewSet
    list_per_page = 50


class TermGroup(ViewSetGroup):
    """The terms of all apps: seldom needed, so away from what changes daily."""

    menu_label = _("Keuzelijsten")
    menu_name = "keuzelijsten"
    menu_icon = "list-ul"
    menu_order = 650
    submenu_hook = TERMS_HOOK
