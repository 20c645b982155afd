"""What the worker does, so that no visitor waits for it."""

from typing import Any

from django_tasks import task
from wagtail.models import Page

from cms.models import BasePage
from cms.rendering.build import context_for
from cms.rendering.pictures import page_pictures, pictures


@task()
def make_pictures(page_id: int) -> None:
    """Make the sizes of a page's pictures. They are made once, so a second run only looks them up.

    A page that the task comes too early or too late for gets them when somebody first asks for it.
    """
    page = Page.objects.filter(pk=page_id).specific().first()
    if page is not None:
        make_pictures_of(page)


def make_pictures_of(page: Page) -> None:
    """Make the sizes that the page, and the cards that lead to it, ask for."""
    if isinstance(page, BasePage):
        page_pictures(page.social_image_id, page.hero_slot)
        pictures([page.social_image_id], "card")
        site = page.get_site()
        if site is not None:
            # Loading what the texts refer to makes the pictures in them.
            context_for(page, site, query={})


def after_publishing(instance: Page, **_kwargs: Any) -> None:
    """Receiver of Wagtail's `page_published`."""
    make_pictures.enqueue(instance.pk)
