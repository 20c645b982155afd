"""Facts about bodies: who steers whom, who sits where. Each stands once and points at pages in the own language."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel

from cms.models import Period
from cms.rendering.build import date_text
from network.models.organisations import Organisation
from network.models.pages import NetworkBodyPage
from network.models.terms import Capacity, RelationVerb, Role, use_own_language
from network.sentences import capitalized

PERIOD_PANEL = FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")], heading=_("Geldigheid"))


def _refuse_translations(**pages: NetworkBodyPage | None) -> None:
    errors = {
        name: _("Kies de pagina in de taal van de site; vertalingen volgen vanzelf.")
        for name, page in pages.items()
        if page is not None and page.locale.language_code != settings.LANGUAGE_CODE
    }
    if errors:
        raise ValidationError(errors)


def _refuse_outside_bodies(fact: Period, *bodies: NetworkBodyPage | None) -> None:
    """Refuse a fact that begins before one of its bodies does, or ends after it.

    A fact without a date holds as long as its bodies do: those need no date of their own on each fact.
    """
    errors = {}
    for body in filter(None, bodies):
        if body.valid_from and fact.valid_from and fact.valid_from < body.valid_from:
            errors["valid_from"] = _("%(body)s bestaat pas vanaf %(day)s.") % _named(body, body.valid_from)
        if body.valid_to and fact.valid_to and fact.valid_to > body.valid_to:
            errors["valid_to"] = _("%(body)s bestaat maar tot %(day)s.") % _named(body, body.valid_to)
        if body.valid_to and fact.valid_from and fact.valid_from >= body.valid_to:
            errors["valid_from"] = _("%(body)s bestaat maar tot %(day)s.") % _named(body, body.valid_to)
        if body.valid_from and fact.valid_to and fact.valid_to <= body.valid_from:
            errors["valid_to"] = _("%(body)s bestaat pas vanaf %(day)s.") % _named(body, body.valid_from)
    if errors:
        raise ValidationError(errors)


def _named(body: NetworkBodyPage, day: date) -> dict[str, str]:
    return {"body": capitalized(body.phrase, settings.LANGUAGE_CODE), "day": date_text(day)}


def _refuse_double(found: QuerySet[Any], what: str) -> None:
    """Refuse a fact that stands there already for some of the same days; the error says for which."""
    twin = found.first()
    if twin is None:
        return
    begin, end = twin.valid_from, twin.valid_to
    if begin and end:
        period = gettext("van %(begin)s tot %(end)s") % {"begin": date_text(begin), "end": date_text(end)}
    elif begin:
        period = gettext("vanaf %(begin)s") % {"begin": date_text(begin)}
    elif end:
        period = gettext("tot %(end)s") % {"end": date_text(end)}
    else:
        period = gettext("zonder begin en eind")
    raise ValidationError(what % {"period": period})


class BodyRelation(Period):
    """One body, or a role in it, does something to another: "de burgemeesters van de BBG begeleiden het platform"."""

    from_body = models.ForeignKey(
        NetworkBodyPage, verbose_name=_("van"), on_delete=models.CASCADE, related_name="relations_from"
    )
    acting_role = models.ForeignKey(
        Role, verbose_name=_("handelende rol"), null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("Leeg: het orgaan zelf."),
    )  # fmt: skip
    acting_number = models.CharField(
        _("getal van de rol"),
        max_length=10,
        choices=NetworkBodyPage.Number.choices,
        default=NetworkBodyPage.Number.PLURAL,
        help_text=_("Telt alleen als er een rol is gekozen: de voorzitter of de voorzitters."),
    )
    verb = models.ForeignKey(
        RelationVerb, verbose_name=_("werkwoord"), on_delete=models.PROTECT, related_name="relations"
    )
    to_body = models.ForeignKey(
        NetworkBodyPage, verbose_name=_("naar"), on_delete=models.CASCADE, related_name="relations_to"
    )

    panels = [
        MultiFieldPanel(
            [
                PageChooserPanel("from_body"),
                FieldRowPanel([FieldPanel("acting_role"), FieldPanel("acting_number")]),
                FieldPanel("verb"),
                PageChooserPanel("to_body"),
            ],
            heading=_("De relatie"),
        ),
        PERIOD_PANEL,
    ]

    class Meta:
        verbose_name = _("relatie")
        verbose_name_plural = _("relaties")
        ordering = ["from_body__path", "verb__key", "to_body__path"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(from_body=models.F("to_body")), name="relation_between_two_bodies",
                violation_error_message=_("Een orgaan kan geen relatie met zichzelf hebben."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.from_body} – {self.verb} – {self.to_body}"

    def clean(self) -> None:
        super().clean()
        _refuse_translations(
            from_body=self.from_body if self.from_body_id else None, to_body=self.to_body if self.to_body_id else None
        )
        use_own_language(self, "verb", "acting_role")
        if self.from_body_id and self.to_body_id:
            _refuse_outside_bodies(self, self.from_body, self.to_body)
        if self.from_body_id and self.to_body_id and self.verb_id:
            twins = BodyRelation.objects.overlapping(self).filter(
                from_body=self.from_body_id, to_body=self.to_body_id, verb=self.verb_id, acting_role=self.acting_role_id
            )
            if self.acting_role_id:
                twins = twins.filter(acting_number=self.acting_number)
            _refuse_double(twins, gettext("Deze relatie staat er al, %(period)s. Pas die aan, of kies andere datums."))

    def save(self, *args: Any, **kwargs: Any) -> None:
        use_own_language(self, "verb", "acting_role")
        super().save(*args, **kwargs)


class Membership(Period):
    """Who sits in a body: an organisation, or holders of a role in another body ("de voorzitters van de DVO's")."""

    body = models.ForeignKey(
        NetworkBodyPage, verbose_name=_("orgaan"), on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisatie"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    member_role = models.ForeignKey(
        Role,
        verbose_name=_("rol in een ander orgaan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    member_number = models.CharField(
        _("getal van de rol"),
        max_length=10,
        choices=NetworkBodyPage.Number.choices,
        default=NetworkBodyPage.Number.PLURAL,
    )
    member_body = models.ForeignKey(
        NetworkBodyPage, verbose_name=_("dat andere orgaan"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="member_of",
    )  # fmt: skip
    capacity = models.ForeignKey(
        Capacity, verbose_name=_("als wie"), null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("Bijvoorbeeld: adviseurs. Leeg: gewoon lid."),
    )  # fmt: skip
    sort_order = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    panels = [
        PageChooserPanel("body"),
        MultiFieldPanel([FieldPanel("organisation")], heading=_("Een organisatie …")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("member_role"), FieldPanel("member_number")]), PageChooserPanel("member_body")],
            heading=_("… of een rol van een ander orgaan"),
        ),
        FieldPanel("capacity"),
        FieldPanel("sort_order"),
        PERIOD_PANEL,
    ]

    class Meta:
        verbose_name = _("deelname")
        verbose_name_plural = _("deelnames")
        ordering = ["body__path", "sort_order", "pk"]

    def __str__(self) -> str:
        member = self.organisation or f"{self.member_role} – {self.member_body}"
        return f"{self.body}: {member}"

    def clean(self) -> None:
        super().clean()
        by_role = bool(self.member_role_id) and bool(self.member_body_id)
        if bool(self.member_role_id) != bool(self.member_body_id):
            raise ValidationError({"member_body": _("Kies de rol én het orgaan waarin die rol bestaat.")})
        if bool(self.organisation_id) == by_role:
            raise ValidationError({"organisation": _("Kies een organisatie óf een rol van een ander orgaan.")})
        if by_role and self.member_body_id == self.body_id:
            raise ValidationError({"member_body": _("Kies een ander orgaan dan het orgaan zelf.")})
        _refuse_translations(
            body=self.body if self.body_id else None, member_body=self.member_body if self.member_body_id else None
        )
        use_own_language(self, "member_role", "capacity")
        if self.body_id:
            _refuse_outside_bodies(self, self.body, self.member_body if by_role else None)
            twins = Membership.objects.overlapping(self).filter(
                body=self.body_id,
                organisation=self.organisation_id,
                member_role=self.member_role_id,
                member_body=self.member_body_id,
                capacity=self.capacity_id,
            )
            if by_role:
                twins = twins.filter(member_number=self.member_number)
            _refuse_double(twins, gettext("Deze deelname staat er al, %(period)s. Pas die aan, of kies andere datums."))

    def save(self, *args: Any, **kwargs: Any) -> None:
        use_own_language(self, "member_role", "capacity")
        super().save(*args, **kwargs)
