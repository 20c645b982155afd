"""What a publication names, by number: what it is about, who made it, for whom it is and what it replaces."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from cms.rendering.context import RenderContext
from kennisbank import models

FIELDS = ("themes", "districts", "municipalities", "organisations", "audiences")
REPLACES = "replaces"

Named = dict[str, list[int]]


def named_on(page: models.PublicationPage, context: RenderContext) -> Named:
    """As `named_by`, once a rendering."""
    source = page.in_own_language
    return context.once(("named", source.pk), lambda: named_by(source))


def named_by(source: models.PublicationPage) -> Named:
    """Give {field: ids} of a publication in the site's own language, with its predecessors as `REPLACES`. One query."""
    chosen = {name: getattr(source, name).all() for name in FIELDS}
    found: Named = {name: [] for name in (*FIELDS, REPLACES)}
    if source.pk:
        with connection.cursor() as cursor:
            cursor.execute(_statement(), {"page": source.pk})
            for name, pk in cursor.fetchall():
                found[name].append(pk)
    # In a preview the choices are not in the database yet.
    return found | {
        name: [record.pk for record in records] for name, records in chosen.items() if not isinstance(records, QuerySet)
    }


def naming(name: str, ids: Sequence[int]) -> RawSQL:
    """Give the ids of the publications that name any of these, for a query: Django's own subquery joins the records."""
    table, own, other = link_table(name)
    any_of = f"ANY(ARRAY[{', '.join(['%s'] * len(ids))}]::int[])"
    return RawSQL(f'SELECT "{own}" FROM "{table}" WHERE "{other}" = {any_of}', list(ids))  # noqa: S608, S611


@cache
def link_table(name: str) -> tuple[str, str, str]:
    """Give the table between publications and what `name` holds, its column of publications and the other one."""
    field = models.PublicationPage._meta.get_field(name)
    through = field.remote_field.through._meta
    columns = (through.get_field(each).column for each in (field.m2m_field_name(), field.m2m_reverse_field_name()))
    return (through.db_table, *columns)  # type: ignore[return-value]


@cache
def _statement() -> str:
    """One statement for six tables: each query costs half a millisecond before the database sees it."""
    parts = [
        f'SELECT \'{name}\', "{other}" FROM "{table}" WHERE "{own}" = %(page)s'  # noqa: S608 (names of our own)
        for name, (table, own, other) in ((name, link_table(name)) for name in FIELDS)
    ]
    table = models.PublicationPage._meta.db_table
    parts.append(f"SELECT '{REPLACES}', page_ptr_id FROM \"{table}\" WHERE replaced_by_id = %(page)s")  # noqa: S608
    return " UNION ALL ".join(parts)
