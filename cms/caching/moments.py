"""The moments at which what is public changes without anybody writing: pages expire, announcements begin and end, a new
day begins.

A model names its columns with such moments in `public_moments`; `expire_at` of pages and snippets counts by itself.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page


def around(cursor: Any, now: datetime) -> tuple[datetime, datetime]:
    """Give the last such moment up to `now` and the first one after it. One query."""
    cursor.execute(_statement(), {"now": now})
    last, following = cursor.fetchone()
    # Facts hold from day to day, and lists are of a year: in the site's time, not in that of who is logged in.
    zone = timezone.get_default_timezone()
    day = timezone.localtime(now, zone).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    today, tomorrow = (timezone.make_aware(each, zone) for each in (day, day + timedelta(days=1)))
    return max(last or today, today), min(following or tomorrow, tomorrow)


@cache
def _statement() -> str:
    each = " UNION ALL ".join(
        f'SELECT "{column}" AS moment FROM "{model._meta.db_table}" WHERE "{column}" IS NOT NULL'  # noqa: S608
        for model, column in columns()
    )
    return (
        "SELECT max(moment) FILTER (WHERE moment <= %(now)s), min(moment) FILTER (WHERE moment > %(now)s)"  # noqa: S608
        f" FROM ({each}) moments"
    )


def columns() -> Iterator[tuple[type[Model], str]]:
    """Give the columns with such moments, with the model that each is of."""
    yield Page, "expire_at"
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            yield model, "expire_at"
        for column in model.__dict__.get("public_moments", ()):
            yield model, column
