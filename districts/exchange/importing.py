"""Makes and changes the network from the rows of a sheet.

A dry run does it all in a transaction that is undone: it tells what a real run does, with every rule of the models and
the database. Each row is done wholly or not at all. A row that was refused gets a second chance after the others: it
may name a record that stands further on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.log_actions import log
from wagtail.models import Page

from cms.exchange.columns import EMPTY
from cms.exchange.reading import SheetRow
from cms.exchange.results import Outcome, Result
from cms.models import User
from districts.exchange.fields import CellError, Field
from districts.exchange.sheets import Sheet, body_names
from network.models import NetworkBodyPage, NetworkPage

MOST_ROWS = 5000


class RowError(Exception):
    """A row that can't be done; holds all that is wrong with it."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


@dataclass
class _Values:
    """What a row says: the value of each field that it fills, in words what is wrong, and its title in the report."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def run(
    sheet: Sheet,
    rows: list[SheetRow],
    *,
    carry_out: bool = False,
    user: User | None = None,
    may_publish: bool = True,
) -> list[Result]:
    """Give the result of each row, in the order of the sheet. Without `carry_out` nothing changes."""
    with transaction.atomic():
        importer = _Importer(sheet, user, may_publish)
        results = {row.number: importer.result(row) for row in rows}
        refused = [row for row in rows if results[row.number].outcome is Outcome.WRONG]
        if refused and len(refused) < len(rows):
            importer.read_names()
            results.update({row.number: importer.result(row) for row in refused})
        if not carry_out:
            transaction.set_rollback(True)
    return [results[row.number] for row in rows]


class _Importer:
    def __init__(self, sheet: Sheet, user: User | None, may_publish: bool) -> None:
        self.sheet, self.user, self.may_publish = sheet, user, may_publish
        self._seen: dict[tuple[Any, ...], int] = {}
        self.read_names()

    def read_names(self) -> None:
        """Read anew what rows can name."""
        self.fields = self.sheet.fields()
        self.bodies = {name: pk for pk, name in body_names().items()} if self.sheet.is_page else {}

    def result(self, row: SheetRow) -> Result:
        try:
            with transaction.atomic():
                outcome, words = self._do(row)
        except RowError as error:
            return Result(row.number, self._title(row), Outcome.WRONG, error.messages)
        except ValidationError as error:
            return Result(row.number, self._title(row), Outcome.WRONG, self._told(error))
        except IntegrityError:
            words = ["Dit botst met een ander gegeven dat er al is. Kijk of dit niet al bestaat onder een andere naam."]
            return Result(row.number, self._title(row), Outcome.WRONG, words)
        return Result(row.number, self._title(row), outcome, words)

    def _title(self, row: SheetRow) -> str:
        keys = [row.cell(each.column.name) for each in self.fields if each.key]
        return " – ".join(cell for cell in keys if cell and cell != EMPTY)

    def _do(self, row: SheetRow) -> tuple[Outcome, list[str]]:
        read = self._read(row)
        keys = {each.name: read.values.get(each.name, each.empty) for each in self.fields if each.key}
        if not read.errors:
            identity = tuple(getattr(value, "pk", value) for value in keys.values())
            first = self._seen.setdefault(identity, row.number)
            if first != row.number:
                read.errors.append(f"Deze rij is dezelfde als rij {first}. Haal er een weg.")
        if read.errors:
            raise RowError(read.errors)
        record = self._find(row, keys)
        missing = [
            f"Vul {each.column.name} in."
            for each in self.fields
            if each.needed and read.values.get(each.name) in (None, "") and (record is None or each.name in read.values)
        ]
        if missing:
            raise RowError(missing)
        return self._page(record, read.values, row) if self.sheet.is_page else self._record(record, read.values)

    def _read(self, row: SheetRow) -> _Values:
        read = _Values()
        for each in self.fields:
            cell = row.cell(each.column.name)
            if not cell:
                continue
            try:
                read.values[each.name] = each.empty if cell == EMPTY else each.read(cell)
            except CellError as error:
                read.errors.append(str(error))
        read.errors += [
            f"Vul {each.column.name} in."
            for each in self.fields
            if each.key and each.needed and not row.cell(each.column.name)
        ]
        return read

    def _find(self, row: SheetRow, keys: dict[str, Any]) -> Any | None:
        if self.sheet.is_page:
            found = self.bodies.get(row.cell("sleutel"))
            return NetworkBodyPage.objects.get(pk=found) if found else None
        manager: Any = self.sheet.model._default_manager
        asked = {
            f"{name}__isnull" if value is None else name: True if value is None else value
            for name, value in keys.items()
        }
        return manager.filter(**asked).order_by("pk").first()

    def _changes(self, record: Any, values: dict[str, Any]) -> list[str]:
        by_name = {each.name: each for each in self.fields}
        changed = []
        for name, value in values.items():
            now = by_name[name].of(record)
            if (set(now) != set(value)) if by_name[name].many else (now != value):
                changed.append(by_name[name].column.name)
        return changed

    def _set(self, record: Any, values: dict[str, Any]) -> None:
        for name, value in values.items():
            setattr(record, name, list(value) if isinstance(value, set | frozenset) else value)

    def _record(self, record: Any | None, values: dict[str, Any]) -> tuple[Outcome, list[str]]:
        new = record is None
        changes = [] if record is None else self._changes(record, values)
        if not new and not changes:
            return Outcome.SAME, []
        target = record if record is not None else self.sheet.model()
        self._set(target, values)
        target.full_clean()
        target.save()
        log(instance=target, action="wagtail.create" if new else "wagtail.edit", user=self.user)
        return (Outcome.NEW, []) if new else (Outcome.CHANGED, changes)

    def _page(self, page: Any | None, values: dict[str, Any], row: SheetRow) -> tuple[Outcome, list[str]]:
        publish = self._publish(row)
        if page is None:
            return self._new_page(values, row, publish)
        latest = page.get_latest_revision_as_object()
        values = {name: value for name, value in values.items() if name != "slug"}
        changes = self._changes(latest, values)
        if publish and not changes and (not page.live or page.has_unpublished_changes):
            changes = ["wordt gepubliceerd"]
        if not changes:
            return Outcome.SAME, []
        self._set(latest, values)
        latest.full_clean()
        revision = latest.save_revision(user=self.user, log_action=True)
        if publish:
            revision.publish(user=self.user)
        return Outcome.CHANGED, changes

    def _new_page(self, values: dict[str, Any], row: SheetRow, publish: bool) -> tuple[Outcome, list[str]]:
        above = row.cell("hoort_bij")
        if above and above != EMPTY and above not in self.bodies:
            raise RowError([f"Hoort_bij “{above}” is geen sleutel van een orgaan."])
        parent: Page | None = (
            NetworkBodyPage.objects.get(pk=self.bodies[above]) if above in self.bodies else _network_page()
        )
        if parent is None:
            raise RowError(["Er is nog geen pagina van het netwerk. Maak die eerst."])
        page = NetworkBodyPage(locale=parent.locale, live=False, **values)
        page.slug = page.slug.rpartition("/")[2]
        parent.add_child(instance=page)
        log(instance=page, action="wagtail.create", user=self.user)
        revision = page.save_revision(user=self.user)
        if publish:
            revision.publish(user=self.user)
        self.bodies[row.cell("sleutel")] = page.pk
        return Outcome.NEW, ["wordt gepubliceerd" if publish else "wordt een concept"]

    def _publish(self, row: SheetRow) -> bool:
        answer = row.cell("publiceren").lower()
        if answer not in ("", "ja", "nee"):
            raise RowError([f"Publiceren is “{answer}”. Vul ja of nee in."])
        if answer == "ja" and not self.may_publish:
            raise RowError(["U mag niet publiceren. Zet publiceren op nee, of vraag de eindredactie."])
        return answer == "ja"

    def _told(self, error: ValidationError) -> list[str]:
        """Say what the model refuses, with the name of the column."""
        if not hasattr(error, "error_dict"):
            return list(error.messages)
        columns: dict[str, Field] = {each.name: each for each in self.fields}
        told = []
        for name, messages in error.message_dict.items():
            where = f"{columns[name].column.name}: " if name in columns else ""
            told += [f"{where}{message}" for message in messages]
        return told


def _network_page() -> NetworkPage | None:
    return NetworkPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path").first()
