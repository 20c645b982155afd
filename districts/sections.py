"""The sections of pages of districts, and the view of a municipality."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from cms.caching.shared import shared
from cms.rendering.build import breadcrumbs, browser_title, date_text, ordered, translations
from cms.rendering.context import RenderContext, page_cards
from cms.rendering.links import in_own_language, localized, page_link, page_path
from cms.rendering.richtext import rich_text_html
from cms.rendering.values import Card, Fact, Link, TextPart
from cms.rendering.view import PageView, Seo
from cms.sections import (
    AFTER_BODY,
    BODY,
    LEAD,
    RELATED,
    BaseSection,
    CardsSection,
    FactsSection,
    LinkGroup,
    LinksSection,
    TableSection,
    TextSection,
    provided_sections,
)
from districts import models
from districts.addresses import MunicipalityAddresses
from districts.matrix import matrix_link
from districts.names import in_dutch_order, municipality_count
from districts.priorities import Asked, Matrix, municipalities_ever, municipalities_of_today, this_year
from districts.tiles import Placed, tile_map, with_map
from districts.views import MunicipalityView


def municipalities_of(page: models.DistrictPage, context: RenderContext) -> list[models.Municipality]:
    """Give the municipalities that the district has today, in Dutch order, in whatever language `page` is."""
    own = context.once(("own page", page.pk), lambda: in_own_language(page).pk)
    return in_dutch_order(item for item in municipalities_of_today(context) if item.district_id == own)


def public_districts(context: RenderContext) -> dict[int, models.DistrictPage]:
    """Give all districts of the site in the reader's language, in the order of the page tree: {source id: page}."""
    return context.of_type(models.DistrictPage)


def with_counts(districts: Iterable[int], cards: Iterable[Card]) -> list[Card]:
    """Add to the cards of these districts (by id of the source page) how many municipalities each has. One query."""
    counts = shared("municipalities by district", _counts)
    return [
        card.model_copy(update={"details": [municipality_count(counts[pk])] if pk in counts else []})
        for pk, card in zip(districts, cards, strict=True)
    ]


def _counts() -> dict[int, int]:
    today = models.Municipality.objects.valid_on().order_by("district_id")
    return dict(today.values_list("district_id").annotate(Count("pk")))


def district_cards(page: models.DistrictIndexPage, context: RenderContext) -> list[CardsSection]:
    """Give all districts as cards."""
    districts = public_districts(context)
    return [
        CardsSection(
            key="districten",
            title=gettext("De districten"),
            cards=with_counts(districts, page_cards(districts.values(), context)),
            empty=gettext("Er zijn nog geen districten."),
            order=LEAD,
        )
    ]


def all_municipalities(page: models.DistrictIndexPage, context: RenderContext) -> list[BaseSection]:
    """Give the map with the municipalities of today by district; nothing where no tile is placed."""
    placed = Placed.of(context)
    addresses = MunicipalityAddresses.on_page(context)
    members: dict[int, list[models.Municipality]] = {pk: [] for pk in placed.districts}
    for item in placed.municipalities:
        members.get(item.district_id, []).append(item)
    groups = [
        LinkGroup(title=placed.districts[pk].title, links=addresses.links(found)) for pk, found in members.items()
    ]
    section = tile_map(
        context,
        skip_to="kaart-lijst",
        key="kaart",
        title=gettext("De gemeenten op de kaart"),
        groups=[group for group in groups if group.links],
        order=LEAD + 1,
    )
    return [section] if section else []


def district_facts(page: models.DistrictPage, context: RenderContext) -> list[FactsSection]:
    """Give the district in figures: how many municipalities, and its consultation of mayors."""
    facts = []
    number = len(municipalities_of(page, context))
    if number:
        link = TextPart(text=municipality_count(number), url=f"{page_path(page)}#gemeenten")
        facts.append(Fact(term=gettext("Gemeenten"), values=[[link]]))
    body = _body_link(page, context)
    if body:
        facts.append(Fact(term=gettext("Overleg van de burgemeesters"), values=[[_part(body)]]))
    facts += [Fact(term=fact.label, values=[[TextPart(text=fact.value)]]) for fact in page.facts.all()]
    return [FactsSection(key="in-het-kort", title=gettext("In het kort"), facts=facts, order=LEAD)] if facts else []


def practice(page: models.DistrictPage, context: RenderContext) -> list[TextSection]:
    """Give the text about how the district works."""
    html = rich_text_html(page.practice, context)
    title = gettext("Zo werkt het district")
    return [TextSection(key="praktijk", title=title, html=html, order=BODY)] if html.strip() else []


