"""All SQL of readers' questions, with what it costs; what may be seen is filtered first.

The figures are processor time at 100,000 publications of 4 kB; `make bench` measures whole searches.
"""

# ruff: noqa: S608 - statements are put together from pieces of this module; what readers typed goes in as parameters.

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from cms.search.asking import Query
from cms.search.bits import BLOCK, Ids
from cms.search.values import Order, Scope

# Above this number of hits, only the best by title, names and summary are ranked by all their words: 15 µs each.
RANKED_EXACTLY = 500
RANKED_AGAIN = 300
# Up to this number, those are looked for among all hits: 3 µs each. Above it, by the index of titles.
LOOKED_AT = 5000
# Where a frequent word is looked for first.
FIRST_ENTRIES = 500
TIMEOUT = "3s"
# Thousands of words begin with the same two letters.
LETTERS_OF_MANY = 2


@dataclass(frozen=True)
class Reader:
    """Who looks where: the partition of the index, and what this reader may see of it."""

    version: int
    site_id: int
    language: str
    source_language: str
    passed: frozenset[int]

    def parameters(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "site": self.site_id,
            "language": self.language,
            "source": self.source_language,
            "passed": sorted(self.passed),
        }


@dataclass(frozen=True)
class Situation:
    """What one statement tells before the search: the live version and its last change, and what editors taught it.

    `generation` is another one after any change of what the public may see (cms/caching/generation.py).
    """

    version: int | None
    changed: int
    generation: str
    now: datetime
    languages: tuple[str, ...]
    synonyms: tuple[tuple[str, str], ...]
    best_bets: tuple[tuple[str, int], ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """How many entries match: with all filters (`total`), and without any (`matched`).

    Which entries pass all filters is told by `few` where they are few; where they are not, by `many` if that was asked.
    """

    total: int = 0
    matched: int = 0
    few: list[int] = field(default_factory=list)
    many: Ids | None = None


@dataclass(frozen=True)
class Row:
    """An entry that was found."""

    id: int
    key: str
    kind: str
    page_id: int
    source_id: int
    language: str
    text_language: str
    title: str
    date: date | None
    outdated: bool
    private: bool


# A folded word, in how many entries it stands, and how it is written.
Word = tuple[str, int, str]


@dataclass(frozen=True)
class PartRow:
    """A part of an entry that holds words asked for, and their places in the index: its title's too in its own part."""

    document_id: int | None
    number: int | None
    label: str
    text: str
    places: list[int]


# A scan of the whole table reads the words of all texts, which the planner does not know: to look for words in a row
# costs more than it thinks. Compiling a plan takes longer than running it. This statement takes less than 1 ms.
SITUATION = """
SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
    set_config('work_mem', '16MB', true), set_config('statement_timeout', %(timeout)s, true),
    set_config('max_parallel_workers_per_gather', '0', true), set_config('cpu_operator_cost', '0.1', true),
    (SELECT number FROM cms_indexversion WHERE state = 'live'),
    (SELECT max(changed) FROM cms_searchfacetbits
        WHERE version = (SELECT number FROM cms_indexversion WHERE state = 'live')),
    (SELECT string_agg(token::text, '' ORDER BY slot) FROM cms_generation), statement_timestamp(),
    ARRAY(SELECT value FROM cms_searchfacet WHERE facet = 'taal' ORDER BY value),
    ARRAY(SELECT ARRAY[language, words] FROM cms_synonyms ORDER BY id),
    ARRAY(SELECT ARRAY[words, page_id::text] FROM cms_bestbet WHERE language = %(language)s ORDER BY id),
    ARRAY(SELECT word FROM cms_ignoredword)
"""

# The clock, not the beginning of the transaction: an entry is gone at the minute it expires.
_SEEN = """{e}.version = %(version)s AND {e}.site_id = %(site)s AND {e}.published
    AND ({e}.expires_at IS NULL OR {e}.expires_at > statement_timestamp()) AND {e}.restrictions {passed}"""
_OWN_LANGUAGE = "e.language = %(language)s"
# Entries in the site's own language stand in for translations that this reader has none of.
_OTHER_LANGUAGE = """(e.language = %(language)s OR (e.fallback AND e.language = %(source)s
    AND (e.source_id, e.kind) NOT IN (
        SELECT t.source_id, t.kind FROM cms_searchentry t
        WHERE t.language = %(language)s AND {seen})))"""


def _seen(reader: Reader, entries: str) -> str:
    """Give the condition on entries that this reader may see, whatever their language."""
    # Of most readers, who passed no restriction, the planner then knows how many entries they see, and by which index.
    return _SEEN.format(e=entries, passed="<@ %(passed)s::integer[]" if reader.passed else "= '{}'::integer[]")


def visible(reader: Reader) -> str:
    """Give the condition on entries `e` that this reader may see, in the lists of the reader's language."""
    own = reader.language == reader.source_language
    language = _OWN_LANGUAGE if own else _OTHER_LANGUAGE.format(seen=_seen(reader, "t"))
    return f"{_seen(reader, 'e')}\n    AND {language}"


def situation(cursor: Any, language: str) -> Situation:
    """Make this transaction fit for searching, and give what there is to know."""
    cursor.execute(SITUATION, {"timeout": TIMEOUT, "language": language})
    version, changed, generation, now, languages, synonyms, best_bets, ignored = cursor.fetchone()[-8:]
    return Situation(
        version,
        -1 if changed is None else changed,
        generation,
        now,
        tuple(languages),
        tuple((language, words) for language, words in synonyms),
        tuple((words, int(page_id)) for words, page_id in best_bets),
        tuple(ignored),
    )


def _matching(query: Query, parameters: dict[str, Any]) -> str:
    """Give the conditions that the words make."""
    parameters |= {"match": query.match, "title": query.title}
    titles = "SELECT r.id FROM cms_searchtitle r WHERE r.version = %(version)s AND r.rv @@ %(title)s::tsquery"
    if query.title_says_all:
        return f" AND e.id = ANY (ARRAY({titles}))"
    conditions = " AND e.tsv @@ %(match)s::tsquery" if query.match else ""
    if query.title:
        # Of those that the other words leave, one by one: OFFSET keeps the planner from looking at all titles first.
        conditions += f" AND EXISTS ({titles} AND r.id = e.id OFFSET 0)"
    return conditions


def _chosen(number: int, facet: str, values: Collection[str], parameters: dict[str, Any]) -> str:
    """Give the condition that an entry has one of the values of a facet."""
    parameters |= {f"facet{number}": facet, f"values{number}": sorted(values)}
    return (
        f"e.facets && ARRAY(SELECT id FROM cms_searchfacet WHERE facet = %(facet{number})s"
        f" AND value = ANY(%(values{number})s))"
    )


def _of_kinds(kinds: Collection[str], parameters: dict[str, Any]) -> str:
    if not kinds:
        return ""
    parameters["kinds"] = sorted(kinds)
    return " AND e.kind = ANY(%(kinds)s)"


def _in_scope(scope: Scope, parameters: dict[str, Any]) -> str:
    """Give the condition that an entry lies within the scope; "" where all do."""
    conditions = []
    if scope.since:
        conditions.append("e.date >= %(since)s")
    if scope.until:
        conditions.append("e.date <= %(until)s")
    if scope.changed_since:
        conditions.append(
            "e.page_id IN (SELECT p.id FROM wagtailcore_page p WHERE p.last_published_at >= %(changed_since)s)"
        )
    if scope.below:
        conditions.append(
            "e.page_id IN (SELECT p.id FROM wagtailcore_page p WHERE starts_with(p.path, %(below)s)"
            " AND p.path <> %(below)s)"
        )
    if conditions:
        parameters |= {
            "since": scope.since, "until": scope.until, "changed_since": scope.changed_since, "below": scope.below,
        }  # fmt: skip
    return " AND ".join(conditions)


class Found(NamedTuple):
    """What matches, as bits by block (bits.py), what of it lies `within` the scope, and when the first expires."""

    matched: Mapping[int, str]
    within: Mapping[int, str]
    until: datetime | None


def found(cursor: Any, reader: Reader, query: Query, kinds: Collection[str], scope: Scope) -> Found:
    """Give all that matches. At 100,000 entries 3 ms, and 0.5 ms more for each thousand that match.

    `until` is told where no words are asked: 22 ms where all may be seen.
    """
    parameters = reader.parameters()
    where = visible(reader) + _matching(query, parameters) + _of_kinds(kinds, parameters)
    # The scope narrows as a filter does: what the words find without it still counts as matched.
    in_scope = _in_scope(scope, parameters)
    bits = f"cms_bits(e.id %% {BLOCK}, 1)"
    scoped = f"({bits} FILTER (WHERE {in_scope}))::varbit::text" if in_scope else "NULL"
    until = "NULL" if query.asks_words else "min(e.expires_at)"
    cursor.execute(
        f"""SELECT e.id / {BLOCK}, {bits}::varbit::text, {scoped}, {until} FROM cms_searchentry e
        WHERE {where} GROUP BY 1""",
        parameters,
    )
    rows = cursor.fetchall()
    matched = {block: bits for block, bits, _scoped, _until in rows}
    return Found(
        matched=matched,
        within={block: scoped for block, _bits, scoped, _until in rows if scoped} if in_scope else matched,
        until=min((until for _block, _bits, _scoped, until in rows if until), default=None),
    )


class FacetBits(NamedTuple):
    """Which entries of a block have a value of a facet, and the change that this came with."""

    facet: str
    value: str
    block: int
    changed: int
    bits: str


def facet_bits(cursor: Any, version: int, since: int) -> list[FacetBits]:
    """Give the bits of a version that came after a change. Of all, 100 ms at 100,000 entries; of a few, less than 1."""
    cursor.execute(
        """SELECT f.facet, f.value, b.block, b.changed, b.bits::text
        FROM cms_searchfacetbits b JOIN cms_searchfacet f ON f.id = b.facet
        WHERE b.version = %(version)s AND b.changed > %(since)s""",
        {"version": version, "since": since},
    )
    return [FacetBits(*row) for row in cursor.fetchall()]


_ORDERS: dict[str, str] = {
    "nieuwste": "date DESC NULLS LAST, id DESC",
    "oudste": "date NULLS LAST, id",
    "titel": "sort_title, id",
    "-titel": "sort_title DESC, id DESC",
}
_BEST_FIRST = "score DESC, date DESC NULLS LAST, id DESC"
# D parts of compounds, C text, B summary and names, A title. Long texts count a little less (1).
_WEIGHTS = "'{0.05, 0.15, 0.5, 1.0}'"
# One row of a table by its key. Not a plain join: nobody keeps figures of a table of which versions are parts, and
# without them the planner reads all of it.
_BY_ID = "LATERAL (SELECT * FROM {table} WHERE version = %(version)s AND id = {id} OFFSET 0) {name} ON true"
_TITLE = _BY_ID.format(table="cms_searchtitle", id="e.id", name="r")


def _in_title(vector: str, title: str, query: Query, parameters: dict[str, Any]) -> str:
    """Give what it adds to a score that a title holds all words, side by side, and nothing else."""
    if not query.in_title:
        return "0::float8"
    parameters |= {"in_title": query.in_title, "title_phrase": query.title_phrase, "whole": query.whole}
    phrase = (
        f"+ CASE WHEN {vector} @@ %(title_phrase)s::tsquery THEN 0.5::float8 ELSE 0 END" if query.title_phrase else ""
    )
    return f"""(CASE WHEN {vector} @@ %(in_title)s::tsquery
            THEN 0.5::float8 + CASE WHEN lower({title}) = %(whole)s THEN 1 ELSE 0 END {phrase} ELSE 0 END)"""


def _rank(vector: str, match: str) -> str:
    return f"ts_rank({_WEIGHTS}, {vector}, {match}::tsquery, 1)"


def _score(rank: str, in_title: str, entry: str) -> str:
    """Give how well an entry answers: its words, most of all in its title, and a little how new it is."""
    # Reckoning with numbers of any length, as PostgreSQL takes 0.2 to be, would cost 1 µs an entry.
    return f"""({rank} + {in_title})
        * (1 + 0.2::float8 / (1 + greatest(coalesce(current_date - {entry}.date, 3650), 0) / 730::float8))
        * CASE WHEN {entry}.outdated THEN 0.4::float8 ELSE 1 END"""


def hits(
    cursor: Any,
    reader: Reader,
    query: Query,
    kinds: Collection[str],
    filters: Mapping[str, Collection[str]],
    order: Order,
    start: int,
    size: int,
    counts: Counts,
    fragments: int,
    scope: Scope,
) -> list[tuple[Row, list[PartRow]]]:
    """Give the hits from `start` on, in this order, each with so many parts that hold most of the words.

    What passes is taken from `counts` where they tell: then neither words nor filters are looked at again.
    """
    parameters = reader.parameters() | {"start": start, "size": size}
    where = visible(reader)
    if counts.few:
        # A text: as a list, each number would be written by itself.
        parameters |= {"few": f"{{{','.join(map(str, counts.few))}}}", "match": query.match}
        where += " AND e.id = ANY (%(few)s::integer[])"
    else:
        where += _matching(query, parameters) + _of_kinds(kinds, parameters)
        for number, (name, values) in enumerate(filters.items()):
            where += f" AND {_chosen(number, name, values, parameters)}"
        in_scope = _in_scope(scope, parameters)
        where += f" AND {in_scope}" if in_scope else ""
    # Without OFFSET 0 the planner goes through the newest entries until it has enough that hold the words.
    matching = f"SELECT e.* FROM cms_searchentry e WHERE {where}{' OFFSET 0' if query.match else ''}"
    sorting = _BEST_FIRST
    if order != "relevantie" or not query.match:
        sorting = _ORDERS.get(order, _ORDERS["nieuwste"])
        ranked = f"SELECT e.id, e.date FROM ({matching}) e"
        if "sort_title" in sorting:
            # All there is: in the order of its index until there are enough. What the words find is sorted.
            ranked = (
                f"SELECT e.id, r.sort_title FROM ({matching}) e JOIN {_TITLE}"
                if query.match
                else f"""SELECT r.id, r.sort_title FROM cms_searchtitle r
                JOIN LATERAL (SELECT e.id FROM cms_searchentry e WHERE e.id = r.id AND {where} OFFSET 0) e ON true
                WHERE r.version = %(version)s"""
            )
    elif counts.many is None and counts.total <= RANKED_EXACTLY:
        # Few hold all words in their title: only of those it is read.
        title = "(SELECT r.title FROM cms_searchtitle r WHERE r.version = %(version)s AND r.id = e.id)"
        score = _score(_rank("e.tsv", "%(match)s"), _in_title("e.tsv", title, query, parameters), "e")
        ranked = f"SELECT e.id, e.date, {score} AS score FROM cms_searchentry e WHERE {where}"
    else:
        parameters |= {"again": max(RANKED_AGAIN, start + size), "any": query.any or query.match}
        which, others = "r.id = ANY (%(few)s::integer[])", ""
        if counts.many is not None:
            # One of the words in the title is something already, though the others stand in the text. An index finds
            # those entries; the newest of the others, all of score 0, are asked for only where there are too few.
            parameters |= {"lowest": counts.many.lowest, "highest": counts.many.highest, "many": counts.many.bits}
            passed = """CASE WHEN {id} BETWEEN %(lowest)s AND %(highest)s
                    THEN get_bit(%(many)s::varbit, {id} - %(lowest)s) = 1 END"""
            which = f"r.rv @@ %(any)s::tsquery AND {passed.format(id='r.id')}"
            others = f"""UNION ALL (SELECT e.id, e.date, 0 AS score, 0 AS in_title FROM ({matching}) e
                    WHERE (SELECT count(*) FROM best) < %(again)s AND {passed.format(id="e.id")}
                        AND e.id NOT IN (SELECT id FROM best)
                    ORDER BY {_BEST_FIRST} LIMIT %(again)s)"""
        # OFFSET keeps what is worked out from being worked out again for each place that names it.
        titles = f"""SELECT r.id, r.date, r.outdated, {_rank("r.rv", "%(any)s")} AS rank,
                {_in_title("r.rv", "r.title", query, parameters)} AS in_title
                FROM cms_searchtitle r WHERE r.version = %(version)s AND {which} OFFSET 0"""
        best = f"""SELECT r.id, r.date, {_score("r.rank", "r.in_title", "r")} AS score, r.in_title
                FROM ({titles}) r ORDER BY {_BEST_FIRST} LIMIT %(again)s"""
        ranked = f"""WITH best AS MATERIALIZED ({best})
            SELECT e.id, e.date, CASE WHEN place <= {RANKED_AGAIN}
                THEN {_score(_rank("e.tsv", "%(match)s"), "chosen.in_title", "e")} ELSE -place END AS score
            FROM (SELECT id, in_title, row_number() OVER (ORDER BY {_BEST_FIRST}) AS place
                FROM (SELECT * FROM best {others}) both_kinds LIMIT %(again)s) chosen
            JOIN LATERAL (
                SELECT * FROM cms_searchentry e WHERE e.id = chosen.id AND {visible(reader)} OFFSET 0
            ) e ON true"""
    parts, part_columns = "", "NULL, NULL, NULL, NULL, NULL"
    if query.any and fragments:
        parameters |= {"any": query.any, "fragments": fragments, "wanted": sorted(query.wanted)}
        part_columns = """p.document_id, p.number, p.label, p.text, ARRAY(
    SELECT place FROM unnest(p.tsv) word, unnest(word.positions) place WHERE word.lexeme = ANY (%(wanted)s))"""
        parts = """
LEFT JOIN LATERAL (
    SELECT document_id, number, label, text, ordinal, tsv, ts_rank(tsv, %(any)s::tsquery) AS fit FROM cms_searchpart
    WHERE version = %(version)s AND entry_id = hit.id AND NOT hidden AND tsv @@ %(any)s::tsquery
    ORDER BY fit DESC, ordinal LIMIT %(fragments)s
) p ON true"""
    statement = f"""
SELECT e.id, e.key, e.kind, e.page_id, e.source_id, e.language, e.text_language, r.title, e.date, e.outdated,
    e.restrictions <> '{{}}', {part_columns}
FROM (SELECT id, row_number() OVER (ORDER BY {sorting}) AS place FROM (
    SELECT * FROM ({ranked}) ranked ORDER BY {sorting} LIMIT %(size)s OFFSET %(start)s) page
) hit
JOIN {_BY_ID.format(table="cms_searchentry", id="hit.id", name="e")} JOIN {_TITLE}{parts}
ORDER BY hit.place{", p.fit DESC, p.ordinal" if parts else ""}"""
    cursor.execute(statement, parameters)
    found: dict[int, tuple[Row, list[PartRow]]] = {}
    for values in cursor.fetchall():
        row = Row(*values[:11])
        parts_of_row = found.setdefault(row.id, (row, []))[1]
        if values[14] is not None:
            parts_of_row.append(PartRow(*values[11:]))
    return list(found.values())


def visible_pages(cursor: Any, reader: Reader, pages: Sequence[int]) -> list[int]:
    """Give those of the pages that this reader may see, in the order given."""
    cursor.execute(
        f"""SELECT DISTINCT e.page_id FROM cms_searchentry e
        WHERE e.page_id = ANY(%(pages)s) AND e.key LIKE 'page:%%' AND {_seen(reader, "e")}""",
        reader.parameters() | {"pages": list(pages)},
    )
    seen = {page for (page,) in cursor.fetchall()}
    return [page for page in pages if page in seen]


def holding(
    cursor: Any,
    reader: Reader,
    matches: Sequence[str],
    kinds: Collection[str],
    most: int,
    frequent: Collection[int] = (),
    *,
    words_only: bool = False,
) -> list[int]:
    """Give which of these questions find something that this reader may see, by number, the first so many.

    Each asks the index of words by itself, 0.1 to 4 ms. The planner, left alone, goes through the entries where it
    thinks that words stand together often; for words that never do, that takes seconds. Questions that are `frequent`
    most likely find something among the first entries: there it costs 0.1 ms. With `words_only` this transaction asks
    the index of words alone already.
    """
    parameters = reader.parameters()
    where = visible(reader) + _of_kinds(kinds, parameters)

    def found(numbers: Collection[int], entries: str, most: int) -> list[int]:
        if not numbers:
            return []
        cursor.execute(
            f"""SELECT asked.at FROM unnest(%(numbers)s::integer[], %(matches)s::text[]) AS asked (at, match)
            JOIN LATERAL (SELECT FROM {entries} e.tsv @@ asked.match::tsquery LIMIT 1) holding ON true
            LIMIT %(most)s""",
            parameters | {"numbers": list(numbers), "matches": [matches[at] for at in numbers], "most": most},
        )
        return [number for (number,) in cursor.fetchall()]

    first = f"(SELECT e.tsv FROM cms_searchentry e WHERE {where} LIMIT {FIRST_ENTRIES}) e WHERE"
    known = found(sorted(frequent), first, most)
    rest = [at for at in range(len(matches)) if at not in known]
    if rest and len(known) < most:
        if not words_only:
            ask_words_only(cursor)
        known += found(rest, f"cms_searchentry e WHERE {where} AND", most - len(known))
    return sorted(known)


def numbers(cursor: Any, reader: Reader, matches: Sequence[str], kinds: Collection[str], most: int) -> list[int]:
    """Count what each of these questions finds that this reader may see, up to so many.

    Where this transaction asks the index of words alone: 0.1 to 4 ms each.
    """
    parameters = reader.parameters() | {"most": most, "matches": list(matches)}
    where = visible(reader) + _of_kinds(kinds, parameters)
    cursor.execute(
        f"""SELECT (SELECT count(*) FROM (
            SELECT FROM cms_searchentry e WHERE {where} AND e.tsv @@ asked.match::tsquery LIMIT %(most)s) found)
        FROM unnest(%(matches)s::text[]) WITH ORDINALITY AS asked (match, at) ORDER BY asked.at""",
        parameters,
    )
    return [number for (number,) in cursor.fetchall()]


_WORDS_ONLY = "SELECT set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true)"


def ask_words_only(cursor: Any) -> None:
    """Have the rest of this transaction ask the index of words: nothing in an order is asked for any more."""
    cursor.execute(_WORDS_ONLY)


def titles_beginning(cursor: Any, reader: Reader, beginning: str, kinds: Collection[str], most: int) -> list[str]:
    """Give titles that begin so, of what this reader may see."""
    parameters = reader.parameters() | {"beginning": _beginning(beginning), "most": most}
    cursor.execute(
        f"""SELECT DISTINCT title FROM (
            SELECT r.title FROM cms_searchtitle r
            JOIN LATERAL (
                SELECT FROM cms_searchentry e WHERE e.id = r.id
                    AND {visible(reader)}{_of_kinds(kinds, parameters)} OFFSET 0
            ) e ON true
            WHERE r.version = %(version)s AND lower(r.title) LIKE %(beginning)s
            LIMIT %(most)s
        ) found ORDER BY title""",
        parameters,
    )
    return [title for (title,) in cursor.fetchall()]


def words_beginning(cursor: Any, version: int, languages: Collection[str], beginning: str, most: int) -> list[Word]:
    """Give the words of the vocabulary that begin so, the most frequent first.

    So many begin with the same two letters that only the most frequent of each language are looked at.
    """
    if len(beginning) == LETTERS_OF_MANY:
        found = """(
            SELECT frequent.* FROM unnest(%(languages)s::text[]) asked (code) CROSS JOIN LATERAL (
                SELECT word, number, shown FROM cms_searchword
                WHERE version = %(version)s AND language = code AND left(word, 2) = %(letters)s
                ORDER BY number DESC LIMIT %(most)s
            ) frequent
        ) found"""
    else:
        found = """cms_searchword
        WHERE version = %(version)s AND language = ANY (%(languages)s) AND word LIKE %(beginning)s"""
    cursor.execute(
        f"""SELECT word, sum(number) AS total, min(shown) FROM {found}
        GROUP BY word ORDER BY total DESC, word LIMIT %(most)s""",
        {
            "version": version,
            "languages": list(languages),
            "beginning": _beginning(beginning),
            "letters": beginning,
            "most": most,
        },
    )
    return cursor.fetchall()


def words_alike(
    cursor: Any, version: int, deletions: Collection[int], lengths: range, most: int, *, words_only: bool
) -> list[Word]:
    """Give the words of the vocabulary that have some of these deletions, the most frequent first.

    With `words_only` the rest of this transaction asks the index of words alone, as after `ask_words_only`: a statement
    less.
    """
    first, also = (f"WITH words_only AS MATERIALIZED ({_WORDS_ONLY})", ", words_only") if words_only else ("", "")
    cursor.execute(
        f"""{first} SELECT word, sum(number) AS total, min(shown) FROM cms_searchword{also}
        WHERE version = %(version)s AND deletions && %(deletions)s::integer[]
            AND length(word) BETWEEN %(shortest)s AND %(longest)s
        GROUP BY word ORDER BY total DESC, word LIMIT %(most)s""",
        {
            "version": version,
            "deletions": list(deletions),
            "shortest": lengths[0],
            "longest": lengths[-1],
            "most": most,
        },
    )
    return cursor.fetchall()


def _beginning(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{escaped}%"
