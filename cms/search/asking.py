"""What somebody typed, as words, phrases, words left out and fields; and what PostgreSQL is asked for them.

No input is an error: what can't be understood counts as words, and what is too much is left out.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cms.search.analysis import ABBREVIATION_SIGN, exact_lexeme, fold, fold_words, phrase, query_lexemes
from cms.search.analysis.folding import chunks

MOST_CHARACTERS = 400
MOST_TERMS = 16
# Shorter beginnings of words would find half the vocabulary.
SHORTEST_BEGINNING = 3
# The facets of publications, and what readers call "type"; "titel:" is no facet and stays with the words.
FACETS = frozenset(
    {"thema", "type", "soort", "district", "gemeente", "organisatie", "doelgroep", "jaar", "taal", "bestandstype"}
)
TITLE = "titel"

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
_TOKEN = re.compile(
    r"""(?P<minus>(?<!\S)-)?(?:(?P<field>[A-Za-z]+):(?=[^\s:/]))?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))"""
)

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Term:
    """A word, or with `phrase` words that stand side by side; left out with `negated`, in the title with `title`."""

    text: str
    phrase: bool = False
    negated: bool = False
    title: bool = False


@dataclass(frozen=True)
class Asked:
    """What somebody typed. The last word may be half a word where `half` holds it."""

    terms: tuple[Term, ...] = ()
    half: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The plain words, for correction."""
        return tuple(
            term.text
            for term in self.terms
            if not (term.phrase or term.negated or term.text.endswith(ABBREVIATION_SIGN))
        )

    def without(self, words: Collection[str]) -> "Asked":
        """Give the question without these plain words."""
        return Asked(tuple(term for term in self.terms if term.phrase or term.negated or term.text not in words))

    def with_word(self, word: str) -> "Asked":
        """Give the question with one more word."""
        return Asked((*self.terms, *(Term(found) for found in chunks(fold(word)))))


@dataclass(frozen=True)
class Query:
    """What the index is asked: texts of tsqueries; "" asks nothing.

    `match` finds entries; `title` must hold besides, in the rank vector; where it `title_says_all`, what it holds for
    matches. `in_title` is `match` in titles only and
    `title_phrase` the words side by side there, for the ranking. `any` finds parts that hold one of the words.
    `wanted` are the lexemes to mark. `whole` is the question as a title would stand there.
    """

    match: str = ""
    title: str = ""
    title_says_all: bool = False
    in_title: str = ""
    title_phrase: str = ""
    any: str = ""
    whole: str = ""
    wanted: frozenset[str] = frozenset()

    @property
    def asks_words(self) -> bool:
        return bool(self.match or self.title)


def clean(typed: str) -> str:
    """Give what was typed on one line, without characters that no text has, cut to a sensible length."""
    # PostgreSQL takes no NUL, and no half of a pair of surrogates can be sent to it.
    text = typed[: 4 * MOST_CHARACTERS].encode("utf-8", "ignore").decode().replace("\x00", " ").translate(_QUOTES)
    return " ".join(text.split())[:MOST_CHARACTERS].strip()


def fields_of(typed: str, names: Collection[str] = FACETS) -> tuple[str, dict[str, list[str]]]:
    """Take fields as `thema:ondermijning` and `jaar:2025` out of the words; give the words left and the fields.

    `thema:"georganiseerde misdaad"` takes several words. Fields that are left out (`-thema:x`) stay words.
    """
    fields: dict[str, list[str]] = {}
    rest: list[str] = []
    for token in _TOKEN.finditer(clean(typed)):
        name = (token["field"] or "").lower()
        value = (token["word"] if token["phrase"] is None else token["phrase"]).strip()
        if name in names and value and not token["minus"]:
            fields.setdefault(name, []).append(value)
        else:
            rest.append(token[0])
    return " ".join(rest), fields


