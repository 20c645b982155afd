"""From text to what the index holds: lexemes with the places and the weight of words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from cms.search.analysis import dutch
from cms.search.analysis.folding import ABBREVIATION_SIGN, chunks, fold, fold_words, pieces, shown_chunks
from cms.search.analysis.stopwords import STOPWORDS

# Changes whenever the same text would give other lexemes: the index is then built anew.
ANALYSER = "8"
# PostgreSQL counts no further, keeps no more places of one lexeme, and refuses vectors of 1 MB.
_LAST_PLACE = 16383
_MOST_PLACES = 255
_LARGEST = 250_000
# Words whose analysis is kept: those of nearly every text, in some tens of MB.
_CACHED = 40_000
_STEMMERS = {"en": "english", "de": "german", "fr": "french"}


class Word(NamedTuple):
    """What the index holds of a word: its lexemes, and those of the words it is put together from."""

    lexemes: tuple[str, ...]
    parts: tuple[str, ...] = ()


_NOTHING = Word(())


@lru_cache(maxsize=20_000)
def word(folded: str, language: str) -> Word:
    """Give what the index holds of one folded word in a language; nothing of a word that says nothing."""
    if folded in STOPWORDS.get(language, ()):
        return _NOTHING
    if folded.endswith(ABBREVIATION_SIGN):
        plain = folded[:-1]
        if plain not in STOPWORDS.get(language, ()):
            return word(plain, language)
        return Word((folded if language == "nl" else f"{language}/{folded}",))
    if language == "nl":
        if not folded.isalpha():
            return Word((folded,))
        own = dutch.lexemes(folded)
        return Word(own, tuple(part for part in dutch.parts(folded) if part not in own))
    algorithm = _STEMMERS.get(language)
    stem = Stemmer.Stemmer(algorithm).stemWord(folded) if algorithm else folded
    return Word((f"{language}/{stem}",))


@lru_cache(maxsize=20_000)
def in_chunk(chunk: str, language: str) -> tuple[tuple[Word, ...], Word]:
    """Give what the index holds of the words of a folded chunk, and of the chunk as one word."""
    words, whole = pieces(chunk)
    return tuple(word(piece, language) for piece in words), word(whole, language) if whole else _NOTHING


@lru_cache(maxsize=_CACHED)
def _held(chunk: str, language: str) -> tuple[int, tuple[tuple[int, str], ...], tuple[tuple[int, str], ...]]:
    """Give how many words a folded chunk is, its lexemes and its parts, each with the number of its word."""
    words, whole = in_chunk(chunk, language)
    numbered = [(1, whole), *enumerate(words, start=1)]
    return (
        len(words),
        tuple((number, lexeme) for number, one in numbered for lexeme in one.lexemes),
        tuple((number, part) for number, one in numbered for part in one.parts),
    )


def vector(texts: Iterable[tuple[str, str]], language: str) -> str:
    """Give texts, each with its weight (A, B or C), as the text form of a tsvector; parts of words weigh D."""
    places: dict[str, list[str]] = defaultdict(list)
    before = 0
    for weight, text in texts:
        for chunk in chunks(fold_words(text)):
            number, lexemes, parts = _held(chunk, language)
            for at, lexeme in lexemes:
                places[lexeme].append(f"{before + at}{weight}")
            for at, part in parts:
                places[part].append(f"{before + at}D")
            before += number
            if before > _LAST_PLACE - 10:
                before = _LAST_PLACE - 10
        # A phrase does not run from one text into the next.
        before = min(before + 10, _LAST_PLACE - 10)
    return _written(places)


def _written(places: dict[str, list[str]]) -> str:
    written, size = [], 0
    for lexeme, found in places.items():
        entry = f"'{lexeme}':{','.join(found[:_MOST_PLACES])}"
        size += len(entry.encode()) + 1
        if size > _LARGEST:
            break
        written.append(entry)
    return " ".join(written)


def query_lexemes(typed: str, languages: Iterable[str]) -> list[str]:
    """Give the lexemes that a typed word may stand in the index as, in any of the languages; none of a stop word.

    With them come the noun of a verb or an adjective, and the other way round: "handhaven" and "handhaving". A
    compound counts as a whole: who asks for "veiligheidsplan" does not mean every "plan".
    """
    found: dict[str, None] = {}
    for language in languages:
        for one in _asked(typed, language):
            found.update(dict.fromkeys(one.lexemes))
            if language == "nl":
                found.update(dict.fromkeys(other for lemma in one.lexemes for other in dutch.relatives(lemma)))
    return list(found)


def exact_lexeme(typed: str, language: str) -> str:
    """Give the lexeme that stands at every place of this word, for phrases; "" of a word that is not in the index."""
    return next((one.lexemes[0] for one in _asked(typed, language) if one.lexemes), "")


def phrase(typed: str, language: str) -> list[tuple[int, str]]:
    """Give the lexemes of a phrase and their places, counted from the first of them, as `vector` counts them.

    Stop words are not in the index but take a place: "hof van Twente" is "hof" and, two places on, "twente".
    """
    found: list[tuple[int, str]] = []
    place = 0
    for chunk in chunks(fold_words(typed)):
        for one in in_chunk(chunk, language)[0]:
            if one.lexemes:
                found.append((place, one.lexemes[0]))
            place += 1
    return [(place - found[0][0], lexeme) for place, lexeme in found]


def _asked(typed: str, language: str) -> Iterator[Word]:
    for found in chunks(fold_words(typed)):
        words, whole = in_chunk(found, language)
        if whole.lexemes:
            yield whole
        else:
            yield from words


def words_of(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Give the words that somebody may look for, folded and as they stand there; no numbers and no stop words."""
    for chunk in shown_chunks(text):
        yield from _words_of(chunk, language)


@lru_cache(maxsize=_CACHED)
def _words_of(chunk: str, language: str) -> tuple[tuple[str, str], ...]:
    stopwords = STOPWORDS.get(language, frozenset())
    found = []
    for shown in re.split("[-/.&+\u2010\u2011]", chunk):
        folded = "".join(letter for letter in fold(shown) if letter.isalnum())
        if len(folded) > 2 and folded.isalpha() and folded not in stopwords:
            found.append((folded, shown))
    return tuple(found)
