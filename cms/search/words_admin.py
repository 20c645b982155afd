"""What editors teach the search: synonyms, pages on top, words left alone. The menu "Zoekmachine" of the admin."""

from typing import Any, ClassVar

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, HelpPanel, PageChooserPanel, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet, SnippetViewSetGroup

from cms.models import BestBet, IgnoredWord, Synonyms
from cms.search import words_views
from cms.search.missed_admin import MissedReport, may_read
from cms.visibility import visible

MENU_HOOK = "register_search_menu_item"
_LANGUAGE = Column("get_language_display", label=_("Taal"), sort_key="language")


class SynonymsFilters(WagtailFilterSet):
    class Meta:
        model = Synonyms
        fields: ClassVar[list[str]] = ["language"]


class BestBetFilters(WagtailFilterSet):
    class Meta:
        model = BestBet
        fields: ClassVar[list[str]] = ["language"]


class IgnoredWordFilters(WagtailFilterSet):
    class Meta:
        model = IgnoredWord
        fields: ClassVar[list[str]] = ["language"]


class FilledFromAddress(CreateView):
    """A new record of which the report of searches in vain has filled in words and language already."""

    def get_initial_form_instance(self) -> Any:
        instance = super().get_initial_form_instance() or self.model()
        for field in self.model._meta.concrete_fields:
            asked = self.request.GET.get(field.name, "")
            if field.name in ("words", "word", "language") and asked:
                setattr(instance, field.name, asked[:500])
        return instance


class _Comparing:
    """A form with a button that shows what the words as they are in it would change."""

    kind: ClassVar[str]
    object: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = getattr(self, "object", None)
        return super().get_context_data(  # type: ignore[misc]
            **kwargs,
            compare_url=reverse("zoeken_vergelijken", args=[self.kind]),
            compared_record=record.pk if record else "",
        )


class SynonymsCreateView(_Comparing, FilledFromAddress):
    kind = "synoniemen"


class SynonymsEditView(_Comparing, EditView):
    kind = "synoniemen"


class BestBetCreateView(_Comparing, FilledFromAddress):
    kind = "uitgelicht"


class BestBetEditView(_Comparing, EditView):
    kind = "uitgelicht"


class IgnoredWordCreateView(_Comparing, FilledFromAddress):
    kind = "niet-verbeteren"


class IgnoredWordEditView(_Comparing, EditView):
    kind = "niet-verbeteren"


class SynonymsIndexView(IndexView):
    """All groups, with a way to add many at once."""

    def get_header_buttons(self) -> list[Any]:
        buttons = super().get_header_buttons()
        if self.request.user.has_perm("cms.add_synonyms"):
            buttons.append(HeaderButton(_("Plak een lijst"), url=reverse("zoeken_plakken"), icon_name="copy"))
        return buttons


class WordsViewSet(SnippetViewSet):
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    add_view_class = FilledFromAddress


class ComparedViewSet(WordsViewSet):
    create_template_name = "cms/search_admin/words_create.html"
    edit_template_name = "cms/search_admin/words_edit.html"


class SynonymsViewSet(ComparedViewSet):
    model = Synonyms
    icon = "group"
    menu_label = _("Synoniemen")
    list_display = ["words", _LANGUAGE]
    search_fields = ["words"]
    filterset_class = SynonymsFilters
    index_view_class = SynonymsIndexView
    add_view_class = SynonymsCreateView
    edit_view_class = SynonymsEditView
    panels: ClassVar[list[Panel]] = [
        HelpPanel(
            _(
                "Wie op één van deze woorden zoekt, vindt ook de andere. Enkelvoud en meervoud zijn voor de "
                "zoekmachine al hetzelfde, en ook samenstellingen kent zij zelf."
            )
        ),
        FieldPanel("words"),
        FieldPanel("language"),
    ]


