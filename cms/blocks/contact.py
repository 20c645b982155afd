"""The contact block: whom to ask, by role and function mailbox, never by person."""

import re
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.base import ContentStructBlock
from cms.blocks.chosen import PageChooserBlock
from cms.blocks.groups import CONTACT
from cms.rendering.context import RenderContext
from cms.rendering.values import Link, TextPart
from cms.schema import Schema

# Digits with the usual signs between them, as 024 - 123 45 67, (024) 123 45 67, +31 24 123 45 67 or 14 024.
TELEPHONE = r"^\+?[\d\s()./-]{3,25}$"


class ContactValue(Schema, title="Contactwaarde"):
    """`email` and `telephone` hold what a reader sees, and the address to mail or call."""

    title: str = Field(alias="titel")
    role: str = Field(alias="rol")
    email: TextPart | None
    telephone: TextPart | None = Field(alias="telefoon")
    opening_hours: str = Field(alias="bereikbaarheid", description="Tekst; een nieuwe regel is een nieuwe regel")
    link: Link | None = Field(alias="koppeling")


class ContactBlock(ContentStructBlock):
    """A role and how to reach it."""

    api_type = "contact"
    value_type = ContactValue

    title = blocks.CharBlock(
        label=_("Titel"), required=False, max_length=120, help_text=_("Bijvoorbeeld: Vragen over dit thema?")
    )
    role = blocks.CharBlock(
        label=_("Contactrol"), max_length=150,
        help_text=_("Een rol of team, geen naam van een persoon. Bijvoorbeeld: themacoördinator ondermijning."),
    )  # fmt: skip
    email = blocks.EmailBlock(
        label=_("Functiemailbox"),
        required=False,
        help_text=_("Het adres van een team of functie, niet van een persoon."),
    )
    telephone = blocks.RegexBlock(
        TELEPHONE, label=_("Telefoon"), required=False,
        error_messages={"invalid": _("Schrijf alleen een telefoonnummer, bijvoorbeeld: 024 - 123 45 67.")},
        help_text=_("Een nummer van een team of functie, zonder tekst erbij."),
    )  # fmt: skip
    opening_hours = blocks.TextBlock(
        label=_("Bereikbaar"), required=False, max_length=300, rows=2,
        help_text=_("Bijvoorbeeld: maandag tot en met donderdag van 09.00 tot 17.00 uur."),
    )  # fmt: skip
    page = PageChooserBlock(
        label=_("Meer op pagina"), required=False, help_text=_("De koppeling krijgt de titel van de pagina.")
    )

    def check_complete(self, value: Any) -> None:
        if not (value["email"] or value["telephone"] or value["page"]):
            raise StructBlockValidationError(
                block_errors={"email": ValidationError(_("Zeg hoe iemand contact opneemt: mailbox, nummer of pagina."))}
            )

    def typed(self, value: Any, context: RenderContext) -> ContactValue | None:
        if not (value["role"] or value["email"] or value["telephone"]):
            return None
        return ContactValue(
            title=value["title"] or "",
            role=value["role"] or "",
            email=TextPart(text=value["email"], url=email_address(value["email"])) if value["email"] else None,
            telephone=TextPart(text=value["telephone"], url=telephone_address(value["telephone"]))
            if value["telephone"]
            else None,
            opening_hours=value["opening_hours"] or "",
            link=context.link(value["page"].pk) if value["page"] else None,
        )

    class Meta:
        label = _("Contact")
        description = _("Bij wie een lezer terechtkan: een rol met een mailbox of een telefoonnummer.")
        icon = "mail"
        group = CONTACT
        template = "cms/blocks/contact.html"
        preview_value = {
            "title": "Vragen over dit thema?",
            "role": "themacoördinator ondermijning (voorbeeld)",
            "email": "ondermijning@voorbeeld.example",
            "telephone": "14 024",
            "opening_hours": "Maandag tot en met donderdag van 09.00 tot 17.00 uur",
            "page": None,
        }


def email_address(email: str) -> str:
    """Give the address behind a link to a mailbox; the part before the @ may hold signs that end an address."""
    return f"mailto:{quote(email, safe='@')}"


def telephone_address(telephone: str) -> str:
    """Give the address behind a link to a number as people write it."""
    return "tel:" + re.sub(r"[^\d+]", "", telephone)
