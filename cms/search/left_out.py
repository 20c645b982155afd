"""Whether the index holds all text of a file: an entry takes so much of its files together, and no more."""

from django.db import connection

from cms.models import CMSDocument
from cms.search import versions

# An entry that waits for the worker says nothing yet. Titles of files are always in it: they tell which hold the file.
_LEFT_OUT = """
SELECT EXISTS (
    SELECT 1 FROM cms_searchpart p
    JOIN cms_searchentry e ON e.version = p.version AND e.id = p.entry_id
    WHERE p.version = %(version)s AND p.document_id = %(document)s
        AND NOT EXISTS (SELECT 1 FROM cms_pendingentry w WHERE w.key = e.key)
    GROUP BY p.entry_id HAVING count(p.number) < %(texts)s
)
"""


def is_left_out(document: CMSDocument) -> bool:
    """Tell whether a page that holds the document is found by only a part of the document's text. Three queries."""
    version = versions.live()
    texts = document.texts.exclude(text="").count() if document.extracted_hash == document.content_hash else 0
    if version is None or not texts:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_LEFT_OUT, {"version": version, "document": document.pk, "texts": texts})
        return cursor.fetchone()[0]
