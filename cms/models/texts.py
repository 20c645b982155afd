"""Texts of the site that belong to no page: who is behind it, and what a reader is told when nothing is found."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.models.site_part import SitePart


class SiteTexts(SitePart):
    """An empty text means: the words that come with the software."""

    organisation = models.CharField(
        _("naam van de organisatie"), max_length=150, blank=True,
        help_text=_("De officiële naam, zoals zoekmachines die mogen tonen. Leeg: de naam van de site."),
    )  # fmt: skip
    email = models.EmailField(
        _("e-mailadres"), blank=True, help_text=_("Van een team of functie, niet van een persoon.")
    )
    telephone = models.CharField(_("telefoonnummer"), max_length=30, blank=True)
    address = models.TextField(_("postadres"), blank=True, max_length=300)
    missing_title = models.CharField(_("kop"), max_length=120, blank=True)
    missing_text = models.TextField(_("tekst"), max_length=400, blank=True)
    search_text = models.TextField(
        _("uitleg bij zoeken"), max_length=400, blank=True, help_text=_("Staat boven het zoekveld op de zoekpagina.")
    )
    no_results_text = models.TextField(
        _("als er niets gevonden is"), max_length=400, blank=True,
        help_text=_("Wat een lezer dan nog kan doen."),
    )  # fmt: skip

    override_translatable_fields = [
        *SitePart.override_translatable_fields,
        SynchronizedField("email"),
        SynchronizedField("telephone"),
        SynchronizedField("address"),
    ]
    panels: ClassVar = [
        FieldPanel("site"),
        MultiFieldPanel(
            [FieldPanel("organisation"), FieldPanel("email"), FieldPanel("telephone"), FieldPanel("address")],
            heading=_("Wie maakt deze site?"),
        ),
        MultiFieldPanel(
            [FieldPanel("missing_title"), FieldPanel("missing_text")], heading=_("Als een pagina niet bestaat")
        ),
        MultiFieldPanel([FieldPanel("search_text"), FieldPanel("no_results_text")], heading=_("Zoeken")),
    ]

    class Meta(SitePart.Meta):
        verbose_name = _("teksten van de site")
        verbose_name_plural = _("teksten van de site")
