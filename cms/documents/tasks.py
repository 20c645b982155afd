"""The worker's part: reading documents, also those that a killed worker left."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from cms.documents.reading import LEASE, read_now, unread
from cms.models import CMSDocument, ExtractionState


@task()
def read_document(document_id: int) -> None:
    """Read a document, unless that was done. Safe to run twice, also at the same time.

    A worker that is killed keeps its task for ever, so each reading leaves another task for after the lease: it finds
    the document read, or takes it up again.
    """
    document = CMSDocument.objects.filter(
        pk=document_id, extraction_state__in=[ExtractionState.QUEUED, ExtractionState.RUNNING]
    ).first()
    if document is None:
        return
    read_document.using(run_after=timezone.now() + LEASE + LEASE / 10).enqueue(document_id)
    if unread().filter(pk=document_id).exists() and read_now(document) == ExtractionState.QUEUED:
        read_document.enqueue(document_id)


def after_save_of_document(instance: CMSDocument, update_fields: Any = None, **_kwargs: Any) -> None:
    """Receiver of `post_save`: have the worker read a file that is new. A save of anything else names its fields."""
    if update_fields is None and instance.extraction_state == ExtractionState.QUEUED:
        transaction.on_commit(lambda: read_document.enqueue(instance.pk))
