"""The download block: one document of the library."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks

from cms.blocks.base import ContentStructBlock
from cms.blocks.chosen import DocumentChooserBlock
from cms.blocks.groups import REFERENCES
from cms.rendering.context import RenderContext
from cms.rendering.files import file_link
from cms.rendering.values import FileLink
from cms.schema import Schema
from cms.visibility import visible_documents


class DownloadValue(Schema, title="Downloadwaarde"):
    file: FileLink = Field(alias="bestand")
    description: str = Field(alias="omschrijving")


class DownloadBlock(ContentStructBlock):
    """A document to download, with its type and size."""

    api_type = "download"
    value_type = DownloadValue

    document = DocumentChooserBlock(
        label=_("Bestand"), help_text=_("Een bestand in een besloten collectie komt niet op de openbare site.")
    )
    title = blocks.CharBlock(
        label=_("Titel"), required=False, max_length=150, help_text=_("Leeg: de titel van het bestand.")
    )
    description = blocks.CharBlock(
        label=_("Omschrijving"), required=False, max_length=250, help_text=_("Wat de lezer in het bestand vindt.")
    )

    def typed(self, value: Any, context: RenderContext) -> DownloadValue | None:
        document = context.document(value["document"].pk) if value["document"] else None
        if document is None:
            return None
        return DownloadValue(file=file_link(document, value["title"]), description=value["description"] or "")

    def get_preview_value(self) -> Any:
        """Show the newest public document of the site."""
        document = visible_documents().order_by("-pk").first()
        return self.to_python(
            {"document": document.pk if document else None, "title": "", "description": "Wat erin staat."}
        )

    class Meta:
        label = _("Download")
        description = _("Een bestand uit de documenten, met soort en grootte.")
        icon = "download"
        group = REFERENCES
        template = "cms/blocks/download.html"
