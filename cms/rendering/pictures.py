"""Renditions as typed pictures, made in bulk for the slots of the design."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.images.models import AbstractImage

from cms.rendering.values import Picture
from cms.visibility import visible_images


@dataclass(frozen=True)
class Slot:
    """A place for pictures: widths in pixels, height divided by width (None: as the image), the `sizes` attribute."""

    name: str
    widths: tuple[int, ...]
    ratio: float | None
    sizes: str

    def specs(self) -> list[str]:
        """Wagtail's filter specifications, narrow to wide."""
        return [
            f"fill-{width}x{round(width * self.ratio)}|format-webp" if self.ratio else f"width-{width}|format-webp"
            for width in self.widths
        ]


SLOTS = {
    slot.name: slot
    for slot in (
        Slot("card", (320, 640), 9 / 16, "(min-width: 64rem) 22rem, (min-width: 40rem) 50vw, 100vw"),
        Slot("hero", (480, 960, 1440), 9 / 16, "(min-width: 64rem) 50vw, 100vw"),
        Slot("body", (480, 800, 1200), None, "(min-width: 56rem) 48rem, 100vw"),
    )
}


def pictures(image_ids: Iterable[int | None], slot_name: str) -> dict[int, Picture]:
    """Give a decorative picture for each visible image, as {image id: picture}; the caller sets `alt` where needed.

    Two queries for all of them, none for none. Renditions that do not exist yet are made now.
    """
    wanted = {image_id for image_id in image_ids if image_id}
    if not wanted:
        return {}
    images = visible_images().filter(pk__in=wanted).prefetch_renditions()
    return {image.pk: _picture(image, SLOTS[slot_name]) for image in images}


def _picture(image: AbstractImage, slot: Slot) -> Picture:
    renditions = list(image.get_renditions(*slot.specs()).values())
    widest = renditions[-1]
    return Picture(
        src=renditions[0].url,
        srcset=", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions),
        sizes=slot.sizes,
        width=widest.width,
        height=widest.height,
        alt="",
        credit=getattr(image, "credit", ""),
    )
