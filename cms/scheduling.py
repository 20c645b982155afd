"""Puts pages online and takes them off at the second that editors chose; Wagtail's own command does so when run."""

import logging
import threading
from functools import cache

from django.apps import apps
from django.core.management import call_command
from django.db import close_old_connections, connection
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)

EVERY = 1.0  # seconds
AFTER_A_FAILURE = 60.0  # seconds
# One process of all nodes at a time.
_LOCK = 7303


def keep_publishing(stopped: threading.Event) -> None:
    """Publish what is due, each second until `stopped`. A failure is told, and tried again a minute later."""
    wait = EVERY
    while not stopped.wait(wait):
        close_old_connections()
        wait = EVERY
        try:
            publish_due()
        except Exception:
            logger.exception("Planned pages could not be published; the next try is in a minute")
            wait = AFTER_A_FAILURE


def publish_due() -> bool:
    """Publish and take off what is due now, and say whether there was anything. Two small queries where not."""
    with connection.cursor() as cursor:
        cursor.execute(_due())
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return False
        try:
            call_command("publish_scheduled", verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    return True


@cache
def _due() -> str:
    """Give the statement that says whether anything is due."""
    tables = [Page._meta.db_table]
    tables += [
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    expired = " OR ".join(
        f'EXISTS (SELECT FROM "{table}" WHERE live AND expire_at < statement_timestamp())' for table in tables
    )
    waiting = f"EXISTS (SELECT FROM {Revision._meta.db_table} WHERE approved_go_live_at < statement_timestamp())"
    return f"SELECT {waiting} OR {expired}"
