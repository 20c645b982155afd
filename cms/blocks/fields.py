"""The body field: a StreamField whose blocks come from the registry and stay out of the migrations."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlock, StreamBlockValidationError, StreamValue
from wagtail.fields import StreamField

from cms.blocks.registry import block_choices


class BodyBlock(StreamBlock):
    """All registered blocks; refuses headings that skip a level."""

    def clean(self, value: StreamValue) -> StreamValue:
        value = super().clean(value)
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
        return value


class BodyField(StreamField):
    """A StreamField that takes a name but no block list: `stream_block` is made from the registry on first use.

    Its migrations name the field only, so that a new block or label needs none.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Migrations and Django's clone() pass nothing; Wagtail's own callers may pass a block list: it has no use here.
        if args and isinstance(args[0], str | Promise):
            kwargs["verbose_name"] = args[0]
        super().__init__([], **kwargs)

    @cached_property
    def stream_block(self) -> StreamBlock:
        block = BodyBlock(block_choices())
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        kwargs.pop("verbose_name", None)
        return name, path, [], kwargs
