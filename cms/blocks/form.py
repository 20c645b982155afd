"""The form block: a form that editors keep once. Sending is not open yet, so it shows how to get in touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail.models import Locale
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.base import ContentStructBlock
from cms.blocks.contact import email_address, telephone_address
from cms.blocks.form_fields import FormField, typed_fields
from cms.blocks.groups import CONTACT
from cms.rendering.context import RenderContext
from cms.rendering.links import foreign_language
from cms.rendering.values import TextPart
from cms.schema import Schema

if TYPE_CHECKING:
    from cms.models import Form


class FormContact(Schema, title="Formuliercontact"):
    """The way to get in touch without the form."""

    text: str = Field(alias="tekst")
    email: TextPart | None
    telephone: TextPart | None = Field(alias="telefoon")


class FormValue(Schema, title="Formulierwaarde"):
    """A form's definition. While `open` is false nothing can be sent: show the contact instead of the fields."""

    id: int
    title: str = Field(alias="titel")
    introduction: str = Field(alias="inleiding")
    language: str | None = Field(default=None, alias="taal", description="BCP 47-taalcode, alleen als die afwijkt")
    open: bool
    questions: list[FormField] = Field(alias="velden")
    submit_label: str = Field(alias="knopTekst")
    privacy: str = Field(alias="privacyTekst")
    contact: FormContact


def form_value(form: Form, locale: Locale) -> FormValue:
    """Give what the public may know of a form; never who receives it."""
    return FormValue(
        id=form.pk or 0,
        title=form.title,
        introduction=form.introduction,
        language=foreign_language(form, locale),
        open=False,
        questions=typed_fields(form.questions),
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
        return form_value(form, context.locale) if form else None

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
