"""The words of the search: which words of a text the index holds, and as what a typed word is looked for."""

from cms.search.analysis.analyser import ANALYSER, exact_lexeme, phrase, query_lexemes, vector, word, words_of
from cms.search.analysis.folding import fold

__all__ = ["ANALYSER", "exact_lexeme", "fold", "phrase", "query_lexemes", "vector", "word", "words_of"]
