"""Images and their renditions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.models.upload import TitledUpload


class CMSImage(TitledUpload, AbstractImage):
    """An image with the name of who made it. `description` (from Wagtail) is the usual alternative text."""

    credit = models.CharField(
        _("bron"),
        max_length=200,
        blank=True,
        help_text=_("Wie de foto of tekening maakte, zoals het onder het beeld moet staan."),
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("afbeelding")
        verbose_name_plural = _("afbeeldingen")
        permissions = [("choose_image", "Can choose image")]


class CMSRendition(AbstractRendition):
    """A resized copy of an image."""

    image = models.ForeignKey(CMSImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
