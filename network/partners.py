"""Sections of the overview of partners, and the view of an organisation's page below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext

from cms.names import sort_key
from cms.rendering.build import breadcrumbs, browser_title, ordered, translations
from cms.rendering.context import RenderContext
from cms.rendering.links import foreign_language, page_link
from cms.rendering.pictures import page_pictures, pictures
from cms.rendering.values import Card, Fact, TextPart
from cms.rendering.view import PageView, Seo
from cms.sections import (
    AFTER_BODY,
    LEAD,
    BaseSection,
    CardsSection,
    FactsSection,
    SentencesSection,
    provided_sections,
)
from network.models import (
    Capacity,
    Membership,
    NetworkBodyPage,
    Organisation,
    OrganisationIndexPage,
    OrganisationKind,
)
from network.partner_addresses import OrganisationAddresses, pages_elsewhere
from network.views import OrganisationView


def by_kind(page: OrganisationIndexPage, context: RenderContext) -> list[BaseSection]:
    """Give all organisations as cards, a section a kind, both in Dutch order. Six queries at most."""
    organisations = sorted(
        Organisation.objects.of(context.site).select_related("kind"), key=lambda each: sort_key(each.name)
    )
    if not organisations:
        empty = gettext("Er staan nog geen organisaties op de site.")
        return [CardsSection(key="organisaties", cards=[], empty=empty, order=AFTER_BODY)]
    kinds = OrganisationKind.in_locale(context.locale)
    addresses = OrganisationAddresses.below(page, context.site, context.locale)
    cards = organisation_cards(organisations, addresses, context)
    grouped: dict[int, list[Card]] = defaultdict(list)
    for organisation in organisations:
        grouped[organisation.kind_id].append(cards[organisation.pk])
    names = {each.kind_id: kinds.get(each.kind_id) or each.kind for each in organisations}
    return [
        CardsSection(
            key=f"soort-{names[pk].key}", title=_as_heading(str(names[pk])), cards=grouped[pk], order=AFTER_BODY
        )
        for pk in sorted(grouped, key=lambda pk: sort_key(str(names[pk])))
    ]


def _as_heading(name: str) -> str:
    """Give a name with a capital in front; capitals further on ("Openbaar Ministerie") stay."""
    return name[:1].upper() + name[1:]


def organisation_cards(
    organisations: Iterable[Organisation], addresses: OrganisationAddresses, context: RenderContext
) -> dict[int, Card]:
    """Give a card each, without its kind: {id: card}. Those without an address are left out."""
    asked = list(organisations)
    paths, images = addresses.paths(asked), pictures([each.logo_id for each in asked], "logo")
    foreign = context.locale.language_code != settings.LANGUAGE_CODE
    return {
        each.pk: Card(
            title=each.name,
            url=paths[each.pk],
            introduction=each.description,
            details=[each.short_name] if each.short_name and each.short_name != each.name else [],
            picture=images.get(each.logo_id or 0),
            # Name and description are written once, in the site's own language.
            language=settings.LANGUAGE_CODE if foreign else None,
        )
        for each in asked
        if each.pk in paths
    }


def organisation_at(page: OrganisationIndexPage, components: list[str]) -> Organisation | None:
    """Give the organisation whose address ends in these components; None where it has its page elsewhere."""
    if len(components) != 1:
        return None
    found = Organisation.objects.of(page).filter(slug=components[0]).select_related("kind").first()
    site = page.get_site() if found else None
    if found is None or site is None or pages_elsewhere([found], site, page.locale):
        return None
    return found


def organisation_view(page: OrganisationIndexPage, organisation: Organisation, context: RenderContext) -> PageView:
    """Give the view of an organisation's page, which stands below `page` and is in its language."""
    kind = OrganisationKind.in_locale(context.locale).get(organisation.kind_id) or organisation.kind
    logo, share_image = page_pictures(organisation.logo_id, "logo")
    language = context.locale.language_code
    addresses = OrganisationAddresses.below(page, context.site, context.locale)
    return OrganisationView(
        title=organisation.name,
        label=str(kind),
        introduction=organisation.description,
        language=language,
        text_language=settings.LANGUAGE_CODE if language != settings.LANGUAGE_CODE else None,
        url=f"{addresses.base}{organisation.slug}/",
        # A logo has no maker to name: it is the organisation's own.
        hero=logo.model_copy(update={"credit": ""}) if logo else None,
        seo=Seo(
            title=browser_title(organisation.name, context.site),
            description=organisation.description or _description(organisation),
            image=share_image,
        ),
        breadcrumbs=[*breadcrumbs(page, context), page_link(page, context.locale)],
        translations=[
            overview.model_copy(update={"url": f"{overview.url}{organisation.slug}/"})
            for overview in translations(page, context)
        ],
        short_name=organisation.short_name,
        organisation_kind=str(kind),
        website=organisation.website,
        sections=ordered(
            [
                *_facts(organisation, kind, addresses.base, context),
                *seats([organisation], context),
                *provided_sections(organisation, context),
            ]
        ),
    )


def _description(organisation: Organisation) -> str:
    return gettext("%(name)s doet mee in het netwerk.") % {"name": organisation.name}


def _facts(
    organisation: Organisation, kind: OrganisationKind, overview: str, context: RenderContext
) -> list[FactsSection]:
    named = TextPart(
        text=str(kind), url=f"{overview}#soort-{kind.key}", language=foreign_language(kind, context.locale)
    )
    facts = [Fact(term=gettext("Soort"), values=[[named]])]
    if organisation.short_name and organisation.short_name != organisation.name:
        facts.append(Fact(term=gettext("Korte naam"), values=[[TextPart(text=organisation.short_name)]]))
    if organisation.website:
        host = urlsplit(organisation.website).netloc.removeprefix("www.") or organisation.website
        facts.append(Fact(term=gettext("Website"), values=[[TextPart(text=host, url=organisation.website)]]))
    return [FactsSection(key="in-het-kort", title=gettext("In het kort"), facts=facts, order=LEAD)]


def seats(organisations: Iterable[Organisation], context: RenderContext) -> list[SentencesSection]:
    """Give in which visible bodies these organisations sit today, and as whom. One query, and those for all pages."""
    asked = list(organisations)
    if not asked:
        return []
    found = list(
        Membership.objects.valid_on().filter(organisation__in=asked).select_related("capacity").order_by("body__path")
    )
    if not found:
        return []
    shown = context.shown(NetworkBodyPage, {each.body_id for each in found})
    capacities = context.all_terms(Capacity)
    lines = []
    for each in found:
        if each.body_id not in shown:
            continue
        link = page_link(shown[each.body_id], context.locale)
        line = [TextPart(text=link.title, url=link.url, language=link.language)]
        capacity = capacities.get(each.capacity_id or 0)
        if capacity:
            language = foreign_language(capacity, context.locale)
            line += [TextPart(text=": "), TextPart(text=str(capacity), language=language)]
        lines.append(line)
    if not lines:
        return []
    return [
        SentencesSection(key="overleggen", title=gettext("Zit in deze overleggen"), sentences=lines, order=AFTER_BODY)
    ]
