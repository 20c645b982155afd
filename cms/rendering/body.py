"""A body (StreamField) to rendered blocks, each once, with the heading level that fits its place."""

from django.utils.safestring import mark_safe
from wagtail.blocks import StreamValue

from cms.blocks.base import ContentBlock
from cms.preview.marks import marked
from cms.rendering.blocks import RenderedBlock
from cms.rendering.context import RenderContext
from cms.sections import BODY, BlocksSection


def render_blocks(body: StreamValue, context: RenderContext) -> list[RenderedBlock]:
    """Give the blocks of which the public sees something.

    A title inside a block stands one level below the last heading.
    """
    rendered = []
    level = 2
    for child in body:
        block: ContentBlock = child.block
        here = context.at_level(level)
        typed = block.typed(child.value, here)
        if typed is None:
            continue
        heading = block.heading(typed, here)
        html = block.html(typed, here, anchor=heading.anchor if heading else "")
        if context.preview:
            html = mark_safe(marked(html, child.id or ""))  # noqa: S308 (a block's own HTML)
        rendered.append(RenderedBlock(type=block.api_type, id=child.id or "", value=typed, html=html, heading=heading))
        if child.block_type == "heading":
            level = min(int(child.value["level"]) + 1, 6)
    return rendered


def blocks_section(
    body: StreamValue, context: RenderContext, key: str = "tekst", order: int = BODY
) -> list[BlocksSection]:
    """Give a list with the body's section, empty when there is nothing to show."""
    blocks = render_blocks(body, context) if body else []
    return [BlocksSection(key=key, blocks=blocks, order=order)] if blocks else []
