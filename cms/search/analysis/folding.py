"""Text as letters and digits: without case and accents, cut into words."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from cms.search.analysis.stopwords import STOPWORDS

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "đ": "d", "ł": "l", "ı": "i", "ŋ": "n"})
# Accents and other signs over, under and within letters: Latin, Greek and Cyrillic, Hebrew, Arabic, of all.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
)
# Soft hyphens, joiners, signs of direction: part of no word, and nobody sees them.
_FORMAT = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_UNSEEN = re.compile(f"[{MARKS}{_FORMAT}]+")
# Words that one sign holds together: "ex-gedetineerde", "foto's", "A.P.V.", "Z-2025/12", "R&D".
_JOINTS = "-'’‘`´./\u2010\u2011_&+"
_APOSTROPHES = "'’‘`´"
# A row of letters without end is cut into words: nobody looks for a longer one. So is a row of words.
_LETTERS_OF_WORD, _MORE_WORDS = "{1,64}", "{0,7}"
_PIECE = re.compile(r"[^\W_]+")
_CHUNK = re.compile(rf"[^\W_]{_LETTERS_OF_WORD}(?:[{_JOINTS}][^\W_]{_LETTERS_OF_WORD}){_MORE_WORDS}")
_LETTER = rf"[^\W_][{MARKS}{_FORMAT}]*"
_WRITTEN = rf"(?:{_LETTER}){_LETTERS_OF_WORD}"
PIECE_AS_WRITTEN = re.compile(_WRITTEN)
_CHUNK_AS_WRITTEN = re.compile(rf"{_WRITTEN}(?:[{_JOINTS}]{_WRITTEN}){_MORE_WORDS}")
# Follows an abbreviation that is spelled as a word that says nothing: "OM" is not "om". A letter that no text has.
ABBREVIATION_SIGN = "\ua7f7"
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z]{2,7}(?![^\W_])")
_CAPITALS_BEFORE, _CAPITALS_AFTER = re.compile(r"([A-Z]+) $"), re.compile(r" ([A-Z]+)(?![a-z])")
_LONGEST_ABBREVIATION = 5
_SAY_NOTHING = frozenset().union(*STOPWORDS.values())
_ABBREVIATION = re.compile(r"\w(?:\.\w)+")
_ENDINGS = frozenset({"s", "t", "n", "er", "ers", "en", "je", "jes", "tje", "tjes", "e", "de"})


def fold(text: str) -> str:
    """Give a text without case, accents and signs that cannot be seen."""
    if text.isascii():
        return text.lower()
    text = _UNSEEN.sub("", unicodedata.normalize("NFKD", text)).casefold()
    if text.isascii():
        return text
    # Once more: case folding makes marks of its own.
    return _UNSEEN.sub("", unicodedata.normalize("NFKD", text)).translate(_LETTERS)


def fold_words(text: str) -> str:
    """Give a text as `fold` does, with a sign behind abbreviations that are spelled as words that say nothing.

    Words in capitals among others in capitals are no abbreviations: "WAT IS ER OM ONS HEEN".
    """
    return fold(_CAPITALS.sub(_told_apart, text))


def _told_apart(found: re.Match[str]) -> str:
    word, text = found[0], found.string
    if word.lower() not in _SAY_NOTHING:
        return word
    beside = [
        _CAPITALS_BEFORE.search(text, max(0, found.start() - 40), found.start()),
        _CAPITALS_AFTER.match(text, found.end()),
    ]
    for other in filter(None, beside):
        if other[1].lower() in _SAY_NOTHING or len(other[1]) > _LONGEST_ABBREVIATION:
            return word
    return word + ABBREVIATION_SIGN


def chunks(folded: str) -> list[str]:
    """Give what stands between spaces and punctuation in a folded text."""
    return _CHUNK.findall(folded)


def chunks_as_written(text: str) -> Iterator[re.Match[str]]:
    """Find what `chunks` gives, where it stands in the text itself."""
    return _pattern(text).finditer(text)


def shown_chunks(text: str) -> list[str]:
    """Give the same, as it is written there."""
    return _pattern(text).findall(text)


def _pattern(text: str) -> re.Pattern[str]:
    return _CHUNK if text.isascii() or not _UNSEEN.search(text) else _CHUNK_AS_WRITTEN


def pieces(chunk: str) -> tuple[tuple[str, ...], str]:
    """Give the words of a folded chunk, and the word that it makes as a whole ("" where that is one of them).

    "ex-gedetineerde" is two words and "exgedetineerde"; "foto's" is one, and so is "a.p.v."
    """
    found = list(_PIECE.finditer(chunk))
    if len(found) < 2 or _ABBREVIATION.fullmatch(chunk):
        word = "".join(piece[0] for piece in found)
        return ((word,) if word else ()), ""
    words = [found[0][0]]
    for before, piece in pairwise(found):
        joint = chunk[before.end() : piece.start()]
        if joint in _APOSTROPHES and piece[0] in _ENDINGS and len(words[-1]) > 1:
            # Foto's, sms'en: the word without its ending.
            continue
        if joint in _APOSTROPHES and len(words[-1]) == 1:
            words[-1] += piece[0]
        else:
            words.append(piece[0])
    if len(words) == 1:
        return (words[0],), ""
    # "jeugd/jongeren" is no word; "z-2025/12" is a code.
    whole = "" if "/" in chunk and not any(map(str.isdigit, chunk)) else "".join(words).replace(ABBREVIATION_SIGN, "")
    return tuple(words), whole
