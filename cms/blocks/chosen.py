"""Choosers that ask the database for no more than a rendering needs."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock as WagtailSnippetChooserBlock

from cms.caching.shared import is_sharing


class Chosen(NamedTuple):
    """What was chosen, by its number alone: what the public may see of it is in the rendering's context."""

    pk: int


class _Sparing:
    """Wagtail puts a query together for a field that nobody filled in, too."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        values = list(values)
        if all(value is None for value in values):
            return values
        found: list[Any] = super().bulk_to_python(values)  # type: ignore[misc]
        return found


class _ByNumber(_Sparing):
    """For blocks that use the number only. The editor, the worker and a preview get the record itself."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        if not is_sharing():
            return super().bulk_to_python(values)
        return [None if value is None else Chosen(value) for value in values]


class PageChooserBlock(_ByNumber, blocks.PageChooserBlock):
    """A page of which a block shows a link or a card."""


class ImageChooserBlock(_ByNumber, WagtailImageChooserBlock):
    """An image."""


class DocumentChooserBlock(_ByNumber, WagtailDocumentChooserBlock):
    """A document."""


class KnownPageChooserBlock(_Sparing, blocks.PageChooserBlock):
    """A page of which a block has to know more than its number."""


class SnippetChooserBlock(_Sparing, WagtailSnippetChooserBlock):
    """A record."""
