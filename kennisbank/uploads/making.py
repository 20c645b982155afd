"""Makes the publications of an upload, one at a time and each once, so that it can be stopped and taken up again."""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.synctree import create_aliases_for_new_page

from cms.documents.replacing import replace_file
from cms.models import User
from cms.models.document import ExtractionState
from kennisbank.models import KennisbankPage, PublicationFile, PublicationPage
from kennisbank.uploads.forms import DescriptionForm, merged
from kennisbank.uploads.guessing import guessed_language, guessed_title
from kennisbank.uploads.models import Action, Goal, UploadBatch, UploadedFile
from kennisbank.uploads.receiving import drop_own_document

logger = logging.getLogger(__name__)

# A request of the progress bar ends about now; a page takes a tenth of a second.
SECONDS = 2.0

_MANY = ("themes", "audiences", "districts", "municipalities", "organisations")


@dataclass(frozen=True)
class Progress:
    """How far an upload is."""

    done: int
    failed: int
    total: int

    @property
    def finished(self) -> bool:
        """Whether nothing waits any more; what failed can be tried again."""
        return self.done + self.failed >= self.total


def progress(batch: UploadBatch) -> Progress:
    """Count what is done. One query."""
    rows = list(batch.files.filter(refusal="").values_list("done_at", "failure"))
    failed = sum(1 for done_at, failure in rows if failure and not done_at)
    return Progress(done=sum(1 for done_at, _failure in rows if done_at), failed=failed, total=len(rows))


def goals_for(user: User, kennisbank: KennisbankPage) -> list[Goal]:
    """Give what this editor may have done with the publications."""
    permissions = kennisbank.permissions_for_user(user)
    if permissions.can_publish_subpage():
        return [Goal.DRAFT, Goal.PUBLISH]
    return [Goal.DRAFT, Goal.SUBMIT] if kennisbank.get_workflow() else [Goal.DRAFT]


def mistakes(batch: UploadBatch) -> dict[int, dict[str, list[str]]]:
    """Give what is wrong with each row that would not do, as {row: {field: messages}}."""
    found = {}
    for row in waiting(batch):
        if row.action == Action.NEW and (errors := _mistakes_of(row)):
            found[row.pk] = errors
    return found


def waiting(batch: UploadBatch) -> Iterator[UploadedFile]:
    """Give the rows that are not done yet."""
    yield from batch.files.filter(done_at=None, refusal="").select_related("batch", "document", "same_as")


def make_some(batch: UploadBatch, user: User, seconds: float = SECONDS) -> Progress:
    """Work on what is waiting for about so long, and say how far it is. Rows that failed wait for `try_again`."""
    deadline = time.monotonic() + seconds
    for row in list(waiting(batch)):
        if row.failure:
            continue
        _make(row.pk, user)
        if time.monotonic() > deadline:
            break
    now = progress(batch)
    if now.finished and not now.failed and batch.finished_at is None:
        batch.finished_at = timezone.now()
        batch.save(update_fields=["finished_at", "changed_at"])
    return now


def try_again(batch: UploadBatch) -> None:
    """Let rows that failed be made once more."""
    batch.files.filter(done_at=None).update(failure="")


def _make(row_id: int, user: User) -> None:
    try:
        with transaction.atomic():
            batch_id = UploadedFile.objects.values_list("batch", flat=True).get(pk=row_id)
            # One at a time: two tabs of one editor must not make the same publication twice.
            UploadBatch.objects.select_for_update().get(pk=batch_id)
            row = UploadedFile.objects.select_related("batch", "document", "same_as").get(pk=row_id)
            if row.done_at is None:
                _act(row, user)
                row.done_at, row.failure = timezone.now(), ""
                row.save()
    except (ValidationError, PermissionDenied) as error:
        _fail(row_id, _words_of(error))
    except Exception:
        logger.exception("Row %s of an upload was not made", row_id)
        _fail(row_id, _("Er ging iets mis. Probeer het nog eens. Blijft het misgaan? Vraag dan de beheerder."))


def _fail(row_id: int, message: str) -> None:
    UploadedFile.objects.filter(pk=row_id).update(failure=message)


