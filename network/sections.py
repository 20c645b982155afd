"""Sections of the network's pages: its structure, and what a body is, does and consists of."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from cms.blocks.overview import more_link
from cms.rendering.context import RenderContext, page_card
from cms.rendering.links import foreign_language, in_own_language, page_link
from cms.rendering.pictures import pictures
from cms.rendering.values import Card, Fact, Link, TextPart
from cms.sections import AFTER_BODY, LEAD, BaseSection, CardsSection, FactsSection, SentencesSection
from network.graph import graph_of
from network.history import AskedMoment, asked_moment, day_of, moments, period_notice
from network.models import BodyKind, Membership, NetworkBodyPage, NetworkPage
from network.partner_addresses import OrganisationAddresses
from network.picture import neighbourhood, picture
from network.statements import (
    Statement,
    Words,
    facts_of_all_days,
    relations_of_all_days,
    said_on,
    statement_of_membership,
)

Tier = NetworkBodyPage.Tier


def structure(page: NetworkPage, context: RenderContext) -> list[BaseSection]:
    """Give the network as a picture, the bodies of each tier as cards, and all that holds between them in sentences.

    All as on the day that the address asks for, else today. A body that belongs to a collective stands on the
    collective's page; its card says how many there are.
    """
    asked = asked_moment(context)
    if asked.is_other:
        return _structure_on(asked, page, context)
    # Of other days there is no end.
    return context.shared(("structure", page.pk, asked.day), lambda: _structure_on(asked, page, context))


def _structure_on(asked: AskedMoment, page: NetworkPage, context: RenderContext) -> list[BaseSection]:
    words = Words.load(context.site, context.locale, asked.day)
    kinds = BodyKind.in_locale(context.locale)
    facts = facts_of_all_days()
    statements = said_on(asked.day, facts)
    sentences = _sentences(words.say(statements))
    drawn = picture(
        graph_of(words, kinds, statements, asked.day),
        title=gettext("Het netwerk in beeld"),
        order=LEAD,
        in_words=Link(title=gettext("Lees hetzelfde in zinnen"), url="#relaties") if sentences else None,
        moments=moments(page, asked, words, facts),
        unlisted=asked.is_other,
    )
    titles = {
        Tier.REGION: gettext("Regionaal: voor heel het gebied"),
        Tier.DISTRICT: gettext("Districtelijk: voor één district"),
        Tier.LOCAL: gettext("Lokaal: dicht bij de gemeente"),
    }
    opening: list[BaseSection] = [drawn] if drawn else []
    tops = [source for source in words.sources.values() if words.parent(source) is None]
    if not tops:
        empty = (
            gettext("Er stonden toen nog geen organen op de site.")
            if asked.is_other
            else gettext("Er staan nog geen organen op de site.")
        )
        return [*opening, CardsSection(key="organen", cards=[], empty=empty, order=LEAD)]
    cards = dict(zip([source.pk for source in tops], body_cards(tops, words, kinds, context), strict=True))
    tiers = {tier: [cards[source.pk] for source in tops if source.tier == tier] for tier in titles}
    sections: list[BaseSection] = [
        CardsSection(key=str(tier.value), title=title, cards=tiers[tier], order=AFTER_BODY)
        for tier, title in titles.items()
        if tiers[tier]
    ]
    return [*opening, *sections, *sentences]


def body_sections(page: NetworkBodyPage, context: RenderContext) -> list[BaseSection]:
    """Give what a body is, who does what with whom, who sits in it, its place in the picture, and what belongs to it.

    Of a body that has ended, as it was on its last day; of one that has yet to begin, as it will be on its first.
    Three queries in the site's own language, one of them its own: those for all bodies and relations are for all pages.
    """
    source = _source(page, context)
    day = day_of(source)
    words = Words.load(context.site, context.locale, day).on_page(source, page)
    parent = words.parent(source)
    near = {source.pk, parent.pk} if parent else {source.pk}
    stated = [each for each in said_on(day, relations_of_all_days()) if near & {each.from_body, each.to_body}]
    memberships = _memberships(source, near, day)
    seats = [statement_of_membership(each) for each in memberships if each.member_body_id]
    sentences = words.say(each for each in stated if each.from_body == source.pk)
    sentences += words.say((each for each in stated if each.to_body == source.pk), inverse=True)
    sentences += words.say(each for each in seats if each.from_body == source.pk)
    if parent:
        rest = [each for each in stated if source.pk not in (each.from_body, each.to_body)]
        sentences += [words.say_part(source.pk, parent.pk)]
        sentences += words.say(each for each in rest if each.from_body == parent.pk)
        sentences += words.say((each for each in rest if each.to_body == parent.pk), inverse=True)
        sentences += words.say(each for each in seats if each.from_body == parent.pk)
    return [
        *_facts(page, parent, words, context),
        *_place_in_picture(source, parent, words, [*stated, *seats], day, context),
        *_sentences(sentences),
        *_members([each for each in memberships if each.body_id == source.pk], words, context),
        *_parts(source, words, context),
    ]


def body_values(page: NetworkBodyPage, context: RenderContext) -> dict[str, Any]:
    """Give the values of the typed view beyond those of every page; the notice tells that a body is not there today."""
    source = _source(page, context)
    return {
        "short_name": page.short_name,
        "body_kind": str(page.shown_kind),
        "tier": page.tier,
        "valid_from": source.valid_from,
        "valid_to": source.valid_to,
        "notice": period_notice(source),
    }


def _source(page: NetworkBodyPage, context: RenderContext) -> NetworkBodyPage:
    """Give the page in the site's own language, at which facts point and whose period counts."""
    return context.once(("body in own language", page.pk), lambda: in_own_language(page))


