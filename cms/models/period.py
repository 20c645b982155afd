"""Facts that hold for a period."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def holding_on(day: date | None = None) -> Q:
    """Give the condition that something holds on `day` (default today): from its first day up to, not including, its
    end."""
    day = day or timezone.localdate()
    return Q(Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class PeriodQuerySet(models.QuerySet):
    """Facts by date."""

    def valid_on(self, day: date | None = None) -> Self:
        """Keep what holds on `day` (default today)."""
        return self.filter(holding_on(day))

    def overlapping(self, period: "Period") -> Self:
        """Keep what holds on any day on which `period` does, itself left out."""
        found = self.exclude(pk=period.pk)
        if period.valid_from:
            found = found.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=period.valid_from))
        if period.valid_to:
            found = found.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=period.valid_to))
        return found


class Period(models.Model):
    """A fact that may begin and end. Without dates it always holds."""

    valid_from = models.DateField(_("geldt vanaf"), null=True, blank=True, help_text=_("Leeg: altijd al."))
    valid_to = models.DateField(
        _("geldt tot"), null=True, blank=True, help_text=_("De eerste dag waarop dit niet meer geldt. Leeg: geldt nog.")
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Whether this holds on `day`."""
        return not (self.valid_from and day < self.valid_from) and not (self.valid_to and day >= self.valid_to)

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValidationError({"valid_to": _("De einddatum moet na de begindatum liggen.")})