def _act(row: UploadedFile, user: User) -> None:
    if row.action == Action.SKIP:
        drop_own_document(row)
        return
    if row.document is None:
        raise ValidationError(_("Het bestand is intussen uit de documenten verwijderd. Upload het opnieuw."))
    if row.action == Action.VERSION:
        _replace(row, user)
        return
    row.page = _make_publication(row, user)


def _replace(row: UploadedFile, user: User) -> None:
    if row.same_as is None or row.document is None:
        raise ValidationError(_("Het bestand dat u wilt vervangen bestaat niet meer."))
    with row.document.file.open("rb") as content:
        replace_file(row.same_as, content, note=first(row.values, "note"), user=user)
    row.page = publication_of(row.same_as_id)
    drop = row.document
    row.document = row.same_as
    if row.owned:
        row.owned = False
        row.save()
        drop.delete()


def _make_publication(row: UploadedFile, user: User) -> PublicationPage:
    errors = _mistakes_of(row)
    if errors:
        raise ValidationError([message for messages in errors.values() for message in messages])
    # Read again: adding a child needs the number of children that the database knows.
    parent = Page.objects.get(pk=row.batch.kennisbank_id).specific
    if row.document is not None and row.owned:
        # Readers see it at the file; the name of the file will not do where the editor wrote something better.
        row.document.title = title_of(row)[:255]
        row.document.save()
    page = PublicationPage(title=title_of(row), introduction=first(row.values, "introduction"), locale=parent.locale)
    described = description(row)
    described.is_valid()
    for name, value in described.cleaned_data.items():
        setattr(page, name, list(value) if name in _MANY else value)
    page.files = [PublicationFile(document=row.document)]
    add_page(parent, page, user, Goal(row.batch.goal))
    return page


def add_page(parent: Page, page: PublicationPage, user: User | None, goal: Goal) -> None:
    """Add a publication as the admin does: a draft with a version, then published or submitted where that is asked.

    Without a user nobody's rights are asked: a command does it.
    """
    permissions = parent.permissions_for_user(user) if user else None
    if permissions and not permissions.can_add_subpage():
        raise PermissionDenied
    page.live, page.owner = False, user
    parent.add_child(instance=page)
    revision = page.save_revision(user=user, log_action=True)
    create_aliases_for_new_page(page)
    if goal == Goal.PUBLISH:
        if permissions and not permissions.can_publish_subpage():
            raise PermissionDenied
        revision.publish(user=user)
    elif goal == Goal.SUBMIT and (workflow := page.get_workflow()):
        workflow.start(page, user)


def description(row: UploadedFile) -> DescriptionForm:
    """Give the checked form of what holds for this row."""
    values = merged(row.batch.shared, row.values, guessed_language(row.document))
    return DescriptionForm.of(values, bound=True)


def title_of(row: UploadedFile) -> str:
    """Give the title of the publication: the editor's, else what the file says."""
    return first(row.values, "title") or guessed_title(row.document, row.name)


def first(values: dict[str, Any], name: str) -> str:
    """Give the one value that was sent for a field, or ""."""
    return next(iter(values.get(name) or []), "")


def publication_of(document_id: int | None) -> PublicationPage | None:
    """Give the publication that offers this document, the oldest where there are more."""
    return PublicationPage.objects.filter(files__document=document_id).order_by("pk").first() if document_id else None


def _mistakes_of(row: UploadedFile) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    form = description(row)
    if not form.is_valid():
        for name, found in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            errors[name] = [f"{label}: {message}" if label else str(message) for message in found]
    for name, question in (
        ("publication_type", _("Kies een soort.")),
        ("publication_date", _("Vul een datum in.")),
        ("document_language", _("Kies een taal.")),
    ):
        if name not in errors and not form.cleaned_data.get(name):
            errors[name] = [question]
    title = title_of(row)
    if not title:
        errors["title"] = [_("Vul een titel in.")]
    elif len(title) > 255:
        errors["title"] = [_("De titel is te lang: hooguit 255 tekens.")]
    if row.document and row.document.extraction_state == ExtractionState.UNSAFE:
        errors["action"] = [row.document.extraction_message]
    if len(first(row.values, "introduction")) > 400:
        errors["introduction"] = [_("De samenvatting is te lang: hooguit 400 tekens.")]
    return errors


def _words_of(error: ValidationError | PermissionDenied) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return _("U mag dit niet doen. Vraag de beheerder om het recht.")