def district_municipalities(page: models.DistrictPage, context: RenderContext) -> list[BaseSection]:
    """Give the district's municipalities of today, on the map and as links."""
    municipalities = municipalities_of(page, context)
    links = MunicipalityAddresses.on_page(context).links(municipalities) if municipalities else []
    if not links:
        return []
    number = len(links)
    introduction = ngettext(
        "Bij dit district hoort %(number)d gemeente.", "Bij dit district horen %(number)d gemeenten.", number
    ) % {"number": number}
    section = LinksSection(
        key="gemeenten",
        title=gettext("Gemeenten"),
        introduction=introduction,
        groups=[LinkGroup(links=links)],
        order=AFTER_BODY,
    )
    return [
        with_map(
            section,
            context,
            marked={municipality.pk for municipality in municipalities},
            marked_label=gettext("in dit district"),
            unmarked_label=gettext("in een ander district"),
        )
    ]


def district_plans(page: models.DistrictPage, context: RenderContext) -> list[TableSection]:
    """Give the safety plans of today of the district's municipalities, with the themes that have priority."""
    matrix = Matrix.on_page(Asked(this_year()), context)
    own = {municipality.pk for municipality in municipalities_of(page, context)}
    found = {row.municipality.pk: row for row in matrix.all_rows if row.municipality.pk in own and row.plan}
    if not found:
        return []
    addresses = MunicipalityAddresses.on_page(context)
    links = {pk: page_link(source.shown, context.locale) for pk, source in matrix.themes.items()}
    rows = [
        [
            [addresses.part(municipality)],
            [TextPart(text=row.plan.period)],
            _listed([link for pk, link in links.items() if pk in row.themes]),
        ]
        for municipality in municipalities_of(page, context)
        if (row := found.get(municipality.pk)) and row.plan
    ]
    purpose = gettext("In een veiligheidsplan staat aan welke thema's een gemeente voorrang geeft.")
    return [
        TableSection(
            key="veiligheidsplannen",
            title=gettext("Veiligheidsplannen"),
            introduction=" ".join([purpose, *_notes((row.plan for row in found.values() if row.plan), context)]),
            columns=[gettext("Gemeente"), gettext("Looptijd"), gettext("Thema's met voorrang")],
            rows=rows,
            order=RELATED,
        )
    ]


def district_values(page: models.DistrictPage, context: RenderContext) -> dict[str, Any]:
    """Give what the district's typed view holds beyond that of any page."""
    return {"network_body": _body_link(page, context), "municipality_count": len(municipalities_of(page, context))}


def municipality_groups(page: models.MunicipalityIndexPage, context: RenderContext) -> list[BaseSection]:
    """Give links to all municipalities of today, by district, and last those that merged into another."""
    addresses = MunicipalityAddresses.below(page)
    here = models.Municipality.objects.of(context.site)
    today = set(here.valid_on().values_list("pk", flat=True))
    everything = in_dutch_order(here)
    source = Page.objects.filter(pk__in={item.district_id for item in everything})
    districts = localized(source.order_by("path"), context.site, context.locale)
    by_district: dict[int, list[models.Municipality]] = {pk: [] for pk in [*districts, 0]}
    for item in everything:
        if item.pk in today:
            by_district[item.district_id if item.district_id in districts else 0].append(item)
    named = [(districts[pk].title if pk else gettext("Andere gemeenten"), found) for pk, found in by_district.items()]
    named.append((gettext("Opgegaan in een andere gemeente"), [item for item in everything if _has_merged(item)]))
    groups = [LinkGroup(title=title, links=addresses.links(found)) for title, found in named if found]
    if not groups:
        return [CardsSection(key="gemeenten", cards=[], empty=gettext("Er zijn nog geen gemeenten."), order=LEAD)]
    section = LinksSection(
        key="gemeenten",
        title=gettext("Gemeenten per district"),
        introduction=municipality_count(len(today)),
        groups=groups,
        more=matrix_link(gettext("Vergelijk waar gemeenten voorrang aan geven"), context),
        order=LEAD,
    )
    return [with_map(section, context)]


def municipality_at(page: models.MunicipalityIndexPage, components: list[str]) -> models.Municipality | None:
    """Give the municipality, merged or not, whose address below `page` ends in these components."""
    if len(components) != 1:
        return None
    found = models.Municipality.objects.of(page).filter(slug=components[0])
    return found.select_related("district", "successor").first()


