"""The banner: an announcement at the top of every page, for as long as it matters."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Locale, Site
from wagtail_localize.fields import SynchronizedField

from cms.models.site_part import SitePart


class Banner(SitePart):
    """Shown from `starts_at` until `ends_at`, to the second: both are looked at when a page is asked for."""

    public_moments: ClassVar = ("starts_at", "ends_at")

    class Severity(models.TextChoices):
        INFORMATION = "informatie", _("Informatie")
        WARNING = "waarschuwing", _("Waarschuwing")
        URGENT = "dringend", _("Dringend")

    severity = models.CharField(
        _("ernst"), max_length=20, choices=Severity, default=Severity.INFORMATION,
        help_text=_("Dringend is voor gevaar of een storing: het valt het meest op en kan niet worden gesloten."),
    )  # fmt: skip
    title = models.CharField(_("kop"), max_length=80)
    text = RichTextField(_("tekst"), features=["bold", "link"], blank=True, max_length=500)
    starts_at = models.DateTimeField(_("te zien vanaf"), null=True, blank=True, help_text=_("Leeg: meteen."))
    ends_at = models.DateTimeField(
        _("te zien tot"), null=True, blank=True, help_text=_("Leeg: tot u de mededeling weghaalt.")
    )

    override_translatable_fields = [
        *SitePart.override_translatable_fields,
        SynchronizedField("severity"),
        SynchronizedField("starts_at"),
        SynchronizedField("ends_at"),
    ]
    panels: ClassVar = [
        FieldPanel("site"),
        FieldPanel("severity"),
        FieldPanel("title"),
        FieldPanel("text"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])], heading=_("Wanneer is het te zien?")
        ),
    ]

    class Meta(SitePart.Meta):
        verbose_name = _("mededeling")
        verbose_name_plural = _("mededelingen")

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": gettext("Het einde ligt voor het begin. Kies een later moment.")})

    @property
    def is_current(self) -> bool:
        """Whether the banner's time is now."""
        now = timezone.now()
        return (self.starts_at is None or self.starts_at <= now) and (self.ends_at is None or now < self.ends_at)

    @classmethod
    def for_reader(cls, site: Site, locale: Locale) -> Self | None:
        """As for other parts, but only while its time is now."""
        banner = super().for_reader(site, locale)
        return banner if banner is not None and banner.is_current else None
