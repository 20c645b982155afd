"""Rows straight in the tables of the index, for tests of the search itself: no pages, no worker."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db import connection
from psycopg import sql

from cms.models import IndexVersion
from cms.search import analysis, bits
from cms.search.analysis import ANALYSER, words_of
from cms.search.suggestions import write_words

_numbers = count(1)


def vector(texts: Iterable[tuple[str, str]], language: str) -> str:
    """Give texts, each with its weight, as the index holds them."""
    return analysis.vector((weight, analysis.Analysed(text, language)) for weight, text in texts)


def make_index(number: int = 1, *, live: bool = True) -> IndexVersion:
    """Give an empty version of the index."""
    with connection.cursor() as cursor:
        for table in ("cms_searchentry", "cms_searchtitle", "cms_searchpart", "cms_searchword", "cms_searchfacetbits"):
            cursor.execute(
                sql.SQL("CREATE TABLE {} PARTITION OF {} FOR VALUES IN ({})").format(
                    sql.Identifier(f"{table}_{number}"), sql.Identifier(table), sql.Literal(number)
                )
            )
    state = IndexVersion.State.LIVE if live else IndexVersion.State.BUILDING
    return IndexVersion.objects.create(number=number, analyser=ANALYSER, state=state)


def facet_id(facet: str, value: str) -> int:
    """Give the id of a value of a facet, made where it is new."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cms_searchfacet (facet, value) VALUES (%s, %s)"
            " ON CONFLICT (facet, value) DO UPDATE SET value = excluded.value RETURNING id",
            [facet, value],
        )
        return cursor.fetchone()[0]


def add_entry(
    title: str,
    text: str = "",
    *,
    version: int = 1,
    summary: str = "",
    parts: Iterable[tuple[str, str] | tuple[str, str, bool]] = (),
    facets: Iterable[tuple[str, str]] = (),
    kind: str = "publicatie",
    language: str = "nl",
    text_language: str = "",
    source_id: int | None = None,
    site_id: int = 1,
    published: bool = True,
    expires_at: datetime | None = None,
    restrictions: Iterable[int] = (),
    day: date | None = None,
    outdated: bool = False,
    fallback: bool = False,
    page_id: int | None = None,
) -> int:
    """Add an entry and its words; give the id of its page. `parts` are labels and texts of a document, True: hidden."""
    page_id = page_id or next(_numbers) + 100_000
    text_language = text_language or language
    parts = [(part[0], part[1], len(part) > 2 and part[2]) for part in parts]
    own = [("B", summary), ("C", text), ("A", title)]
    shown = [("C", part) for _label, part, hidden in parts if not hidden]
    values: dict[str, Any] = {
        "version": version,
        "key": f"page:{page_id}",
        "page_id": page_id,
        "source_id": source_id or page_id,
        "kind": kind,
        "language": language,
        "text_language": text_language,
        "fallback": fallback,
        "outdated": outdated,
        "date": day,
        "site_id": site_id,
        "published": published,
        "expires_at": expires_at,
        "restrictions": list(restrictions),
        "facets": [facet_id(*facet) for facet in [("kind", kind), *facets]],
        "tsv": vector([*own, *shown], text_language),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("INSERT INTO cms_searchentry ({}) VALUES ({}) RETURNING id").format(
                sql.SQL(", ").join(map(sql.Identifier, values)), sql.SQL(", ").join(map(sql.Placeholder, values))
            ),
            values,
        )
        entry_id = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO cms_searchtitle (version, id, date, outdated, title, sort_title, rv)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [
                version, entry_id, day, outdated, title, title.lower(),
                vector([("A", title), ("B", summary)], text_language),
            ],
        )  # fmt: skip
        bits.keep(cursor, version, [entry_id])
        rows = [("", text or summary, False, None), *((*part, page_id) for part in parts)]
        for ordinal, (label, part, hidden, document_id) in enumerate(rows):
            weighted = own if ordinal == 0 else [("C", part)]
            cursor.execute(
                "INSERT INTO cms_searchpart (version, entry_id, ordinal, document_id, number, label, hidden, text, tsv)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    version, entry_id, ordinal, document_id, ordinal or None, label, hidden, part,
                    vector(weighted, text_language),
                ],
            )  # fmt: skip
        found = {
            folded: shown
            for part in (title, summary, text, *(part[1] for part in parts))
            for folded, shown in words_of(part, text_language)
        }
        write_words(cursor, version, text_language, dict.fromkeys(found, 1), found)
    return page_id
