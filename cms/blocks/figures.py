"""Key figures: a few numbers that say how big something is."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks

from cms.blocks.base import ContentStructBlock, DraftableStructBlock
from cms.blocks.groups import STRUCTURE
from cms.rendering.context import RenderContext
from cms.schema import Schema


class KeyFigureBlock(DraftableStructBlock):
    """A number with what it counts."""

    number = blocks.CharBlock(
        label=_("Getal"),
        max_length=20,
        help_text=_("Kort, zoals: 76 of 3 miljoen. Schrijf duizendtallen met een punt."),
    )
    label = blocks.CharBlock(label=_("Wat het telt"), max_length=80, help_text=_("Bijvoorbeeld: gemeenten."))
    explanation = blocks.CharBlock(
        label=_("Toelichting of bron"), required=False, max_length=200,
        help_text=_("Noem van wie het getal is en van welk jaar."),
    )  # fmt: skip

    class Meta:
        icon = "decimal"
        label = _("Kerngetal")


class KeyFigure(Schema, title="Kerngetal"):
    number: str = Field(alias="getal", description="Zoals een lezer het ziet, bijvoorbeeld: 3 miljoen")
    label: str = Field(description="Wat het getal telt")
    explanation: str = Field(alias="toelichting")


class KeyFiguresValue(Schema, title="Kerngetallenwaarde"):
    title: str = Field(alias="titel")
    figures: list[KeyFigure] = Field(alias="getallen")


class KeyFiguresBlock(ContentStructBlock):
    """One to six numbers side by side."""

    api_type = "kerngetallen"
    value_type = KeyFiguresValue

    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    figures = blocks.ListBlock(KeyFigureBlock(), label=_("Getallen"), min_num=1, max_num=6)

    def typed(self, value: Any, context: RenderContext) -> KeyFiguresValue | None:
        figures = [
            KeyFigure(number=figure["number"], label=figure["label"], explanation=figure["explanation"] or "")
            for figure in value["figures"]
            if figure["number"] or figure["label"]
        ]
        return KeyFiguresValue(title=value["title"] or "", figures=figures) if figures else None

    class Meta:
        label = _("Kerngetallen")
        description = _("Eén tot zes getallen die laten zien hoe groot iets is.")
        icon = "decimal"
        group = STRUCTURE
        template = "cms/blocks/key_figures.html"
        preview_value = {
            "title": "Oost-Nederland in getallen",
            "figures": [
                {"number": "3 miljoen", "label": "inwoners", "explanation": ""},
                {"number": "76", "label": "gemeenten", "explanation": "Stand op 1 januari 2026 (voorbeeld)"},
                {"number": "27", "label": "basisteams van de politie", "explanation": ""},
            ],
        }