def _place_in_picture(
    source: NetworkBodyPage,
    parent: NetworkBodyPage | None,
    words: Words,
    statements: list[Statement],
    day: date,
    context: RenderContext,
) -> list[BaseSection]:
    """Give the body with all that it has to do with, as a picture; nothing for a body that stands alone."""
    near = {source.pk, *(pk for each in statements for pk in (each.from_body, each.to_body))}
    near |= {pk for pk, body in words.sources.items() if body == parent or words.parent(body) == source}
    graph = neighbourhood(graph_of(words.only(near), {}, statements, day), words.pages[source.pk].pk)
    if not graph.edges:
        return []
    drawn = picture(
        graph,
        title=gettext("Dit orgaan in beeld"),
        focus=words.pages[source.pk].pk,
        in_words=Link(title=gettext("Lees hetzelfde in zinnen"), url="#relaties"),
        more=more_link(NetworkPage, gettext("Het hele netwerk in beeld"), context),
    )
    return [drawn] if drawn else []


def _memberships(source: NetworkBodyPage, near: set[int], day: date) -> list[Membership]:
    """Give who sits in the body, and where roles of it or of its collective sit."""
    found = Membership.objects.valid_on(day).filter(Q(body=source.pk) | Q(member_body__in=near))
    return list(found.select_related("organisation__kind", "member_role", "capacity"))


def _facts(
    page: NetworkBodyPage, parent: NetworkBodyPage | None, words: Words, context: RenderContext
) -> list[BaseSection]:
    kind = page.shown_kind
    facts = [
        Fact(term=gettext("Niveau"), values=[[TextPart(text=str(Tier(page.tier).label))]]),
        Fact(
            term=gettext("Soort"),
            values=[[TextPart(text=str(kind), language=foreign_language(kind, context.locale))]],
        ),
    ]
    if page.distinct_short_name:
        facts.append(Fact(term=gettext("Korte naam"), values=[[TextPart(text=page.distinct_short_name)]]))
    if parent:
        link = page_link(words.pages[parent.pk], context.locale)
        whole = TextPart(text=link.title, url=link.url, language=link.language)
        facts.append(Fact(term=gettext("Onderdeel van"), values=[[whole]]))
    return [FactsSection(key="plaats-in-het-netwerk", title=gettext("Plaats in het netwerk"), facts=facts, order=LEAD)]


def _sentences(sentences: list[list[TextPart]]) -> list[BaseSection]:
    if not sentences:
        return []
    title = gettext("Wie doet wat met wie?")
    return [SentencesSection(key="relaties", title=title, sentences=sentences, order=AFTER_BODY)]


def _members(memberships: list[Membership], words: Words, context: RenderContext) -> list[BaseSection]:
    """Give the members in the editors' order, each with the capacity in which it takes part."""
    organisations = [membership.organisation for membership in memberships if membership.organisation]
    paths = OrganisationAddresses.on_page(context).paths(organisations) if organisations else {}
    lines = []
    for membership in memberships:
        if membership.organisation:
            organisation = membership.organisation
            line = [TextPart(text=organisation.name, url=paths.get(organisation.pk) or organisation.website or None)]
        else:
            statement = statement_of_membership(membership)
            if not words.knows(statement):
                continue
            line = words.say_role(statement)
        if membership.capacity and membership.capacity.live:
            capacity = words.term(membership.capacity)
            line += [
                TextPart(text=": "),
                TextPart(text=capacity.name, language=foreign_language(capacity, words.locale)),
            ]
        lines.append(line)
    if not lines:
        return []
    return [SentencesSection(key="leden", title=gettext("Wie zitten erin?"), sentences=lines, order=AFTER_BODY)]


def _parts(source: NetworkBodyPage, words: Words, context: RenderContext) -> list[BaseSection]:
    parts = words.parts(source)
    if not parts:
        return []
    images = pictures([part.social_image_id for part in parts], "card")
    cards = [page_card(part, context.locale, images, label=part.distinct_short_name) for part in parts]
    return [CardsSection(key="onderdelen", title=gettext("Deze organen horen hierbij"), cards=cards, order=AFTER_BODY)]


def body_cards(
    sources: list[NetworkBodyPage], words: Words, kinds: dict[int, BodyKind], context: RenderContext
) -> list[Card]:
    """Give a card for each of these bodies (in the site's own language), with its kind and how many it consists of."""
    images = pictures([words.pages[source.pk].social_image_id for source in sources], "card")
    cards = []
    for source in sources:
        count = len(words.parts(source))
        details = [ngettext("Bestaat uit %(count)d orgaan", "Bestaat uit %(count)d organen", count) % {"count": count}]
        cards.append(
            page_card(
                words.pages[source.pk],
                context.locale,
                images,
                label=str(kinds.get(source.kind_id, "")),
                details=details if count else [],
            )
        )
    return cards
