"""The sections of a municipality's page beyond its facts: whom to ask, its plan, who is near and who does the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page

from cms.models import Contact
from cms.names import sort_key
from cms.rendering.context import RenderContext
from cms.rendering.links import page_link
from cms.rendering.values import Fact, Link, TextPart
from cms.sections import BODY, RELATED, BaseSection, LinkGroup, LinksSection, TableSection
from districts.addresses import MunicipalityAddresses
from districts.documents import documents_of
from districts.matrix import matrix_link
from districts.models import Municipality, SafetyPlan
from districts.names import in_dutch_order
from districts.organisations import organisations_on
from districts.priorities import municipalities_of_today, priorities_of_today, themes_of
from network.models import Membership, NetworkBodyPage
from themes.models import ThemePage

MOST_ALIKE = 5
# The places that share a side with a tile.
SIDES = ((0, -1), (1, 0), (0, 1), (-1, 0))


def local_bodies(context: RenderContext) -> dict[int, Page]:
    """Give the local bodies, where mayor, police and prosecutor meet: {source id: page}."""
    bodies = context.sources(NetworkBodyPage).items()
    return {pk: source.shown for pk, source in bodies if source.own.tier == NetworkBodyPage.Tier.LOCAL}


def local_consultation(municipality: Municipality, bodies: Mapping[int, Page], context: RenderContext) -> list[Fact]:
    """Give which of these local bodies, given as {source id: page}, are the municipality's. One query at most.

    Those in which it sits itself, as that of its base team; where none says so, those that belong to no other one.
    """
    if not bodies:
        return []
    top = min(page.depth for page in bodies.values())
    chosen = [page for page in bodies.values() if page.depth == top]
    if len(bodies) > len(chosen):
        seats = Membership.objects.valid_on().filter(body__in=list(bodies))
        own = set(
            seats.filter(organisation__in=organisations_on(municipality, context)).values_list("body_id", flat=True)
        )
        chosen = [page for pk, page in bodies.items() if pk in own] or chosen
    links = [page_link(page, context.locale) for page in sorted(chosen, key=lambda page: page.path)]
    return [Fact(term=gettext("Lokaal overleg met politie en OM"), values=[[_part(link)] for link in links])]


def contact(holders: Iterable[Page], context: RenderContext) -> list[BaseSection]:
    """Give whom to ask: of the first of these pages (as readers get them) that names somebody."""
    for page in holders:
        sections = page.specific.contact_sections() if issubclass(page.specific_class, Contact) else []
        if sections:
            where = gettext("U kunt terecht bij: %(name)s.") % {"name": page.title}
            return [section.model_copy(update={"introduction": where}) for section in sections]
    return []


def priorities(
    municipality: Municipality, addresses: MunicipalityAddresses, context: RenderContext
) -> list[BaseSection]:
    """Give what its plan of today gives priority, and which municipalities do the same. Six queries at most."""
    plan = SafetyPlan.objects.current().filter(municipality=municipality).order_by("-first_year").first()
    if plan is None:
        return _no_plan(municipality)
    themes = _themes_of(plan, context)
    if not themes:
        return _document(plan, context)
    introduction = gettext("Deze thema's staan voorop in het veiligheidsplan %(period)s.") % {"period": plan.period}
    # A note is written in the site's own language.
    note = plan.note if context.locale.language_code == settings.LANGUAGE_CODE else ""
    return [
        LinksSection(
            key="voorrang",
            title=gettext("Thema's met voorrang"),
            introduction=f"{introduction} {note}".strip(),
            groups=[LinkGroup(links=list(themes.values()))],
            more=matrix_link(gettext("Vergelijk met andere gemeenten"), context, district=municipality.district.slug),
            order=BODY,
        ),
        *_document(plan, context),
        *_same_priorities(municipality, themes, addresses, context),
    ]


def _document(plan: SafetyPlan, context: RenderContext) -> list[BaseSection]:
    link = documents_of([plan.pk], context.site, context.locale).get(plan.pk)
    if link is None:
        return []
    title = gettext("Het veiligheidsplan zelf")
    return [LinksSection(key="veiligheidsplan", title=title, groups=[LinkGroup(links=[link])], order=BODY + 1)]


def _themes_of(plan: SafetyPlan, context: RenderContext) -> dict[int, Link]:
    """Give the plan's themes as links, in the order of the page tree: {source id: link}. One query at most."""
    chosen = {each.theme for each in priorities_of_today(context) if each.plan == plan.pk}
    if not chosen:
        # Of a municipality that is there no more, or a plan without themes.
        chosen = themes_of([plan])[plan.pk]
    themes = context.of_type(ThemePage).items()
    return {pk: page_link(theme, context.locale) for pk, theme in themes if pk in chosen}


