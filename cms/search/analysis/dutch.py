"""Dutch words: what they are a form of, and what they are put together from."""

from functools import lru_cache

import Stemmer
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from cms.search.analysis.folding import fold

_SHORTEST_PART = 4
_SAYING_NOTHING = """
aan achter af bij binnen boven buiten door hier heden langs mede naar onder over rond rondom samen sinds tegen terug toe
toen tot tussen uit van vanaf voor voort weer zonder heid schap lijk lijke loos loze baar bare achtig achtige zaam zame
isch ische eren ering ingen erij atie iteit isme iste ster ling lingen matig matige vol volle rijk rijke waarts wijs
wijze deze dien haar hare heel ieder maar meer mijn noch omdat onze reeds ruim want waar wanneer welk welke wordt worden
zijn zijne zulk zult zullen hebben heeft kunnen moeten dat tien ander andere ende heer inge tering rende rend steld
"""
_NO_PART = frozenset(_SAYING_NOTHING.split())


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    found = DefaultDictionaryFactory(cache_max_size=1).get_dictionary("nl")
    return {fold(form).replace("'", "").replace("’", ""): fold(lemma) for form, lemma in found.items()}


def _stem(word: str) -> str:
    return Stemmer.Stemmer("dutch_porter").stemWord(word)


def lexemes(word: str) -> tuple[str, ...]:
    """Give the stems of a folded word: of itself, and of the word that it is a form of."""
    lemma = _forms().get(word)
    if lemma is None:
        split = parts(word)
        head = _forms().get(split[-1]) if split else None
        lemma = word[: len(word) - len(split[-1])] + head if head else word
    return tuple(dict.fromkeys((_stem(lemma), _stem(word))))


def parts(word: str) -> tuple[str, ...]:
    """Give the words that a compound is made of; none where it is no compound."""
    return tuple(_split(word, first=True) or ())


def _split(word: str, first: bool = False) -> list[str] | None:
    if not first and word in _forms() and word not in _NO_PART:
        return [word]
    for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        head = word[:cut]
        if head in _NO_PART or head not in _forms():
            continue
        for link in ("", "s", "e", "en"):
            rest = word[cut:]
            if rest.startswith(link) and len(rest) - len(link) >= _SHORTEST_PART:
                found = _split(rest[len(link) :])
                if found:
                    return [head, *found]
    return None
