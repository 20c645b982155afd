"""What somebody may have meant, and may be about to type: words of the vocabulary that are like those typed.

Two words are alike when they are the same after a letter or two is left out of each. The vocabulary keeps numbers of
what is left of the first letters of its words; so likely words are found by an index, and compared here.
"""

from bisect import insort
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations, pairwise
from math import log10
from typing import Any
from zlib import crc32

from cms.search import statements

# Words are found by so many of their first letters: two errors leave at least five letters to find them by.
_FIRST_LETTERS = 7
# Shorter words are like too many others to allow two errors.
_TWO_ERRORS_FROM = 6
SHORTEST = 3
LONGEST = 40
MOST_ALIKE = 400
# Spellings that sound the same in Dutch, the longest first.
_SOUNDS = (
    ("sch", "sg"), ("tie", "sie"), ("ij", "ei"), ("ch", "g"), ("ou", "au"), ("ck", "k"), ("th", "t"), ("ph", "f"),
    ("qu", "kw"), ("ks", "x"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("ie", "i"), ("y", "i"), ("c", "k"),
    ("z", "s"), ("v", "f"), ("d", "t"),
)  # fmt: skip
# The smallest error: a double letter typed once, or a word that sounds the same.
_LEAST_COST = 0.6
_VOWELS = frozenset("aeiouy")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def errors_allowed(word: str) -> int:
    """Give how many typing errors a word of this length may hold."""
    if not SHORTEST <= len(word) <= LONGEST:
        return 0
    return 2 if len(word) >= _TWO_ERRORS_FROM else 1


@lru_cache(maxsize=50_000)
def deletions(word: str) -> tuple[int, ...]:
    """Give numbers of what the first letters of a folded word are without one or two of them, and with all."""
    first = word[:_FIRST_LETTERS]
    left = {first}
    for size in range(1, errors_allowed(word) + 1):
        left.update("".join(kept) for kept in combinations(first, len(first) - size))
    # 32 bits take a third of the room. Words that meet by chance are told apart when they are compared.
    return tuple(sorted({crc32(rest.encode()) - 2**31 for rest in left}))


def correct(word: str, vocabulary: Mapping[str, int]) -> str:
    """Give the word of a vocabulary that was most likely meant by a folded word; "" where none is like it.

    `vocabulary` tells how often each word stands in texts. A word that it holds is right as it is.
    """
    if word in vocabulary:
        return word
    return next(iter(ranked(word, vocabulary.items())), "")


def ranked(word: str, vocabulary: Iterable[tuple[str, int]], most: int | None = None) -> list[str]:
    """Give the words that are like this one, the likeliest first: few errors, frequent words.

    With `most`, so many at most: words that are too rare to be among them are not compared. That takes least time where
    the vocabulary has its frequent words first.
    """
    allowed = errors_allowed(word)
    found: list[tuple[float, int, str]] = []
    if allowed:
        sound = _sound(word)
        for other, number in vocabulary:
            if abs(len(other) - len(word)) <= allowed and other != word and len(other) >= SHORTEST:
                # A word ten times as frequent makes up for a third of an error.
                frequent = 0.3 * log10(max(number, 1))
                if most is not None and len(found) == most and _LEAST_COST - frequent > found[-1][0]:
                    continue
                cost = _cost(word, other, allowed, sound)
                if cost is not None:
                    insort(found, (cost - frequent, -number, other))
                    if most is not None:
                        del found[most:]
    return [other for _score, _number, other in found]


def _cost(typed: str, meant: str, allowed: int, sound: str) -> float | None:
    """Give what the errors of a typed word weigh; None where they are more than allowed."""
    cost = _distance(typed, meant, allowed)
    if _sound(meant) == sound:
        # However it is spelled: "privasie".
        cost = min(cost or 1, _LEAST_COST)
    if cost is None:
        return None
    # The first letter is seldom wrong.
    if typed[0] != meant[0] and typed[:2] != meant[1::-1]:
        cost += 0.4
    return cost


_TOO_MANY = (99, 99.0)


def _distance(typed: str, meant: str, allowed: int) -> float | None:
    """Give the weight of the least errors between two words (Damerau's: letters more, less, other, turned round)."""
    if len(set(typed).difference(meant)) > allowed or len(set(meant).difference(typed)) > allowed:
        return None
    start = 0
    shortest = min(len(typed), len(meant))
    while start < shortest and typed[start] == meant[start]:
        start += 1
    # One letter before the difference is kept: it tells whether a letter was typed twice.
    start = max(start - 1, 0)
    end = 0
    while end < shortest - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    typed, meant = typed[start : len(typed) - end], meant[start : len(meant) - end]
    if min(len(typed), len(meant)) > 20:
        return None
    before: list[tuple[int, float]] = []
    row = [(at, float(at)) for at in range(len(meant) + 1)]
    for i, letter in enumerate(typed, start=1):
        earlier, before = before, row
        row = [_TOO_MANY] * (len(meant) + 1)
        row[0] = (i, float(i))
        # Further from the diagonal there are more errors than allowed.
        for j in range(max(1, i - allowed), min(len(meant), i + allowed) + 1):
            other = meant[j - 1]
            if letter == other:
                best = before[j - 1]
            else:
                # A double letter typed once, or the other way round, is the commonest error in Dutch.
                twice = _LEAST_COST if i > 1 and typed[i - 2] == letter else 1.0
                once = 0.6 if j > 1 and meant[j - 2] == other else 0.9
                best = min(
                    (before[j][0] + 1, before[j][1] + twice),
                    (row[j - 1][0] + 1, row[j - 1][1] + once),
                    (before[j - 1][0] + 1, before[j - 1][1] + _other(letter, other)),
                )
                if i > 1 and j > 1 and letter == meant[j - 2] and other == typed[i - 2]:
                    best = min(best, (earlier[j - 2][0] + 1, earlier[j - 2][1] + 0.7))
            row[j] = best
        if min(errors for errors, _weight in row) > allowed:
            return None
    errors, weight = row[-1]
    return weight if errors <= allowed else None


def _other(letter: str, other: str) -> float:
    """Give what it weighs to type one letter for another: least where they are beside each other or sound alike."""
    pair = frozenset((letter, other))
    return 0.8 if pair in _BESIDE or pair <= _VOWELS else 1.0


_BESIDE = frozenset(frozenset(pair) for row in _ROWS for pair in pairwise(row)) | frozenset(
    frozenset((up, down))
    for upper, lower in pairwise(_ROWS)
    for at, down in enumerate(lower)
    for up in upper[at : at + 2]
)


@lru_cache(maxsize=50_000)
def _sound(word: str) -> str:
    for spelling, sound in _SOUNDS:
        word = word.replace(spelling, sound)
    return "".join(letter for at, letter in enumerate(word) if not at or letter != word[at - 1])


_COUNT_AGAIN = """
UPDATE cms_searchword w SET number = w.number + new.number
FROM unnest(%(words)s::text[], %(numbers)s::integer[]) AS new (word, number)
WHERE w.version = %(version)s AND w.language = %(language)s AND w.word = new.word RETURNING w.word
"""
_ADD = """
INSERT INTO cms_searchword (version, language, word, shown, number, deletions)
SELECT %(version)s, %(language)s, new.word, new.shown, new.number, new.deletions::integer[]
FROM unnest(%(words)s::text[], %(shown)s::text[], %(numbers)s::integer[], %(deletions)s::text[])
    AS new (word, shown, number, deletions)
ON CONFLICT (version, language, word) DO UPDATE SET number = cms_searchword.number + excluded.number
"""


def alike(cursor: Any, version: int, word: str, most: int, *, words_only: bool = False) -> list[statements.Word]:
    """Give the words of the index that are like a folded word, the likeliest first, so many at most.

    With `words_only` it does what statements.ask_words_only does, besides.
    """
    allowed = errors_allowed(word)
    if not allowed:
        return []
    rows = statements.words_alike(
        cursor,
        version,
        deletions(word),
        range(len(word) - allowed, len(word) + allowed + 1),
        MOST_ALIKE,
        words_only=words_only,
    )
    found = {row[0]: row for row in rows}
    return [found[other] for other in ranked(word, ((other, number) for other, number, _shown in rows), most)]


def write_words(
    cursor: Any, version: int, language: str, numbers: Mapping[str, int], shown: Mapping[str, str] | None = None
) -> None:
    """Add to how many entries hold each folded word; `shown` tells how new words are written."""
    words = sorted(numbers)
    values = {"version": version, "language": language}
    cursor.execute(_COUNT_AGAIN, values | {"words": words, "numbers": [numbers[word] for word in words]})
    known = {word for (word,) in cursor.fetchall()}
    new = [word for word in words if word not in known]
    if new:
        cursor.execute(
            _ADD,
            values
            | {
                "words": new,
                "shown": [(shown or {}).get(word, word) for word in new],
                "numbers": [numbers[word] for word in new],
                "deletions": ["{" + ",".join(map(str, deletions(word))) + "}" for word in new],
            },
        )
