"""What a form asks: the types of fields an editor can choose, and their typed value."""

from collections.abc import Iterable
from typing import Any, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks
from wagtail.blocks import StreamValue

from cms.schema import Schema

FieldKind = Literal["tekst", "tekstvlak", "email", "telefoon", "keuze", "meerkeuze", "datum", "ja-nee"]


# The name of a type in the database, and in the API.
KINDS: dict[str, FieldKind] = {
    "text": "tekst",
    "long_text": "tekstvlak",
    "email": "email",
    "telephone": "telefoon",
    "choice": "keuze",
    "choices": "meerkeuze",
    "date": "datum",
    "yes_no": "ja-nee",
}


class FormChoice(Schema, title="Formulierkeuze"):
    value: str = Field(alias="waarde", description="Gelijk in elke taal")
    label: str
    chosen: bool = Field(default=False, alias="gekozen", description="Als het formulier terugkwam: wat de lezer koos")


class FormField(Schema, title="Formulierveld"):
    key: str = Field(alias="sleutel", description="Gelijk in elke taal")
    kind: FieldKind = Field(alias="soort")
    label: str
    help_text: str = Field(alias="uitleg")
    required: bool = Field(alias="verplicht")
    choices: list[FormChoice] = Field(
        default_factory=list, alias="keuzes", description="Alleen bij (meer)keuze en ja-nee"
    )
    answer: str = Field(default="", alias="antwoord", description="In een formulier dat terugkwam: wat de lezer typte")
    error: str = Field(default="", alias="fout", description="In een formulier dat terugkwam: wat er mis is")


class FieldBlock(blocks.StructBlock):
    """A question; its type is the name of the block in the stream."""

    label = blocks.CharBlock(label=_("Vraag"), max_length=120, help_text=_("Kort. Staat boven het veld."))
    help_text = blocks.CharBlock(
        label=_("Uitleg"), required=False, max_length=250, help_text=_("Wat de invuller moet weten om te antwoorden.")
    )
    required = blocks.BooleanBlock(
        label=_("Verplicht"), required=False, help_text=_("Vraag alleen wat u echt nodig hebt.")
    )


class ChoiceFieldBlock(FieldBlock):
    """A question with answers to choose from. An answer's id is its value, so that a translation keeps it."""

    choices = blocks.ListBlock(
        blocks.CharBlock(label=_("Antwoord"), max_length=120), label=_("Antwoorden"), min_num=2, max_num=20
    )


def form_fields() -> list[tuple[str, blocks.Block]]:
    """Give the types of fields, by their names in the database."""
    return [
        ("text", FieldBlock(label=_("Korte tekst"), icon="pilcrow")),
        ("long_text", FieldBlock(label=_("Lange tekst"), icon="edit")),
        ("email", FieldBlock(label=_("E-mailadres"), icon="mail")),
        ("telephone", FieldBlock(label=_("Telefoonnummer"), icon="mobile-alt")),
        ("choice", ChoiceFieldBlock(label=_("Keuze: één antwoord"), icon="radio-full")),
        ("choices", ChoiceFieldBlock(label=_("Keuze: meer antwoorden"), icon="list-ul")),
        ("date", FieldBlock(label=_("Datum"), icon="date")),
        ("yes_no", FieldBlock(label=_("Ja of nee"), icon="check")),
    ]


def typed_fields(definition: StreamValue | Iterable[Any]) -> list[FormField]:
    """Give the fields in the order of the form."""
    return [
        FormField(
            key=child.id or "",
            kind=KINDS[child.block_type],
            label=child.value["label"],
            help_text=child.value["help_text"] or "",
            required=child.value["required"],
            choices=_choices(child),
        )
        for child in definition
    ]


def _choices(child: Any) -> list[FormChoice]:
    if child.block_type == "yes_no":
        return [FormChoice(value="ja", label=gettext("Ja")), FormChoice(value="nee", label=gettext("Nee"))]
    given = child.value["choices"].bound_blocks if "choices" in child.value else []
    return [FormChoice(value=choice.id or "", label=choice.value) for choice in given]
