"""The one way to ask the index: `find` for results, `complete` while somebody types."""

import contextlib
import os
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import escape
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from cms.search import asking, statements, suggestions, tally
from cms.search.analysis import exact_lexeme, fold
from cms.search.marking import fragment, marked
from cms.search.statements import Counts, PartRow, Reader, Row, Situation
from cms.search.values import Answer, Fragment, Hit, Question

# So many words of the vocabulary at most stand in for one that is half typed.
MOST_BEGINNINGS = 30
LONGEST_PAGE = 1000
# The best parts of a hit that are shown.
FRAGMENTS = 2
# Words of one question that are mended, and likely words that are tried for each.
MOST_MENDED, MOST_LIKELY = 4, 5
# Who finds no more than so many results may have made a typing error that stands in a text too: then a word is offered
# that is at least so many times as frequent.
FEW, MORE_FREQUENT = 3, 20
# Of words that are offered, one in so many is wanted: others are forms of the same word, or nobody may see them.
MOST_OFFERED = 3
# In so many entries stands a word that is looked for among the first of them: by itself, or with others.
FREQUENT, FREQUENT_TOGETHER = 1000, 5000


# They wait for work: a thread that begins would first count, and only then let its maker go on.
_threads = ThreadPoolExecutor(4, "search")


def _threads_of_this_process() -> None:
    global _threads
    _threads = ThreadPoolExecutor(4, "search")


os.register_at_fork(after_in_child=_threads_of_this_process)


class SearchTooSlowError(Exception):
    """The database did not answer in time: ask the reader for more, or more particular, words."""


def find(question: Question) -> Answer:
    """Give what the reader may see and asked for; nothing as long as there is no index.

    Raises SearchTooSlowError. Costs three statements and the two of their transaction; one more where the index changed
    since this process searched, and where nothing was found, or a page is on top of it.
    """
    asked = asking.asked(question.words)
    with _reading(question.language) as (cursor, situation):
        if situation.version is None:
            return Answer(total=0)
        return _Search(question, asked, cursor, situation, situation.version).answer()


