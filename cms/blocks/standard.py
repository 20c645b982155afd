"""Registers the blocks that belong to no single domain."""

from cms.blocks.contact import ContactBlock
from cms.blocks.download import DownloadBlock
from cms.blocks.figures import KeyFiguresBlock
from cms.blocks.form import FormBlock
from cms.blocks.links import LinksBlock, PageCardsBlock
from cms.blocks.media import ImageBlock
from cms.blocks.overview import OverviewBlock
from cms.blocks.registry import register_block
from cms.blocks.structure import AccordionBlock, StepsBlock, TimelineBlock
from cms.blocks.table import TableBlock
from cms.blocks.text import CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock
from cms.blocks.video import VideoBlock


def register() -> None:
    """Register them in the order in which the editor offers them."""
    register_block("paragraph", ParagraphBlock())
    register_block("heading", HeadingBlock())
    register_block("quote", QuoteBlock())
    register_block("callout", CalloutBlock())
    register_block("image", ImageBlock())
    register_block("video", VideoBlock())
    register_block("accordion", AccordionBlock())
    register_block("steps", StepsBlock())
    register_block("timeline", TimelineBlock())
    register_block("key_figures", KeyFiguresBlock())
    register_block("table", TableBlock())
    register_block("links", LinksBlock())
    register_block("page_cards", PageCardsBlock())
    register_block("overview", OverviewBlock())
    register_block("download", DownloadBlock())
    register_block("contact", ContactBlock())
    register_block("form", FormBlock())
