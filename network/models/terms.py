"""Terms of the network: kinds of bodies and organisations, roles and verbs."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.models import Term


def use_own_language(record: models.Model, *names: str) -> None:
    """Let these fields of a fact point at terms in the site's own language, whichever translation was chosen.

    Raises ValidationError, a field at a time, for a term that does not exist in that language.
    """
    errors = {}
    for name in names:
        term = getattr(record, name) if getattr(record, f"{name}_id") else None
        if term is None:
            continue
        try:
            setattr(record, name, term.in_own_language())
        except type(term).DoesNotExist:
            errors[name] = _("Deze keuze bestaat nog niet in het Nederlands. Voeg haar eerst in het Nederlands toe.")
    if errors:
        raise ValidationError(errors)


class BodyKind(Term):
    """A kind of body, as "bestuurlijk overleg"."""

    name = models.CharField(_("naam"), max_length=80)

    panels = [FieldPanel("name"), FieldPanel("key")]

    class Meta(Term.Meta):
        verbose_name = _("soort orgaan")
        verbose_name_plural = _("soorten organen")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationKind(Term):
    """A kind of organisation, as "gemeente"."""

    name = models.CharField(_("naam"), max_length=80)

    panels = [FieldPanel("name"), FieldPanel("key")]

    class Meta(Term.Meta):
        verbose_name = _("soort organisatie")
        verbose_name_plural = _("soorten organisaties")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(Term):
    """A role in a body, with its article, as "de voorzitter" and "de voorzitters"."""

    singular = models.CharField(_("enkelvoud"), max_length=80, help_text=_("Met lidwoord: de voorzitter."))
    plural = models.CharField(_("meervoud"), max_length=80, help_text=_("Met lidwoord: de voorzitters."))

    panels = [FieldPanel("singular"), FieldPanel("plural"), FieldPanel("key")]

    class Meta(Term.Meta):
        verbose_name = _("rol")
        verbose_name_plural = _("rollen")
        ordering = ["singular"]

    def __str__(self) -> str:
        return self.singular


class Capacity(Term):
    """As what somebody sits in a body: "adviseurs", "hoofdofficier van justitie"."""

    name = models.CharField(_("naam"), max_length=120)

    panels = [FieldPanel("name"), FieldPanel("key")]

    class Meta(Term.Meta):
        verbose_name = _("hoedanigheid")
        verbose_name_plural = _("hoedanigheden")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def validate_pattern(value: str) -> None:
    """Refuse a sentence pattern that does not hold {van} and {naar} once each, or holds other braces."""
    if sorted(re.findall(r"{([^{}]*)}", value)) != ["naar", "van"] or value.count("{") != 2 or value.count("}") != 2:
        raise ValidationError(_("Gebruik {van} en {naar} elk één keer, bijvoorbeeld: {van} geeft richting aan {naar}."))


class RelationVerb(Term):
    """How one body relates to another: a sentence pattern for a singular and a plural subject, both ways round."""

    singular = models.CharField(
        _("zin, enkelvoud"), max_length=200, validators=[validate_pattern],
        help_text=_("{van} is het onderwerp: {van} geeft richting aan {naar}."),
    )  # fmt: skip
    plural = models.CharField(
        _("zin, meervoud"),
        max_length=200,
        validators=[validate_pattern],
        help_text=_("{van} geven richting aan {naar}."),
    )
    inverse_singular = models.CharField(
        _("omgekeerde zin, enkelvoud"), max_length=200, validators=[validate_pattern],
        help_text=_("{naar} is het onderwerp: {naar} krijgt richting van {van}."),
    )  # fmt: skip
    inverse_plural = models.CharField(
        _("omgekeerde zin, meervoud"), max_length=200, validators=[validate_pattern],
        help_text=_("{naar} krijgen richting van {van}."),
    )  # fmt: skip

    panels = [
        FieldPanel("key"),
        MultiFieldPanel([FieldPanel("singular"), FieldPanel("plural")], heading=_("Zin vanuit het handelende orgaan")),
        MultiFieldPanel(
            [FieldPanel("inverse_singular"), FieldPanel("inverse_plural")], heading=_("Zin vanuit het andere orgaan")
        ),
    ]

    class Meta(Term.Meta):
        verbose_name = _("werkwoord")
        verbose_name_plural = _("werkwoorden")
        ordering = ["key"]

    def __str__(self) -> str:
        """The words without the two bodies, as beside an arrow: "geeft richting aan"."""
        return " ".join(self.singular.replace("{van}", " ").replace("{naar}", " ").split())
