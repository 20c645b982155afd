"""Which tables the public reads, and the triggers that raise the generation when one of them changes, and note in the
same transaction what it was, for who is told of changes (cms/outbox/words.py).

Every table is watched unless it is named here or its model says `never_public = True`: one that is forgotten costs a
rendering now and then, and never shows something old. The triggers are made after each `migrate`, also on the tables
of other people's apps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import Model
from wagtail.models import DraftStateMixin, LockableMixin, Page, RevisionMixin

from cms.outbox.words import told_of

FUNCTION = "cms_raise_generation"
TRIGGER = "cms_generation"

# What only staff, the worker or the search's own bookkeeping read. What the search finds is told by `cms.PendingEntry`.
PRIVATE_APPS = frozenset(
    {
        "admin", "auth", "contenttypes", "django_tasks_database", "messages", "modelsearch", "sessions", "taggit",
        "wagtail_localize", "wagtailadmin", "wagtailsearch", "wagtailusers",
    }
)  # fmt: skip
PRIVATE_MODELS = frozenset(
    f"wagtailcore.{name}"
    for name in (
        "apitoken", "comment", "commentreply", "groupapprovaltask", "groupapprovaltask_groups",
        "groupcollectionpermission", "grouppagepermission", "groupsitepermission", "modellogentry", "pagelogentry",
        "pagesubscription", "revision", "task", "taskstate", "uploadedfile", "workflow", "workflowcontenttype",
        "workflowpage", "workflowstate", "workflowtask",
    )
)  # fmt: skip
# Columns that saving a draft, locking or starting a workflow changes, and that no reader sees.
_UNSEEN: dict[type[Model], tuple[str, ...]] = {
    Page: ("draft_title", "numchild", "owner_id", "latest_revision_created_at", "latest_revision_id",
           "has_unpublished_changes", "go_live_at", "locked", "locked_at", "locked_by_id"),
    RevisionMixin: ("latest_revision_id",),
    DraftStateMixin: ("has_unpublished_changes", "go_live_at"),
    LockableMixin: ("locked", "locked_at", "locked_by_id"),
}  # fmt: skip


@dataclass(frozen=True)
class Watched:
    """A table with the condition under which an update counts, and the events that count."""

    table: str
    unseen: tuple[str, ...] = ()
    events: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
    told: tuple[str, ...] = ()

    def triggers(self) -> Iterator[tuple[str, str]]:
        """Give (name, statement) of each trigger."""
        if rows := [event for event in self.events if event in ("INSERT", "DELETE")]:
            yield TRIGGER, self._statement(TRIGGER, " OR ".join(rows), "ROW")
        if "UPDATE" in self.events:
            changed = "OLD.* IS DISTINCT FROM NEW.*"
            if self.unseen:
                names = ", ".join(f"'{name}'" for name in self.unseen)
                unseen = f"ARRAY[{names}]::text[]"
                changed = f"to_jsonb(OLD) - {unseen} IS DISTINCT FROM to_jsonb(NEW) - {unseen}"
            yield f"{TRIGGER}_changed", self._statement(f"{TRIGGER}_changed", "UPDATE", "ROW", f"WHEN ({changed}) ")
        if "TRUNCATE" in self.events:
            yield f"{TRIGGER}_emptied", self._statement(f"{TRIGGER}_emptied", "TRUNCATE", "STATEMENT")

    def _statement(self, name: str, events: str, each: str, condition: str = "") -> str:
        told = ", ".join(f"'{word}'" for word in (self.told if each == "ROW" else ()))
        return (
            f'CREATE OR REPLACE TRIGGER {name} AFTER {events} ON "{self.table}" FOR EACH {each} '
            f"{condition}EXECUTE FUNCTION {FUNCTION}({told})"
        )


def is_private(model: type[Model]) -> bool:
    """Say whether no public answer is made of the model's rows."""
    options = model._meta
    if options.app_label in PRIVATE_APPS or options.label_lower in PRIVATE_MODELS | {settings.AUTH_USER_MODEL.lower()}:
        return True
    # A table that only links rows of a model to others is as public as that model.
    owner: Any = options.auto_created
    return bool(getattr(model, "never_public", False) or (owner and is_private(owner)))


def watched() -> list[Watched]:
    """Give the tables of the installed apps that are watched."""
    found: dict[str, Watched] = {}
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        if options.proxy or not options.managed or options.swapped or is_private(model):
            continue
        found[options.db_table] = Watched(
            options.db_table,
            unseen=_unseen(model),
            events=getattr(model, "public_events", Watched.events),
            told=told_of(model),
        )
    return [found[table] for table in sorted(found)]


def _unseen(model: type[Model]) -> tuple[str, ...]:
    here = {field.column for field in model._meta.local_concrete_fields}
    names = {name for base, columns in _UNSEEN.items() if issubclass(model, base) for name in columns}
    names |= set(getattr(model, "never_public_columns", ()))
    return tuple(sorted(names & here))


def watch(using: str, **_kwargs: Any) -> None:
    """Receiver of `post_migrate`: give the watched tables their triggers, and take away those of others.

    A table whose triggers are as they should be is not touched: a new trigger waits for all who write to it.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc(%s)", [FUNCTION])
        if cursor.fetchone() == (None,):
            return
        cursor.execute(
            "SELECT c.relname, t.tgname, obj_description(t.oid, 'pg_trigger') FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE p.proname = %s AND pg_table_is_visible(c.oid)",
            [FUNCTION],
        )
        there = {(table, name): mark for table, name, mark in cursor.fetchall()}
        tables = set(connection.introspection.table_names(cursor))
        for one in watched():
            for name, statement in one.triggers() if one.table in tables else ():
                mark = sha256(statement.encode()).hexdigest()[:16]
                if there.pop((one.table, name), None) != mark:
                    cursor.execute(statement)
                    cursor.execute(f"COMMENT ON TRIGGER {name} ON \"{one.table}\" IS '{mark}'")
        for table, name in there:
            cursor.execute(f'DROP TRIGGER {name} ON "{table}"')
