"""What the facts say, and the words to say it in one reader's language. Only what the public may see is said."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext
from wagtail.models import Locale, Site

from cms.caching.shared import shared
from cms.models import Term
from cms.rendering.links import language_code, page_path
from cms.rendering.values import TextPart
from cms.visibility import visible, without_fallbacks
from network.models import BodyRelation, Membership, NetworkBodyPage, RelationVerb, Role
from network.sentences import ArrowWords, Mention, arrow_words, compose, listed, standing_alone

TermType = TypeVar("TermType", bound=Term)


@dataclass(frozen=True)
class Statement:
    """A body, or a role in it, does something to another body. Without a verb: the role sits in that body.

    Bodies are ids of pages in the site's own language; terms are those of the site's own language.
    """

    from_body: int
    role: Role | None
    role_plural: bool
    verb: RelationVerb | None
    to_body: int

    @property
    def subject(self) -> tuple[int, Role | None, bool]:
        return self.from_body, self.role, self.role_plural

    @property
    def terms(self) -> list[Term]:
        return [term for term in (self.role, self.verb) if term is not None]


def statement_of_relation(relation: BodyRelation) -> Statement:
    """Give what a relation says; `verb` and `acting_role` must have been loaded with it."""
    plural = relation.acting_number == NetworkBodyPage.Number.PLURAL
    return Statement(
        relation.from_body_id,
        relation.acting_role,
        plural if relation.acting_role else False,
        relation.verb,
        relation.to_body_id,
    )


def statement_of_membership(membership: Membership) -> Statement:
    """Give what the membership of a role in another body says; `member_role` must have been loaded with it."""
    plural = membership.member_number == NetworkBodyPage.Number.PLURAL
    assert membership.member_body_id is not None  # noqa: S101 - the caller's filter; tells the type checker
    return Statement(membership.member_body_id, membership.member_role, plural, None, membership.body_id)


Fact = BodyRelation | Membership


def facts_of_all_days() -> list[Fact]:
    """Give all relations, and all seats of roles in other bodies, of whatever time. Two queries for all pages."""

    def seats() -> list[Membership]:
        return list(Membership.objects.filter(member_body__isnull=False).select_related("member_role"))

    return [*relations_of_all_days(), *shared("seats of roles", seats)]


def relations_of_all_days() -> list[BodyRelation]:
    """Give all relations, in the order of the page tree. One query for all pages."""
    return shared("relations", lambda: list(BodyRelation.objects.select_related("verb", "acting_role")))


def said_on(day: date, facts: Iterable[Fact]) -> list[Statement]:
    """Give what those of `facts` say that hold on `day`, each once, in the order in which they came."""
    holding = (fact for fact in facts if fact.holds_on(day))
    return list(dict.fromkeys(statement_of(fact) for fact in holding))


def statement_of(fact: Fact) -> Statement:
    """Give what a fact of `facts_of_all_days` says."""
    return statement_of_relation(fact) if isinstance(fact, BodyRelation) else statement_of_membership(fact)


@dataclass
class Words:
    """The bodies facts may name, and the terms, as a reader of `locale` gets them.

    A sentence is in one language: the reader's where all its words exist there, else the site's own, marked as such.
    `own` is the id of the body on whose page the sentences stand; its name is not linked. `ever` are the bodies of all
    days in the site's own language.
    """

    locale: Locale
    sources: dict[int, NetworkBodyPage]
    pages: dict[int, NetworkBodyPage]
    own: int | None = None
    ever: dict[int, NetworkBodyPage] = field(default_factory=dict)
    _translations: dict[type[Term], dict[int, Term]] = field(default_factory=dict)

    @classmethod
    def load(cls, site: Site, locale: Locale, day: date | None = None) -> "Words":
        """Take the visible bodies in the site's own language, and their visible translations. One query for all pages.

        Facts may name those that exist on `day` (default today).
        """
        day = day or timezone.localdate()
        found = shared(("bodies", site.pk, locale.pk), lambda: _public_bodies(site, locale))
        translations = {body.translation_key: body for body in found if body.locale_id == locale.pk}
        ever = {body.pk: body for body in found if language_code(body.locale_id) == settings.LANGUAGE_CODE}
        sources = {pk: body for pk, body in ever.items() if body.holds_on(day)}
        pages = {pk: translations.get(body.translation_key, body) for pk, body in sources.items()}
        return cls(locale, sources, pages, ever=ever)

    def on_page(self, source: NetworkBodyPage, page: NetworkBodyPage) -> "Words":
        """Give the words for the page of a body itself, which is named even where it is not public yet."""
        fallback = page.alias_of_id == source.pk and page.locale_id != source.locale_id
        named = source if fallback else page
        return Words(self.locale, {**self.sources, source.pk: source}, {**self.pages, source.pk: named}, own=source.pk)

    def only(self, ids: Collection[int]) -> "Words":
        """Give the words with which these bodies alone may be named."""
        sources = {pk: body for pk, body in self.sources.items() if pk in ids}
        return replace(self, sources=sources, pages={pk: self.pages[pk] for pk in sources})

    @cached_property
    def own_language(self) -> bool:
        return self.locale.language_code == settings.LANGUAGE_CODE

    def term(self, source: TermType) -> TermType:
        """Give the reader's version of a term in the site's own language: its translation, else itself."""
        if self.own_language:
            return source
        kind = type(source)
        if kind not in self._translations:
            self._translations[kind] = dict(kind.in_locale(self.locale))
        return self._translations[kind].get(source.pk, source)  # type: ignore[return-value]

    def parent(self, source: NetworkBodyPage) -> NetworkBodyPage | None:
        """Give the body that `source` belongs to, among those that may be named."""
        return self._by_path.get(source.path[: -source.steplen])

    def parts(self, source: NetworkBodyPage) -> list[NetworkBodyPage]:
        """Give the reader's pages of the bodies that belong to `source`, in the order of the page tree."""
        return [self.pages[pk] for pk, body in self.sources.items() if self.parent(body) == source]

    @cached_property
    def _by_path(self) -> dict[str, NetworkBodyPage]:
        return {body.path: body for body in self.sources.values()}

    def knows(self, statement: Statement) -> bool:
        """Say whether both bodies may be seen and no term is a draft."""
        return {statement.from_body, statement.to_body} <= self.sources.keys() and all(
            term.live for term in statement.terms
        )

    def knew(self, statement: Statement) -> bool:
        """Say the same of whatever day: the public may see both bodies, though one of them has ended."""
        return {statement.from_body, statement.to_body} <= self.ever.keys() and all(
            term.live for term in statement.terms
        )

    def say(self, statements: Iterable[Statement], *, inverse: bool = False) -> list[list[TextPart]]:
        """Give sentences; statements with the same subject and verb share one ("… en …").

        `inverse` makes the other body the subject: "De expertgroepen krijgen richting van de BBG."
        """
        groups: dict[tuple, list[Statement]] = {}
        for statement in statements:
            if self.knows(statement):
                subject = statement.to_body if inverse else statement.subject
                groups.setdefault((subject, statement.verb, self._translated(statement)), []).append(statement)
        return [self._sentence(group, inverse) for group in groups.values()]

    def say_part(self, part: int, whole: int) -> list[TextPart]:
        """Give the sentence that a body belongs to another: "Het DVO Twente is een van de DVO's."."""
        bodies, language = self._language({part, whole}, [])
        with translation.override(language):
            name, group = self._mention(bodies[part]), self._mention(bodies[whole])
            if name.plural:
                pattern = gettext("{deel} zijn een onderdeel {van_geheel}")
            elif group.plural:
                pattern = gettext("{deel} is een {van_geheel}")
            else:
                pattern = gettext("{deel} is een onderdeel {van_geheel}")
        return compose(pattern, language, foreign=self._foreign(language), deel=name.name(), van_geheel=group.of())

    def say_role(self, statement: Statement) -> list[TextPart]:
        """Give the words for a role in a body, to stand by themselves: "De voorzitters van de DVO's"."""
        bodies, language = self._language({statement.from_body}, statement.terms)
        return standing_alone(self._actor(statement, bodies, language), language, foreign=self._foreign(language))

    def say_arrow(self, statement: Statement) -> tuple[ArrowWords, str | None]:
        """Give the few words for beside an arrow, and their language where it is not the reader's."""
        _bodies, language = self._language(set(), statement.terms)
        role = self._in(language, statement.role) if statement.role else None
        named = (role.plural if statement.role_plural else role.singular) if role else ""
        plural = statement.role_plural if role else self.sources[statement.from_body].plural
        with translation.override(language):
            if statement.verb is None:
                verb = gettext("zitten in") if plural else gettext("zit in")
            else:
                pattern = self._pattern(statement.verb, language, plural, inverse=False)
                verb = arrow_words(pattern, pgettext("tussen namen", "en"))
        return ArrowWords(named, verb), language if self._foreign(language) else None

    def _sentence(self, group: list[Statement], inverse: bool) -> list[TextPart]:
        first = group[0]
        bodies, language = self._language({first.from_body, first.to_body}, first.terms)
        with translation.override(language):
            van = listed([self._actor(each, bodies, language) for each in (group if inverse else group[:1])])
            naar = listed([self._mention(bodies[each.to_body]).name() for each in (group[:1] if inverse else group)])
            if inverse:
                plural = bodies[first.to_body].plural
            else:
                plural = first.role_plural if first.role else bodies[first.from_body].plural
            pattern = self._pattern(first.verb, language, plural, inverse)
        return compose(pattern, language, foreign=self._foreign(language), van=van, naar=naar)

    def _pattern(self, verb: RelationVerb | None, language: str, plural: bool, inverse: bool) -> str:
        if verb is None:
            return gettext("{van} zitten in {naar}") if plural else gettext("{van} zit in {naar}")
        verb = self._in(language, verb)
        if inverse:
            return verb.inverse_plural if plural else verb.inverse_singular
        return verb.plural if plural else verb.singular

    def _actor(self, statement: Statement, bodies: dict[int, NetworkBodyPage], language: str) -> list[TextPart]:
        body = self._mention(bodies[statement.from_body])
        if statement.role is None:
            return body.name()
        role = self._in(language, statement.role)
        return body.of(role.plural if statement.role_plural else role.singular)

    def _mention(self, body: NetworkBodyPage) -> Mention:
        own = self.own is not None and body in (self.sources[self.own], self.pages[self.own])
        return Mention(body.phrase, body.phrase_of, body.plural, None if own else page_path(body))

    def _in(self, language: str, term: TermType) -> TermType:
        return self.term(term) if language == self.locale.language_code else term

    def _translated(self, statement: Statement) -> bool:
        _bodies, language = self._language({statement.from_body, statement.to_body}, statement.terms)
        return language == self.locale.language_code

    def _language(self, ids: set[int], terms: list[Term]) -> tuple[dict[int, NetworkBodyPage], str]:
        """Give the reader's pages and language where all that is named exists in it, else the site's own."""
        words: list[NetworkBodyPage | Term] = [
            *(self.pages[pk] for pk in ids if pk in self.pages),
            *(self.term(term) for term in terms),
        ]
        if ids <= self.pages.keys() and all(word.locale_id == self.locale.pk for word in words):
            return self.pages, self.locale.language_code
        return self.sources, settings.LANGUAGE_CODE

    def _foreign(self, language: str) -> bool:
        return language != self.locale.language_code


def _public_bodies(site: Site, locale: Locale) -> list[NetworkBodyPage]:
    languages = {settings.LANGUAGE_CODE, locale.language_code}
    asked = NetworkBodyPage.objects.filter(locale__language_code__in=languages)
    return list(without_fallbacks(visible(asked, site)).order_by("path").defer("body"))
