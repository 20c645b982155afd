"""The overview of partners, under which each organisation has its address."""

from collections.abc import Iterable
from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.search import index

from cms.blocks.fields import BodyField
from cms.models import BasePage
from cms.rendering.body import blocks_section
from cms.rendering.context import RenderContext
from cms.rendering.view import PageView
from cms.sections import BaseSection
from network.models.organisations import Organisation
from network.views import OrganisationIndexView


class OrganisationIndexPage(BasePage):
    """All partners by kind; each has its own address below this page, unless it has a page elsewhere."""

    body = BodyField(_("tekst"), blank=True)

    view_type = OrganisationIndexView
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    content_panels = [
        HelpPanel(
            _(
                "De organisaties komen vanzelf op de pagina, met elk een eigen adres. "
                "Zie Netwerk, Organisaties in het menu."
            )
        ),
        *BasePage.content_panels,
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("organisatieoverzicht")
        verbose_name_plural = _("organisatieoverzichten")

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        from network.partners import by_kind  # needs the models of this module

        return [*blocks_section(self.body, context), *by_kind(self, context)]

    def subject(self, components: list[str]) -> Organisation | None:
        from network.partners import organisation_at  # needs the models of this module

        return organisation_at(self, components)

    def subject_view(self, subject: Organisation, context: RenderContext) -> PageView:
        from network.partners import organisation_view  # needs the models of this module

        return organisation_view(self, subject, context)
