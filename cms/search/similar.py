"""Which entries share rare words with one: what a reader of it may want to read too."""

from django.db import connection

# A word in two entries joins them; one in very many says nothing.
FEWEST, MOST = 2, 40
SHORTEST = 5
LEXEMES, RARE, NEAR = 1000, 10, 50

# How many entries hold a lexeme is told by the words of the vocabulary that begin with it: counting them in the index
# would read the whole lists of the frequent ones. At most LEXEMES short ranges of an index, then RARE scans of that on
# `tsv`, all for words that few entries have. Some tens of milliseconds with 100,000 made-up publications, on 2 busy
# cores.
SIMILAR = """
WITH live AS (SELECT number FROM cms_indexversion WHERE state = 'live'),
own AS (
    SELECT version, text_language, tsv FROM cms_searchentry
    WHERE version = (SELECT number FROM live) AND key = %(key)s
),
lexemes AS (
    SELECT own.version, own.text_language, word.lexeme FROM own, unnest(own.tsv) AS word
    WHERE length(word.lexeme) >= %(shortest)s LIMIT %(lexemes)s
),
rare AS (
    SELECT lexemes.lexeme, known.number FROM lexemes CROSS JOIN LATERAL (
        SELECT regexp_replace(lexemes.lexeme, '^[a-z]{2,3}/', '') AS stem
    ) plain CROSS JOIN LATERAL (
        SELECT sum(word.number) AS number FROM cms_searchword AS word
        WHERE word.version = lexemes.version AND word.language = lexemes.text_language
            AND word.word ~>=~ plain.stem AND word.word ~<~ (plain.stem || chr(1114111))
    ) known
    WHERE known.number BETWEEN %(fewest)s AND %(most)s
    ORDER BY known.number, lexemes.lexeme LIMIT %(rare)s
)
SELECT entry.source_id, sum(1.0 / rare.number)::float AS score
FROM rare JOIN cms_searchentry AS entry ON entry.version = (SELECT number FROM live)
    AND entry.tsv @@ quote_literal(rare.lexeme)::tsquery
WHERE entry.site_id = %(site)s AND entry.kind = %(kind)s AND entry.key <> %(key)s AND entry.published
    AND entry.restrictions = '{}' AND (entry.expires_at IS NULL OR entry.expires_at > now())
GROUP BY entry.source_id ORDER BY score DESC, entry.source_id LIMIT %(near)s
"""


def similar(key: str, kind: str, site_id: int) -> dict[int, float]:
    """Give the public entries of a kind that share rare words with the entry `key`, as {source id: score}.

    The rarer the words and the more of them, the higher. One query; empty where there is no index.
    """
    values: dict[str, str | int] = {
        "key": key, "kind": kind, "site": site_id, "shortest": SHORTEST, "lexemes": LEXEMES,
        "fewest": FEWEST, "most": MOST, "rare": RARE, "near": NEAR,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SIMILAR, values)
        return dict(cursor.fetchall())