@contextlib.contextmanager
def _reading(language: str) -> Iterator[tuple[Any, Situation]]:
    """Give a cursor with the settings that searching needs. They end here, also within another transaction."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            yield cursor, statements.situation(cursor, language)
            # Nothing was written. Going back, unlike going on, takes the settings along.
            transaction.set_rollback(True)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchTooSlowError from error
        raise


class _Search:
    def __init__(
        self, question: Question, asked: asking.Asked, cursor: Any, situation: Situation, version: int
    ) -> None:
        self.question = question
        self.asked = asked
        self.cursor = cursor
        self.situation = situation
        self.reader = Reader(version, question.site_id, question.language, settings.LANGUAGE_CODE, question.passed)
        self.ignored = {fold(word) for word in situation.ignored}
        self.languages = _languages(question.language, situation.languages)
        # As a filter, kinds have counts of their own: for tabs. As a condition they cost less.
        tabs = "kind" in question.facets and question.kinds
        self.kinds = frozenset() if tabs else question.kinds
        self.filters: Mapping[str, frozenset[str]] = dict(question.filters) | ({"kind": question.kinds} if tabs else {})

    def answer(self) -> Answer:
        if not self.asked.terms and self.question.words.strip():
            # Signs only: not everything.
            return Answer(total=0, facets={name: {} for name in self.question.facets})
        query = self._query()
        counts = self._count(query)
        matched, correction = counts.matched, ""
        if not matched and self.asked.terms:
            query, counts = self._half_word(query, counts)
        mended = self.question.mended and self.asked.words
        if mended and not counts.matched:
            correction = self._correction()
        # While the database looks for the hits, this processor has time to count.
        facets = _threads.submit(counts.facets, self.question.facets)
        found = self._hits(query, counts)
        # Who narrows with filters has seen it before; it costs two statements.
        whole = not self.question.filters and not self.question.any_word
        if mended and counts.total and 0 < matched <= FEW and whole:
            correction = self._likelier(matched)
        return Answer(
            total=counts.total,
            matched=counts.matched,
            hits=tuple(_hit(row, parts, query.wanted) for row, parts in found),
            facets=facets.result(),
            correction=correction,
            best_bets=self._best_bets(),
        )

    def _hits(self, query: asking.Query, counts: Counts) -> list[tuple[Row, list[PartRow]]]:
        start = max(self.question.start, 0)
        if counts.total <= start or self.question.size < 1:
            return []
        return statements.hits(
            self.cursor,
            self.reader,
            query,
            self.kinds,
            self.filters,
            self.question.order,
            start,
            min(self.question.size, LONGEST_PAGE),
            counts,
            FRAGMENTS if self.question.fragments else 0,
            self.question.scope,
        )

    def _half_word(self, query: asking.Query, counts: tally.Counted) -> tuple[asking.Query, tally.Counted]:
        """Take the last word for the beginning of one, where it finds nothing as a whole word."""
        if len(self.asked.half) < asking.SHORTEST_BEGINNING:
            return query, counts
        words = statements.words_beginning(
            self.cursor, self.reader.version, self.languages, self.asked.half, MOST_BEGINNINGS
        )
        query = self._query(asked=self.asked, beginnings=[word for word, _number, _shown in words])
        return query, self._count(query)

    def _correction(self) -> str:
        """Give the whole question with its unknown words mended; "" where that finds nothing for this reader.

        A word is unknown when this reader finds nothing by it: what others may see must not show here.
        """
        words = [word for word in dict.fromkeys(self.asked.words) if self._may_be_mended(word)][:MOST_MENDED]
        alone, known = len(self.asked.words) == 1, []
        if not alone:
            statements.ask_words_only(self.cursor)
            known = self._holding([self._query(asked=asking.asked(word)).match for word in words], words_only=True)
        unknown = [word for number, word in enumerate(words) if number not in known]
        asked, typed = self.asked.without(unknown), asking.clean(self.question.words)
        for word in unknown:
            likely = suggestions.alike(self.cursor, self.reader.version, word, MOST_LIKELY)
            # The likeliest that finds something: a frequent one behind others must not go before them.
            frequent = takewhile(FREQUENT.__le__, (number for _other, number, _shown in likely if alone))
            matches = [self._query(asked=asked.with_word(other)).match for other, _number, _shown in likely]
            fitting = self._holding(matches, 1, range(len(list(frequent))), words_only=not alone)
            if not fitting:
                return ""
            other, _number, shown = likely[fitting[0]]
            asked = asked.with_word(other)
            typed = asking.replaced(typed, word, shown)
        return typed if unknown else ""

    def _likelier(self, matched: int) -> str:
        """Give the whole question with its rare words made frequent ones that are like them; "" where none is.

        How frequent a word is, is what this reader finds by it; the whole must find more besides. Comes last, because
        it asks the index of words alone.
        """
        words = [word for word in dict.fromkeys(self.asked.words) if self._may_be_mended(word)][:MOST_MENDED]
        numbers = [matched]
        if len(self.asked.terms) > 1:
            statements.ask_words_only(self.cursor)
            numbers = self._numbers([asking.asked(word) for word in words], FEW + 1)
        asked, typed = self.asked, asking.clean(self.question.words)
        for word, number in zip(words, numbers, strict=False):
            if not 0 < number <= FEW:
                continue
            least = number * MORE_FREQUENT
            found = suggestions.alike(self.cursor, self.reader.version, word, MOST_LIKELY, words_only=True)
            likely = [one for one in found if one[1] >= least and one[0] not in self.ignored]
            alone = [asking.asked(other) for other, _number, _shown in likely]
            whole = [asked.without([word]).with_word(other) for other, _number, _shown in likely]
            # Asked also where there is none: words that others may see cost no more than words of nowhere.
            counts = self._numbers([*alone, *whole], least)
            for (_other, _number, shown), question, *more in zip(
                likely, whole, counts[: len(likely)], counts[len(likely) :], strict=True
            ):
                if more[0] >= least and more[1] > matched:
                    asked, typed = question, asking.replaced(typed, word, shown)
                    break
        return "" if asked is self.asked else typed

    def _numbers(self, questions: list[asking.Asked], most: int) -> list[int]:
        matches = [self._query(asked=one).match for one in questions]
        return statements.numbers(self.cursor, self.reader, matches, self.kinds, most)

    def _may_be_mended(self, word: str) -> bool:
        return word.isalpha() and len(word) >= suggestions.SHORTEST and word not in self.ignored

    def _holding(
        self, matches: list[str], most: int = MOST_MENDED, frequent: Collection[int] = (), *, words_only: bool = False
    ) -> list[int]:
        if not matches:
            return []
        return statements.holding(
            self.cursor, self.reader, matches, self.question.kinds, most, frequent, words_only=words_only
        )

    def _query(self, asked: asking.Asked | None = None, beginnings: Collection[str] = ()) -> asking.Query:
        return asking.query(
            asked or self.asked,
            self.languages,
            any_word=self.question.any_word,
            synonyms=self.situation.synonyms,
            beginnings=beginnings,
        )

    def _count(self, query: asking.Query) -> tally.Counted:
        return tally.count(
            self.cursor,
            self.reader,
            self.situation,
            query,
            self.kinds,
            self.filters,
            self.question.scope,
            many=bool(query.match) and self.question.order == "relevantie" and self.question.size > 0,
        )

    def _best_bets(self) -> tuple[int, ...]:
        words = " ".join(fold(self.question.words).split())
        pages = [
            page_id
            for questions, page_id in self.situation.best_bets
            if words and words in (" ".join(fold(one).split()) for one in questions.split(","))
        ]
        return tuple(statements.visible_pages(self.cursor, self.reader, pages)) if pages else ()


def _languages(own: str, present: tuple[str, ...]) -> list[str]:
    """Give the languages of texts, the reader's own first."""
    return list(dict.fromkeys([own, *(code for code, _label in settings.WAGTAIL_CONTENT_LANGUAGES), *present]))