class BestBetViewSet(ComparedViewSet):
    model = BestBet
    icon = "pick"
    menu_label = _("Uitgelicht")
    list_display = [
        "words",
        Column("page", label=_("Pagina"), sort_key="page__title"),
        Column(
            "is_public",
            label=_("Te zien"),
            accessor=lambda bet: _("Ja") if bet.is_public else _("Nee: niet gepubliceerd of besloten"),
        ),
        _LANGUAGE,
    ]
    search_fields = ["words", "page__title"]
    filterset_class = BestBetFilters
    add_view_class = BestBetCreateView
    edit_view_class = BestBetEditView
    panels: ClassVar[list[Panel]] = [
        HelpPanel(
            _(
                "Wie precies deze woorden typt, ziet deze pagina bovenaan. Een pagina die niet gepubliceerd of die "
                "besloten is, ziet niemand bovenaan; zij komt er vanzelf bij zodra zij openbaar is."
            )
        ),
        FieldPanel("words"),
        PageChooserPanel("page"),
        FieldPanel("language"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        public = visible(Page.objects.filter(pk=OuterRef("page_id")))
        return BestBet.objects.select_related("page").annotate(is_public=Exists(public))


class IgnoredWordViewSet(ComparedViewSet):
    model = IgnoredWord
    add_view_class = IgnoredWordCreateView
    edit_view_class = IgnoredWordEditView
    icon = "cross"
    menu_label = _("Niet verbeteren")
    list_display = ["word", _LANGUAGE]
    search_fields = ["word"]
    filterset_class = IgnoredWordFilters
    panels: ClassVar[list[Panel]] = [
        HelpPanel(
            _(
                "Bij dit woord vraagt de website nooit “Bedoelde u …?”, en zij vult het ook niet aan. Handig voor "
                "afkortingen en namen die op een ander woord lijken."
            )
        ),
        FieldPanel("word"),
        FieldPanel("language"),
    ]


class SearchGroup(SnippetViewSetGroup):
    """What editors do for the search; the report and the trying stand below the lists."""

    # Wagtail's own search field in the menu is called "Zoeken" already.
    menu_label = _("Zoekmachine")
    menu_icon = "search"
    menu_name = "zoeken"
    menu_order = 550
    submenu_hook = MENU_HOOK
    items = (SynonymsViewSet, BestBetViewSet, IgnoredWordViewSet)


class ReadersMenuItem(MenuItem):
    """Shown to those who may read what readers looked for in vain."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


def missed_menu_item() -> MenuItem:
    """Lead to the report."""
    return ReadersMenuItem(
        _("Zonder resultaat"), reverse("zoekvragen"), name="zoekvragen", icon_name="clipboard-list", order=100
    )


def report_menu_item() -> MenuItem:
    """Lead to the report from Wagtail's own list of reports."""
    return ReadersMenuItem(
        _("Zoekvragen zonder resultaat"), reverse("zoekvragen"), name="zoekvragen-rapport", icon_name="search", order=50
    )


def try_menu_item() -> MenuItem:
    """Lead to the screen that tries a question."""
    return ReadersMenuItem(
        _("Zoekvraag proberen"), reverse("zoeken_proberen"), name="zoeken-proberen", icon_name="view", order=110
    )


def addresses() -> list[URLPattern]:
    """Give the addresses of the screens beside the lists, below the admin's own."""
    return [
        path("zoeken/proberen/", words_views.TryView.as_view(), name="zoeken_proberen"),
        path("zoeken/vergelijken/<slug:kind>/", words_views.CompareView.as_view(), name="zoeken_vergelijken"),
        path("zoeken/plakken/", words_views.PasteView.as_view(), name="zoeken_plakken"),
        path("rapporten/zoekvragen/", MissedReport.as_view(), name="zoekvragen"),
        path("rapporten/zoekvragen/resultaten/", MissedReport.as_view(results_only=True), name="zoekvragen_resultaten"),
        path("rapporten/zoekvragen/verwijderen/", words_views.remove_missed, name="zoekvragen_verwijderen"),
    ]
