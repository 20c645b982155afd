"""The form block: a form that editors keep once, as a reader fills it in, gets it back with faults, or has sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from pydantic import Field
from wagtail.models import Locale

from cms.blocks.base import ContentStructBlock
from cms.blocks.chosen import SnippetChooserBlock
from cms.blocks.contact import email_address, telephone_address
from cms.blocks.form_fields import FormField, typed_fields
from cms.blocks.groups import CONTACT
from cms.rendering.context import RenderContext
from cms.rendering.links import foreign_language, language_code
from cms.rendering.values import TextPart
from cms.schema import Schema
from cms.submissions.state import FormState

if TYPE_CHECKING:
    from cms.models import Form

# In the address of the page that a reader gets after sending: `?verzonden=12`.
SENT = "verzonden"


class FormContact(Schema, title="Formuliercontact"):
    """The way to get in touch without the form."""

    text: str = Field(alias="tekst")
    email: TextPart | None
    telephone: TextPart | None = Field(alias="telefoon")


class FormValue(Schema, title="Formulierwaarde"):
    """A form's definition, and where a reader stands with it. `thanks` is filled once it is sent: show that alone."""

    id: int
    title: str = Field(alias="titel")
    introduction: str = Field(alias="inleiding")
    language: str | None = Field(default=None, alias="taal", description="BCP 47-taalcode, alleen als die afwijkt")
    open: bool = Field(description="Of het formulier te versturen is")
    questions: list[FormField] = Field(alias="velden")
    submit_label: str = Field(alias="knopTekst")
    privacy: str = Field(alias="privacyTekst")
    contact: FormContact
    stamp: str = Field(default="", alias="stempel", description="Stuur dit mee; het blijft twee dagen geldig")
    anchor: str = Field(default="", alias="anker", description="Id van het formulier op de pagina")
    message: str = Field(default="", alias="melding", description="Wat er mis is met het geheel")
    thanks: str = Field(default="", alias="bedanktTekst", description="Alleen als het formulier net verstuurd is")

    @property
    def faulty(self) -> list[FormField]:
        """The fields with something wrong."""
        return [question for question in self.questions if question.error]


def form_value(form: Form, locale: Locale, state: FormState | None = None, anchor: str = "") -> FormValue:
    """Give what the public may know of a form, never who receives it; with `state`, as it came back from being sent."""
    # Needs the models.
    from cms.submissions.stamps import stamp

    with translation.override(language_code(form.locale_id)):
        questions = [_answered(question, state) for question in typed_fields(form.questions)]
        message = (state.message if state else "") or _faults(sum(1 for question in questions if question.error))
    return FormValue(
        id=form.pk or 0,
        title=form.title,
        introduction=form.introduction,
        language=foreign_language(form, locale),
        open=True,
        questions=questions,
        submit_label=form.submit_label,
        privacy=form.privacy,
        contact=FormContact(
            text=form.contact_text,
            email=TextPart(text=form.contact_email, url=email_address(form.contact_email))
            if form.contact_email
            else None,
            telephone=TextPart(text=form.contact_telephone, url=telephone_address(form.contact_telephone))
            if form.contact_telephone
            else None,
        ),
        stamp=stamp(form),
        anchor=anchor or f"formulier-{form.pk or 0}",
        message=message,
        thanks=form.thanks if state and state.sent else "",
    )


def _faults(number: int) -> str:
    text = ngettext("Er klopt %(number)d antwoord nog niet.", "Er kloppen %(number)d antwoorden nog niet.", number)
    return text % {"number": number} if number else ""


def _answered(question: FormField, state: FormState | None) -> FormField:
    """Give the field with what the reader filled in, and what is wrong with that."""
    if state is None or state.sent:
        return question
    given = state.answers.get(question.key, ())
    return question.model_copy(
        update={
            "answer": "" if question.choices else next(iter(given), ""),
            "choices": [each.model_copy(update={"chosen": each.value in given}) for each in question.choices],
            "error": state.errors.get(question.key, ""),
        }
    )


class FormChooserBlock(SnippetChooserBlock):
    """Keeps the form that was chosen in every translation of the page; the rendering takes the form's translation.

    wagtail-localize would want the form translated before the page.
    """

    def get_translatable_segments(self, value: Any) -> list:
        return []

    def restore_translated_segments(self, value: Any, segments: list) -> Any:
        return value


class FormBlock(ContentStructBlock):
    """A form of the site."""

    api_type = "formulier"
    value_type = FormValue

    form = FormChooserBlock(
        "cms.Form", label=_("Formulier"), help_text=_("U maakt formulieren in het menu Formulieren.")
    )

    def typed(self, value: Any, context: RenderContext) -> FormValue | None:
        chosen = value["form"]
        form = context.record(type(chosen), chosen.pk) if chosen else None
        return form_value(form, context.locale, _state_of(form, context), _anchor(form, context)) if form else None

    def html(self, typed: Any, context: RenderContext, anchor: str = "") -> SafeString:
        """As any block's, all of it in the language of the form."""
        with translation.override(typed.language or context.locale.language_code):
            return super().html(typed, context, anchor)

    def get_preview_value(self) -> Any:
        """Show the newest form of the site."""
        form = self.child_blocks["form"].model_class.objects.filter(live=True).order_by("-pk").first()
        return self.to_python({"form": form.pk if form else None})

    class Meta:
        label = _("Formulier")
        description = _("Een formulier van de site, met een andere weg om contact op te nemen.")
        icon = "form"
        group = CONTACT
        template = "cms/blocks/form.html"


def _state_of(form: Form, context: RenderContext) -> FormState | None:
    if context.form is not None:
        return context.form if context.form.form_id == form.pk else None
    if context.asked(SENT) == str(form.pk):
        return FormState.done(form.pk)
    return None


def _anchor(form: Form, context: RenderContext) -> str:
    """Give the id of the form; one that a page shows twice has two."""
    shown: list[int] = context.once("forms", list)
    shown.append(form.pk)
    number = shown.count(form.pk)
    return f"formulier-{form.pk}" + (f"-{number}" if number > 1 else "")
