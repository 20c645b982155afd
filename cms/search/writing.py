"""Puts entries into a version of the index, many at once. The SQL that fills it stands here."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from cms.names import sort_key
from cms.search import bits
from cms.search.analysis import END_OF_TEXT, Analysed, vector, words_of
from cms.search.entries import Entry, held
from cms.search.loading import Loaded
from cms.search.suggestions import write_words
from cms.search.versions import alone

# Rows must fit a page of 8 kB, because their columns stand in them as they are (cms/search/versions.py).
_MOST_FACETS = 300
_LARGEST_RANK_VECTOR = 2_500

_INCOMING = """
CREATE TEMP TABLE IF NOT EXISTS cms_incoming (
    key text, page_id integer, source_id integer, kind text, language text, text_language text, fallback boolean,
    outdated boolean, date date, facets integer[], tsv tsvector, title text, sort_title text, rv tsvector
) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS cms_incoming_part (
    key text, ordinal integer, document_id integer, number integer, label text, hidden boolean, text text, tsv tsvector
) ON COMMIT DELETE ROWS;
TRUNCATE cms_incoming, cms_incoming_part;
"""
_COLUMNS = "key, page_id, source_id, kind, language, text_language, fallback, outdated, date, facets, tsv"
_INCOMING_COLUMNS = f"{_COLUMNS}, title, sort_title, rv"
_PART_COLUMNS = "key, ordinal, document_id, number, label, hidden, text, tsv"
# Visibility is set with a new row only: from then on triggers keep it.
_ADD = """
INSERT INTO cms_searchentry (version, {columns}, site_id, published, expires_at, restrictions)
SELECT %(version)s, {incoming}, {visibility}
ORDER BY i.key
ON CONFLICT (version, key) DO {conflict}
RETURNING key, id
"""
_OF_PAGE = (
    "v.site_id, v.published, v.expires_at, v.restrictions FROM cms_incoming i "
    "JOIN wagtailcore_page p ON p.id = i.page_id CROSS JOIN LATERAL cms_page_visibility(p.path) v"
)
_OF_SITE = "%(site)s, true, NULL, '{}' FROM cms_incoming i"
_REPLACE = "UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in _COLUMNS.split(", ") if name != "key"
)  # fmt: skip
_ADD_TITLES = """
INSERT INTO cms_searchtitle (version, id, date, outdated, title, sort_title, rv)
SELECT %(version)s, new.id, i.date, i.outdated, i.title, i.sort_title, i.rv
FROM unnest(%(keys)s::text[], %(ids)s::integer[]) AS new (key, id) JOIN cms_incoming i ON i.key = new.key
ORDER BY new.id
ON CONFLICT (version, id) DO UPDATE SET date = excluded.date, outdated = excluded.outdated, title = excluded.title,
    sort_title = excluded.sort_title, rv = excluded.rv
"""
_OLD_PARTS = """
DELETE FROM cms_searchpart p USING unnest(%(ids)s::integer[]) AS old (id)
WHERE p.version = %(version)s AND p.entry_id = old.id RETURNING p.entry_id, p.text
"""
_ADD_PARTS = """
INSERT INTO cms_searchpart (version, entry_id, ordinal, document_id, number, label, hidden, text, tsv)
SELECT %(version)s, new.id, i.ordinal, i.document_id, i.number, i.label, i.hidden, i.text, i.tsv
FROM unnest(%(keys)s::text[], %(ids)s::integer[]) AS new (key, id) JOIN cms_incoming_part i ON i.key = new.key
ORDER BY new.id, i.ordinal
"""
_REMOVE = """
WITH gone AS (
    DELETE FROM cms_searchentry WHERE version = %(version)s AND key = ANY (%(keys)s) RETURNING version, id
), titles AS (
    DELETE FROM cms_searchtitle r USING gone WHERE r.version = gone.version AND r.id = gone.id
), parts AS (
    DELETE FROM cms_searchpart p USING gone WHERE p.version = gone.version AND p.entry_id = gone.id
)
SELECT id FROM gone
"""
_FACETS = """
SELECT facet, value, id FROM cms_searchfacet
JOIN unnest(%s::text[], %s::text[]) AS asked (facet, value) USING (facet, value)
"""
_ADD_FACETS = """
INSERT INTO cms_searchfacet (facet, value) SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Prepared:
    """An entry as the index holds it, but for the numbers of its facets.

    `words` are its words by language, each with how it is written.
    """

    entry: Entry
    rank_vector: str
    vector: str
    parts: tuple[tuple[Any, ...], ...]
    words: dict[str, dict[str, str]]
    hashes: dict[int, str]