def asked(typed: str) -> Asked:
    """Read what somebody typed."""
    terms: list[Term] = []
    half = ""
    for token in _TOKEN.finditer(clean(typed)):
        half = ""
        title = (token["field"] or "").lower() == TITLE
        negated = bool(token["minus"])
        if token["phrase"] is not None:
            found = chunks(fold_words(token["phrase"]))
            if found:
                terms.append(Term(" ".join(found), phrase=len(found) > 1, negated=negated, title=title))
        else:
            # Words of a field that nobody knows are words: "kamer:3".
            text = token["word"] if title or not token["field"] else f"{token['field']} {token['word']}"
            found = chunks(fold_words(text))
            terms.extend(Term(word, negated=negated, title=title) for word in found)
            if found and not negated and fold_words(token[0]).endswith(found[-1]):
                half = found[-1].removesuffix(ABBREVIATION_SIGN)
    return Asked(tuple(terms[:MOST_TERMS]), half if len(terms) <= MOST_TERMS else "")


def replaced(typed: str, word: str, other: str) -> str:
    """Put another word in place of a folded one, wherever it was typed."""
    return _WORD.sub(lambda found: other.lower() if fold(found[0]) == word else found[0], typed)


def query(
    asked: Asked,
    languages: Sequence[str],
    *,
    any_word: bool = False,
    synonyms: Iterable[tuple[str, str]] = (),
    beginnings: Collection[str] = (),
) -> Query:
    """Give what to ask the index, in the languages that it holds.

    `synonyms` are pairs of a language and words divided by commas. With `beginnings`, words that begin as the half
    word, the last word may be any of them.
    """
    groups = _groups(tuple(synonyms), tuple(languages))
    positive = [term for term in asked.terms if not term.negated]
    telling = [term for term in positive if term.phrase or not _says_nothing(term.text, languages)]
    if not telling:
        # Who types nothing but "het om" means the OM.
        telling = [replace(term, text=term.text + ABBREVIATION_SIGN) for term in positive]
        any_word = True
    needed: list[str] = []
    title: list[str] = []
    in_title: list[str] = []
    wanted: set[str] = set()
    each: list[str] = []
    at = 0
    while at < len(telling):
        term = telling[at]
        length, others = _synonyms(telling, at, groups)
        if beginnings and at + length == len(telling) and not term.phrase:
            others = [*others, *_beginnings(beginnings, asked.half, languages)]
        alternatives = [_and(_alternatives(one, languages) for one in telling[at : at + length]), *others]
        found = _or(alternatives)
        if found:
            needed.append(found)
            each.extend(_or([_alternatives(one, languages)]) for one in telling[at : at + length])
            each.extend(others)
            weighted = _and(_alternatives(one, languages, "A") for one in telling[at : at + length])
            in_title.append(_or([weighted, *(_weighted(other, "A") for other in others)]))
            if term.title:
                title.append(_alternatives(term, languages, "A"))
            wanted.update(lexeme for one in alternatives for lexeme in _LEXEME.findall(one))
        at += length
    if positive and not needed:
        # Asked for, but no word that the index could hold: nothing, rather than everything.
        return Query(match=_NOTHING)
    left_out = [_alternatives(term, languages) for term in asked.terms if term.negated]
    matches = [_or(needed) if any_word else _and(needed), *(f"!({one})" for one in left_out if one)]
    return Query(
        match=_and(matches),
        title=_and(title),
        title_says_all=bool(title) and not left_out and (any_word or all(term.title for term in telling)),
        in_title=_or(in_title) if any_word else _and(in_title),
        title_phrase=_phrase([term.text for term in telling], languages, "A") if len(telling) > 1 else "",
        any=_or(each),
        whole=" ".join(term.text for term in positive).replace(ABBREVIATION_SIGN, ""),
        wanted=frozenset(lexeme.replace("''", "'") for lexeme in wanted),
    )


# A lexeme that no text has: no lexeme has a space.
_NOTHING = "' '"
_LEXEME = re.compile(r"'((?:[^']|'')+)'")


