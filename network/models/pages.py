"""Pages of the network: its structure, and one page a body."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks.fields import BodyField
from cms.models import BasePage, Contact, Period
from cms.rendering.body import blocks_section
from cms.rendering.context import RenderContext
from cms.rendering.links import locale_by_id
from cms.sections import BaseSection
from network.models.terms import BodyKind, use_own_language
from network.views import NetworkBodyView, NetworkView


class NetworkPage(BasePage):
    """The structure of the network: all bodies by tier, and who steers whom in words."""

    body = BodyField(_("tekst"), blank=True)

    view_type = NetworkView
    parent_page_types = ["home.HomePage"]
    subpage_types = ["network.NetworkBodyPage"]
    max_count_per_parent = 1
    content_panels = [
        HelpPanel(
            _("De tekening en de zinnen maakt de site zelf, uit de organen en hun relaties. Zie Netwerk in het menu.")
        ),
        *BasePage.content_panels,
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("netwerk")
        verbose_name_plural = _("netwerken")

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        from network.sections import structure  # needs the models of this module

        return [*blocks_section(self.body, context), *structure(self, context)]


class NetworkBodyPage(Contact, BasePage, Period):
    """A body. A body below another one belongs to it (a district's DVO to the DVO's) and shares its relations."""

    class Tier(models.TextChoices):
        LOCAL = "lokaal", _("Lokaal")
        DISTRICT = "districtelijk", _("Districtelijk")
        REGION = "regionaal", _("Regionaal")

    class Number(models.TextChoices):
        SINGULAR = "enkelvoud", _("Enkelvoud")
        PLURAL = "meervoud", _("Meervoud")

    short_name = models.CharField(
        _("korte naam"), max_length=60, blank=True, help_text=_("Bijvoorbeeld: BBG of DVO Twente.")
    )
    kind = models.ForeignKey(BodyKind, verbose_name=_("soort"), on_delete=models.PROTECT, related_name="bodies")
    tier = models.CharField(_("niveau"), max_length=20, choices=Tier.choices)
    phrase = models.CharField(
        _("in een zin"),
        max_length=150,
        help_text=_("Met lidwoord, zoals het orgaan in een zin staat: de BBG, de expertgroepen."),
    )
    phrase_of = models.CharField(
        _("na een rol"),
        max_length=150,
        help_text=_("Zoals het na een rol staat: van de BBG (de burgemeesters van de BBG)."),
    )
    number = models.CharField(_("getal"), max_length=10, choices=Number.choices, default=Number.SINGULAR)
    body = BodyField(_("tekst"), blank=True)

    # Two parents bring one along: that of pages counts.
    objects: ClassVar[PageManager] = PageManager()
    view_type = NetworkBodyView
    parent_page_types = ["network.NetworkPage", "network.NetworkBodyPage"]
    subpage_types = ["network.NetworkBodyPage"]
    content_panels = [
        HelpPanel(
            _(
                "Met wie dit orgaan samenwerkt en wie erin zit, vult u niet hier in maar bij Netwerk in het menu: "
                "onder Relaties en Deelnames."
            )
        ),
        *BasePage.content_panels,
        FieldRowPanel(
            [FieldPanel("kind"), FieldPanel("tier"), FieldPanel("short_name")], heading=_("Plaats in het netwerk")
        ),
        MultiFieldPanel(
            [FieldPanel("phrase"), FieldPanel("phrase_of"), FieldPanel("number")],
            heading=_("Hoe het orgaan in een zin heet"),
        ),
        FieldRowPanel(
            [FieldPanel("valid_from"), FieldPanel("valid_to")],
            heading=_("Bestaat van en tot"),
            help_text=_("Een orgaan dat ophoudt, krijgt een einddatum. Zijn pagina blijft, met een melding erboven."),
        ),
        FieldPanel("body"),
        Contact.contact_panel,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("short_name", boost=3),
        index.SearchField("body"),
        index.FilterField("tier"),
        index.FilterField("kind"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("kind", overridable=False),
        SynchronizedField("valid_from", overridable=False),
        SynchronizedField("valid_to", overridable=False),
    ]

    class Meta:
        verbose_name = _("orgaan")
        verbose_name_plural = _("organen")

    @property
    def plural(self) -> bool:
        """Whether sentences speak of the body in the plural."""
        return self.number == self.Number.PLURAL

    @property
    def distinct_short_name(self) -> str:
        """The short name where it tells more than the title, else empty."""
        return self.short_name if self.short_name != self.title else ""

    @cached_property
    def shown_kind(self) -> BodyKind:
        """The kind in the language of this page, else in the site's own."""
        return BodyKind.in_locale(locale_by_id(self.locale_id)).get(self.kind_id) or self.kind

    def clean(self) -> None:
        super().clean()
        use_own_language(self, "kind")

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        from network.sections import body_sections  # needs the models of this module

        return [
            *blocks_section(self.body, context),
            *body_sections(self, context),
            *self.contact_sections(),
        ]

    def view_values(self, context: RenderContext) -> dict[str, Any]:
        from network.sections import body_values  # needs the models of this module

        return body_values(self, context)
