"""What districts and plans add to pages of other apps."""

from django.utils.translation import gettext, ngettext

from cms.rendering.context import RenderContext
from cms.rendering.links import in_own_language, page_link
from cms.sections import AFTER_BODY, RELATED, BaseSection, LinkGroup, LinksSection
from districts.addresses import MunicipalityAddresses
from districts.matrix import matrix_link
from districts.models import DistrictPage
from districts.names import in_dutch_order
from districts.priorities import municipalities_of_today, priorities_of_today
from districts.tiles import with_map
from network.models import NetworkBodyPage
from themes.models import ThemePage


def municipalities_with_priority(page: ThemePage, context: RenderContext) -> list[BaseSection]:
    """On a theme: the municipalities whose plan of today gives it priority."""
    theme = in_own_language(page).pk
    chosen = {each.municipality for each in priorities_of_today(context) if each.theme == theme}
    municipalities = in_dutch_order(each for each in municipalities_of_today(context) if each.pk in chosen)
    links = MunicipalityAddresses.on_page(context).links(municipalities) if municipalities else []
    if not links:
        return []
    number = len(links)
    introduction = ngettext(
        "%(number)d gemeente noemt dit thema in haar veiligheidsplan van nu.",
        "%(number)d gemeenten noemen dit thema in hun veiligheidsplan van nu.",
        number,
    ) % {"number": number}
    section = LinksSection(
        key="voorrang",
        title=ngettext("Deze gemeente geeft dit thema voorrang", "Deze gemeenten geven dit thema voorrang", number),
        introduction=introduction,
        groups=[LinkGroup(links=links)],
        more=matrix_link(gettext("Vergelijk alle gemeenten"), context, thema=in_own_language(page).slug),
        order=RELATED,
    )
    return [
        with_map(
            section,
            context,
            marked={municipality.pk for municipality in municipalities},
            marked_label=gettext("geeft voorrang"),
            unmarked_label=gettext("geeft geen voorrang"),
        )
    ]


def districts_of_body(page: NetworkBodyPage, context: RenderContext) -> list[LinksSection]:
    """On a body: the districts whose mayors meet in it."""
    body, districts = in_own_language(page).pk, context.sources(DistrictPage).values()
    links = [page_link(each.shown, context.locale) for each in districts if each.own.network_body_id == body]
    if not links:
        return []
    return [
        LinksSection(
            key="districten",
            title=ngettext("Voor dit district", "Voor deze districten", len(links)),
            groups=[LinkGroup(links=links)],
            order=AFTER_BODY,
        )
    ]
