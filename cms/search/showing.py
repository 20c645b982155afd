"""What readers see of an answer, the same in every list that the search fills: places in files, ways on, best bets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext
from wagtail.models import Page

from cms.listing import PAGE_SIZE, ListAddress, asked_part, introductions_of, last_part
from cms.rendering.context import RenderContext
from cms.rendering.links import document_path, foreign_language, localized, page_path
from cms.rendering.values import Link
from cms.search.analysis import divided
from cms.search.engine import FEW, SearchTooSlowError, find
from cms.search.missed import note_missed
from cms.search.values import Answer, Fragment, Hit, Question
from cms.sections import Completions, NumberedLink, Place, Result
from cms.visibility import unrestricted_documents

if TYPE_CHECKING:
    from cms.models import CMSDocument

MOST_PLACES = 2
# In the address: one of the words is enough.
ANY_WORD = ("woorden", "een")


@dataclass(frozen=True)
class Found:
    """A part of the results: its number, and whether the search gave up because it took too long."""

    answer: Answer
    part: int = 1
    too_slow: bool = False


def find_part(question: Question, asked: str) -> Found:
    """Give the part of the results that an address asks for, the last one where it asks for more.

    A question that finds nothing, and has no filters that may be why, is counted for editors.
    """
    part = asked_part(asked)
    try:
        answer = find(replace(question, start=(part - 1) * PAGE_SIZE, size=PAGE_SIZE))
        last = last_part(answer.total)
        if part > last:
            part = last
            answer = find(replace(question, start=(part - 1) * PAGE_SIZE, size=PAGE_SIZE))
    except SearchTooSlowError:
        return Found(Answer(total=0), too_slow=True)
    if not (answer.total or question.any_word or any(question.filters.values())):
        note_missed(question.site_id, question.language, question.words)
    return Found(answer, part)


def counted(question: Question) -> Answer:
    """Give how much a question finds, with its facets but without hits; nothing where that takes too long to tell."""
    try:
        return find(replace(question, start=0, size=0, mended=False))
    except SearchTooSlowError:
        return Answer(total=0)


def number_of(question: Question) -> int:
    """Give how much a question finds; 0 where that takes too long to tell."""
    return counted(replace(question, facets=())).total


def places_of(hits: Iterable[Hit]) -> dict[str, list[Place]]:
    """Give the best places of each hit by its key, with links that open files there. One query, none without files."""
    hits = list(hits)
    ids = {fragment.document_id for hit in hits for fragment in hit.fragments if fragment.document_id}
    documents = unrestricted_documents().in_bulk(ids) if ids else {}
    # One without words in it and without a file says nothing: of a publication without a summary.
    told = {hit.key: [each for each in hit.fragments if each.html or each.document_id] for hit in hits}
    return {key: [_place(each, documents) for each in fragments[:MOST_PLACES]] for key, fragments in told.items()}


def _place(fragment: Fragment, documents: "Mapping[int, CMSDocument]") -> Place:
    document = documents.get(fragment.document_id or 0)
    if document is None:
        return Place(html=fragment.html)
    url = document_path(document.pk, document.filename)
    if fragment.number and document.file_extension.lower() == "pdf":
        url += f"#page={fragment.number}"
    return Place(html=fragment.html, link=Link(title=_place_name(fragment, document), url=url))


def _place_name(fragment: Fragment, document: "CMSDocument") -> str:
    number = {"number": fragment.number}
    match document.part_kind if fragment.number else "":
        case "slide":
            return gettext("dia %(number)d") % number
        case "sheet":
            return gettext("blad %(name)s") % {"name": fragment.label or fragment.number}
        case "page":
            return gettext("pagina %(number)d") % number
    return fragment.label or gettext("in het bestand")


def marks_of(hit: Hit) -> list[str]:
    """Give what a reader should know of a hit before anything else."""
    marks = [gettext("Besloten")] if hit.private else []
    return [*marks, gettext("Vervangen")] if hit.outdated else marks


def best_bets(answer: Answer, context: RenderContext) -> list[Result]:
    """Give the pages that editors put on top of these words, that the public sees. Up to three queries."""
    if not answer.best_bets:
        return []
    pages = localized(Page.objects.filter(pk__in=answer.best_bets), context.site, context.locale)
    return [
        Result(
            title=page.title,
            url=page_path(page),
            language=foreign_language(page, context.locale),
            marks=[gettext("Uitgelicht")],
            introduction=introduction,
        )
        for page, introduction in _described([pages[pk] for pk in answer.best_bets if pk in pages])
    ]


def _described(pages: Sequence[Page]) -> list[tuple[Page, str]]:
    introductions = introductions_of(pages)
    return [(page, introductions.get(page.pk, "")) for page in pages]


def correction_of(answer: Answer, address: ListAddress) -> Link | None:
    """Give the link to the question without its likely typing errors, where little was found."""
    if not answer.correction or answer.total > FEW:
        return None
    return Link(title=answer.correction, url=address.without("pagina").having("zoek", answer.correction).url)


def other_words(question: Question, address: ListAddress) -> list[NumberedLink]:
    """Give the links to what holds the parts of a compound apart, and one of several words, as far as they find any."""
    links = [in_parts(question, address), any_word(question, address)]
    return [link for link in links if link]


def in_parts(question: Question, address: ListAddress) -> NumberedLink | None:
    """Give the link to the same with compounds in their parts: "jeugdcriminaliteit" as "jeugd criminaliteit"."""
    words = divided(question.words, question.language)
    number = number_of(replace(question, words=words)) if words else 0
    if not number:
        return None
    title = gettext("Zoek op “%(words)s”") % {"words": words}
    return NumberedLink(title=title, url=address.without("pagina").having("zoek", words).url, number=number)


def any_word(question: Question, address: ListAddress) -> NumberedLink | None:
    """Give the link to what holds at least one of several words; None where that finds nothing either."""
    if question.any_word or len(question.words.split()) < 2:
        return None
    number = number_of(replace(question, any_word=True))
    if not number:
        return None
    return NumberedLink(
        title=gettext("Zoek op één van de woorden"), url=address.without("pagina").having(*ANY_WORD).url, number=number
    )


def completions(address: str, language: str) -> Completions:
    """Give where the search field finds ways to go on, in the language of the page."""
    return Completions(
        url=address if language == settings.LANGUAGE_CODE else f"{address}?taal={language}",
        label=gettext("Aanvullingen"),
        one=gettext("1 aanvulling"),
        many=gettext("# aanvullingen"),
    )