def _says_nothing(word: str, languages: Sequence[str]) -> bool:
    """Whether a word says nothing in one of the languages: "the" must not be looked for in Dutch texts."""
    return any(not query_lexemes(word, [language]) for language in languages)


def _alternatives(term: Term, languages: Sequence[str], weights: str = "") -> str:
    if term.phrase:
        return _phrase([term.text], languages, weights or "ABC")
    return _or(_lexeme(lexeme, weights) for lexeme in query_lexemes(term.text, languages))


def _phrase(texts: Sequence[str], languages: Sequence[str], weights: str) -> str:
    """Give words side by side, in one of the languages. Parts of compounds (weight D) do not count."""
    found = []
    for language in languages:
        places = phrase(" ".join(texts), language)
        if places:
            text, before = _lexeme(places[0][1], weights), places[0][0]
            for place, lexeme in places[1:]:
                text, before = f"{text} <{place - before}> {_lexeme(lexeme, weights)}", place
            found.append(f"({text})")
    return _or(found)


def _lexeme(lexeme: str, weights: str = "") -> str:
    quoted = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':{weights}" if weights else f"'{quoted}'"


def _weighted(text: str, weights: str) -> str:
    return re.sub(r"('(?:[^']|'')+')(?::(\*?)[A-D]*)?", rf"\1:\2{weights}", text)


def _and(parts: Iterable[str]) -> str:
    found = [part for part in parts if part]
    return " & ".join(found) if len(found) > 1 else "".join(found)


def _or(parts: Iterable[str]) -> str:
    found = list(dict.fromkeys(part for part in parts if part))
    if len(found) < 2:
        return "".join(found)
    return f"({' | '.join(f'({part})' if ' & ' in part else part for part in found)})"


def _beginnings(words: Collection[str], half: str, languages: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield from (_lexeme(lexeme) for lexeme in query_lexemes(word, languages))
    # The vocabulary has no numbers: a code is looked for as it stands.
    plain = "".join(letter for letter in half if letter.isalnum())
    if len(plain) > SHORTEST_BEGINNING and any(map(str.isdigit, plain)):
        yield _lexeme(plain, "*")


@lru_cache(maxsize=8)
def _groups(
    synonyms: tuple[tuple[str, str], ...], languages: tuple[str, ...]
) -> dict[str, dict[tuple[str, ...], list[str]]]:
    """Give, by language and the lexemes of the words typed, what else to look for."""
    groups: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for language, words in synonyms:
        members = {}
        for member in re.split("[,;\n]", words):
            # As a reader types them: "pgb-fraude" is one word there (see `_synonyms`).
            key = tuple(lexeme for word in chunks(fold_words(member)) if (lexeme := exact_lexeme(word, language)))
            if key:
                members[key] = member
        for key in members:
            others = groups.setdefault(language, {}).setdefault(key, [])
            for other, member in members.items():
                looked_for = _synonym(member, language, languages) if other != key else ""
                if looked_for and looked_for not in others:
                    others.append(looked_for)
    return groups


def _synonym(member: str, language: str, languages: Sequence[str]) -> str:
    words = chunks(fold_words(member))
    if len(words) > 1:
        return _phrase([member], [language], "ABC")
    return _or(_lexeme(lexeme) for lexeme in query_lexemes(member, languages))


def _synonyms(
    terms: Sequence[Term], at: int, groups: dict[str, dict[tuple[str, ...], list[str]]]
) -> tuple[int, list[str]]:
    """Give how many words from `at` on have synonyms together, the most that have any, and the synonyms."""
    for length in range(min(_longest(groups), len(terms) - at), 0, -1):
        piece = terms[at : at + length]
        if any(term.phrase or term.title for term in piece):
            continue
        for language, group in groups.items():
            key = tuple(exact_lexeme(term.text, language) for term in piece)
            if key in group:
                return length, group[key]
    return 1, []


def _longest(groups: dict[str, dict[tuple[str, ...], list[str]]]) -> int:
    return max((len(key) for group in groups.values() for key in group), default=0)
