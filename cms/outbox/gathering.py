"""Makes messages of what the triggers noted (migration 0020) and of moments that passed, with a delivery a receiver.

What changed within one transaction, and in the second before somebody looks, is one message.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import DraftStateMixin, Locale, Page, Site

from cms.caching import moments
from cms.caching.generation import SETTLING
from cms.models import BasePage, Delivery, OutboxMessage, SitePart, Webhook
from cms.outbox.words import PATH, TYPE

# One process of all nodes at a time.
_LOCK = 7304
# Of more things of one kind no numbers are told, but all of the kind.
MOST = 200
MOST_PATHS = 1_000
# A receiver that asks at once must not get what a node still held: nodes look for changes each half second, and keep
# nothing until their clocks agree that a moment has passed.
NODES = timedelta(seconds=1)
PLURALS = {"page": "pages", "image": "images", "document": "documents"}
_KEPT = timedelta(days=30)

_TAKE = "DELETE FROM cms_change RETURNING word, noted_at"


@dataclass
class Gatherer:
    """Gathers what changed. It remembers the next moment at which time alone changes something."""

    _next_moment: datetime | None = field(default=None)

    def gather(self) -> OutboxMessage | None:
        """Make one message of all that changed, where somebody is to be told. Three small queries where nothing did."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s), statement_timestamp()", [_LOCK])
            ours, now = cursor.fetchone()
            if not ours:
                return None
            cursor.execute(_TAKE)
            rows = cursor.fetchall()
            passed = None
            if rows or self._next_moment is None or self._next_moment <= now:
                passed = self._passed(cursor, now)
            if not rows and passed is None:
                return None
            words = {word for word, _noted_at in rows} | (passed or set())
            happened_at = max((noted_at for _word, noted_at in rows), default=now)
            wait = NODES if passed is None else NODES + SETTLING
            return _message(words, bool(rows), happened_at, now + wait)

    def _passed(self, cursor: Any, now: datetime) -> set[str] | None:
        """Give words of what began or ended by itself since the last time; None where nothing did."""
        cursor.execute("SELECT told_until FROM cms_told")
        (told_until,) = cursor.fetchone()
        last, self._next_moment = moments.around(cursor, now)
        if last <= told_until:
            return None
        cursor.execute("UPDATE cms_told SET told_until = %s", [now])
        return {word for model, column in moments.columns() for word in _begun_or_ended(model, column, told_until, now)}


def _begun_or_ended(model: Any, column: str, since: datetime, until: datetime) -> Iterable[str]:
    within = model._base_manager.filter(**{f"{column}__gt": since, f"{column}__lte": until})
    if issubclass(model, (Page, DraftStateMixin)):
        within = within.filter(live=True)
    if model is Page:
        for pk, url_path, content_type in within.values_list("pk", "url_path", "content_type_id"):
            yield from (f"page-{pk}", f"{PATH}-{url_path}", f"{TYPE}-{content_type}")
    elif issubclass(model, SitePart) and within.exists():
        yield f"part-{model._meta.model_name}"


def _message(words: set[str], changed: bool, happened_at: datetime, send_at: datetime) -> OutboxMessage | None:
    tags = tags_of(words)
    receivers = [{"webhook": each} for each in Webhook.objects.filter(active=True) if each.wants(tags)]
    receivers += [{"cache": name} for name in getattr(settings, "WAGTAILFRONTENDCACHE", {})]
    if not receivers:
        return None
    message = OutboxMessage.objects.create(
        kind=OutboxMessage.Kind.CHANGED if changed else OutboxMessage.Kind.TIME,
        happened_at=happened_at,
        tags=tags,
        url_paths=sorted(_after(words, PATH))[:MOST_PATHS],
    )
    Delivery.objects.bulk_create([Delivery(message=message, next_at=send_at, **each) for each in receivers])
    return message


def tags_of(words: set[str]) -> list[str]:
    """Give the words of Cache-Tag, in its order, for what the triggers noted.

    Site, language and list are told always and all: nearly every answer shows something of other things, in menus,
    cards and filters. The rest says what it was that changed.
    """
    kinds = {kinds_of_pages().get(int(pk)) for pk in _after(words, TYPE)} - {None}
    found = [f"site-{pk}" for pk in Site.objects.order_by("pk").values_list("pk", flat=True)]
    found += [
        f"language-{code}" for code in Locale.objects.order_by("language_code").values_list("language_code", flat=True)
    ]
    found += sorted({f"type-{kind}" for kind in kinds} | {word for word in words if word.startswith("type-")})
    found += [f"list-{name}" for name in lists()]
    found += sorted(word for word in words if word.startswith("part-"))
    for kind, plural in PLURALS.items():
        single = sorted(_after(words, kind), key=int)
        if single:
            found += [plural, *(f"{kind}-{pk}" for pk in single if len(single) <= MOST)]
    return found


def _after(words: set[str], kind: str) -> set[str]:
    return {word.removeprefix(f"{kind}-") for word in words if word.startswith(f"{kind}-")}


def kinds_of_pages() -> dict[int, str]:
    """Give the kind (`soort`) of each page type by its content type."""
    types = [model for model in apps.get_models() if issubclass(model, BasePage)]
    return {
        ContentType.objects.get_for_model(model).pk: model.view_type.model_fields["kind"].default for model in types
    }


@cache
def lists() -> list[str]:
    """Give the first parts of the API's addresses that are read."""
    from cms.api.app import api  # needs the endpoints of all apps

    paths = api.get_openapi_schema(path_prefix="/")["paths"]
    return sorted({path.strip("/").partition("/")[0] for path, methods in paths.items() if "get" in methods})


def forget_old(now: datetime) -> int:
    """Delete messages of 30 days ago with all that is known of them, and give how many those were."""
    old = OutboxMessage.objects.filter(happened_at__lt=now - _KEPT)
    return old.delete()[1].get("cms.OutboxMessage", 0)
