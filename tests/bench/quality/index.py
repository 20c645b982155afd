"""Puts the documents of the quality set in a live index, in tables that the caller's transaction takes away again."""

from django.db import connection

from cms.models import IndexVersion, Synonyms
from tests.bench.quality.score import DOCUMENTS, SYNONYMS, rows
from tests.cms.search.rows import add_entry, make_index


def make() -> None:
    """Make the only live index. Call it in a transaction that is rolled back."""
    if not connection.in_atomic_block:
        raise RuntimeError("The quality set must not stay in a database: call this in a transaction.")
    IndexVersion.objects.filter(state=IndexVersion.State.LIVE).update(state=IndexVersion.State.FAILED)
    version = 1 + max(IndexVersion.objects.values_list("number", flat=True), default=0)
    make_index(version)
    Synonyms.objects.all().delete()
    for row in rows(SYNONYMS):
        Synonyms.objects.create(language="nl", words=row["words"])
    for row in rows(DOCUMENTS):
        add_entry(row["title"], row["text"], version=version)
