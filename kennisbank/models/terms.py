"""Terms that describe publications."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models import Term


class PublicationType(Term):
    """A kind of publication, as "factsheet"; it may carry a code of the TOOI list of information categories."""

    name = models.CharField(_("naam"), max_length=80)
    name_plural = models.CharField(_("naam, meervoud"), max_length=80)
    tooi_code = models.CharField(
        _("TOOI-code"), max_length=20, blank=True,
        help_text=_("Informatiecategorie volgens TOOI, bijvoorbeeld c_fdaee95e."),
        validators=[RegexValidator(r"^c_[0-9a-f]{8}$", _("Een TOOI-code is c_ en acht cijfers of letters a–f."))],
    )  # fmt: skip

    panels = [FieldPanel("name"), FieldPanel("name_plural"), FieldPanel("key"), FieldPanel("tooi_code")]

    class Meta(Term.Meta):
        verbose_name = _("documentsoort")
        verbose_name_plural = _("documentsoorten")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Audience(Term):
    """For whom a publication is meant, as "adviseurs veiligheid"."""

    name = models.CharField(_("naam"), max_length=80)

    panels = [FieldPanel("name"), FieldPanel("key")]

    class Meta(Term.Meta):
        verbose_name = _("doelgroep")
        verbose_name_plural = _("doelgroepen")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
