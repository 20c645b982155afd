"""The contract of a block: a Dutch label and description, a preview value, a template and a typed API value."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.blocks import StructBlock
from wagtail.models import Locale, Site

from cms.rendering.context import RenderContext, load_resources
from cms.schema import Schema


class ContentBlock:
    """Mixin of all blocks in a body. The template gets `block` (the typed value) and `heading_level`, nothing else."""

    api_type: ClassVar[str]
    value_type: ClassVar[type[Schema]]

    def carded(self, value: Any) -> Iterable[int]:
        """Give the ids of the pages that the block shows as cards, so that they are loaded in one go."""
        return ()

    def typed(self, value: Any, context: RenderContext) -> Schema | None:
        """Give the typed value, or None when nothing of the block is visible to the public."""
        raise NotImplementedError

    def html(self, typed: Schema, context: RenderContext) -> SafeString:
        """Give the block's HTML."""
        template: str = self.meta.template  # type: ignore[attr-defined]
        return render_to_string(template, {"block": typed, "heading_level": context.heading_level})

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


class ContentStructBlock(ContentBlock, StructBlock):
    """A block with several fields."""
