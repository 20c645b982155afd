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

# Changes whenever the same text would give other lexemes or places: the index is then built anew.
ANALYSER = "9"
# PostgreSQL counts no further, keeps no more places of one lexeme, and refuses vectors of 1 MB.
_LAST_PLACE = 16383
_MOST_PLACES = 255
_LARGEST = 250_000
# Places between two texts of one vector: a phrase does not run from one into the next.
BETWEEN_TEXTS = 10
# Stands behind each of the texts that are kept as one, so that who reads it can count places as `vector` does.
END_OF_TEXT = "\x1e"
# Words whose analysis is kept, in some 50 MB: with a third of them a build takes half as long again.
_CACHED = 150_000
# Each place with each weight, as a tsvector's text has it.
_PLACES = {weight: [f"{place}{weight}" for place in range(_LAST_PLACE + 1)] for weight in "ABCD"}
_STEMMERS = {"en": "english", "de": "german", "fr": "french"}


class Word(NamedTuple):
    """What the index holds of a word: its lexemes, and those of the words it is put together from."""

    lexemes: tuple[str, ...]
    parts: tuple[str, ...] = ()


_NOTHING = Word(())


@lru_cache(maxsize=20_000)
def word(folded: str, language: str) -> Word:
    """Give what the index holds of one folded word in a language; nothing of a word that says nothing."""
    own = _lexemes(folded, language)
    if language != "nl" or not own or not folded.isalpha():
        return Word(own)
    return Word(own, tuple(part for part in dutch.parts(folded) if part not in own))


@lru_cache(maxsize=20_000)
def _lexemes(folded: str, language: str) -> tuple[str, ...]:
    """Give the lexemes of one folded word, without what it is put together from: that takes three times as long."""
    if folded in STOPWORDS.get(language, ()):
        return ()
    if folded.endswith(ABBREVIATION_SIGN):
        plain = folded[:-1]
        if plain not in STOPWORDS.get(language, ()):
            return _lexemes(plain, language)
        return (folded if language == "nl" else f"{language}/{folded}",)
    if language == "nl":
        return dutch.lexemes(folded) if folded.isalpha() else (folded,)
    algorithm = _STEMMERS.get(language)
    stem = Stemmer.Stemmer(algorithm).stemWord(folded) if algorithm else folded
    return (f"{language}/{stem}",)


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


class Analysed:
    """A text as the index holds its words, each at its place: made once, for all vectors that the text goes into."""

    def __init__(self, text: str, language: str) -> None:
        """Cost: that of the words that have not been met before, for their analysis is kept."""
        lexemes: list[tuple[int, str]] = []
        parts: list[tuple[int, str]] = []
        before = 0
        for chunk in chunks(fold_words(text)):
            number, own, within = _held(chunk, language)
            lexemes += [(before + at, lexeme) for at, lexeme in own]
            if within:
                parts += [(before + at, part) for at, part in within]
            before += number
        self.lexemes, self.parts, self.length = lexemes, parts, before


def vector(texts: Iterable[tuple[str, Analysed]]) -> str:
    """Give texts, each with its weight (A, B or C), as the text form of a tsvector; parts of words weigh D."""
    places: dict[str, list[str]] = defaultdict(list)
    before = 0
    for weight, text in texts:
        for found, written in ((text.lexemes, _PLACES[weight]), (text.parts, _PLACES["D"])):
            if before + text.length > _LAST_PLACE:
                found = [(min(at, _LAST_PLACE - before), lexeme) for at, lexeme in found]
            for at, lexeme in found:
                places[lexeme].append(written[before + at])
        # What is empty takes no place.
        before = min(before + text.length + BETWEEN_TEXTS, _LAST_PLACE - BETWEEN_TEXTS) if text.length else before
    return _written(places)


def _written(places: dict[str, list[str]]) -> str:
    written, size = [], 0
    for lexeme, found in places.items():
        entry = f"'{lexeme}':{','.join(found[:_MOST_PLACES])}"
        # At most four bytes a letter: four times the largest is what PostgreSQL takes.
        size += len(entry) + 1
        if size > _LARGEST:
            break
        written.append(entry)
    return " ".join(written)


def query_lexemes(typed: str, languages: Iterable[str]) -> list[str]:
    """Give the lexemes that a typed word may stand in the index as, in any of the languages; none of a stop word.

    With them come the noun of a verb or an adjective, and the other way round: "handhaven" and "handhaving". A
    compound counts as a whole: who asks for "veiligheidsplan" does not mean every "plan".
    """
    return list(dict.fromkeys(lexeme for language in languages for lexeme in _query_lexemes(typed, language)))


@lru_cache(maxsize=20_000)
def _query_lexemes(typed: str, language: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for own in _asked(typed, language):
        found.update(dict.fromkeys(own))
        if language == "nl":
            found.update(dict.fromkeys(other for lemma in own for other in dutch.relatives(lemma)))
    return tuple(found)


def divided(typed: str, language: str) -> str:
    """Give what somebody typed with the parts of its Dutch compounds apart; "" where there are none."""
    words = fold_words(typed).split()
    parts = [dutch.divided(each) if each.isalpha() else () for each in words] if language == "nl" else []
    return " ".join(" ".join(found) or each for each, found in zip(words, parts, strict=True)) if any(parts) else ""


def exact_lexeme(typed: str, language: str) -> str:
    """Give the lexeme that stands at every place of this word, for phrases; "" of a word that is not in the index."""
    return next((own[0] for own in _asked(typed, language) if own), "")


def phrase(typed: str, language: str) -> list[tuple[int, str]]:
    """Give the lexemes of a phrase and their places, counted from the first of them, as `vector` counts them.

    Stop words are not in the index but take a place: "hof van Twente" is "hof" and, two places on, "twente".
    """
    found: list[tuple[int, str]] = []
    place = 0
    for chunk in chunks(fold_words(typed)):
        for piece in pieces(chunk)[0]:
            if own := _lexemes(piece, language):
                found.append((place, own[0]))
            place += 1
    return [(place - found[0][0], lexeme) for place, lexeme in found]


def _asked(typed: str, language: str) -> Iterator[tuple[str, ...]]:
    """Give the lexemes of each typed word; of what one sign holds together, those of the whole if it has any."""
    for found in chunks(fold_words(typed)):
        words, whole = pieces(found)
        own = _lexemes(whole, language) if whole else ()
        if own:
            yield own
        else:
            yield from (_lexemes(piece, language) for piece in words)


def words_of(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Give the words that somebody may look for, folded and as they stand there; no numbers and no stop words.

    What stands there more than once comes once.
    """
    for chunk in dict.fromkeys(shown_chunks(text)):
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
