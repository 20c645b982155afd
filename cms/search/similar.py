"""Which entries share rare words with one: what a reader of it may want to read too."""

from django.db import connection

# A word in two entries joins them; one in very many says nothing. Words of the vocabulary only: stems that are no
# words, and parts of compounds, are left out by that.
FEWEST, MOST = 2, 40
SHORTEST = 5
LEXEMES, RARE, NEAR = 3000, 20, 50

# At most LEXEMES look-ups by primary key, then RARE scans of the index on `tsv` for words that few entries have.
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
    SELECT lexemes.lexeme, cms_searchword.number FROM lexemes
    JOIN cms_searchword ON cms_searchword.version = lexemes.version
        AND cms_searchword.language = lexemes.text_language
        AND cms_searchword.word = regexp_replace(lexemes.lexeme, '^[a-z]{2,3}/', '')
    WHERE cms_searchword.number BETWEEN %(fewest)s AND %(most)s
    ORDER BY cms_searchword.number, lexemes.lexeme LIMIT %(rare)s
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
