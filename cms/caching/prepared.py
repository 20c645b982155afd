"""Queries of which only the values change, put together once a generation.

Every page asks for the page at its address, its picture and its translations. Django takes half a millisecond to put
such a query together, with the rule for what is public in it; to send it and to read the rows takes a fifth of that.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from cms.caching.shared import is_sharing, shared

Value = str | int | UUID


@dataclass(frozen=True)
class _Prepared:
    """A query as the database gets it, with stand-ins among its parameters; None where it can find nothing."""

    model: type[Model]
    sql: str | None
    parameters: tuple[Any, ...] = ()


def rows(key: Hashable, make: Callable[..., QuerySet], *values: Value) -> list[tuple[Any, ...]]:
    """Give the rows of `make(*values)`, a `values_list` of plain columns, as a list.

    `key` says all that the query depends on besides these values, their number too. They are compared as they are: no
    `startswith`.
    """
    if not is_sharing():
        return list(make(*values))
    prepared, parameters = _prepared(key, make, values)
    if prepared.sql is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(prepared.sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def records(key: Hashable, make: Callable[..., QuerySet], *values: Value) -> list[Any]:
    """Give the records of `make(*values)`, as `rows` does: without what `select_related` or a prefetch would bring."""
    if not is_sharing():
        return list(make(*values))
    prepared, parameters = _prepared(key, make, values)
    if prepared.sql is None:
        return []
    return list(prepared.model._default_manager.raw(prepared.sql, parameters))


def _prepared(key: Hashable, make: Callable[..., QuerySet], values: tuple[Value, ...]) -> tuple[_Prepared, list[Any]]:
    """Give the query, and its parameters with these values among them."""
    stand_ins = [_stand_in(value, number) for number, value in enumerate(values)]
    prepared = shared(("prepared", key), lambda: _put_together(make(*stand_ins)))
    given = dict(zip(stand_ins, values, strict=True))
    return prepared, [given.get(each, each) for each in prepared.parameters]


def _put_together(query: QuerySet) -> _Prepared:
    try:
        sql, parameters = query.query.sql_with_params()
    except EmptyResultSet:
        return _Prepared(query.model, None)
    return _Prepared(query.model, sql, tuple(parameters))


def _stand_in(value: Value, number: int) -> Value:
    # Of the same type, because fields convert what they are given; and like nothing that a query holds by itself.
    if isinstance(value, UUID):
        return UUID(int=2**127 + number)
    return -(2**30) - number if isinstance(value, int) else f"\x01{number}"
