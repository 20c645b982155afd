"""Blocks with pictures."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.base import ContentStructBlock
from cms.blocks.chosen import ImageChooserBlock
from cms.blocks.groups import IMAGE
from cms.rendering.context import RenderContext
from cms.rendering.values import Picture
from cms.schema import Schema


class ImageValue(Schema, title="Afbeeldingwaarde"):
    picture: Picture = Field(alias="afbeelding")
    caption: str = Field(alias="bijschrift")


class ImageBlock(ContentStructBlock):
    """A picture with an alternative text, or marked as decoration on purpose."""

    api_type = "afbeelding"
    value_type = ImageValue

    image = ImageChooserBlock(label=_("Afbeelding"))
    alt = blocks.CharBlock(
        label=_("Tekstalternatief"), required=False, max_length=250,
        help_text=_("Wat wie de afbeelding niet ziet moet weten. Begin niet met 'Afbeelding van'."),
    )  # fmt: skip
    decorative = blocks.BooleanBlock(
        label=_("Alleen versiering"),
        required=False,
        help_text=_("De afbeelding voegt niets toe aan de tekst; voorleessoftware slaat haar over."),
    )
    caption = blocks.CharBlock(label=_("Bijschrift"), required=False, max_length=250)

    def check_complete(self, value: Any) -> None:
        alt, decorative = value["alt"].strip(), value["decorative"]
        if alt and decorative:
            message = _("Versiering heeft geen tekstalternatief. Haal de tekst weg, of zet het vinkje uit.")
        elif not alt and not decorative:
            message = _("Vul een tekstalternatief in, of geef aan dat de afbeelding alleen versiering is.")
        else:
            return
        raise StructBlockValidationError(block_errors={"alt": ValidationError(message)})

    def typed(self, value: Any, context: RenderContext) -> ImageValue | None:
        picture = context.picture(value["image"].pk) if value["image"] else None
        if picture is None:
            return None
        return ImageValue(
            picture=picture.model_copy(update={"alt": "" if value["decorative"] else value["alt"]}),
            caption=value["caption"] or "",
        )

    def get_preview_value(self) -> Any:
        """Show the newest image of the site: a preview with a picture of nobody's own would not help."""
        image = self.child_blocks["image"].model_class.objects.order_by("-pk").first()
        return self.to_python(
            {"image": image.pk if image else None, "alt": "", "decorative": True, "caption": "Bijschrift"}
        )

    class Meta:
        label = _("Afbeelding")
        description = _("Een foto of tekening, met een tekstalternatief en een bijschrift.")
        icon = "image"
        group = IMAGE
        template = "cms/blocks/image.html"
