"""Writes the network as sheets that can be read again."""

from __future__ import annotations

from collections.abc import Iterator

from districts.exchange.sheets import Sheet, body_names
from network.models import NetworkBodyPage


def table(sheet: Sheet) -> Iterator[list[str]]:
    """Give the sheet, its head first. Pages come as an editor sees them: the newest version, published or not."""
    names = [column.name for column in sheet.columns]
    yield names
    fields = {field.column.name: field for field in sheet.fields()}
    bodies = body_names() if sheet.is_page else {}
    paths = {body.path: bodies[body.pk] for body in NetworkBodyPage.objects.filter(pk__in=bodies)} if bodies else {}
    for record in sheet.rows():
        shown = record.get_latest_revision_as_object() if sheet.is_page else record
        cells = {name: field.cell(shown) for name, field in fields.items()}
        if sheet.is_page:
            cells["sleutel"] = bodies[record.pk]
            cells["hoort_bij"] = paths.get(record.path[: -record.steplen], "")
        yield [cells.get(name, "") for name in names]
