"""Takes in one file of an upload: checked, recognised when it is there already, put in the library."""

import hashlib
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile as SentFile
from django.db import transaction
from django.utils.translation import gettext as _

from cms.documents.checks import check_upload, clean_name
from cms.models import CMSDocument, DocumentVersion, User
from cms.models.upload import readable_title
from kennisbank.uploads.models import Action, Match, UploadBatch, UploadedFile

# All of them stand in one form, and Django takes a thousand fields.
MOST_FILES = 100


def receive(batch: UploadBatch, sent: SentFile, key: str, user: User) -> UploadedFile:
    """Give the row of this file. Sent again with the same key, it is the same row. A refused file gets a row too."""
    if known := batch.files.filter(key=key).first():
        return known
    row = UploadedFile(batch=batch, key=key, name=PurePath(sent.name or "").name[:255], size=sent.size or 0)
    sha1 = ""
    try:
        # Before the lock: looking into a file takes a while, and three arrive at once.
        check_upload(sent)
        sent.name = clean_name(sent.name)
        row.content_hash, sha1 = _hashes(sent)
    except ValidationError as error:
        _refuse(row, error)
    with transaction.atomic():
        # One at a time, so that a file that is sent twice at once gets one row.
        UploadBatch.objects.select_for_update().get(pk=batch.pk)
        if known := batch.files.filter(key=key).first():
            return known
        if not row.refusal:
            try:
                _check_place(batch, row)
            except ValidationError as error:
                _refuse(row, error)
            else:
                _keep(row, sent, user, sha1)
        row.save()
        batch.save(update_fields=["changed_at"])
    return row


def _refuse(row: UploadedFile, error: ValidationError) -> None:
    row.refusal, row.action, row.content_hash = " ".join(error.messages), Action.SKIP, ""


def _check_place(batch: UploadBatch, row: UploadedFile) -> None:
    if batch.files.count() >= MOST_FILES:
        raise ValidationError(
            _("Een upload heeft hooguit %(most)d bestanden. Begin voor de rest een nieuwe.") % {"most": MOST_FILES}
        )
    if batch.files.filter(content_hash=row.content_hash).exists():
        raise ValidationError(_("Dit bestand staat al in deze lijst."))


def _keep(row: UploadedFile, sent: SentFile, user: User, sha1: str) -> None:
    recognise(row)
    if row.match == Match.CONTENT:
        row.document = row.same_as
    else:
        row.document, row.owned = _store(row.batch, sent, user, sha1), True


def recognise(row: UploadedFile) -> None:
    """Say in what the file is like one of the library; what is there already is skipped unless the editor says no."""
    if same := CMSDocument.objects.filter(content_hash=row.content_hash).order_by("pk").first():
        row.match, row.same_as = Match.CONTENT, same
        # A file that nobody can find yet still wants its publication.
        row.action = Action.SKIP if same.publication_files.exists() else Action.NEW
        return
    older = DocumentVersion.objects.filter(content_hash=row.content_hash).select_related("document").first()
    if older:
        row.match, row.same_as, row.action = Match.OLDER, older.document, Action.SKIP
        return
    # The storage makes names unique with a suffix, so the title tells more than the name of a stored file.
    title = readable_title(row.name)
    named = CMSDocument.objects.filter(publication_files__isnull=False, title__iexact=title).order_by("-pk").first()
    if named:
        row.match, row.same_as = Match.NAME, named


def discard(row: UploadedFile) -> None:
    """Throw a row away, with its file when nothing else has that."""
    row.delete()
    drop_own_document(row)


def drop_own_document(row: UploadedFile) -> None:
    """Remove the file of a row from the library, when it came with it and no publication got it."""
    document = row.document
    if not row.owned or document is None or row.page_id or document.publication_files.exists():
        return
    others = UploadedFile.objects.filter(document=document, done_at=None).exclude(pk=row.pk)
    if other := others.first():
        # The same file waits in another upload: from now on it came with that one.
        UploadedFile.objects.filter(pk=other.pk).update(owned=True)
        return
    document.delete()


def _hashes(sent: SentFile) -> tuple[str, str]:
    """SHA-256, by which we recognise content, and SHA-1, by which Wagtail warns of doubles."""
    sha256, sha1 = hashlib.sha256(), hashlib.sha1(usedforsecurity=False)
    for chunk in sent.chunks():
        sha256.update(chunk)
        sha1.update(chunk)
    sent.seek(0)
    return sha256.hexdigest(), sha1.hexdigest()


def _store(batch: UploadBatch, sent: SentFile, user: User, sha1: str) -> CMSDocument:
    document = CMSDocument(
        title=readable_title(sent.name or ""),
        file=sent,
        file_size=sent.size,
        file_hash=sha1,
        uploaded_by_user=user,
    )
    if batch.collection:
        document.collection = batch.collection
    document.save()
    return document
