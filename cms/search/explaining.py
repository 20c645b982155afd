"""Why the search finds what it finds, for editors: how a question is understood, and what a change of words does."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.models import IgnoredWord, Synonyms
from cms.models.search_words import divided
from cms.rendering.links import document_path
from cms.search.analysis import ABBREVIATION_SIGN, exact_lexeme, fold, in_chunk, query_lexemes
from cms.search.asking import Term, asked
from cms.search.engine import SearchTooSlowError, complete, find
from cms.search.values import Answer, Fragment, Hit, Question

# Forms and relatives of a word that are shown; a list of all says no more.
MOST_SHOWN = 8
FIRST = 20


@dataclass(frozen=True)
class Understood:
    """What a word or a group of words of the question is taken for. Texts to read, ready to be shown."""

    text: str
    kind: str
    alternatives: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    says_nothing: bool = False
    ignored: bool = False


@dataclass(frozen=True)
class Place:
    """Where words of the question stand; `html` is escaped but for `<mark>`."""

    label: str
    html: str
    url: str = ""


@dataclass(frozen=True)
class Found:
    """A result as readers get it, with its place and why it is there. `before` is its place without a change."""

    place: int
    key: str
    title_html: str
    url: str
    marks: tuple[str, ...]
    places: tuple[Place, ...]
    before: int | None = None
    change: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a question gives to somebody who is not logged in."""

    words: str
    total: int
    bets: tuple[Page, ...]
    results: tuple[Found, ...]
    correction: str = ""
    too_slow: bool = False
    gone: tuple[Found, ...] = ()


def understood(words: str, language: str) -> list[Understood]:
    """Give how the search reads a question. Two queries."""
    terms = asked(words).terms
    groups = [(group.language, divided(group.words)) for group in Synonyms.objects.order_by("pk")]
    ignored = {fold(word) for word in IgnoredWord.objects.values_list("word", flat=True)}
    return [_understood(term, terms, language, groups, ignored) for term in terms]


def _understood(
    term: Term, terms: Sequence[Term], language: str, groups: list[tuple[str, list[str]]], ignored: set[str]
) -> Understood:
    names = {
        (False, False): gettext("woord"),
        (True, False): gettext("deze woorden naast elkaar"),
        (False, True): gettext("mag er niet in staan"),
        (True, True): gettext("mag er niet naast elkaar in staan"),
    }
    kind = names[term.phrase, term.negated]
    if term.title:
        kind = gettext("%(kind)s, in de titel") % {"kind": kind}
    typed = term.text.replace(ABBREVIATION_SIGN, "")
    if term.phrase:
        return Understood(typed, kind)
    lexemes = query_lexemes(term.text, [language])
    plain = [lexeme.partition("/")[2] or lexeme for lexeme in lexemes]
    of_word, whole = in_chunk(term.text, language)
    parts = dict.fromkeys(part for word in (*of_word, whole) for part in word.parts)
    return Understood(
        typed,
        kind,
        alternatives=tuple(dict.fromkeys(other for other in plain if other not in (typed, term.text)))[:MOST_SHOWN],
        parts=tuple(parts)[:MOST_SHOWN],
        synonyms=() if term.negated or term.title else tuple(_synonyms(term, terms, groups)),
        says_nothing=not lexemes,
        ignored=typed in ignored,
    )


def _synonyms(term: Term, terms: Sequence[Term], groups: list[tuple[str, list[str]]]) -> Iterator[str]:
    """Give the other members of the groups in which this word stands, alone or with the words beside it."""
    plain = [one for one in terms if not (one.phrase or one.negated or one.title)]
    for language, members in groups:
        typed = [exact_lexeme(one.text, language) for one in plain]
        at = next(number for number, one in enumerate(plain) if one is term)
        for member in members:
            key = [exact_lexeme(one.text, language) for one in asked(member).terms]
            starts = range(max(0, at - len(key) + 1), at + 1)
            if key and any(key) and any(typed[start : start + len(key)] == key for start in starts):
                yield from (other for other in members if other != member)
                break


