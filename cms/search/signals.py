"""Notes what changed in pages and documents, so that the worker puts it into the index."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site
from wagtail.signals import post_page_move

from cms.models import BasePage, CMSDocument, CMSImage
from cms.search.indexing import note_documents, note_pages, wake_worker


def connect() -> None:
    """Listen to all page types and to documents. What is deleted or hidden leaves the index by itself (triggers)."""
    for model in apps.get_models():
        if issubclass(model, BasePage):
            post_save.connect(_page_saved, sender=model, dispatch_uid=f"search {model._meta.label}")
            post_delete.connect(_wake, sender=model, dispatch_uid=f"search {model._meta.label}")
    post_page_move.connect(_wake, dispatch_uid="search references")
    post_save.connect(_document_saved, sender=CMSDocument, dispatch_uid="search")
    # The triggers note the entries whose words have to be put together anew.
    for model in (CMSImage, CMSDocument, Collection, CollectionViewRestriction, PageViewRestriction, Site):
        post_save.connect(_wake, sender=model, dispatch_uid=f"search {model._meta.label} woken")
        post_delete.connect(_wake, sender=model, dispatch_uid=f"search {model._meta.label} woken")


def _page_saved(instance: BasePage, **_kwargs: Any) -> None:
    note_pages([instance.pk])


def _document_saved(instance: CMSDocument, created: bool, **_kwargs: Any) -> None:
    # A new document is of no page yet; what its reader finds is noted by the reader.
    if not created:
        note_documents([instance.pk])


def _wake(**_kwargs: Any) -> None:
    wake_worker()