def prepare(loaded: Loaded) -> Prepared:
    """Analyse the texts of an entry. Needs no database, so that several processes can share the work."""
    entry, parts = loaded
    language = entry.text_language
    summary, title = Analysed(entry.summary, language), ("A", Analysed(entry.title, language))
    names = [("B", Analysed(name, language)) for name in entry.names]
    # In this order, for the places of what is shown of it begin at the first.
    analysed = [("B", summary), *(("C", Analysed(text, language)) for text in entry.texts), title, *names]
    own_vector = vector(analysed)
    text = "".join(text.replace(END_OF_TEXT, " ") + END_OF_TEXT for text in (entry.summary, *entry.texts) if text)
    rows: list[tuple[Any, ...]] = [(0, None, None, "", False, text, own_vector)]
    whole = {language: list(analysed)}
    for ordinal, part in enumerate(parts, start=1):
        weighed = ("B" if part.number is None else "C", Analysed(part.text, part.language or language))
        rows.append((ordinal, part.document_id, part.number, part.label, part.hidden, part.text, vector([weighed])))
        if not part.hidden:
            whole.setdefault(part.language or language, []).append(weighed)
    words: dict[str, dict[str, str]] = {}
    own = [entry.summary, *entry.texts, entry.title, *entry.names]
    for written_in, text in [*((language, text) for text in own), *((part.language, part.text) for part in parts)]:
        code = written_in or language
        of_language = words.setdefault(code, {})
        for folded, shown in words_of(text, code):
            of_language.setdefault(folded, shown)
    return Prepared(
        entry=entry,
        rank_vector=_rank_vector([title, *names, ("C", summary)]),
        vector=" ".join(map(vector, whole.values())) if parts else own_vector,
        parts=tuple(rows),
        words=words,
        hashes={part.document_id: part.content_hash for part in parts},
    )


def _rank_vector(texts: list[tuple[str, Analysed]]) -> str:
    """Give the vector of these texts without as many of the last as keeps it small enough; "" where none is."""
    while len(written := vector(texts).encode()) > _LARGEST_RANK_VECTOR and len(texts) > 1:
        texts.pop()
    return written.decode() if len(written) <= _LARGEST_RANK_VECTOR else ""


class Words:
    """In how many entries each word stands. Words of hidden entries too: who offers words asks who may see them."""

    def __init__(self) -> None:
        self._numbers: dict[str, Counter[str]] = {}
        self._shown: dict[str, dict[str, str]] = {}

    def add(self, entry: Prepared, known: Collection[str] = frozenset()) -> None:
        """Count the words of an entry but for those that it had already."""
        for language, as_written in entry.words.items():
            words: Collection[str] = as_written.keys()
            if known:
                words = [word for word in words if word not in known]
            self._numbers.setdefault(language, Counter()).update(words)
            shown = self._shown.setdefault(language, {})
            shown.update({word: as_written[word] for word in words if word not in shown})

    def write(self, version: int) -> None:
        """Add what was counted to the vocabulary of a version, and begin anew."""
        with connection.cursor() as cursor:
            for language, numbers in sorted(self._numbers.items()):
                write_words(cursor, version, language, numbers, self._shown[language])
        self._numbers.clear()
        self._shown.clear()


def write_entries(version: int, loaded: Iterable[Loaded], *, public_on: int | None = None) -> None:
    """Put entries with their documents' texts into a version, in place of what it has under their keys.

    `public_on` makes them public on that site, without looking for their pages: for measurements.
    """
    write_prepared(version, [prepare(one) for one in loaded], public_on=public_on)


def write_prepared(
    version: int,
    prepared: Sequence[Prepared],
    *,
    only_new: bool = False,
    public_on: int | None = None,
    words: "Words | None" = None,
) -> None:
    """As `write_entries`; with `only_new`, what the version has already stays, as the newer.

    Who fills a version gives `words`, and writes those now and then: that costs as much as all else. The bits of its
    facets come with its indexes.
    """
    if not prepared:
        return
    prepared = sorted({one.entry.key: one for one in prepared}.values(), key=lambda one: one.entry.key)
    facets = _facet_ids(one.entry for one in prepared)
    with transaction.atomic(), connection.cursor() as cursor:
        alone(cursor)
        cursor.execute(_INCOMING)
        _copy(cursor, "cms_incoming", _INCOMING_COLUMNS, (_row(one, facets) for one in prepared))
        _copy(cursor, "cms_incoming_part", _PART_COLUMNS, ((_key(one), *row) for one in prepared for row in one.parts))
        cursor.execute(
            _ADD.format(
                columns=_COLUMNS,
                incoming=", ".join(f"i.{name}" for name in _COLUMNS.split(", ")),
                visibility=_OF_PAGE if public_on is None else _OF_SITE,
                conflict="NOTHING" if only_new else _REPLACE,
            ),
            {"version": version, "site": public_on},
        )
        ids = dict(cursor.fetchall())
        values: dict[str, Any] = {"version": version, "keys": list(ids), "ids": list(ids.values())}
        cursor.execute(_ADD_TITLES, values)
        cursor.execute(_OLD_PARTS, values)
        known = _words_of_old(cursor.fetchall())
        cursor.execute(_ADD_PARTS, values)
        written = [one for one in prepared if _key(one) in ids]
        _check_documents(cursor, written)
        counted = words if words is not None else Words()
        # A build that goes on finds entries of which it had not written the words yet.
        for one in prepared if only_new else written:
            counted.add(one, known.get(ids.get(_key(one), 0), frozenset()))
        if words is None:
            counted.write(version)
            bits.keep(cursor, version, list(ids.values()))