def completions(site_id: int, language: str, words: str) -> list[str]:
    """Give what readers are offered while they type this."""
    try:
        return complete(site_id, language, words)
    except SearchTooSlowError:
        return []


def outcome(site_id: int, language: str, words: str) -> Outcome:
    """Give the first results of a question as an anonymous reader gets them."""
    question = Question(site_id=site_id, language=language, words=words, size=FIRST)
    try:
        answer = find(question)
    except SearchTooSlowError:
        return Outcome(words, 0, (), (), too_slow=True)
    pages = Page.objects.in_bulk({*(hit.page_id for hit in answer.hits), *answer.best_bets})
    return Outcome(
        words=words,
        total=answer.total,
        bets=tuple(pages[pk] for pk in answer.best_bets if pk in pages),
        results=tuple(_results(answer, pages)),
        correction=answer.correction,
    )


def _results(answer: Answer, pages: dict[int, Page]) -> Iterator[Found]:
    ids = {fragment.document_id for hit in answer.hits for fragment in hit.fragments if fragment.document_id}
    documents = get_document_model().objects.in_bulk(ids) if ids else {}
    for place, hit in enumerate(answer.hits, start=1):
        page = pages.get(hit.page_id)
        own = page is not None and hit.key.startswith("page:")
        yield Found(
            place=place,
            key=hit.key,
            title_html=hit.title_html,
            url=(page.url or "") if page is not None and own else "",
            marks=(gettext("Vervangen"),) if hit.outdated else (),
            places=tuple(_places(hit, documents)),
        )


def _places(hit: Hit, documents: dict) -> Iterator[Place]:
    if "<mark>" in hit.title_html:
        yield Place(gettext("in de titel"), "")
    for fragment in hit.fragments:
        yield _place(fragment, documents)
    if "<mark>" not in hit.title_html and not hit.fragments:
        yield Place(gettext("in de gegevens van de pagina, zoals thema, soort of organisatie"), "")


def _place(fragment: Fragment, documents: dict) -> Place:
    document = documents.get(fragment.document_id)
    if document is None:
        return Place(gettext("in de tekst van de pagina"), fragment.html)
    words = {"title": document.title, "number": fragment.number, "label": fragment.label}
    texts = {
        "page": gettext("in het bestand “%(title)s”, pagina %(number)s"),
        "slide": gettext("in het bestand “%(title)s”, dia %(number)s"),
        "sheet": gettext("in het bestand “%(title)s”, blad %(label)s"),
    }
    text = texts.get(document.part_kind, gettext("in het bestand “%(title)s”")) % words
    return Place(text, fragment.html, document_path(document.pk, document.filename))


@contextmanager
def as_if(record: Model) -> Iterator[None]:
    """Let the search know this synonym or best bet as it is here. Afterwards it stands as it stood."""
    model = type(record)
    fields = [field for field in record._meta.concrete_fields if not field.primary_key]
    with transaction.atomic():
        # Past the signals: nothing may follow from what does not stay.
        if record.pk:
            values = {field.attname: getattr(record, field.attname) for field in fields}
            model._default_manager.filter(pk=record.pk).update(**values)
        else:
            model._default_manager.bulk_create([record])
        yield
        transaction.set_rollback(True)


def compared(before: Outcome, after: Outcome) -> Outcome:
    """Give the second outcome with what changed in each of its results, and which results are gone."""
    was = {found.key: found.place for found in before.results}
    now = {found.key for found in after.results}
    results = [replace(found, before=was.get(found.key), change=_change(found, was)) for found in after.results]
    gone = tuple(found for found in before.results if found.key not in now)
    return replace(after, results=tuple(results), gone=gone)


def _change(found: Found, was: dict[str, int]) -> str:
    before = was.get(found.key)
    if before is None:
        return gettext("nieuw")
    return "" if before == found.place else gettext("was %(place)d") % {"place": before}
