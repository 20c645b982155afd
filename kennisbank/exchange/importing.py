"""Makes and changes publications from the rows of a sheet. Plans first: a dry run tells what a real one does."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from wagtail.models import Page

from cms.documents.checks import check_upload, clean_name
from cms.documents.replacing import replace_file
from cms.exchange.choices import UnknownError
from cms.exchange.columns import EMPTY, apart
from cms.exchange.reading import SheetRow
from cms.exchange.results import Outcome, Result
from cms.models import CMSDocument, DocumentVersion, User
from cms.models.upload import readable_title
from kennisbank.exchange.choices import AllChoices
from kennisbank.models import ImportedPublication, KennisbankPage, PublicationFile, PublicationPage
from kennisbank.models.pages import DOCUMENT_LANGUAGES
from kennisbank.uploads.making import add_page
from kennisbank.uploads.models import Goal

_MANY = {
    "themas": "themes",
    "districten": "districts",
    "gemeenten": "municipalities",
    "organisaties": "organisations",
    "doelgroepen": "audiences",
}
_NO_KEY = "Geef een kenmerk of een bestand: anders is deze publicatie een volgende keer niet te herkennen."


@dataclass
class SheetFile:
    """A file that a row names."""

    path: Path
    sha256: str


@dataclass
class Plan:
    """What a row asks for. `values` are fields of the page; `newer` files that get a new version, `added` new ones."""

    row: SheetRow
    page: PublicationPage | None = None
    found_by_file: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    files: list[SheetFile] = field(default_factory=list)
    newer: list[tuple[CMSDocument, SheetFile]] = field(default_factory=list)
    added: list[SheetFile] = field(default_factory=list)
    # The newer publication is one that a dry run does not make.
    replaced_by_row: bool = False
    publish: bool = False
    changes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.row.cell("titel") or (self.page.title if self.page else "") or self.row.cell("kenmerk")


class Importer:
    """Reads files from `folder` only. Without `user` nobody is named in the history."""

    def __init__(
        self,
        rows: list[SheetRow],
        folder: Path,
        kennisbank: KennisbankPage,
        *,
        carry_out: bool = False,
        publish: bool = False,
        user: User | None = None,
    ) -> None:
        self.rows, self.folder, self.kennisbank = rows, folder.resolve(), kennisbank
        self.carry_out, self.publish, self.user = carry_out, publish, user
        self.choices = AllChoices()
        self._keys: dict[str, int] = {}
        self._hashes: dict[str, int] = {}
        # The publications of rows that were right, by key; None for one that a dry run does not make.
        self._right: dict[str, PublicationPage | None] = {}
        self._order, self._circles = _newer_first(rows)

    def run(self) -> Iterator[Result]:
        """Give the result of each row, in the order of the sheet, as soon as it is known."""
        known: dict[int, Result] = {}
        waiting = iter(self.rows)
        awaited = next(waiting, None)
        for row in self._order:
            known[row.number] = self._result(row)
            while awaited is not None and awaited.number in known:
                yield known.pop(awaited.number)
                awaited = next(waiting, None)

    def _result(self, row: SheetRow) -> Result:
        """Plan a row and do it where asked: wholly, or not at all."""
        plan = self.plan(row)
        if plan.errors:
            return Result(row.number, plan.title, Outcome.WRONG, plan.errors)
        if plan.found_by_file and plan.page and plan.changes:
            plan.changes.insert(0, f"is “{plan.page.title}” ({plan.page.url}), herkend aan het bestand")
        outcome = Outcome.NEW if plan.page is None else Outcome.CHANGED if plan.changes else Outcome.SAME
        if self.carry_out and outcome != Outcome.SAME:
            try:
                with transaction.atomic():
                    self._carry_out(plan)
            except ValidationError as error:
                return Result(row.number, plan.title, Outcome.WRONG, error.messages)
        elif self.carry_out and plan.page:
            self._remember(plan)
        if key := row.cell("kenmerk"):
            self._right[key] = plan.page
        return Result(row.number, plan.title, outcome, plan.changes)

    def plan(self, row: SheetRow) -> Plan:
        """Say what a row asks for, and all that is wrong with it at once."""
        plan = Plan(row, publish=self.publish)
        self._read_files(plan)
        self._find_page(plan)
        self._read_values(plan)
        self._read_replacement(plan)
        if plan.errors:
            return plan
        if plan.page is None:
            where = "gepubliceerd" if plan.publish else "concept"
            files = f"{len(plan.files)} bestand{'' if len(plan.files) == 1 else 'en'}"
            plan.added = plan.files
            plan.changes = [f"wordt {where}, met {files}"]
            if row.cell("vervangen_door") not in ("", EMPTY):
                plan.changes.append(_change(plan, "replaced_by"))
            return plan
        self._compare(plan, plan.page)
        return plan

    def _read_files(self, plan: Plan) -> None:
        for name in apart(plan.row.cell("bestanden")):
            path = (self.folder / name).resolve()
            if not path.is_relative_to(self.folder):
                plan.errors.append(f"Bestand “{name}” staat buiten de map. Zet het erin.")
            elif not path.is_file():
                plan.errors.append(f"Bestand “{name}” is niet gevonden. Kijk naar de naam, ook naar de hoofdletters.")
            else:
                with path.open("rb") as content:
                    file = SheetFile(path, hashlib.file_digest(content, "sha256").hexdigest())
                    plan.files.append(file)
                    self._check(plan, file, File(content, name=path.name))
        for file in plan.files:
            first = self._hashes.setdefault(file.sha256, plan.row.number)
            if first != plan.row.number:
                plan.errors.append(f"Bestand “{file.path.name}” staat ook in rij {first}. Laat het bij één rij staan.")

    @staticmethod
    def _check(plan: Plan, file: SheetFile, content: File) -> None:
        if CMSDocument.objects.filter(content_hash=file.sha256).exists():
            return
        try:
            check_upload(content)
        except ValidationError as error:
            plan.errors += [f"Bestand “{file.path.name}”: {message}" for message in error.messages]

    def _find_page(self, plan: Plan) -> None:
        key = plan.row.cell("kenmerk")
        if len(key) > 100:
            plan.errors.append("Het kenmerk is te lang: hooguit 100 tekens.")
            return
        if key:
            first = self._keys.setdefault(key, plan.row.number)
            if first != plan.row.number:
                plan.errors.append(f"Kenmerk “{key}” staat ook in rij {first}. Geef elke rij een eigen kenmerk.")
            found = ImportedPublication.objects.filter(key=key).select_related("page").first()
            if found:
                plan.page = found.page
                return
        if not plan.files:
            if not key:
                plan.errors.append(_NO_KEY)
            return
        hashes = [file.sha256 for file in plan.files]
        pages = PublicationPage.objects.filter(
            files__document__content_hash__in=hashes, locale__language_code=settings.LANGUAGE_CODE
        ).distinct()
        if key:
            pages = pages.filter(imported=None)
        if len(pages) > 1:
            titles = ", ".join(f"“{page.title}”" for page in pages)
            plan.errors.append(f"Dit bestand staat bij meer publicaties: {titles}. Geef de rij een kenmerk.")
        elif pages:
            plan.page, plan.found_by_file = pages[0], True

    def _read_values(self, plan: Plan) -> None:
        row = plan.row
        for column, name, longest in (("titel", "title", 255), ("samenvatting", "introduction", 400)):
            if text := row.cell(column):
                plan.values[name] = "" if text == EMPTY else text
                if len(text) > longest:
                    plan.errors.append(f"{column.capitalize()} is te lang: {len(text)} tekens, hooguit {longest} mag.")
        for column, name in (("datum", "publication_date"), ("controleren", "review_date")):
            if text := row.cell(column):
                plan.values[name] = None if text == EMPTY else self._day(plan, column, text)
        if language := row.cell("taal"):
            plan.values["document_language"] = language.lower()
            if language.lower() not in dict(DOCUMENT_LANGUAGES):
                known = ", ".join(dict(DOCUMENT_LANGUAGES))
                plan.errors.append(f"Taal “{language}” is er niet. Kies uit: {known}.")
        for column, name in (("soort", "publication_type"), ("verantwoordelijk", "responsible_group")):
            if text := row.cell(column):
                plan.values[name] = None if text == EMPTY else self._one(plan, column, text)
        for column, name in _MANY.items():
            if text := row.cell(column):
                plan.values[name] = [] if text == EMPTY else [self._one(plan, column, each) for each in apart(text)]
        if plan.values.get("responsible_group"):
            plan.values["responsible_user"] = None
        for column, name in (("titel", "title"), ("soort", "publication_type"), ("datum", "publication_date")):
            asked = name in plan.values
            if asked and row.cell(column) not in ("", EMPTY):
                continue  # what is wrong with it has been said
            if not plan.values.get(name) and (asked or (plan.page is None and column != "datum")):
                plan.errors.append(f"Vul {column} in.")
        answer = row.cell("publiceren").lower()
        if answer not in ("", "ja", "nee"):
            plan.errors.append(f"Publiceren is “{answer}”. Vul ja of nee in.")
        elif answer:
            plan.publish = answer == "ja"

    def _read_replacement(self, plan: Plan) -> None:
        name = plan.row.cell("vervangen_door")
        if not name:
            return
        newer = None if name == EMPTY else self._named(name) or self._right.get(name)
        plan.values["replaced_by"] = newer
        if plan.row.number in self._circles or (newer and plan.page and newer.pk == plan.page.pk):
            plan.errors.append(
                f"Vervangen_door “{name}” komt weer bij deze publicatie zelf uit. Noem de publicatie die nieuwer is."
            )
        elif name == EMPTY or newer:
            return
        elif name in self._right:
            plan.replaced_by_row = True
        elif any(row.cell("kenmerk") == name for row in self.rows):
            plan.errors.append(f"Vervangen_door “{name}”: in die rij staat een fout. Verbeter die eerst.")
        else:
            plan.errors.append(f"Vervangen_door “{name}” is geen kenmerk of adres van een publicatie.")

    def _day(self, plan: Plan, column: str, text: str) -> date | None:
        for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
        plan.errors.append(f"{column.capitalize()} “{text}” is geen datum. Schrijf haar als 2026-11-23.")
        return None

    def _one(self, plan: Plan, column: str, name: str) -> Any:
        try:
            return self.choices.by_column[column].find(name)
        except UnknownError as error:
            plan.errors.append(str(error))
            return None

    def _compare(self, plan: Plan, page: PublicationPage) -> None:
        """Find out what differs from what an editor sees: the newest version, published or not."""
        now = page.get_latest_revision_as_object()
        for name, value in plan.values.items():
            current = getattr(now, name)
            same = not (name == "replaced_by" and plan.replaced_by_row) and (
                {each.pk for each in current.all()} == {each.pk for each in value}
                if isinstance(value, list)
                else current == value
            )
            if not same:
                plan.changes.append(_change(plan, name, current))
        self._compare_files(plan, [file.document for file in now.files.all()])
        if plan.publish and not plan.changes and (not page.live or page.has_unpublished_changes):
            plan.changes.append("wordt gepubliceerd")
        if plan.newer and page.live and not plan.publish:
            plan.errors.append(
                "Een nieuwe versie van een bestand staat meteen op de website. Zet publiceren op ja, of laat haar weg."
            )

    def _compare_files(self, plan: Plan, documents: list[CMSDocument]) -> None:
        """A file that is not there yet takes the place of the one that has its place in the row, else it is added."""
        hashes = {document.content_hash for document in documents}
        for place, file in enumerate(plan.files):
            if file.sha256 in hashes:
                continue
            old = documents[place] if place < len(documents) else None
            if old and DocumentVersion.objects.filter(document=old, content_hash=file.sha256).exists():
                continue  # the site has a newer one already
            named = any(other.sha256 == old.content_hash for other in plan.files) if old else True
            if old and not named:
                plan.newer.append((old, file))
                plan.changes.append(f"nieuwe versie van “{old.title}”")
            else:
                plan.added.append(file)
                plan.changes.append(f"bestand “{file.path.name}” erbij")

    def _carry_out(self, plan: Plan) -> None:
        documents = [self._document(plan, file) for file in plan.added]
        if plan.page is None:
            parent = Page.objects.get(pk=self.kennisbank.pk).specific
            page = PublicationPage(locale=parent.locale)
            self._set(page, plan.values)
            page.files = [PublicationFile(document=each, sort_order=place) for place, each in enumerate(documents)]
            add_page(parent, page, self.user, Goal.PUBLISH if plan.publish else Goal.DRAFT)
            plan.page = page
            self._remember(plan)
            return
        for document, file in plan.newer:
            with file.path.open("rb") as content:
                replace_file(document, File(content, name=file.path.name), note="", user=self.user)
        page = plan.page.get_latest_revision_as_object()
        self._set(page, plan.values)
        last = max((each.sort_order or 0 for each in page.files.all()), default=-1)
        for place, document in enumerate(documents, start=last + 1):
            page.files.add(PublicationFile(document=document, sort_order=place))
        page.full_clean()
        revision = page.save_revision(user=self.user, log_action=True)
        if plan.publish:
            revision.publish(user=self.user)
        self._remember(plan)

    @staticmethod
    def _set(page: PublicationPage, values: dict[str, Any]) -> None:
        for name, value in values.items():
            setattr(page, name, value)

    def _remember(self, plan: Plan) -> None:
        key = plan.row.cell("kenmerk")
        if key and plan.page:
            ImportedPublication.objects.get_or_create(page=PublicationPage(pk=plan.page.pk), defaults={"key": key})

    def _document(self, plan: Plan, file: SheetFile) -> CMSDocument:
        """Give the document of this content; it is not stored twice."""
        if known := CMSDocument.objects.filter(content_hash=file.sha256).order_by("pk").first():
            return known
        title = plan.title if len(plan.files) == 1 else readable_title(file.path.name)
        with file.path.open("rb") as content:
            sent = File(content, name=file.path.name)
            sent.name = clean_name(sent.name)
            document = CMSDocument(title=title[:255], file=sent, file_size=sent.size, uploaded_by_user=self.user)
            document._set_document_file_metadata()
            document.save()
        return document

    def _named(self, name: str) -> PublicationPage | None:
        """Give the publication of this key or address."""
        if found := ImportedPublication.objects.filter(key=name).select_related("page").first():
            return found.page
        slug = urlsplit(name).path.rstrip("/").rpartition("/")[2]
        pages = PublicationPage.objects.filter(slug=slug, locale__language_code=settings.LANGUAGE_CODE)
        return pages.first() if slug and "/" in name else None


def _change(plan: Plan, name: str, current: Any = None) -> str:
    """Give words for a field that changes."""
    label = str(PublicationPage._meta.get_field(name).verbose_name)
    if name == "title":
        return f"{label}: “{current}” wordt “{plan.values[name]}”"
    newer = plan.row.cell("vervangen_door")
    return f"{label}: “{newer}”" if name == "replaced_by" and newer != EMPTY else label


def _newer_first(rows: list[SheetRow]) -> tuple[list[SheetRow], set[int]]:
    """Give the rows with each newer publication before those that it replaces, and the numbers of those in a circle."""
    by_key: dict[str, SheetRow] = {}
    for row in rows:
        by_key.setdefault(row.cell("kenmerk"), row)
    by_key.pop("", None)
    ordered: dict[int, SheetRow] = {}
    circles: set[int] = set()
    for row in rows:
        chain: dict[int, SheetRow] = {}
        at: SheetRow | None = row
        while at is not None and at.number not in ordered and at.number not in chain:
            chain[at.number] = at
            at = by_key.get(at.cell("vervangen_door"))
        if at is not None and at.number in chain:
            numbers = list(chain)
            circles.update(numbers[numbers.index(at.number) :])
        ordered.update(reversed(chain.items()))
    return list(ordered.values()), circles
