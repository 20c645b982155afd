"""The contract of a block: a Dutch label and description, a preview value, a template and a typed API value."""

from collections.abc import Iterable
from threading import RLock
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.blocks import CharBlock, StructBlock, TextBlock
from wagtail.models import Locale, Site

from cms.rendering.blocks import BlockHeading
from cms.rendering.context import RenderContext, load_resources
from cms.schema import Schema

_validating = RLock()


class Draftable:
    """Mixin of a block that has rules of its own: a draft may break them, a published text may not.

    Wagtail marks the block definitions themselves while it validates a draft, and threads share those. So within a
    process one validation waits for another; else a page published meanwhile would be checked as a draft.
    """

    def clean(self, value: Any) -> Any:
        with _validating:
            cleaned = super().clean(value)  # type: ignore[misc]
            if not self.is_deferred_validation:  # type: ignore[attr-defined]
                self.check_complete(cleaned)
        return cleaned

    def clean_deferred(self, value: Any) -> Any:
        with _validating:
            return super().clean_deferred(value)  # type: ignore[misc]

    def check_complete(self, value: Any) -> None:
        """Raise the block's kind of ValidationError where `value`, clean so far, may not be published."""


class DraftableStructBlock(Draftable, StructBlock):
    """Several fields, with rules between them: a block, or a part of one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for child in self.child_blocks.values():
            # A text that stored data leave out would be None, at which wagtail-localize stops.
            if isinstance(child, CharBlock | TextBlock) and child.meta.default is None:
                child.meta.default = ""


class ContentBlock:
    """Mixin of all blocks in a body.

    The template gets `block` (the typed value), `heading_level` and `anchor` (the id of the title), nothing else.
    """

    api_type: ClassVar[str]
    value_type: ClassVar[type[Schema]]

    def carded(self, value: Any) -> Iterable[int]:
        """Give the ids of the pages that the block shows as cards, so that they are loaded in one go."""
        return ()

    def typed(self, value: Any, context: RenderContext) -> Schema | None:
        """Give the typed value, or None when nothing of the block is visible to the public."""
        raise NotImplementedError

    def heading(self, typed: Schema, context: RenderContext) -> BlockHeading | None:
        """Give the heading that the table of contents may list: the value's title, if it has one."""
        title: str = getattr(typed, "title", "")
        return BlockHeading(text=title, level=context.heading_level, anchor=context.anchor(title)) if title else None

    def html(self, typed: Schema, context: RenderContext, anchor: str = "") -> SafeString:
        """Give the block's HTML; without `anchor`, as on its own in a preview, its title has no id."""
        template: str = self.meta.template  # type: ignore[attr-defined]
        return render_to_string(template, {"block": typed, "heading_level": context.heading_level, "anchor": anchor})

    def render(self, value: Any, context: Any = None) -> SafeString | str:
        """Render one block on its own, as the preview of the block chooser does."""
        site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
        if site is None:
            return ""
        locale = Locale.get_active()
        resources = load_resources(
            site,
            locale,
            self.extract_references(value),  # type: ignore[attr-defined]
            set(self.carded(value)),
        )
        render_context = RenderContext(site=site, locale=locale, page_key="voorbeeld", resources=resources)
        typed = self.typed(value, render_context)
        return self.html(typed, render_context) if typed is not None else ""


class ContentStructBlock(ContentBlock, DraftableStructBlock):
    """A block with several fields."""
