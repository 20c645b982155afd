"""Themes: their overview and a page each."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.blocks.fields import BodyField
from cms.blocks.text import TEXT_FEATURES
from cms.models import BasePage, Contact
from cms.rendering.body import blocks_section
from cms.rendering.context import RenderContext
from cms.rendering.links import in_own_language
from cms.sections import BaseSection
from themes import sections
from themes.views import ThemeIndexView, ThemeView


class ThemeIndexPage(BasePage):
    """All themes as cards."""

    body = BodyField(_("tekst"), blank=True)

    view_type = ThemeIndexView
    parent_page_types = ["home.HomePage"]
    subpage_types = ["themes.ThemePage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("themaoverzicht")
        verbose_name_plural = _("themaoverzichten")

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        return [*sections.theme_cards(self, context), *blocks_section(self.body, context)]


class ThemePage(Contact, BasePage):
    """A theme: what is going on, who does what, what is done together, whom to ask."""

    situation = RichTextField(_("wat speelt er?"), features=["h3", *TEXT_FEATURES], blank=True)
    approach = RichTextField(_("wat doen we samen?"), features=["h3", *TEXT_FEATURES], blank=True)
    expert_group = models.ForeignKey(
        "network.NetworkBodyPage", verbose_name=_("expertgroep"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="themes", help_text=_("De groep die bij dit thema advies en hulp geeft."),
    )  # fmt: skip
    body = BodyField(_("tekst"), blank=True)

    view_type = ThemeView
    parent_page_types = ["themes.ThemeIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        HelpPanel(
            _(
                "Publicaties, en gemeenten die dit thema voorrang geven, komen vanzelf op de pagina: uit de "
                "Kennisbank en uit de veiligheidsplannen. Die hoeft u hier niet in te vullen."
            )
        ),
        *BasePage.content_panels,
        FieldPanel("situation"),
        InlinePanel("partner_roles", heading=_("Wie doet wat?"), label=_("partner")),
        FieldPanel("approach"),
        FieldPanel("body"),
        FieldPanel("expert_group"),
        Contact.contact_panel,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("situation"),
        index.SearchField("approach"),
        index.SearchField("body"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("expert_group", overridable=False),
        TranslatableField("partner_roles"),
    ]

    class Meta:
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")

    @cached_property
    def roles_in_order(self) -> list["ThemePartnerRole"]:
        """What each partner does; read once a rendering."""
        return list(self.partner_roles.all())

    def clean(self) -> None:
        super().clean()
        if self.expert_group:
            self.expert_group = in_own_language(self.expert_group)

    def further_rich_texts(self) -> list[str]:
        return [role.text for role in self.roles_in_order]

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        return [
            *sections.situation(self, context),
            *sections.roles(self, context),
            *sections.approach(self, context),
            *blocks_section(self.body, context),
            *sections.expert_group(self, context),
            *self.contact_sections(),
        ]

    def view_values(self, context: RenderContext) -> dict[str, Any]:
        return sections.theme_values(self, context)


class ThemePartnerRole(TranslatableMixin, Orderable):
    """What one partner does about the theme."""

    page = ParentalKey(ThemePage, on_delete=models.CASCADE, related_name="partner_roles")
    partner = models.CharField(_("partner"), max_length=100, help_text=_("Bijvoorbeeld: De gemeente."))
    text = RichTextField(_("tekst"), features=TEXT_FEATURES)

    panels = [MultiFieldPanel([FieldPanel("partner"), FieldPanel("text")])]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("rol van een partner")
        verbose_name_plural = _("rollen van partners")

    def __str__(self) -> str:
        return self.partner
