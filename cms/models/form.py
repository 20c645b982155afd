"""Forms: what a form asks, who receives it, and how a reader gets in touch without it."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, Locale, PreviewableMixin, RevisionMixin, Site, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from cms.blocks.fields import BlocksField
from cms.blocks.form_fields import form_fields
from cms.preview.modes import PreviewInBothRenderings, PreviewParts
from cms.visibility import published_records


class Form(PreviewInBothRenderings, PreviewableMixin, DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model):
    """A form that blocks show. `mailbox` and `retention_days` are for the receiver and never public."""

    title = models.CharField(_("titel"), max_length=120)
    introduction = models.TextField(
        _("inleiding"), max_length=600, blank=True,
        help_text=_("Waar het formulier voor is, en wat u ermee doet."),
    )  # fmt: skip
    questions = BlocksField(
        _("vragen"), blocks=form_fields, max_num=30, help_text=_("Vraag niet meer dan u nodig hebt. Dat eist de AVG.")
    )
    submit_label = models.CharField(_("tekst op de knop"), max_length=40, default="Versturen")
    thanks = models.TextField(
        _("bedanktekst"), max_length=600, help_text=_("Wat de invuller na het versturen leest: wat er nu gebeurt.")
    )
    privacy = models.TextField(
        _("tekst over privacy"), max_length=600,
        help_text=_("Wat u met de gegevens doet, wie ze ziet en hoe lang u ze bewaart."),
    )  # fmt: skip
    mailbox = models.EmailField(
        _("functiemailbox"), help_text=_("Wie de antwoorden krijgt: een team of functie, geen persoon. Niet openbaar.")
    )
    retention_days = models.PositiveSmallIntegerField(
        _("bewaartermijn in dagen"), default=90, validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("Daarna worden de antwoorden gewist. Hoogstens 730 dagen."),
    )  # fmt: skip
    contact_text = models.TextField(
        _("tekst"), max_length=300,
        help_text=_("Voor wie het formulier niet kan of wil gebruiken. Bijvoorbeeld: U kunt ons ook bellen of mailen."),
    )  # fmt: skip
    contact_email = models.EmailField(_("e-mailadres"), blank=True, help_text=_("Openbaar: een functiemailbox."))
    contact_telephone = models.CharField(
        _("telefoonnummer"), max_length=30, blank=True,
        validators=[RegexValidator(r"^\+?[0-9][0-9 ()-]{5,}$", _("Vul een telefoonnummer in, als 026 123 45 67."))],
    )  # fmt: skip

    # wagtail-localize would translate the telephone number, and let no translator change it.
    override_translatable_fields = [
        SynchronizedField("mailbox", overridable=False),
        SynchronizedField("retention_days", overridable=False),
        SynchronizedField("contact_email"),
        SynchronizedField("contact_telephone"),
    ]
    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("introduction"),
        FieldPanel("questions"),
        MultiFieldPanel(
            [FieldPanel("submit_label"), FieldPanel("privacy"), FieldPanel("thanks")], heading=_("Bij het versturen")
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("mailbox"), FieldPanel("retention_days")])],
            heading=_("Wie krijgt de antwoorden?"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("contact_text"),
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_telephone")]),
            ],
            heading=_("Contact zonder formulier"),
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("formulier")
        verbose_name_plural = _("formulieren")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        errors: dict[str, str] = {}
        if not self.contact_email and not self.contact_telephone:
            errors["contact_email"] = gettext("Geef een e-mailadres of een telefoonnummer, of allebei.")
        labels = [child.value["label"].strip().casefold() for child in self.questions]
        if len(labels) != len(set(labels)):
            errors["questions"] = gettext("Twee vragen heten hetzelfde. Geef elke vraag een eigen naam.")
        if errors:
            raise ValidationError(errors)

    @classmethod
    def for_readers(cls, ids: Collection[int], site: Site, locale: Locale) -> dict[int, Self]:
        """Give what a reader of `locale` gets for each of these forms, as {id asked for: form}. One query.

        That is the published translation in that language, else the form itself; a form that is not published is left
        out, with its translations.
        """
        same = cls.objects.filter(pk__in=ids).values("translation_key")
        found = published_records(cls.objects.filter(Q(pk__in=ids) | Q(translation_key__in=same, locale=locale)))
        forms = list(found)
        translated = {form.translation_key: form for form in forms if form.locale_id == locale.pk}
        return {form.pk: translated.get(form.translation_key, form) for form in forms if form.pk in ids}

    def preview_parts(self, request: HttpRequest) -> PreviewParts:
        """Show the form, as it stands in the editor's screen, in the frame of the home page."""
        # Building a page needs the models of this package.
        from cms.blocks.form import FormBlock, form_value
        from cms.navigation import site_layout
        from cms.rendering.blocks import RenderedBlock
        from cms.rendering.build import build_view, context_for
        from cms.sections import BlocksSection

        # Wagtail gives a new form its language when it is saved.
        if not self.locale_id:
            self.locale = Locale.get_default()
        site = Site.find_for_request(request) or Site.objects.get(is_default_site=True)
        home = (site.root_page.get_translation_or_none(self.locale) or site.root_page).specific
        context = context_for(home, site, query={})
        with translation.override(context.locale.language_code):
            value = form_value(self, self.locale)
            block = RenderedBlock(
                type=FormBlock.api_type, id="formulier", value=value, html=FormBlock().html(value, context)
            )
            view = build_view(home, context)
            view = view.model_copy(update={"sections": [BlocksSection(key="formulier", blocks=[block], order=0)]})
            layout = site_layout(context)
            return PreviewParts(view=view, layout=layout, template="cms/form_preview.html", site=site)
