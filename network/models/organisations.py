"""Partner organisations: untranslated records."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, Site
from wagtail.search import index

from cms.visibility import on_site
from network.models.terms import OrganisationKind, use_own_language


class OrganisationQuerySet(models.QuerySet):
    """Organisations by where they take part."""

    def of(self, place: Site | Page) -> Self:
        """Keep those that sit in a body of this site, or in none at all: one that sits elsewhere only is left out."""
        here = on_site(place, "body")
        if not here:
            return self.all()
        seats = apps.get_model("network", "Membership").objects.filter(organisation=OuterRef("pk"))
        return self.filter(~Exists(seats) | Exists(seats.filter(here)))


class Organisation(index.Indexed, models.Model):
    """An organisation that takes part in the network or publishes in the Kennisbank."""

    told_in_outbox = ("=type-organisatie",)

    name = models.CharField(_("naam"), max_length=150, unique=True)
    short_name = models.CharField(_("korte naam"), max_length=60, blank=True, help_text=_("Bijvoorbeeld: OM of VGGM."))
    slug = models.SlugField(_("naam in het adres"), max_length=80, unique=True)
    kind = models.ForeignKey(
        OrganisationKind, verbose_name=_("soort"), on_delete=models.PROTECT, related_name="organisations"
    )
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        "cms.CMSImage", verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    description = models.TextField(_("omschrijving"), blank=True, max_length=600)

    objects: ClassVar = OrganisationQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("short_name"), FieldPanel("slug")], heading=_("Naam")),
        FieldPanel("kind"),
        FieldPanel("description"),
        FieldPanel("website"),
        FieldPanel("logo"),
    ]
    search_fields = [
        index.SearchField("name", boost=5),
        index.AutocompleteField("name"),
        index.SearchField("short_name"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        use_own_language(self, "kind")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        use_own_language(self, "kind")
