"""Texts in which the words that somebody asked for are marked, as safe HTML."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import accumulate, islice
from typing import NamedTuple

from cms.search.analysis import BETWEEN_TEXTS, END_OF_TEXT, Word, fold, fold_words, in_chunk
from cms.search.analysis.folding import MARKS, PIECE_AS_WRITTEN, chunks_as_written, pieces

# Signs that turn the direction of all that follows, and what is no text at all.
_HARMFUL = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_SENTENCE = re.compile(r"[.!?:;…]\s")
# What belongs to the letter before it: accents, and what joins letters and pictures.
_CLINGING = re.compile(f"[\u00ad\u200b-\u200d{MARKS}]")
_MORE = "…"


class _Match(NamedTuple):
    start: int
    end: int
    lexemes: frozenset[str]


def marked(text: str, wanted: frozenset[str], language: str) -> str:
    """Give a whole text as HTML, with a mark round each word that is wanted or has a wanted part.

    `wanted` are lexemes, as `query_lexemes` gives them for the words that were asked.
    """
    text = _HARMFUL.sub("", text)
    return _html(text, _matches(text, wanted, language), 0, len(text))


def fragment(
    text: str, wanted: frozenset[str], language: str, length: int = 240, places: Collection[int] | None = None
) -> str:
    """Give the piece of a text, of at most about `length` characters, that holds most different wanted words.

    Of equal pieces the first; the beginning of the text where it holds none. "…" stands for what is left out.
    `places` are those of wanted words in the index, counted as `vector` does: then only the words there are looked at,
    which takes a tenth of the time.
    """
    told, several = END_OF_TEXT in text, "\n" in text
    texts = [" ".join(_HARMFUL.sub("", one).split()) for one in text.split(END_OF_TEXT)]
    text = " ".join(filter(None, texts))
    matches = None
    if places:
        matches, behind = _matches_at(text, wanted, language, places, texts)
        # What stands behind is the title. Where it is not told where a text ends, it may be a second one too.
        if behind and not told and (several or not matches):
            matches = None
    if matches is None:
        matches = list(_matches(text, wanted, language))
    if len(text) <= length:
        return _html(text, iter(matches), 0, len(text))
    first, last = _best(matches, length) if matches else (0, 0)
    begin = _beginning(text, first, length - (last - first))
    end = _ending(text, min(begin + length, len(text)), max(begin + 1, min(last, begin + length)))
    inside = (match._replace(end=min(match.end, end)) for match in matches if begin <= match.start < end)
    before = f"{_MORE} " if begin else ""
    after = f" {_MORE}" if end < len(text) else ""
    return f"{before}{_html(text, inside, begin, end)}{after}"


def _matches(text: str, wanted: frozenset[str], language: str) -> Iterator[_Match]:
    if not wanted:
        return
    seen: dict[str, tuple[frozenset[str], ...]] = {}
    for chunk in chunks_as_written(text):
        written = chunk[0]
        found = seen.get(written)
        if found is None:
            found = seen[written] = _wanted_in(written, wanted, language)
        yield from _matches_in(chunk, found)


def _matches_at(
    text: str, wanted: frozenset[str], language: str, places: Collection[int], texts: Sequence[str]
) -> tuple[list[_Match] | None, bool]:
    """Give the matches at these places, and whether some of the places are behind the text, put together from `texts`.

    None where the words there are not wanted: the index counted otherwise.
    """
    # Each chunk takes one place or more.
    chunks = list(islice(chunks_as_written(text), max(places)))
    words = [chunk[0] for chunk in chunks]
    ends: Sequence[int] = range(1, len(words) + 1)
    if not all(map(str.isalnum, words)):
        ends = list(accumulate(1 if word.isalnum() else max(len(pieces(fold(word))[0]), 1) for word in words))
    if len(texts) > 1:
        ends = _further_on(ends, chunks, texts)
    found: list[_Match] = []
    behind = False
    for number in sorted({bisect_left(ends, place) for place in places}):
        if number == len(chunks):
            behind = True
            break
        matches = list(_matches_in(chunks[number], _wanted_in(words[number], wanted, language)))
        if not matches:
            return None, behind
        found += matches
    return found, behind


def _further_on(ends: Sequence[int], chunks: Sequence[re.Match[str]], texts: Sequence[str]) -> list[int]:
    """Give the places of chunks as the index counts them, with room between texts."""
    found: list[int] = []
    end = further = 0
    for text in filter(None, texts):
        end += len(text) + 1
        before = len(found)
        while len(found) < len(chunks) and chunks[len(found)].start() < end:
            found.append(ends[len(found)] + further)
        further += BETWEEN_TEXTS if len(found) > before else 0
    return found


def _matches_in(chunk: re.Match[str], found: tuple[frozenset[str], ...]) -> Iterator[_Match]:
    """Give the matches of a chunk, of which these lexemes are wanted: of the whole, or of each of its pieces."""
    if len(found) == 1:
        yield _Match(chunk.start(), chunk.end(), found[0])
        return
    for piece, lexemes in zip(PIECE_AS_WRITTEN.finditer(chunk[0]), found, strict=bool(found)):
        if lexemes:
            yield _Match(chunk.start() + piece.start(), chunk.start() + piece.end(), lexemes)


def _wanted_in(written: str, wanted: frozenset[str], language: str) -> tuple[frozenset[str], ...]:
    """Give the wanted lexemes of a chunk as a whole, or of each of its pieces; nothing where it has none."""
    whole, words, every = _lexemes_in(written, language)
    if wanted.isdisjoint(every):
        return ()
    if asked := wanted & whole:
        return (asked,)
    each = tuple(wanted & word for word in words)
    if len(each) == len(PIECE_AS_WRITTEN.findall(written)):
        return each
    return (frozenset().union(*each),)


@lru_cache(maxsize=20_000)
def _lexemes_in(written: str, language: str) -> tuple[frozenset[str], tuple[frozenset[str], ...], frozenset[str]]:
    """Give the lexemes of a chunk as a whole, of each of its words, and all of them."""
    words, whole = in_chunk(fold_words(written), language)
    each = tuple(_lexemes(word) for word in words)
    return _lexemes(whole), each, _lexemes(whole).union(*each)


def _lexemes(word: Word) -> frozenset[str]:
    return frozenset(word.lexemes + word.parts)


def _best(matches: list[_Match], length: int) -> tuple[int, int]:
    """Give where the first and last words of the best piece begin and end. Each word comes in and goes out once."""
    inside: dict[str, int] = {}
    best, most, left = (matches[0].start, matches[0].end), 0, 0
    for right, match in enumerate(matches):
        for lexeme in match.lexemes:
            inside[lexeme] = inside.get(lexeme, 0) + 1
        while left < right and match.end - matches[left].start > length:
            for lexeme in matches[left].lexemes:
                inside[lexeme] -= 1
                if not inside[lexeme]:
                    del inside[lexeme]
            left += 1
        if len(inside) > most:
            best, most = (matches[left].start, match.end), len(inside)
    return best


def _beginning(text: str, first: int, room: int) -> int:
    """Give where a piece begins that has room before its first marked word: at a sentence if one begins there."""
    # At most half the room before the words: what follows them says more.
    earliest = max(0, first - max(room, 0) // 2)
    if not earliest:
        return 0
    sentences = [found.end() for found in _SENTENCE.finditer(text, earliest, first)]
    if sentences:
        return sentences[0]
    space = text.find(" ", earliest, first)
    return space + 1 if space >= 0 else first


def _ending(text: str, end: int, least: int) -> int:
    """Give where a piece ends: at a space if there is one behind what it must hold, and never within a letter."""
    if end == len(text) or text[end] == " ":
        return end
    space = text.rfind(" ", least, end)
    if space >= 0:
        return space
    while end < len(text) and _CLINGING.match(text, end):
        end += 1
    return end


def _html(text: str, matches: Iterator[_Match], begin: int, end: int) -> str:
    written, at = [], begin
    for match in matches:
        written.append(escape(text[at : match.start]))
        written.append(f"<mark>{escape(text[match.start : match.end])}</mark>")
        at = match.end
    written.append(escape(text[at:end]))
    return "".join(written)
