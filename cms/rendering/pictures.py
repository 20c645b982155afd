"""Renditions as typed pictures, for the slots of the design: looked up while a page is made, and never made then.

Every browser that the stylesheet is made for shows AVIF. The others get WebP, which all have shown since 2020, so a
third format as fallback would only fill the disk. Only the picture for sharing is JPEG: not all networks read others.

The worker makes all sizes in WebP when an image comes or changes, and AVIF, which takes some five times as long, when a
page that shows it is published (cms/tasks.py). Until then a page shows the sizes that there are, or goes without.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail import hooks
from wagtail.images import get_image_model
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from cms.caching.prepared import records
from cms.caching.shared import shared_each
from cms.caching.tags import note
from cms.rendering.values import Picture, PictureSource, ShareImage
from cms.visibility import visible_images

logger = logging.getLogger(__name__)

# Measured on the demo's pictures at 1440 pixels: speed 6 (the encoder's default) 858 ms and 28.8 kB, 7: 367 ms and
# 30.3 kB, 8: 193 ms and 33.9 kB; WebP of quality 80, which looks the same, 74 ms and 35.1 kB.
AVIF = "format-avif|avifquality-60|avifspeed-7"
WEBP = "format-webp|webpquality-80"
JPEG = "format-jpeg|bgcolor-ffffff|jpegquality-80"


class AvifSpeed(FilterOperation):
    """`avifspeed-7`: how hard the encoder tries, from 0 (slowest, smallest) to 10. Wagtail has no setting for it."""

    def construct(self, speed: str) -> None:
        self.speed = int(speed)
        if not 0 <= self.speed <= 10:
            raise ValueError(f"AVIF speed must be 0 to 10, not {speed}")

    def run(self, willow: Any, image: AbstractImage, env: dict[str, Any]) -> None:
        # Pillow adds what stands on an image to what `save` is told. Another library than Pillow keeps its own speed.
        willow.image.encoderinfo = {"speed": self.speed}


@hooks.register("register_image_operations")
def image_operations() -> list[tuple[str, type[FilterOperation]]]:
    return [("avifspeed", AvifSpeed)]


@dataclass(frozen=True)
class Slot:
    """A place for pictures: widths in pixels, height divided by width (None: as the image), the `sizes` attribute.

    An `eager` slot stands in the first view: its picture is fetched at once, the others when they come near.
    """

    name: str
    widths: tuple[int, ...]
    ratio: float | None
    sizes: str
    eager: bool = False

    def specs(self, image: AbstractImage, output: str) -> list[str]:
        """Wagtail's filter specifications, narrow to wide, up to the first that takes all of the image's width.

        Wagtail never enlarges: wider ones would give the same picture again.
        """
        natural = image.width if self.ratio is None else min(image.width, image.height / self.ratio)
        below = [width for width in self.widths if width < natural]
        chosen = self.widths[: len(below) + 1]
        return [f"{self._shape(width)}|{output}" for width in chosen]

    def every_spec(self) -> list[str]:
        """All specifications that an image of any size may have in this slot."""
        return [f"{self._shape(width)}|{output}" for output in (AVIF, WEBP) for width in self.widths]

    def _shape(self, width: int) -> str:
        return f"fill-{width}x{round(width * self.ratio)}" if self.ratio else f"width-{width}"


# `sizes` follows the grids in frontend/design/components: bands of at most 76rem between gutters of 0.5rem + 2.5vw. The
# widths are what those places measure on screens with one, two and three pixels to a CSS pixel, at 360 to 1600 pixels.
SLOTS = {
    slot.name: slot
    for slot in (
        Slot(
            "card",
            (400, 672, 960),
            9 / 16,
            "(min-width: 81rem) 24.25rem, (min-width: 64.25rem) calc(31.7vw - 1.4rem), "
            "(min-width: 42.75rem) calc(47.5vw - 1.4rem), calc(95vw - 1.1rem)",
        ),
        Slot(
            "hero",
            (480, 672, 960, 1440),
            2 / 3,
            "(min-width: 81rem) 29.25rem, (min-width: 60rem) calc(38vw - 1.6rem), calc(95vw - 1rem)",
            eager=True,
        ),
        Slot(
            "opening",
            (528, 672, 1056, 1440),
            3 / 4,
            "(min-width: 81rem) 33rem, (min-width: 60rem) calc(42.75vw - 1.8rem), calc(95vw - 1rem)",
            eager=True,
        ),
        # A logo keeps its shape, and stands in a place of at most 20rem.
        Slot("logo", (320, 640), None, "20rem"),
        Slot("body", (688, 1040, 1376), None, "(min-width: 46.5rem) 43rem, calc(95vw - 1rem)"),
    )
}
SHARED = f"fill-1200x630|{JPEG}"


def pictures(image_ids: Iterable[int | None], slot_name: str) -> dict[int, Picture]:
    """Give a decorative picture for each visible image, as {image id: picture}; the caller sets `alt` where needed.

    Two queries for all of them, none for none, or for those of this generation. An image of which the worker has made
    no size yet is left out.
    """
    slot = SLOTS[slot_name]

    def load(missing: list[int]) -> dict[int, Picture | None]:
        return {image.pk: _picture(image, slot) for image in _images(missing, slot.every_spec())}

    wanted = {image_id for image_id in image_ids if image_id}
    made = shared_each(("pictures", slot_name), wanted, load)
    for image_id in made:
        note("image", image_id)
    return {image_id: picture for image_id, picture in made.items() if picture}


def page_pictures(image_id: int | None, slot_name: str) -> tuple[Picture | None, ShareImage | None]:
    """Give the picture above a page, and the crop that other sites show beside a link to it.

    Two queries, none without an image.
    """
    found = records("image", lambda pk: visible_images().filter(pk=pk), image_id) if image_id else []
    if not found:
        return None, None
    slot, image = SLOTS[slot_name], found[0]
    image.prefetched_renditions = records(("renditions", slot_name), lambda pk: _renditions(pk, slot), image.pk)
    shared = _existing(image, [SHARED])
    return _picture(image, slot), _share_image(image, shared[0]) if shared else None


def _renditions(image_id: int, slot: Slot) -> QuerySet[AbstractRendition]:
    model = get_image_model().get_rendition_model()
    return model.objects.filter(image=image_id, filter_spec__in=[*slot.every_spec(), SHARED])


def _share_image(image: AbstractImage, rendition: AbstractRendition) -> ShareImage:
    return ShareImage(url=rendition.url, width=rendition.width, height=rendition.height, alt=image.description)


def make_renditions(image_ids: Iterable[int | None], slot_name: str, formats: Iterable[str] = (AVIF, WEBP)) -> None:
    """Make what visible images still lack for a slot, in the worker; in AVIF that takes up to a second an image."""
    slot = SLOTS[slot_name]
    for image in _images(image_ids, slot.every_spec()):
        _make(image, [spec for output in formats for spec in slot.specs(image, output)])


def make_all_sizes(image_ids: Iterable[int | None]) -> None:
    """Make what visible images still lack of all slots in WebP, and for sharing; about a second an image."""
    for image in _images(image_ids, [SHARED, *(spec for slot in SLOTS.values() for spec in slot.every_spec())]):
        _make(image, [SHARED, *(spec for slot in SLOTS.values() for spec in slot.specs(image, WEBP))])


def _images(image_ids: Iterable[int | None], specs: list[str]) -> Iterable[AbstractImage]:
    wanted = {image_id for image_id in image_ids if image_id}
    return visible_images().filter(pk__in=wanted).prefetch_renditions(*specs) if wanted else []


def _make(image: AbstractImage, specs: list[str]) -> None:
    try:
        image.get_renditions(*specs)
    except OSError:  # Wagtail's and Willow's errors are of this kind too
        logger.exception("No picture of image %s: its file is missing or broken", image.pk)


def _existing(image: AbstractImage, specs: Iterable[str]) -> list[AbstractRendition]:
    """Give those of `specs` that are made already, of the prefetched ones, in that order.

    Where the focal point moved since, the crop of before stands in for the one to come.
    """
    by_spec: dict[str, list[AbstractRendition]] = {}
    for rendition in image.prefetched_renditions:
        by_spec.setdefault(rendition.filter_spec, []).append(rendition)
    found = []
    for spec in specs:
        made = by_spec.get(spec, [])
        key = Filter(spec).get_cache_key(image) if len(made) > 1 else ""
        found += [min(made, key=lambda each: each.focal_point_key != key)] if made else []
    return found


def _picture(image: AbstractImage, slot: Slot) -> Picture | None:
    note("image", image.pk)
    webp = _by_width(_existing(image, slot.specs(image, WEBP)))
    if not webp:
        return None
    several = len(webp) > 1
    wanted = slot.specs(image, AVIF)
    made = _existing(image, wanted)
    avif = _by_width(made) if len(made) == len(wanted) else []
    return Picture(
        id=image.pk,
        sources=[PictureSource(type="image/avif", srcset=_srcset(avif))] if avif else [],
        src=webp[0].url,
        srcset=_srcset(webp) if several else "",
        sizes=slot.sizes if several else "",
        width=webp[-1].width,
        height=webp[-1].height,
        alt="",
        credit=getattr(image, "credit", ""),
        loading="eager" if slot.eager else "lazy",
        priority="high" if slot.eager else "auto",
    )


def _by_width(renditions: Iterable[AbstractRendition]) -> list[AbstractRendition]:
    """Give one rendition a width, narrow to wide: a photo that its camera marked as turned is narrower than it says."""
    return list({rendition.width: rendition for rendition in renditions}.values())


def _srcset(renditions: list[AbstractRendition]) -> str:
    if len(renditions) == 1:
        return renditions[0].url
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)
