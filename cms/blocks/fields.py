"""StreamFields whose blocks stay out of the migrations; the body field takes them from the registry."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from wagtail.blocks import Block, StreamBlock, StreamBlockValidationError, StreamValue
from wagtail.fields import StreamField

from cms.blocks.base import Draftable
from cms.blocks.registry import block_choices


class DraftableStreamBlock(Draftable, StreamBlock):
    """Blocks of which a draft may hold half-filled ones."""


class BodyBlock(DraftableStreamBlock):
    """All registered blocks; refuses headings that skip a level."""

    def check_complete(self, value: StreamValue) -> None:
        errors: dict[int, ValidationError] = {}
        previous = 1
        for index, child in enumerate(value):
            if child.block_type != "heading":
                continue
            level = int(child.value["level"])
            # A body starts under the page's title (level 1), so its first heading is of level 2.
            if level > previous + 1:
                errors[index] = ValidationError(
                    _("Deze kop slaat een niveau over: na niveau %(previous)d komt hoogstens niveau %(next)d.")
                    % {"previous": previous, "next": previous + 1}
                )
            previous = level
        if errors:
            raise StreamBlockValidationError(
                block_errors=errors, non_block_errors=[_("De volgorde van de koppen klopt niet.")]
            )


class BlocksField(StreamField):
    """A StreamField whose blocks, given by a function, stay out of the migrations: a new block or label needs none."""

    def __init__(self, *args: Any, blocks: Callable[[], list[tuple[str, Block]]] | None = None, **kwargs: Any) -> None:
        # Migrations and Django's clone() pass no blocks; Wagtail's own callers may pass a list of them: no use here.
        if args and isinstance(args[0], str | Promise):
            kwargs["verbose_name"] = args[0]
        self._blocks = blocks or list
        super().__init__([], **kwargs)

    def _stream_block(self) -> StreamBlock:
        return DraftableStreamBlock(self._blocks())

    @cached_property
    def stream_block(self) -> StreamBlock:
        block = self._stream_block()
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        kwargs.pop("verbose_name", None)
        return name, path, [], kwargs


class BodyField(BlocksField):
    """The field of a page's text: all registered blocks, read on first use."""

    def _stream_block(self) -> StreamBlock:
        return BodyBlock(block_choices())
