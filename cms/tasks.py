"""What the worker does, so that no visitor waits for it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from cms.models import BasePage, CMSImage
from cms.rendering.build import page_references
from cms.rendering.pictures import AVIF, WEBP, make_all_sizes, make_renditions


@task()
def make_pictures(page_id: int) -> None:
    """Make the sizes of a page's pictures. Each is made once, so a second run only looks them up."""
    for page in Page.objects.filter(pk=page_id).specific():
        make_pictures_of(page)


@task()
def make_pictures_with(image_id: int) -> None:
    """Make the sizes of an image: all in WebP, and what pages that show it ask for. Its file may have changed."""
    for image in CMSImage.objects.filter(pk=image_id):
        make_all_sizes([image.pk])
        uses = ReferenceIndex.get_references_to(image).filter(base_content_type=ContentType.objects.get_for_model(Page))
        for page in Page.objects.filter(pk__in={int(use.object_id) for use in uses}).specific():
            make_pictures_of(page)


def make_pictures_of(page: Page, formats: Iterable[str] = (AVIF, WEBP)) -> None:
    """Make the sizes that the page, and the cards that lead to it, ask for."""
    if not isinstance(page, BasePage):
        return
    in_texts = [int(pk) for model, pk, *_path in page_references(page) if issubclass(model, get_image_model())]
    make_renditions([page.social_image_id], page.hero_slot, formats)
    make_renditions([page.social_image_id], "card", formats)
    make_renditions(in_texts, "body", formats)
    make_all_sizes([page.social_image_id, *in_texts])


def after_publishing(instance: Page, **_kwargs: Any) -> None:
    """Receiver of Wagtail's `page_published`."""
    make_pictures.enqueue(instance.pk)


def after_change_of_image(instance: CMSImage, **_kwargs: Any) -> None:
    """Receiver of `post_save`: the sizes are there before a page shows the image."""
    make_pictures_with.enqueue(instance.pk)
