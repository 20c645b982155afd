"""Wagtail's own search on the same publications, with the index that its migrations forget (migration cms.0004)."""

from __future__ import annotations

from django.db import connection
from wagtail.models import Page

from tests.bench import generator

# Below the root; each page as the one that Wagtail's migrations make.
_PAGES = """
INSERT INTO wagtailcore_page
SELECT (jsonb_populate_record(NULL::wagtailcore_page, to_jsonb(page) || jsonb_build_object(
    'id', 1000000 + text.number, 'path', '00010001' || lpad(text.number::text, 6, '0'), 'depth', 3, 'numchild', 0,
    'title', text.title, 'draft_title', text.title, 'slug', text.number::text, 'live', true,
    'translation_key', gen_random_uuid(), 'url_path', '/' || text.number, 'alias_of_id', NULL
))).*
FROM bench_text text, (SELECT * FROM wagtailcore_page WHERE depth = 2 ORDER BY path LIMIT 1) page
"""
_ENTRIES = """
INSERT INTO wagtailsearch_indexentry
    (content_type_id, object_id, title_norm, autocomplete, title, body, title_text, body_text)
SELECT page.content_type_id, page.id::text, 1, '', setweight(to_tsvector('dutch', text.title), 'A'),
    setweight(to_tsvector('dutch', text.body), 'D'), '', ''
FROM bench_text text JOIN wagtailcore_page page ON page.id = 1000000 + text.number
"""


def fill(number: int) -> None:
    """Make so many pages and put them into Wagtail's index."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bench_text (number integer, title text, body text)")
        with cursor.copy("COPY bench_text FROM STDIN") as copy:
            for one in generator.publications(number):
                copy.write_row((one.number, one.title, "\n".join([one.summary, *one.pages])))
        cursor.execute("DELETE FROM wagtailsearch_indexentry")
        cursor.execute("DELETE FROM wagtailcore_page WHERE id > 1000000")
        cursor.execute(_PAGES)
        cursor.execute(_ENTRIES)
        cursor.execute("DROP TABLE bench_text")
        cursor.execute("VACUUM ANALYZE wagtailcore_page")
        cursor.execute("VACUUM ANALYZE wagtailsearch_indexentry")


def search(words: str) -> None:
    """Ask for the first twenty and how many there are: no facets, no pieces of text, nobody's rights."""
    results = Page.objects.live().search(words, operator="and")
    list(results[:20])
    results.count()
