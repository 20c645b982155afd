"""Which blocks a body may hold. Apps register theirs while their models load; fields read it on first use."""

from wagtail.blocks import Block

from cms.blocks.base import ContentBlock
from cms.blocks.groups import GROUPS
from cms.rendering.blocks import describe_block

_blocks: dict[str, ContentBlock] = {}


def register_block(name: str, block: ContentBlock) -> None:
    """Add a block type under `name` (English, kept in the database). Raises ValueError on a second of that name."""
    if name in _blocks and type(_blocks[name]) is not type(block):
        raise ValueError(f"There is a block named {name!r} already: {type(_blocks[name]).__name__}")
    _blocks[name] = block
    describe_block(block.api_type, block.value_type)


def registered_blocks() -> dict[str, ContentBlock]:
    """Give all block types by name, in the order in which they were registered."""
    return dict(_blocks)


def block_choices() -> list[tuple[str, Block]]:
    """Give (name, block) pairs for a StreamBlock by group, the general ones first, whichever app was loaded first."""
    choices = [(name, block) for name, block in _blocks.items() if isinstance(block, Block)]
    core = __name__.partition(".")[0]

    def place(choice: tuple[str, Block]) -> tuple[int, bool]:
        block = choice[1]
        group = GROUPS.index(block.meta.group) if block.meta.group in GROUPS else len(GROUPS)
        return group, type(block).__module__.partition(".")[0] != core

    return sorted(choices, key=place)
