"""Queries of which only the values change, put together once a generation.

Every page asks for the page at its address and for its translations. Django takes half a millisecond to put such a
query together, with the rule for what is public in it; to send it and to read the rows takes a fifth of that.
"""

from collections.abc import Callable, Hashable
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from cms.caching.shared import is_sharing, shared

Statement = tuple[str, tuple[Any, ...]]
Value = str | int | UUID


def rows(key: Hashable, make: Callable[..., QuerySet], *values: Value) -> list[tuple[Any, ...]]:
    """Give the rows of `make(*values)`, a `values_list` of plain columns, as a list.

    `key` says all that the query depends on besides these values. They are compared as they are: no `startswith`.
    """
    if not is_sharing():
        return list(make(*values))
    stand_ins = [_stand_in(value, number) for number, value in enumerate(values)]
    statement = shared(("prepared", key), lambda: _put_together(make(*stand_ins)))
    if not statement:
        return []
    sql, parameters = statement
    given = dict(zip(stand_ins, values, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(each, each) for each in parameters])
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _put_together(query: QuerySet) -> Statement | tuple[()]:
    """Give the SQL and its parameters, some of which are stand-ins; nothing where the query can find nothing."""
    try:
        sql, parameters = query.query.sql_with_params()
    except EmptyResultSet:
        return ()
    return sql, tuple(parameters)


def _stand_in(value: Value, number: int) -> Value:
    # Of the same type, because fields convert what they are given; and like nothing that a query holds by itself.
    if isinstance(value, UUID):
        return UUID(int=2**127 + number)
    return -(2**30) - number if isinstance(value, int) else f"\x01{number}"
