"""Text as letters and digits: without case and accents, cut into words."""

import re
import unicodedata
from collections.abc import Iterator

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "đ": "d", "ł": "l", "ı": "i", "ŋ": "n"})
# Signs in a word that nobody sees, and the marks left over of letters with an accent.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0300-\u036f]+")
# Words, held together by one sign between them: "ex-gedetineerde", "foto's", "A.P.V.", "Z-2025/12".
_CHUNK = re.compile(r"[^\W_]+(?:[-'’‘`´./‐‑_&+][^\W_]+)*")
_PIECE = re.compile(r"[^\W_]+")
_ABBREVIATION = re.compile(r"\w(?:\.\w)+")
_ENDINGS = frozenset({"s", "t", "n", "er", "ers", "en", "je", "jes", "tje", "tjes", "e", "de"})
# Nobody looks for a longer word; a row of letters without end must not fill the index.
LONGEST = 64


def fold(text: str) -> str:
    """Give a text without case, accents and signs that cannot be seen."""
    if text.isascii():
        return text.lower()
    text = _UNSEEN.sub("", unicodedata.normalize("NFKD", text))
    # Twice: NFKD makes letters out of signs, and case folding makes marks.
    return _UNSEEN.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_LETTERS)


def chunks(folded: str) -> Iterator[re.Match[str]]:
    """Find what stands between spaces and punctuation in a folded text."""
    return _CHUNK.finditer(folded)


def pieces(chunk: str) -> tuple[tuple[str, ...], str]:
    """Give the words of a chunk, and the word that it makes as a whole ("" where that is one of them, or none).

    "ex-gedetineerde" is two words and "exgedetineerde"; "foto's" is one, and so is "a.p.v."
    """
    words = _PIECE.findall(chunk)
    if len(words) == 1:
        return (words[0][:LONGEST],), ""
    if _ABBREVIATION.fullmatch(chunk):
        return ("".join(words)[:LONGEST],), ""
    marks = [mark for mark in chunk if not mark.isalnum()]
    joined: list[str] = [words[0]]
    for mark, word in zip(marks, words[1:], strict=True):
        # An ending after an apostrophe or an abbreviation belongs to its word: foto's, sms'en, vmbo'er, pvda-er.
        if mark in "'’‘`´" and (word in _ENDINGS or len(joined[-1]) <= 1):
            joined[-1] += word
        else:
            joined.append(word)
    if len(joined) == 1:
        return (joined[0][:LONGEST],), ""
    whole = "" if "/" in chunk and not any(map(str.isdigit, chunk)) else "".join(joined)
    return tuple(word[:LONGEST] for word in joined), whole if len(whole) <= LONGEST else ""
