"""Pages of districts, and the overview under which each municipality has its address."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks.fields import BodyField
from cms.blocks.text import TEXT_FEATURES
from cms.models import BasePage, Contact
from cms.rendering.body import blocks_section
from cms.rendering.context import RenderContext
from cms.rendering.view import PageView
from cms.sections import BaseSection
from districts import finder, matrix, sections
from districts.addresses import MunicipalityAddresses
from districts.views import DistrictIndexView, DistrictView, MunicipalityIndexView, PriorityMatrixView

if TYPE_CHECKING:
    from districts.models.municipality import Municipality


class DistrictIndexPage(BasePage):
    """All districts as cards."""

    body = BodyField(_("tekst"), blank=True)

    view_type = DistrictIndexView
    parent_page_types = ["home.HomePage"]
    subpage_types = ["districts.DistrictPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("districtenoverzicht")
        verbose_name_plural = _("districtenoverzichten")

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        return [
            *sections.district_cards(self, context),
            *finder.finder(MunicipalityAddresses.on_page(context), context),
            *sections.all_municipalities(self, context),
            *blocks_section(self.body, context),
        ]


class DistrictPage(Contact, BasePage):
    """A district: its municipalities, its DVO and how it works, its safety plans."""

    practice = RichTextField(
        _("zo werkt het district"), features=["h3", *TEXT_FEATURES], blank=True,
        help_text=_("Hoe gemeenten, politie en OM in dit district overleggen en wie dat voorbereidt."),
    )  # fmt: skip
    network_body = models.ForeignKey(
        "network.NetworkBodyPage", verbose_name=_("districtelijk overleg"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="districts",
        help_text=_("Het overleg van de burgemeesters van dit district (DVO)."),
    )  # fmt: skip
    body = BodyField(_("tekst"), blank=True)

    view_type = DistrictView
    parent_page_types = ["districts.DistrictIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        HelpPanel(_("De gemeenten en hun veiligheidsplannen komen vanzelf op de pagina. Zie Gemeenten in het menu.")),
        *BasePage.content_panels,
        InlinePanel("facts", heading=_("In het kort"), label=_("feit")),
        FieldPanel("practice"),
        FieldPanel("network_body"),
        FieldPanel("body"),
        Contact.contact_panel,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("practice"), index.SearchField("body")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("network_body", overridable=False),
    ]

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districten")

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        return [
            *sections.district_facts(self, context),
            *sections.practice(self, context),
            *blocks_section(self.body, context),
            *sections.district_municipalities(self, context),
            *matrix.district_section(self, context),
            *sections.district_plans(self, context),
            *self.contact_sections(),
        ]

    def view_values(self, context: RenderContext) -> dict[str, Any]:
        return sections.district_values(self, context)


class DistrictFact(TranslatableMixin, Orderable):
    """A fact about a district that follows from no other data, as its largest cities."""

    page = ParentalKey(DistrictPage, on_delete=models.CASCADE, related_name="facts")
    label = models.CharField(_("wat"), max_length=60, help_text=_("Bijvoorbeeld: Grootste steden."))
    value = models.CharField(_("gegeven"), max_length=150, help_text=_("Bijvoorbeeld: Enschede en Hengelo."))

    panels = [FieldPanel("label"), FieldPanel("value")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("feit")
        verbose_name_plural = _("feiten")

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"


class MunicipalityIndexPage(BasePage):
    """All municipalities by district; each has its own address below this page."""

    body = BodyField(_("tekst"), blank=True)

    view_type = MunicipalityIndexView
    parent_page_types = ["home.HomePage"]
    subpage_types = ["districts.PriorityMatrixPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("gemeentenoverzicht")
        verbose_name_plural = _("gemeentenoverzichten")

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        addresses = MunicipalityAddresses.below(self)
        return [
            *finder.answered(addresses, context),
            *blocks_section(self.body, context),
            *sections.municipality_groups(self, context),
        ]

    def leads_to(self, context: RenderContext) -> str:
        return finder.leads_to(MunicipalityAddresses.below(self), context)

    def subject(self, components: list[str]) -> "Municipality | None":
        return sections.municipality_at(self, components)

    def subject_view(self, subject: "Municipality", context: RenderContext) -> PageView:
        return sections.municipality_view(self, subject, context)


class PriorityMatrixPage(BasePage):
    """Themes beside municipalities and districts: who gives priority to what, in which year."""

    body = BodyField(_("tekst"), blank=True)

    view_type = PriorityMatrixView
    parent_page_types = ["districts.MunicipalityIndexPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    shows_contents: ClassVar[bool] = False
    content_panels = [
        HelpPanel(_("De tabellen en de kaart komen vanzelf uit de veiligheidsplannen. Zie Gemeenten in het menu.")),
        *BasePage.content_panels,
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("prioriteitenmatrix")
        verbose_name_plural = _("prioriteitenmatrices")

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        return [*matrix.matrix_sections(self, context), *blocks_section(self.body, context)]
