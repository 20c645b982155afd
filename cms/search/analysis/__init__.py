"""The words of the search: which words of a text the index holds, and as what a typed word is looked for."""

from cms.search.analysis.analyser import (
    ANALYSER,
    BETWEEN_TEXTS,
    END_OF_TEXT,
    Analysed,
    Word,
    divided,
    exact_lexeme,
    in_chunk,
    phrase,
    query_lexemes,
    vector,
    words_of,
)
from cms.search.analysis.folding import ABBREVIATION_SIGN, fold, fold_words

__all__ = [
    "ABBREVIATION_SIGN",
    "ANALYSER",
    "BETWEEN_TEXTS",
    "END_OF_TEXT",
    "Analysed",
    "Word",
    "divided",
    "exact_lexeme",
    "fold",
    "fold_words",
    "in_chunk",
    "phrase",
    "query_lexemes",
    "vector",
    "words_of",
]
