"""Blocks that lead to other pages: links and page cards."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.base import ContentStructBlock, DraftableStructBlock
from cms.blocks.chosen import PageChooserBlock
from cms.blocks.groups import REFERENCES
from cms.rendering.context import RenderContext
from cms.rendering.values import Card, Link
from cms.schema import Schema


class LinkItem(Link, title="Koppelingregel"):
    description: str = Field(default="", alias="omschrijving")


class LinkBlock(DraftableStructBlock):
    """One link: to a page of the site, or to an address elsewhere."""

    title = blocks.CharBlock(
        label=_("Tekst"), required=False, max_length=120, help_text=_("Leeg: de titel van de gekozen pagina.")
    )
    page = PageChooserBlock(label=_("Pagina"), required=False)
    url = blocks.URLBlock(label=_("Of een adres elders"), required=False)
    description = blocks.CharBlock(label=_("Toelichting"), required=False, max_length=200)

    def check_complete(self, value: Any) -> None:
        if bool(value["page"]) == bool(value["url"]):
            raise StructBlockValidationError(
                block_errors={"page": ValidationError(_("Kies een pagina óf vul een adres in."))}
            )
        if value["url"] and not value["title"]:
            raise StructBlockValidationError(
                block_errors={"title": ValidationError(_("Geef een koppeling naar een ander adres een tekst."))}
            )

    class Meta:
        icon = "link"
        label = _("Koppeling")


class LinksValue(Schema, title="Koppelingenwaarde"):
    title: str = Field(alias="titel")
    items: list[LinkItem] = Field(alias="koppelingen")


class LinksBlock(ContentStructBlock):
    """A short list of links."""

    api_type = "koppelingen"
    value_type = LinksValue

    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    items = blocks.ListBlock(LinkBlock(), label=_("Koppelingen"), min_num=1, max_num=12)

    def typed(self, value: Any, context: RenderContext) -> LinksValue | None:
        items = [item for item in (self._item(link, context) for link in value["items"]) if item]
        return LinksValue(title=value["title"] or "", items=items) if items else None

    def _item(self, value: Any, context: RenderContext) -> LinkItem | None:
        if value["url"]:
            return LinkItem(title=value["title"], url=value["url"], description=value["description"] or "")
        link = context.link(value["page"].pk) if value["page"] else None
        if link is None:
            return None
        return LinkItem(
            title=value["title"] or link.title,
            url=link.url,
            language=link.language,
            description=value["description"] or "",
        )

    class Meta:
        label = _("Koppelingen")
        description = _("Een lijst met koppelingen naar pagina's of naar andere sites.")
        icon = "link"
        group = REFERENCES
        template = "cms/blocks/links.html"
        preview_value = {
            "title": "Lees ook",
            "items": [
                {
                    "title": "Rijksoverheid over veiligheid",
                    "url": "https://www.example.nl/",
                    "description": "Landelijk beleid",
                }
            ],
        }


class PageCardsValue(Schema, title="Paginakaartenwaarde"):
    title: str = Field(alias="titel")
    cards: list[Card] = Field(alias="kaarten")


class PageCardsBlock(ContentStructBlock):
    """Chosen pages as cards."""

    api_type = "paginakaarten"
    value_type = PageCardsValue

    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    pages = blocks.ListBlock(PageChooserBlock(label=_("Pagina")), label=_("Pagina's"), min_num=1, max_num=6)

    def carded(self, value: Any) -> Iterable[int]:
        return [page.pk for page in value["pages"] if page]

    def typed(self, value: Any, context: RenderContext) -> PageCardsValue | None:
        cards = [card for card in (context.card(page.pk) for page in value["pages"] if page) if card]
        return PageCardsValue(title=value["title"] or "", cards=cards) if cards else None

    def get_preview_value(self) -> Any:
        """Show the newest pages of the site."""
        newest = self.child_blocks["pages"].child_block.model_class.objects.filter(depth__gt=2).order_by("-pk")[:3]
        return self.to_python({"title": "Meer weten?", "pages": [page.pk for page in newest]})

    class Meta:
        label = _("Paginakaarten")
        description = _("Eén tot zes pagina's van de site als kaarten met beeld en inleiding.")
        icon = "grip"
        group = REFERENCES
        template = "cms/blocks/page_cards.html"
