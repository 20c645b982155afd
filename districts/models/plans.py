"""Safety plans of municipalities: which themes have priority."""

from typing import Self

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Site

from cms.visibility import on_site
from districts.forms import SafetyPlanForm
from districts.models.municipality import Municipality

YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]


class SafetyPlanQuerySet(models.QuerySet):
    """Plans by year."""

    def of(self, site: Site) -> Self:
        """Keep those of the municipalities of this site."""
        return self.filter(on_site(site, "municipality__district"))

    def current(self, year: int | None = None) -> Self:
        """Keep plans that cover `year` (default this year)."""
        year = year or timezone.localdate().year
        return self.filter(first_year__lte=year, last_year__gte=year)


class SafetyPlan(ClusterableModel):
    """An integral safety plan (IVP) of a municipality, with the themes it gives priority."""

    municipality = models.ForeignKey(
        Municipality, verbose_name=_("gemeente"), on_delete=models.CASCADE, related_name="plans"
    )
    first_year = models.PositiveSmallIntegerField(_("eerste jaar"), validators=YEARS)
    last_year = models.PositiveSmallIntegerField(_("laatste jaar"), validators=YEARS)
    themes = ParentalManyToManyField(
        "themes.ThemePage", verbose_name=_("thema's met voorrang"), related_name="safety_plans", blank=True,
        limit_choices_to={"alias_of__isnull": True},
    )  # fmt: skip

    note = models.CharField(
        _("toelichting"),
        max_length=200,
        blank=True,
        help_text=_("Eén zin voor de lezer, bijvoorbeeld dat het plan verlengd is."),
    )

    objects = SafetyPlanQuerySet.as_manager()

    panels = [
        FieldPanel("municipality"),
        FieldRowPanel([FieldPanel("first_year"), FieldPanel("last_year")], heading=_("Looptijd")),
        FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
        FieldPanel("note"),
    ]

    base_form_class = SafetyPlanForm

    class Meta:
        verbose_name = _("veiligheidsplan")
        verbose_name_plural = _("veiligheidsplannen")
        ordering = ["municipality__name", "-first_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "first_year"], name="one_plan_a_start",
                violation_error_message=_("Deze gemeente heeft al een plan dat in dat jaar begint."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.municipality} {self.period}"

    @property
    @admin.display(description=_("looptijd"), ordering="first_year")
    def period(self) -> str:
        """The years, as "2023–2026"."""
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}–{self.last_year}"

    @admin.display(description=_("thema's met voorrang"))
    def number_of_themes(self) -> int:
        """How many themes have priority."""
        return self.themes.count()

    def clean(self) -> None:
        super().clean()
        if self.first_year and self.last_year and self.last_year < self.first_year:
            raise ValidationError({"last_year": _("Het laatste jaar ligt voor het eerste jaar.")})
        if self.municipality_id and self.first_year and self.last_year:
            self._overlap_no_other()

    def _overlap_no_other(self) -> None:
        others = SafetyPlan.objects.filter(municipality=self.municipality_id).exclude(pk=self.pk)
        # A plan that begins in the same year is told so by the constraint.
        others = others.exclude(first_year=self.first_year)
        other = (
            others.filter(first_year__lte=self.last_year, last_year__gte=self.first_year).order_by("first_year").first()
        )
        if other is None:
            return
        place = "first_year" if other.first_year < self.first_year else "last_year"
        message = _("In deze jaren heeft %(municipality)s al een plan: %(period)s. Laat de jaren op elkaar aansluiten.")
        values = {"municipality": self.municipality.name, "period": other.period}
        raise ValidationError({place: ValidationError(message, params=values, code="overlap")})
