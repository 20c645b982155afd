"""Reads documents and keeps what stands in them: who may start, what is kept, and how often it is tried."""

import logging
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation

from cms.documents import kinds, process, reasons
from cms.documents.process import Outcome
from cms.models import CMSDocument, DocumentText, ExtractionState

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
# Longer than the child process may live: who has not finished by then was killed.
LEASE = timedelta(minutes=10)
_FINAL = (ExtractionState.DONE, ExtractionState.NO_TEXT, ExtractionState.TOO_BIG, ExtractionState.UNSAFE)
_FACTS = (
    "page_count", "language", "part_kind", "tagged", "text_layer", "claims_pdf_ua", "declared_title",
    "declared_language",
)  # fmt: skip
_NO_FACTS: dict[str, Any] = {
    "page_count": None, "language": "", "part_kind": "", "tagged": None, "text_layer": None, "claims_pdf_ua": None,
    "declared_title": "", "declared_language": "",
}  # fmt: skip


def unread() -> QuerySet[CMSDocument]:
    """Give documents that somebody should read now: those that wait, and those whose reader was killed."""
    return CMSDocument.objects.filter(_free())


def read_now(document: CMSDocument) -> str:
    """Read a document here and now, if nobody else does and it was not read yet. Gives its state afterwards.

    For the worker, importers and the demo. Call `again` first to have it read anew.
    """
    mine = _claim(document.pk)
    if mine:
        document = CMSDocument.objects.get(pk=document.pk)
        if not _copy_from_twin(document, mine):
            _keep(document, mine, _outcome(document))
    return CMSDocument.objects.values_list("extraction_state", flat=True).get(pk=document.pk)


def again(documents: QuerySet[CMSDocument]) -> int:
    """Let documents be read anew, whatever came of it before. Gives how many; the caller starts the reading."""
    return documents.update(
        extraction_state=ExtractionState.QUEUED,
        extraction_attempts=0,
        extraction_message="",
        extraction_started_at=None,
        extracted_hash="",
    )


def _free() -> Q:
    late = timezone.now() - LEASE
    return Q(extraction_state=ExtractionState.QUEUED) | Q(
        extraction_state=ExtractionState.RUNNING, extraction_started_at__lt=late
    )


def _claim(pk: int) -> datetime | None:
    """Take a document for reading: one statement, so that one process gets it. Gives the moment, which is the claim."""
    document = CMSDocument.objects.filter(_free(), pk=pk)
    given_up = document.filter(extraction_attempts__gte=MOST_ATTEMPTS)
    if given_up.update(extraction_state=ExtractionState.FAILED, extraction_message=_message("interrupted")):
        # Of the file that stood there before, perhaps.
        DocumentText.objects.filter(document=pk).delete()
        _note_change(pk)
        return None
    now = timezone.now()
    taken = document.update(
        extraction_state=ExtractionState.RUNNING,
        extraction_started_at=now,
        extraction_attempts=F("extraction_attempts") + 1,
    )
    return now if taken else None


def _outcome(document: CMSDocument) -> Outcome:
    kind = kinds.BY_MEDIA_TYPE.get(document.media_type)
    if kind is None or not kind.part_kind:
        return Outcome("no_text", "kind")
    try:
        with document.file.storage.open(document.file.name or "") as file:
            outcome = process.run(cast("BinaryIO", file), "lees", kind.extension)
    except FileNotFoundError:
        return Outcome("failed", "missing")
    except OSError:
        logger.exception("Document %s could not be opened", document.pk)
        return Outcome("failed", "missing", final=False)
    outcome.facts["part_kind"] = kind.part_kind
    return outcome


def _keep(document: CMSDocument, claim: datetime, outcome: Outcome) -> None:
    """Replace the texts by those of the outcome; unless the file was replaced, or another took over, meanwhile."""
    if not outcome.final and document.extraction_attempts < MOST_ATTEMPTS:
        _still_mine(document, claim).update(extraction_state=ExtractionState.QUEUED, extraction_started_at=None)
        return
    facts = {name: outcome.facts[name] for name in _FACTS if name in outcome.facts}
    is_unsafe = outcome.reason in reasons.UNSAFE
    texts = [
        DocumentText(document=document, number=n, label=label, text=text)
        for n, label, text in outcome.parts
        if not is_unsafe
    ]
    state = ExtractionState.UNSAFE if is_unsafe else outcome.end
    _write(document, claim, state, _message(outcome.reason or outcome.end), facts, texts)


def _copy_from_twin(document: CMSDocument, claim: datetime) -> bool:
    """Take over what another document with the same content gave."""
    twins = CMSDocument.objects.filter(extracted_hash=document.content_hash, extraction_state__in=_FINAL)
    twin = twins.exclude(pk=document.pk).first() if document.content_hash else None
    if twin is None or twin.media_type != document.media_type:
        return False
    texts = [DocumentText(document=document, number=t.number, label=t.label, text=t.text) for t in twin.texts.all()]
    facts = {name: getattr(twin, name) for name in _FACTS}
    _write(document, claim, twin.extraction_state, twin.extraction_message, facts, texts)
    return True


def _write(
    document: CMSDocument, claim: datetime, state: str, message: str, facts: dict[str, Any], texts: list[DocumentText]
) -> None:
    with transaction.atomic():
        if not _still_mine(document, claim).select_for_update().exists():
            return
        DocumentText.objects.filter(document=document).delete()
        DocumentText.objects.bulk_create(texts, batch_size=500)
        CMSDocument.objects.filter(pk=document.pk).update(
            **_NO_FACTS | facts,
            extraction_state=state,
            extraction_message=message,
            extraction_started_at=None,
            extracted_hash=document.content_hash,
        )
        _note_change(document.pk)


def _still_mine(document: CMSDocument, claim: datetime) -> QuerySet[CMSDocument]:
    return CMSDocument.objects.filter(
        pk=document.pk,
        extraction_state=ExtractionState.RUNNING,
        extraction_started_at=claim,
        content_hash=document.content_hash,
    )


def _note_change(pk: int) -> None:
    """Tell the search that a document's text changed."""
    # The search asks the models of documents, so it loads after them.
    from cms.search.indexing import note_documents

    note_documents([pk])


def _message(reason: str) -> str:
    # The worker has no language of its own; what it writes is for editors.
    with translation.override("nl"):
        return str(reasons.UNREAD.get(reason, ""))
