"""The engine of the site's search, on the index that Wagtail keeps: which pages and records hold the words.

Titles come from the pages themselves, so that a page is found by its title at once; the worker fills the index.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Lower
from modelsearch.backends import get_search_backend
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.models import Locale, Page, Site

MAX_LENGTH = 100
MAX_WORDS = 8
# Where the words stand, best first.
WHOLE_TITLE, WORDS_AT_START, WORDS_IN_TITLE, START_OF_TITLE, IN_TITLE, IN_TEXT = range(6)

_WORD = re.compile(r"[^\W_]+")
# The database has no `unaccent` of its own; these are the letters of the site's languages and their neighbours.
_ACCENTED = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ"
_PLAIN = "aaaaaaceeeeiiiinooooouuuuyy"
_MARKS = "-–/.,:;()&'’‘“”!?"
# A shorter word counts in a title only where a word begins: "de" is no part of Enschede to anybody.
_LONG = 4


def clean_words(asked: str) -> str:
    """Give the words searched for, one space apart, cut to a sensible length."""
    # PostgreSQL refuses the character NUL in a text.
    return " ".join(asked[: 4 * MAX_LENGTH].replace("\x00", " ").split())[:MAX_LENGTH].strip()


def folded(text: str) -> str:
    """Give a text without case and accents, to compare with what somebody typed."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()


def _spoken(title: str) -> str:
    """Give a title to compare with terms: folded, a space before each word."""
    return " " + " ".join(_WORD.findall(folded(title)))


def _sought(term: str) -> str:
    """Give what stands in a title of `_spoken` that holds a folded term."""
    return term if len(term) >= _LONG else f" {term}"


def terms_of(words: str) -> list[str]:
    """Give the words to look for: letters and digits only, at most eight."""
    return _WORD.findall(unicodedata.normalize("NFC", words))[:MAX_WORDS]


@dataclass(frozen=True)
class Findable:
    """A record with an address of its own below a page, as a municipality. `kind` is that of its view."""

    kind: str
    title: str
    url: str
    introduction: str = ""
    place: int = IN_TEXT


RecordProvider = Callable[[Site, Locale, bool], Iterable[Findable]]
_providers: list[RecordProvider] = []


def register_records(provider: RecordProvider) -> None:
    """Let the search know records that have addresses of their own, as municipalities.

    `provider(site, locale, described)` gives those that the public may see, with introductions where `described`.
    Call it from an AppConfig's `ready()`. Registering the same provider twice has no effect.
    """
    if provider not in _providers:
        _providers.append(provider)


def records(site: Site, locale: Locale, *, described: bool = False) -> list[Findable]:
    """Give all records that have an address, in the reader's language."""
    return [record for provider in _providers for record in provider(site, locale, described)]


def matching_records(words: str, site: Site, locale: Locale) -> list[Findable]:
    """Give the records whose titles hold all the words, the last one perhaps half typed; best first."""
    terms = [folded(term) for term in terms_of(words)]
    if not terms:
        return []
    placed = ((place_of(record.title, terms), record) for record in records(site, locale, described=True))
    found = [replace(record, place=place) for place, record in placed if place is not None]
    return sorted(found, key=lambda record: (record.place, folded(record.title)))


def place_of(title: str, terms: list[str]) -> int | None:
    """Give how well a title holds folded terms, as `matching_pages` has it; None where it does not."""
    text = _spoken(title)
    if not all(_sought(term) in text for term in terms):
        return None
    whole = " " + " ".join(terms)
    if text == whole:
        return WHOLE_TITLE
    if text.startswith(f"{whole} "):
        return WORDS_AT_START
    if all(f" {term} " in f"{text} " for term in terms):
        return WORDS_IN_TITLE
    return START_OF_TITLE if text.startswith(whole) else IN_TITLE


def matching_pages(pages: QuerySet[Page], words: str) -> QuerySet[Page]:
    """Keep the pages that hold all the words, in title or in text, the last one perhaps half typed; best first.

    Adds `place` (where the words stand) and `rank`. Case counts nowhere, accents count in the text only. No words to
    look for, no pages.
    """
    terms = terms_of(words)
    if not terms:
        return pages.none()
    in_title, as_words = Q(), Q()
    for term in map(folded, terms):
        in_title &= Q(spoken_title__contains=_sought(term))
        as_words &= Q(spoken_title__contains=f" {term} ") | Q(spoken_title__endswith=f" {term}")
    query = _text_query(terms)
    entries = get_app_config().get_model("IndexEntry").objects.annotate(text=_TitleAndBody(F("title"), F("body")))
    holding = entries.filter(content_type__in=get_descendants_content_types_pks(Page), text=query)
    own_entry = entries.filter(content_type=OuterRef("content_type"), object_id=Cast(OuterRef("pk"), CharField()))
    rank = SearchRank(F("text"), query, normalization=1)
    whole = " " + folded(" ".join(terms))
    return (
        pages.annotate(spoken_title=_SpokenTitle(Lower("title")))
        .filter(in_title | Q(pk__in=holding.annotate(page=Cast("object_id", BigIntegerField())).values("page")))
        .annotate(
            place=Case(
                When(spoken_title=whole, then=Value(WHOLE_TITLE)),
                When(spoken_title__startswith=f"{whole} ", then=Value(WORDS_AT_START)),
                When(as_words, then=Value(WORDS_IN_TITLE)),
                When(spoken_title__startswith=whole, then=Value(START_OF_TITLE)),
                When(in_title, then=Value(IN_TITLE)),
                default=Value(IN_TEXT),
                output_field=IntegerField(),
            ),
            rank=Coalesce(Subquery(own_entry.annotate(rank=rank).values("rank")[:1]), 0.0, output_field=FloatField()),
        )
        .order_by("place", "-rank", "path")
    )


class _SpokenTitle(Func):
    """As `_spoken`, of a lower-case title: without the accents and marks of the site's languages."""

    template = "' ' || translate(%(expressions)s, '{}', '{}')".format(
        (_ACCENTED + _MARKS).replace("'", "''"), _PLAIN + " " * len(_MARKS)
    )
    output_field = CharField()


class _TitleAndBody(Func):
    """Title and body of an index entry, written as the index on them is (migration search_index)."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


def _text_query(terms: list[str]) -> SearchQuery:
    # Terms are letters and digits only, so nothing in them can mean anything to PostgreSQL.
    quoted = [f"'{term}'" for term in terms]
    # One language's rules for all texts: the index is made with them.
    config = getattr(get_search_backend(), "config", None)
    return SearchQuery(" & ".join([*quoted[:-1], f"{quoted[-1]}:*"]), search_type="raw", config=config)