def _no_plan(municipality: Municipality) -> list[BaseSection]:
    """Say that no plan of today is known, and when the last one ended. One query."""
    if not municipality.exists_today():
        return []
    past = SafetyPlan.objects.filter(municipality=municipality, last_year__lt=timezone.localdate().year)
    last = past.order_by("-last_year").first()
    text = gettext("Van deze gemeente kennen we geen veiligheidsplan dat nu geldt.")
    if last:
        text += " " + gettext("Het vorige plan liep van %(first)d tot en met %(last)d.") % {
            "first": last.first_year,
            "last": last.last_year,
        }
    return [
        LinksSection(key="voorrang", title=gettext("Thema's met voorrang"), introduction=text, groups=[], order=BODY)
    ]


def _same_priorities(
    municipality: Municipality, themes: Mapping[int, Link], addresses: MunicipalityAddresses, context: RenderContext
) -> list[BaseSection]:
    """Give the municipalities whose plans of today share most of these themes, given as {source id: link}.

    Of as many shared themes, those of the own district go first.
    """
    shared: dict[int, set[int]] = defaultdict(set)
    for each in priorities_of_today(context):
        if each.theme in themes and each.municipality != municipality.pk:
            shared[each.municipality].add(each.theme)
    ranked = sorted(
        (item for item in municipalities_of_today(context) if item.pk in shared),
        key=lambda item: (-len(shared[item.pk]), item.district_id != municipality.district_id, sort_key(item.name)),
    )[:MOST_ALIKE]
    if not ranked:
        return []
    rows = [
        [
            [addresses.part(item)],
            [TextPart(text=str(len(shared[item.pk])))],
            _listed([link for pk, link in themes.items() if pk in shared[item.pk]]),
        ]
        for item in ranked
    ]
    return [
        TableSection(
            key="zelfde-voorrang",
            title=gettext("Gemeenten met dezelfde thema's"),
            introduction=gettext("Deze gemeenten geven voorrang aan de meeste thema's die ook hier voorrang hebben."),
            columns=[gettext("Gemeente"), gettext("Aantal"), gettext("Thema's die beide voorrang geven")],
            rows=rows,
            order=RELATED,
        )
    ]


def neighbours(
    municipality: Municipality, addresses: MunicipalityAddresses, context: RenderContext
) -> list[BaseSection]:
    """Give the municipalities whose tiles share a side with this one's: near, if not always a neighbour."""
    if municipality.tile_x is None or municipality.tile_y is None or not addresses.base:
        return []
    places = {(municipality.tile_x + right, municipality.tile_y + down) for right, down in SIDES}
    near = in_dutch_order(item for item in municipalities_of_today(context) if (item.tile_x, item.tile_y) in places)
    if not near:
        return []
    return [
        LinksSection(
            key="in-de-buurt",
            title=gettext("In de buurt"),
            introduction=gettext("Deze gemeenten staan op de vakjeskaart naast %(name)s.")
            % {"name": municipality.name},
            groups=[LinkGroup(links=addresses.links(near))],
            order=RELATED + 8,
        )
    ]


def _part(link: Link) -> TextPart:
    return TextPart(text=link.title, url=link.url, language=link.language)


def _listed(links: list[Link]) -> list[TextPart]:
    return [part for link in links for part in (TextPart(text=", "), _part(link))][1:]
