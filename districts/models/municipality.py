"""Municipalities: untranslated records with a CBS code."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, IntegerRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Page, Site
from wagtail.search import index

from cms.models import Period, PeriodQuerySet
from cms.visibility import on_site
from districts.models.pages import DistrictPage

LARGEST_MAP = 40


def _only(name: str) -> Func:
    """Give the range that holds a number and no other."""
    return Func(F(name), F(name), Value("[]"), function="int4range", output_field=IntegerRangeField())


class MunicipalityQuerySet(PeriodQuerySet):
    """Municipalities by date."""

    def of(self, place: Site | Page) -> Self:
        """Keep those whose district is one of this site, or of that of this page."""
        return self.filter(on_site(place, "district"))

    def there_with(self, other: "Municipality") -> Self:
        """Keep those that are there on some day on which `other` is too; without itself."""
        rows = self.exclude(pk=other.pk)
        if other.valid_from:
            rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=other.valid_from))
        if other.valid_to:
            rows = rows.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=other.valid_to))
        return rows


class Municipality(index.Indexed, Period):
    """A municipality. A merged one keeps its record and page, and names its successor."""

    told_in_outbox = ("=type-gemeente",)

    name = models.CharField(_("naam"), max_length=80)
    slug = models.SlugField(_("naam in het adres"), max_length=80, unique=True)
    code = models.CharField(
        _("CBS-code"), max_length=6, unique=True, help_text=_("GM en vier cijfers, bijvoorbeeld GM0202."),
        validators=[RegexValidator(r"^GM\d{4}$", _("Een CBS-code is GM en vier cijfers, bijvoorbeeld GM0202."))],
    )  # fmt: skip
    district = models.ForeignKey(
        DistrictPage, verbose_name=_("district"), on_delete=models.PROTECT, related_name="municipalities"
    )
    tile_x = models.PositiveSmallIntegerField(
        _("vakje: kolom"), null=True, blank=True, validators=[MaxValueValidator(LARGEST_MAP - 1)],
        help_text=_("Plaats op de vakjeskaart, van west naar oost."),
    )  # fmt: skip
    tile_y = models.PositiveSmallIntegerField(
        _("vakje: rij"), null=True, blank=True, validators=[MaxValueValidator(LARGEST_MAP - 1)],
        help_text=_("Plaats op de vakjeskaart, van noord naar zuid."),
    )  # fmt: skip
    successor = models.ForeignKey(
        "self",
        verbose_name=_("opgegaan in"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    objects: ClassVar = MunicipalityQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("code")], heading=_("Gemeente")),
        PageChooserPanel("district"),
        FieldRowPanel([FieldPanel("tile_x"), FieldPanel("tile_y")], heading=_("Plaats op de vakjeskaart")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]), FieldPanel("successor")],
            heading=_("Herindeling"),
        ),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("district")]

    class Meta:
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        ordering = ["name"]
        constraints = [
            # Of municipalities that are there on the same day: a merged one keeps the place that it had. Ranges of one
            # number need no extension of the database, and at the end of a transaction two may have changed places.
            ExclusionConstraint(
                name="one_municipality_a_tile_a_day",
                expressions=[
                    (_only("tile_x"), RangeOperators.OVERLAPS),
                    (_only("tile_y"), RangeOperators.OVERLAPS),
                    (
                        Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(tile_x__isnull=False, tile_y__isnull=False),
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Op dit vakje van de kaart staat al een gemeente. Kies een ander vakje."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def has_ended(self) -> bool:
        """Tell whether it is a municipality of the past."""
        return self.valid_to is not None and self.valid_to <= timezone.localdate()

    def exists_today(self) -> bool:
        """Tell whether it is a municipality of today."""
        return not self.has_ended() and (self.valid_from is None or self.valid_from <= timezone.localdate())

    def clean(self) -> None:
        super().clean()
        if (self.tile_x is None) != (self.tile_y is None):
            raise ValidationError({"tile_x": _("Vul kolom én rij in, of geen van beide.")})
        if self.tile_x is not None:
            self._keep_tile_free()
        if self.successor_id and not self.valid_to:
            raise ValidationError({"valid_to": _("Vul in wanneer de gemeente is opgegaan in de andere gemeente.")})
        if self.successor_id and self.successor_id == self.pk:
            raise ValidationError({"successor": _("Een gemeente kan niet in zichzelf opgaan.")})
        if self.district_id and self.district.locale.language_code != settings.LANGUAGE_CODE:
            raise ValidationError({"district": _("Kies de pagina in de taal van de site; vertalingen volgen vanzelf.")})

    def _keep_tile_free(self) -> None:
        others = Municipality.objects.there_with(self).filter(tile_x=self.tile_x, tile_y=self.tile_y)
        if other := others.first():
            message = _("Op dit vakje van de kaart staat al %(name)s. Kies een ander vakje.")
            raise ValidationError({"tile_x": ValidationError(message, params={"name": other.name}, code="taken")})