def municipality_view(
    page: models.MunicipalityIndexPage, municipality: models.Municipality, context: RenderContext
) -> PageView:
    """Give the view of a municipality's page, which stands below `page` and is in its language."""
    from districts.municipality import (  # needs the models
        contact,
        local_bodies,
        local_consultation,
        neighbours,
        priorities,
    )
    from districts.organisations import organisations_on  # these need the models
    from network.models import NetworkBodyPage
    from network.partners import seats

    addresses = MunicipalityAddresses.below(page)
    consulted = municipality.district.network_body_id
    pages = context.shown(models.DistrictPage, [municipality.district_id])
    pages |= context.shown(NetworkBodyPage, [consulted] if consulted else [])
    local = {pk: page for pk, page in local_bodies(context).items() if pk not in pages}
    district, body = (
        page_link(pages[pk], context.locale) if pk in pages else None for pk in (municipality.district_id, consulted)
    )
    holders = [pages[pk] for pk in (municipality.district_id, consulted) if pk in pages]
    url = addresses.path(municipality)
    language = context.locale.language_code
    introduction = introduction_of(municipality, district)
    merged = municipality.successor if _has_merged(municipality) else None
    successor = Link(title=merged.name, url=addresses.path(merged)) if merged else None
    return MunicipalityView(
        title=municipality.name,
        label=gettext("Gemeente"),
        introduction=introduction,
        language=language,
        url=url,
        seo=Seo(
            title=browser_title(gettext("Gemeente %(name)s") % {"name": municipality.name}, context.site),
            description=introduction,
        ),
        breadcrumbs=[*breadcrumbs(page, context), page_link(page, context.locale)],
        translations=[
            overview.model_copy(update={"url": f"{overview.url}{municipality.slug}/"})
            for overview in translations(page, context)
        ],
        notice=_merger(municipality) if merged else "",
        notice_link=successor,
        code=municipality.code,
        district=district,
        successor=successor,
        valid_to=municipality.valid_to,
        sections=ordered(
            [
                *_municipality_facts(
                    municipality, district, body, local_consultation(municipality, local, context), addresses, context
                ),
                *priorities(municipality, addresses, context),
                *seats(organisations_on(municipality, context), context),
                *(neighbours(municipality, addresses, context) if municipality.exists_today() else []),
                *contact(holders, context),
                *provided_sections(municipality, context),
            ]
        ),
    )


def _municipality_facts(
    municipality: models.Municipality,
    district: Link | None,
    body: Link | None,
    consultation: list[Fact],
    addresses: MunicipalityAddresses,
    context: RenderContext,
) -> list[FactsSection]:
    facts = []
    if district:
        facts.append(Fact(term=gettext("District"), values=[[_part(district)]]))
    if body and not municipality.has_ended():
        facts.append(Fact(term=gettext("Overleg van de burgemeesters"), values=[[_part(body)]]))
    if municipality.exists_today():
        facts += consultation
    facts.append(Fact(term=gettext("CBS-code"), values=[[TextPart(text=municipality.code)]]))
    every = municipalities_ever(context).values()
    predecessors = in_dutch_order(each for each in every if each.successor_id == municipality.pk)
    if predecessors:
        values = [[addresses.part(predecessor)] for predecessor in predecessors]
        facts.append(Fact(term=gettext("Ontstaan uit"), values=values))
    return [FactsSection(key="in-het-kort", title=gettext("In het kort"), facts=facts, order=LEAD)]


def _notes(plans: Iterable[models.SafetyPlan], context: RenderContext) -> list[str]:
    """Give what plans say about themselves, once each; only in the site's own language, the one they are written in."""
    if context.locale.language_code != settings.LANGUAGE_CODE:
        return []
    return list(dict.fromkeys(plan.note for plan in plans if plan.note))


def _has_merged(municipality: models.Municipality) -> bool:
    return municipality.successor_id is not None and municipality.has_ended()


def introduction_of(municipality: models.Municipality, district: Link | None) -> str:
    """Say to which district the municipality belongs; nothing where that is not public."""
    if district is None:
        return ""
    names = {"name": municipality.name, "district": district.title}
    if municipality.has_ended():
        return gettext("De gemeente %(name)s hoorde bij het district %(district)s.") % names
    return gettext("De gemeente %(name)s hoort bij het district %(district)s.") % names


def _merger(municipality: models.Municipality) -> str:
    return gettext("Deze gemeente bestaat niet meer. Zij is op %(day)s opgegaan in %(successor)s.") % {
        "day": date_text(municipality.valid_to),
        "successor": municipality.successor,
    }


def _body_link(page: models.DistrictPage, context: RenderContext) -> Link | None:
    from network.models import NetworkBodyPage  # needs the models

    body = page.network_body_id
    if body is None:
        return None
    found = context.once(("body", page.pk), lambda: context.shown(NetworkBodyPage, [body]))
    return page_link(found[body], context.locale) if found else None


def _part(link: Link) -> TextPart:
    return TextPart(text=link.title, url=link.url, language=link.language)


def _listed(links: list[Link]) -> list[TextPart]:
    """Give links as one row of text, with commas between."""
    return [part for link in links for part in (TextPart(text=", "), _part(link))][1:]
