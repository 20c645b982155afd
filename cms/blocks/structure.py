"""Blocks that give a text a shape: accordion, steps and timeline."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks
from wagtail.blocks import RichTextBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.base import ContentStructBlock, DraftableStructBlock
from cms.blocks.chosen import PageChooserBlock
from cms.blocks.groups import STRUCTURE
from cms.blocks.text import TEXT_FEATURES
from cms.rendering.build import date_text
from cms.rendering.context import RenderContext
from cms.rendering.richtext import rich_text_html
from cms.rendering.values import Link
from cms.schema import Schema


class TitledText(Schema, title="TekstMetTitel"):
    """A part of an accordion, or a step."""

    title: str = Field(alias="titel")
    html: str


def titled_texts(value: Any, context: RenderContext) -> list[TitledText]:
    """Give the parts of which a reader sees something: a draft may hold empty ones."""
    return [
        TitledText(title=item["title"], html=rich_text_html(item["text"].source, context))
        for item in value
        if item["title"] or item["text"].source
    ]


class AccordionItemBlock(DraftableStructBlock):
    """A question or title, and the text that unfolds below it."""

    title = blocks.CharBlock(
        label=_("Vraag of titel"), max_length=150,
        help_text=_("Zo duidelijk dat een lezer weet of hij dit deel moet openen."),
    )  # fmt: skip
    text = RichTextBlock(label=_("Tekst"), features=TEXT_FEATURES)

    class Meta:
        icon = "collapse-down"
        label = _("Deel")


class AccordionValue(Schema, title="Uitklapperwaarde"):
    title: str = Field(alias="titel")
    items: list[TitledText] = Field(alias="delen")


class AccordionBlock(ContentStructBlock):
    """Texts that a reader unfolds one by one."""

    api_type = "uitklapper"
    value_type = AccordionValue

    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    items = blocks.ListBlock(
        AccordionItemBlock(), label=_("Delen"), min_num=1, max_num=20,
        help_text=_("Voor vragen die bijna niemand allemaal leest. Wat iedereen moet weten, hoort er niet in."),
    )  # fmt: skip

    def typed(self, value: Any, context: RenderContext) -> AccordionValue | None:
        items = titled_texts(value["items"], context)
        return AccordionValue(title=value["title"] or "", items=items) if items else None

    class Meta:
        label = _("Uitklapper")
        description = _("Vragen of titels met een tekst die de lezer zelf openklapt.")
        icon = "collapse-down"
        group = STRUCTURE
        template = "cms/blocks/accordion.html"
        preview_value = {
            "title": "Veelgestelde vragen",
            "items": [
                {
                    "title": "Wie kan de expertgroep om hulp vragen?",
                    "text": "<p>Elke gemeente en elke partner in het netwerk.</p>",
                },
                {
                    "title": "Kost die hulp geld?",
                    "text": "<p>Nee, de partners betalen de expertgroep samen.</p>",
                },
            ],
        }


class StepBlock(DraftableStructBlock):
    """One step: what to do, and how."""

    title = blocks.CharBlock(
        label=_("Stap"), max_length=120,
        help_text=_("Wat iemand doet, zonder nummer. Bijvoorbeeld: Meld het signaal."),
    )  # fmt: skip
    text = RichTextBlock(label=_("Toelichting"), required=False, features=TEXT_FEATURES)

    class Meta:
        icon = "list-ol"
        label = _("Stap")


class StepsValue(Schema, title="Stappenwaarde"):
    title: str = Field(alias="titel")
    steps: list[TitledText] = Field(alias="stappen")


class StepsBlock(ContentStructBlock):
    """Steps in their order."""

    api_type = "stappen"
    value_type = StepsValue

    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    steps = blocks.ListBlock(
        StepBlock(), label=_("Stappen"), min_num=2, max_num=12, help_text=_("De site nummert de stappen zelf.")
    )

    def typed(self, value: Any, context: RenderContext) -> StepsValue | None:
        steps = titled_texts(value["steps"], context)
        return StepsValue(title=value["title"] or "", steps=steps) if steps else None

    class Meta:
        label = _("Stappen")
        description = _("Een stappenplan: wat iemand na elkaar doet, met nummers.")
        icon = "list-ol"
        group = STRUCTURE
        template = "cms/blocks/steps.html"
        preview_value = {
            "title": "Zo meldt u een signaal",
            "steps": [
                {"title": "Schrijf op wat u ziet", "text": "<p>Noem plaats en tijd, geen vermoedens.</p>"},
                {"title": "Bel de coördinator", "text": "<p>Die weet wie er meer over kan zeggen.</p>"},
                {"title": "Maak samen een afspraak", "text": ""},
            ],
        }


class EventBlock(DraftableStructBlock):
    """Something on a timeline, with its moment in words, as a date, or both."""

    moment = blocks.CharBlock(
        label=_("Wanneer, in woorden"), required=False, max_length=40,
        help_text=_("Bijvoorbeeld: najaar 2026. Leeg: de datum hieronder."),
    )  # fmt: skip
    date = blocks.DateBlock(label=_("Datum"), required=False, help_text=_("Alleen als de dag vaststaat."))
    title = blocks.CharBlock(label=_("Wat gebeurt er"), max_length=120)
    text = RichTextBlock(label=_("Toelichting"), required=False, features=TEXT_FEATURES)
    page = PageChooserBlock(
        label=_("Meer op pagina"), required=False, help_text=_("De koppeling krijgt de titel van de pagina.")
    )

    def check_complete(self, value: Any) -> None:
        if not value["moment"] and not value["date"]:
            raise StructBlockValidationError(
                block_errors={"moment": ValidationError(_("Zeg wanneer dit is: in woorden of met een datum."))}
            )

    class Meta:
        icon = "date"
        label = _("Gebeurtenis")


class Event(Schema, title="Gebeurtenis"):
    """`moment` is what a reader sees; `day` is set only where it is known."""

    moment: str = Field(alias="wanneer")
    day: date | None = Field(alias="datum")
    title: str = Field(alias="titel")
    html: str
    link: Link | None = Field(alias="koppeling")


class TimelineValue(Schema, title="Tijdlijnwaarde"):
    title: str = Field(alias="titel")
    events: list[Event] = Field(alias="gebeurtenissen")


class TimelineBlock(ContentStructBlock):
    """What happened or will happen, in the editor's order."""

    api_type = "tijdlijn"
    value_type = TimelineValue

    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    events = blocks.ListBlock(
        EventBlock(), label=_("Gebeurtenissen"), min_num=1, max_num=30,
        help_text=_("De volgorde hier is de volgorde op de pagina. Zet de vroegste bovenaan."),
    )  # fmt: skip

    def typed(self, value: Any, context: RenderContext) -> TimelineValue | None:
        events = [self._event(event, context) for event in value["events"] if event["title"] or event["text"].source]
        return TimelineValue(title=value["title"] or "", events=events) if events else None

    def _event(self, value: Any, context: RenderContext) -> Event:
        return Event(
            moment=value["moment"] or (date_text(value["date"]) if value["date"] else ""),
            day=value["date"],
            title=value["title"],
            html=rich_text_html(value["text"].source, context),
            link=context.link(value["page"].pk) if value["page"] else None,
        )

    class Meta:
        label = _("Tijdlijn")
        description = _("Gebeurtenissen op een rij, met een datum of een periode.")
        icon = "history"
        group = STRUCTURE
        template = "cms/blocks/timeline.html"
        preview_value = {
            "title": "Op weg naar een nieuw plan",
            "events": [
                {
                    "moment": "voorjaar 2026",
                    "date": None,
                    "title": "Gesprekken met partners",
                    "text": "<p>Elke partner noemt de drie zorgen die het zwaarst wegen.</p>",
                    "page": None,
                },
                {
                    "moment": "",
                    "date": date(2026, 11, 23),
                    "title": "Eerste versie klaar",
                    "text": "<p>De raden lezen mee.</p>",
                    "page": None,
                },
            ],
        }