def _hit(row: Row, parts: list[PartRow], wanted: frozenset[str]) -> Hit:
    return Hit(
        key=row.key,
        kind=row.kind,
        page_id=row.page_id,
        source_id=row.source_id,
        language=row.language,
        title=row.title,
        date=row.date,
        outdated=row.outdated,
        private=row.private,
        fragments=tuple(
            Fragment(
                fragment(part.text, wanted, row.text_language, places=part.places),
                part.document_id,
                part.number,
                part.label,
            )
            for part in parts
        ),
        title_html=marked(row.title, wanted, row.text_language) if wanted else escape(row.title),
    )


def complete(site_id: int, language: str, typed: str, kinds: frozenset[str] = frozenset(), most: int = 8) -> list[str]:
    """Give ways to go on from at least two letters, best first, all of which find something public.

    Titles that begin so, then what was typed with its last word made whole.
    """
    typed = asking.clean(typed) + (" " if typed[-1:].isspace() else "")
    half = asking.asked(typed).half
    if len(typed.strip()) < 2 or most < 1:
        return []
    with _reading(language) as (cursor, situation):
        if situation.version is None:
            return []
        reader = Reader(situation.version, site_id, language, settings.LANGUAGE_CODE, frozenset())
        titles = statements.titles_beginning(cursor, reader, typed.lower(), kinds, (most + 1) // 2)
        words = []
        if len(half) >= 2 and not typed.endswith(" "):
            words = _completed(cursor, reader, situation, typed, half, kinds, most)
    offered: dict[str, str] = {}
    for one in [*titles, *words]:
        if fold(one) != fold(typed):
            offered.setdefault(fold(one), one)
    return list(offered.values())[:most]


def _completed(
    cursor: Any, reader: Reader, situation: Situation, typed: str, half: str, kinds: frozenset[str], most: int
) -> list[str]:
    """Give what was typed with whole words in place of the half one, together with which something public is found."""
    languages = _languages(reader.language, situation.languages)
    ignored = {fold(word) for word in situation.ignored}
    before = typed[: len(typed) - len(half)]
    context = asking.asked(before)
    shown: dict[str, tuple[str, int]] = {}
    for word, number, written in statements.words_beginning(
        cursor, reader.version, languages, half, most * MOST_OFFERED
    ):
        # One form of a word is enough.
        if word not in ignored:
            shown.setdefault(exact_lexeme(word, reader.language) or word, (written, number))
    # Where no word begins so, the half one is looked for: words of private texts cost no more than words of nowhere.
    words = list(shown.values()) or [(half, 0)]
    matches = [
        asking.query(context.with_word(word), languages, synonyms=situation.synonyms).match for word, _number in words
    ]
    least = FREQUENT_TOGETHER if context.terms else FREQUENT
    frequent = [at for at, (_word, number) in enumerate(words) if number >= least]
    # All at once: the first so many that are found end it, and how many words are private shows in no statement more.
    found = statements.holding(cursor, reader, matches, kinds, most, frequent)
    return [f"{before}{words[at][0].lower()}" for at in found]
