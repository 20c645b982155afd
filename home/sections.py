"""The five parts of the home page, fed from data: pages in its language, or in the site's own where there is none."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from wagtail.models import Page

from cms.models import holding_on
from cms.rendering.context import RenderContext, page_cards
from cms.rendering.links import localized, page_link, worded_link
from cms.rendering.richtext import rich_text_html
from cms.rendering.values import Card, Link
from cms.sections import RELATED, BaseSection, CallToActionSection, CardsSection, LinkGroup, LinksSection, TextSection
from cms.visibility import visible, without_fallbacks
from districts.addresses import MunicipalityAddresses
from districts.finder import finder
from districts.models import DistrictIndexPage
from districts.sections import public_districts, with_counts
from home import models
from kennisbank.models import KennisbankPage
from network.models import NetworkBodyPage, NetworkPage
from themes.models import ThemeIndexPage
from themes.sections import public_themes


def home_parts(page: models.HomePage, context: RenderContext) -> list[BaseSection]:
    """Give the parts that have something to show; part n stands at place 10n."""
    themes, districts = public_themes(context), public_districts(context)
    # One call for both kinds of cards: their pictures come in bulk.
    cards = page_cards([*themes.values(), *districts.values()], context)
    return [
        *_about(page, context),
        *_themes(page, context, cards[: len(themes)]),
        *_kennisbank(page, context),
        *_network(page, context),
        # Between the text after the fourth part and the districts.
        *finder(MunicipalityAddresses.on_page(context), context, order=48),
        *_districts(page, context, with_counts(districts, cards[len(themes) :])),
    ]


def home_values(page: models.HomePage, context: RenderContext) -> dict[str, Any]:
    """Give the slogan as the page's heading, and the ways into the site."""
    ways = [
        _more(ThemeIndexPage, gettext("Bekijk de thema's"), context),
        _more(KennisbankPage, gettext("Zoek in de Kennisbank"), context),
    ]
    return {"title": page.slogan, "ways_in": [way for way in ways if way]}


def pages_below(page: models.ContentPage, context: RenderContext) -> list[CardsSection]:
    """Give the pages that stand below a content page, as the way further down."""
    children = visible(models.ContentPage.objects.child_of(page).defer_streamfields(), context.site)
    cards = page_cards(without_fallbacks(children).order_by("path"), context)
    return [CardsSection(key="meer", title=gettext("Meer hierover"), cards=cards, order=RELATED)] if cards else []


def _more(model: type[Page], words: str, context: RenderContext) -> Link | None:
    front = context.front_page(model)
    return worded_link(front, words, context.locale) if front else None


def _about(page: models.HomePage, context: RenderContext) -> list[TextSection]:
    html = rich_text_html(page.about, context)
    title = page.about_title or gettext("Wat is het netwerk?")
    return [TextSection(key="netwerk-in-het-kort", title=title, html=html, order=10)] if html.strip() else []


def _themes(page: models.HomePage, context: RenderContext, cards: list[Card]) -> list[CardsSection]:
    if not cards:
        return []
    return [
        CardsSection(
            key="themas",
            title=page.themes_title or gettext("Thema's"),
            introduction=page.themes_text,
            cards=cards,
            more=_more(ThemeIndexPage, gettext("Alle thema's"), context),
            order=20,
        )
    ]


def _kennisbank(page: models.HomePage, context: RenderContext) -> list[CallToActionSection]:
    link = _more(KennisbankPage, gettext("Zoek in de Kennisbank"), context)
    if link is None:
        return []
    return [
        CallToActionSection(
            key="kennisbank",
            title=page.kennisbank_title or gettext("Kennisbank"),
            text=page.kennisbank_text or gettext("Alle publicaties van het netwerk staan bij elkaar."),
            links=[link],
            order=30,
        )
    ]


def _network(page: models.HomePage, context: RenderContext) -> list[LinksSection]:
    """The bodies that belong to no other body, by tier, from the whole region to the neighbourhood."""
    bodies = context.shared("bodies by themselves", lambda: _bodies(context)).values()
    top = min((body.depth for body in bodies), default=0)
    tiers = [NetworkBodyPage.Tier.REGION, NetworkBodyPage.Tier.DISTRICT, NetworkBodyPage.Tier.LOCAL]
    groups = [
        LinkGroup(
            title=str(tier.label),
            links=[page_link(body, context.locale) for body in bodies if body.tier == tier and body.depth == top],
        )
        for tier in tiers
    ]
    groups = [group for group in groups if group.links]
    if not groups:
        return []
    return [
        LinksSection(
            key="netwerk",
            title=page.network_title or gettext("Zo zit het netwerk in elkaar"),
            introduction=page.network_text,
            groups=groups,
            more=_more(NetworkPage, gettext("Het hele netwerk"), context),
            order=40,
        )
    ]


def _bodies(context: RenderContext) -> dict[int, NetworkBodyPage]:
    source = NetworkBodyPage.objects.filter(holding_on(), locale__language_code=settings.LANGUAGE_CODE).order_by("path")
    return localized(source, context.site, context.locale)


def _districts(page: models.HomePage, context: RenderContext, cards: list[Card]) -> list[CardsSection]:
    if not cards:
        return []
    return [
        CardsSection(
            key="districten",
            title=page.districts_title or gettext("Districten"),
            introduction=page.districts_text,
            cards=cards,
            more=_more(DistrictIndexPage, gettext("Alle districten"), context),
            order=50,
        )
    ]
