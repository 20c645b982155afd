"""The rows of an upload as its screens show them, with all that a template prints worked out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.models import ExtractionState
from cms.rendering.files import size_text
from kennisbank.models import PublicationFile, PublicationPage
from kennisbank.models.pages import DOCUMENT_LANGUAGES
from kennisbank.uploads.access import may_replace
from kennisbank.uploads.forms import DescriptionForm, RowForm
from kennisbank.uploads.guessing import guessed_language, guessed_title
from kennisbank.uploads.models import Action, Match, UploadBatch, UploadedFile

_UNREAD = {ExtractionState.QUEUED, ExtractionState.RUNNING}


@dataclass(frozen=True)
class FileRow:
    """One file in a list: its size, what it is like, what became of it."""

    file: UploadedFile
    known: PublicationPage | None

    @property
    def size(self) -> str:
        return size_text(self.file.size)

    @property
    def known_url(self) -> str:
        return edit_url(self.known) if self.known else ""

    @property
    def known_title(self) -> str:
        if self.known:
            return self.known.title
        return self.file.same_as.title if self.file.same_as else ""

    @property
    def known_words(self) -> str:
        """The sentence before the title of what is there already."""
        where = _("de Kennisbank") if self.known else _("de documenten")
        return (
            {
                Match.CONTENT: _("Dit bestand staat al in %(where)s als"),
                Match.OLDER: _("Dit is een oudere versie van een bestand in %(where)s:"),
                Match.NAME: _("Een ander bestand met deze naam staat al in %(where)s als"),
            }.get(Match(self.file.match), "")
            % {"where": where}
            if self.file.match
            else ""
        )

    @property
    def page_url(self) -> str:
        return edit_url(self.file.page) if self.file.page else ""

    @property
    def result(self) -> str:
        """What became of the file, in words."""
        if not self.file.done_at:
            return _("Niet gelukt") if self.file.failure else _("Wacht")
        if self.file.action == Action.SKIP:
            return _("Overgeslagen")
        if self.file.action == Action.VERSION:
            return _("Nieuwe versie geplaatst")
        if self.file.page is None:
            return _("Gemaakt, later verwijderd")
        if self.file.page.live:
            return _("Gepubliceerd")
        return _("Ingediend") if self.file.page.workflow_in_progress else _("Concept")


@dataclass(frozen=True)
class Row(FileRow):
    """One file in the table: with its form."""

    form: RowForm
    may_replace: bool
    mistakes: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def guess(self) -> str:
        return guessed_title(self.file.document, self.file.name)

    @property
    def messages(self) -> list[str]:
        return [message for messages in self.mistakes.values() for message in messages]

    @property
    def own(self) -> list[str]:
        """The names of the fields in which it differs, beyond those in the table."""
        fields = DescriptionForm.base_fields.items()
        return [
            str(each.label) for name, each in fields if name in self.file.values and name not in RowForm.base_fields
        ]

    @property
    def is_read_later(self) -> bool:
        document = self.file.document
        return document is not None and document.extraction_state in _UNREAD

    @property
    def state(self) -> str:
        """How far the worker is with the file, in words."""
        document = self.file.document
        if document is None:
            return _("Het bestand is verwijderd. Upload het opnieuw.")
        return document.extraction_message or document.get_extraction_state_display()

    def form_for(self, data: QueryDict) -> RowForm:
        return _form(self.file, self.may_replace, data)

    def chosen_action(self, sent: str) -> str:
        return sent if sent in dict(self.form.fields["action"].choices) else Action.NEW  # type: ignore[attr-defined]


def file_rows(batch: UploadBatch, only: Iterable[int] | None = None) -> list[FileRow]:
    """Give the rows of an upload, or `only` those. Two queries."""
    files = _files(batch, only)
    known = _publications(files)
    return [FileRow(file, known.get(file.same_as_id or 0)) for file in files]


def rows_of(batch: UploadBatch, user: Any, mistakes: Mapping[int, Mapping[str, list[str]]] | None = None) -> list[Row]:
    """Give the rows that still can be described, with their forms."""
    files = [file for file in _files(batch) if not file.refusal and file.done_at is None]
    known = _publications(files)
    rows = []
    for file in files:
        replaceable = bool(file.same_as and file.match != Match.CONTENT and may_replace(user, file.same_as))
        form = _form(file, replaceable)
        wrong = (mistakes or {}).get(file.pk, {})
        rows.append(Row(file, known.get(file.same_as_id or 0), form, replaceable, wrong))
    return rows


def edit_url(page: PublicationPage) -> str:
    """Give the address of a publication in the admin."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _files(batch: UploadBatch, only: Iterable[int] | None = None) -> list[UploadedFile]:
    files = batch.files.select_related("document", "same_as", "page")
    return list(files if only is None else files.filter(pk__in=only))


def _publications(files: Iterable[UploadedFile]) -> dict[int, PublicationPage]:
    """Give the publication of each known document."""
    ids = {file.same_as_id for file in files if file.same_as_id}
    uses = PublicationFile.objects.filter(document__in=ids).select_related("page").order_by("-pk") if ids else []
    return {use.document_id: use.page for use in uses}


def _form(file: UploadedFile, replaceable: bool, data: QueryDict | None = None) -> RowForm:
    code = guessed_language(file.document)
    language = str(dict(DOCUMENT_LANGUAGES).get(code, "")).lower()
    if data is not None:
        return RowForm(data, row=file, may_replace=replaceable, language=language)
    values = {"title": [guessed_title(file.document, file.name)], **file.values, "action": [file.action]}
    form: RowForm = RowForm.of(values, row=file, may_replace=replaceable, language=language)
    return form