def remove_entries(version: int, keys: Collection[str]) -> None:
    """Take entries out of a version."""
    if keys:
        with transaction.atomic(), connection.cursor() as cursor:
            alone(cursor)
            cursor.execute(_REMOVE, {"version": version, "keys": sorted(keys)})
            gone = [entry_id for (entry_id,) in cursor.fetchall()]
            if gone:
                # Who keeps what everybody finds learns of it by this too (cms/search/tally.py).
                bits.keep(cursor, version, gone)


def _key(one: Prepared) -> str:
    return one.entry.key


def _row(one: Prepared, facets: dict[tuple[str, str], int]) -> tuple[Any, ...]:
    entry = one.entry
    chosen = sorted({facets[pair] for pair in _facets(entry)})
    return (
        entry.key, entry.page_id, entry.source_id, entry.kind, entry.language, entry.text_language, entry.fallback,
        entry.outdated, entry.date, chosen, one.vector,
        _clean(entry.title), _clean(sort_key(entry.title)[0]), one.rank_vector,
    )  # fmt: skip


def _facets(entry: Entry) -> list[tuple[str, str]]:
    # No facet for readers: by these, migration 0008 finds the entries that name a page which is no longer public.
    named = [("noemt", str(page_id)) for page_id in entry.named]
    return [("kind", entry.kind), *[*named, *sorted(entry.facets)][:_MOST_FACETS]]


def _facet_ids(entries: Iterable[Entry]) -> dict[tuple[str, str], int]:
    """Give the numbers of facets' values, new ones too. Outside the write: a number that is never used harms nobody."""
    pairs = sorted({pair for entry in entries for pair in _facets(entry)})
    values = [[facet for facet, _value in pairs], [value for _facet, value in pairs]]
    with connection.cursor() as cursor:
        cursor.execute(_FACETS, values)
        found = {(facet, value): pk for facet, value, pk in cursor.fetchall()}
        if len(found) < len(pairs):
            cursor.execute(_ADD_FACETS, values)
            cursor.execute(_FACETS, values)
            found = {(facet, value): pk for facet, value, pk in cursor.fetchall()}
    return found


def _copy(cursor: Any, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([_clean(value) if isinstance(value, str) else value for value in row])


def _clean(text: str) -> str:
    if text.isascii() and "\x00" not in text:
        return text
    # PostgreSQL refuses the character NUL in a text, and half of a surrogate pair is no UTF-8.
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()


def _check_documents(cursor: Any, written: Sequence[Prepared]) -> None:
    """Take back what a document may not show any more since it was loaded, or its file or its entry does not hold."""
    hashes = {document_id: content_hash for one in written for document_id, content_hash in one.hashes.items()}
    if not hashes:
        return
    cursor.execute("SELECT cms_refresh_documents(%s)", [list(hashes)])
    cursor.execute("SELECT id, content_hash FROM cms_cmsdocument WHERE id = ANY (%s)", [list(hashes)])
    now = dict(cursor.fetchall())
    for document_id, content_hash in hashes.items():
        if now.get(document_id) != content_hash:
            cursor.execute("SELECT cms_forget_document(%s)", [document_id])
    pairs = {(_key(one), document_id) for one in written for document_id in one.entry.documents}
    for key, document_id in sorted(pairs - held({document_id for _key, document_id in pairs})):
        cursor.execute("SELECT cms_forget_document_of(%s, %s)", [key, document_id])


def _words_of_old(parts: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    """Give the words of the texts that an entry had, by its id: the vocabulary knows of those already."""
    known: dict[int, set[str]] = {}
    for entry_id, text in parts:
        # The stop words of a language change nothing here.
        known.setdefault(entry_id, set()).update(folded for folded, _shown in words_of(text, ""))
    return known
