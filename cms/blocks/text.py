"""Text blocks: paragraph, heading, quote and call-out."""

from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks
from wagtail.blocks import RichTextBlock

from cms.blocks.base import ContentBlock, ContentStructBlock
from cms.blocks.groups import TEXT
from cms.rendering.blocks import BlockHeading
from cms.rendering.context import RenderContext
from cms.rendering.richtext import rich_text_html
from cms.schema import Schema

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class ParagraphValue(Schema, title="Alineawaarde"):
    html: str


class ParagraphBlock(ContentBlock, RichTextBlock):
    """Running text with lists and links."""

    api_type = "alinea"
    value_type = ParagraphValue

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    def typed(self, value: Any, context: RenderContext) -> ParagraphValue | None:
        return ParagraphValue(html=rich_text_html(value.source, context)) if value.source.strip() else None

    class Meta:
        label = _("Alinea")
        description = _("Gewone tekst, met lijsten en koppelingen.")
        icon = "pilcrow"
        group = TEXT
        template = "cms/blocks/paragraph.html"
        preview_value = (
            "<p>In het netwerk werken gemeenten, politie en Openbaar Ministerie samen. "
            "Ze kiezen <b>samen</b> waar ze aan werken.</p>"
        )


class HeadingValue(Schema, title="Kopwaarde"):
    text: str = Field(alias="tekst")
    level: Literal[2, 3, 4] = Field(alias="niveau")
    anchor: str = Field(alias="anker", description="id van de kop, voor een koppeling naar dit deel van de pagina")


class HeadingBlock(ContentStructBlock):
    """A heading; the body checks that levels follow on each other."""

    api_type = "kop"
    value_type = HeadingValue

    text = blocks.CharBlock(label=_("Tekst"), max_length=120)
    level = blocks.ChoiceBlock(
        search_index=False,
        label=_("Niveau"),
        choices=[("2", _("Kop (niveau 2)")), ("3", _("Tussenkop (niveau 3)")), ("4", _("Kleine kop (niveau 4)"))],
        default="2",
        help_text=_("Begin met niveau 2 en sla geen niveau over."),
    )

    def typed(self, value: Any, context: RenderContext) -> HeadingValue:
        return HeadingValue(text=value["text"], level=int(value["level"]), anchor=context.anchor(value["text"]))

    def heading(self, typed: Any, context: RenderContext) -> BlockHeading:
        return BlockHeading(text=typed.text, level=typed.level, anchor=typed.anchor)

    class Meta:
        label = _("Kop")
        description = _("Een tussenkop die de tekst in delen verdeelt.")
        icon = "title"
        group = TEXT
        template = "cms/blocks/heading.html"
        preview_value = {"text": "Wat doet het netwerk?", "level": "2"}


class QuoteValue(Schema, title="Citaatwaarde"):
    text: str = Field(alias="tekst")
    source: str = Field(alias="bron")


class QuoteBlock(ContentStructBlock):
    """What somebody said or wrote, with who it was."""

    api_type = "citaat"
    value_type = QuoteValue

    text = blocks.TextBlock(label=_("Citaat"), max_length=500)
    source = blocks.CharBlock(
        label=_("Van wie"),
        required=False,
        max_length=150,
        help_text=_("Een functie of een publicatie, bijvoorbeeld: wijkagent in Tiel."),
    )

    def typed(self, value: Any, context: RenderContext) -> QuoteValue:
        return QuoteValue(text=value["text"], source=value["source"] or "")

    class Meta:
        label = _("Citaat")
        description = _("Een uitspraak die eruit springt, met wie het zei.")
        icon = "openquote"
        group = TEXT
        template = "cms/blocks/quote.html"
        preview_value = {
            "text": "Alleen ga je sneller, samen kom je verder.",
            "source": "adviseur openbare orde en veiligheid",
        }


TONES = [("info", _("Informatie")), ("tip", _("Tip")), ("warning", _("Let op"))]


class CalloutValue(Schema, title="Kaderwaarde"):
    tone: Literal["info", "tip", "warning"] = Field(alias="toon")
    tone_label: str = Field(alias="toonLabel")
    title: str = Field(alias="titel")
    html: str


class CalloutBlock(ContentStructBlock):
    """A framed text that must not be missed."""

    api_type = "kader"
    value_type = CalloutValue

    tone = blocks.ChoiceBlock(search_index=False, label=_("Soort"), choices=TONES, default="info")
    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    text = RichTextBlock(label=_("Tekst"), features=TEXT_FEATURES)

    def typed(self, value: Any, context: RenderContext) -> CalloutValue:
        return CalloutValue(
            tone=value["tone"],
            tone_label=str(dict(TONES)[value["tone"]]),
            title=value["title"] or "",
            html=rich_text_html(value["text"].source, context),
        )

    def heading(self, typed: Schema, context: RenderContext) -> None:
        """An aside is no part of the page."""

    class Meta:
        label = _("Kader")
        description = _("Een opvallend kader voor een tip, uitleg of waarschuwing.")
        icon = "warning"
        group = TEXT
        template = "cms/blocks/callout.html"
        preview_value = {
            "tone": "tip",
            "title": "Hulp nodig?",
            "text": "<p>De expertgroep denkt graag met uw gemeente mee.</p>",
        }
