"""How often the search is right: on pairs of words, on typing errors and on questions about a few documents."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cms.search.analysis import fold, in_chunk, query_lexemes, words_of
from cms.search.analysis.folding import chunks
from cms.search.suggestions import correct

FOLDER = Path(__file__).parent
PAIRS = FOLDER / "pairs.csv"
UNSEEN = FOLDER / "unseen.csv"
TYPOS = FOLDER / "typos.csv"
DOCUMENTS = FOLDER / "documents.csv"
QUESTIONS = FOLDER / "questions.csv"
SYNONYMS = FOLDER / "synonyms.csv"
# An answer further down is not seen.
FIRST = 3
_YES = frozenset({"1", "yes", "true", "ja", "y", "j"})


@dataclass
class Score:
    """How many of a kind there are, how many were found, and which went wrong."""

    number: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The share that was found: as high as can be, or of what must not match as low as can be."""
        return self.found / self.number if self.number else 0.0


def rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV with a header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def matches(query: str, document: str, language: str = "nl") -> bool:
    """Tell whether who asks for a word finds a text with the other."""
    held: set[str] = set()
    for chunk in chunks(fold(document)):
        words, whole = in_chunk(chunk, language)
        for word in (*words, whole):
            held.update(word.lexemes, word.parts)
    asked = chunks(fold(query))
    return bool(asked) and all(held & set(query_lexemes(chunk, [language])) for chunk in asked)


def score_pairs(path: Path = PAIRS) -> dict[str, Score]:
    """Score pairs of a word that is asked and a word in a document, by kind."""
    scores: defaultdict[str, Score] = defaultdict(Score)
    for row in rows(path):
        expected = row["match"].strip().lower() in _YES
        score = scores[row.get("kind") or ("match" if expected else "false")]
        found = matches(row["query"], row["document"])
        score.number += 1
        score.found += found
        if found != expected:
            score.wrong.append(f"{row['query']} / {row['document']}")
    return dict(scores)


def vocabulary() -> dict[str, int]:
    """Give the words of the documents, of the pairs and of what was meant, as an index would have them."""
    numbers: defaultdict[str, int] = defaultdict(int)
    texts = [text for row in rows(DOCUMENTS) for text in row.values()]
    texts += [row["document"] for path in (PAIRS, UNSEEN) for row in rows(path)]
    for text in texts:
        for word in {folded for folded, _shown in words_of(text, "nl")}:
            numbers[word] += 1
    return dict(numbers)


def score_typos(path: Path = TYPOS, known: Mapping[str, int] | None = None) -> Score:
    """Score whether the first correction of a typing error is the word that was meant."""
    known = known or vocabulary()
    pairs = [(fold(row["typed"]), fold(row["meant"])) for row in rows(path)]
    known = {**dict.fromkeys((meant for _typed, meant in pairs), 1), **known}
    score = Score()
    for typed, meant in pairs:
        best = correct(typed, known)
        score.number += 1
        score.found += best == meant
        if best != meant:
            score.wrong.append(f"{typed}: {best}, not {meant}")
    return score


def score_questions() -> dict[str, Score]:
    """Score questions to a live index of the documents, as `tests.bench.quality.index` makes it, by kind."""
    # The models of Django may not be there before the words are scored.
    from cms.search.engine import find
    from cms.search.values import Question

    scores: defaultdict[str, Score] = defaultdict(Score)
    for row in rows(QUESTIONS):
        answer = find(Question(site_id=1, language="nl", words=row["question"]))
        right = not row["unexpected"] or row["unexpected"] not in [hit.title for hit in answer.hits]
        if not answer.total and answer.correction:
            answer = find(Question(site_id=1, language="nl", words=answer.correction))
        titles = [hit.title for hit in answer.hits]
        right = right and (not row["expected"] or row["expected"] in titles[:FIRST])
        score = scores[row["kind"]]
        score.number += 1
        score.found += right
        if not right:
            score.wrong.append(f"{row['question']}: {titles[:FIRST]}")
    return dict(scores)


def lines(scores: Mapping[str, Score], wrong: bool = False) -> Iterator[str]:
    """Give a line for each kind, and with `wrong` what went wrong below it."""
    for kind, score in scores.items():
        yield f"{kind:<12} {score.found:>4} of {score.number:>4}  {score.rate:.3f}"
        if wrong:
            yield from (f"    {one}" for one in score.wrong)


def total(scores: Iterable[Score]) -> Score:
    """Give scores together."""
    together = Score()
    for score in scores:
        together.number += score.number
        together.found += score.found
        together.wrong += score.wrong
    return together
