"""What the Kennisbank adds to pages of other apps: their newest publications."""

from django.db.models import Q
from django.utils.translation import gettext

from cms.rendering.context import RenderContext
from cms.sections import RELATED, CardsSection
from districts.models import DistrictPage, Municipality
from kennisbank.publications import address_name, current_publications, kennisbank_link, publication_cards
from themes.models import ThemePage

NUMBER = 6


def publications_on_theme(page: ThemePage, context: RenderContext) -> list[CardsSection]:
    """On a theme: the newest about it."""
    about = Q(themes__translation_key=page.translation_key)
    return _newest(about, gettext("Alle publicaties over dit thema"), context, thema=address_name(page))


def publications_on_district(page: DistrictPage, context: RenderContext) -> list[CardsSection]:
    """On a district: the newest about it."""
    about = Q(districts__translation_key=page.translation_key)
    return _newest(about, gettext("Alle publicaties over dit district"), context, district=address_name(page))


def publications_on_municipality(municipality: Municipality, context: RenderContext) -> list[CardsSection]:
    """On a municipality: the newest about it, and its safety plans."""
    # Two joins to many rows would double a publication, so the municipality is looked up in a subquery.
    about = Q(pk__in=municipality.publications.values("pk")) | Q(safety_plan__municipality=municipality)
    return _newest(about, gettext("Naar de Kennisbank"), context)


def _newest(about: Q, words: str, context: RenderContext, **chosen: str) -> list[CardsSection]:
    cards = publication_cards(current_publications(context.site).filter(about)[:NUMBER], context)
    if not cards:
        return []
    return [
        CardsSection(
            key="publicaties",
            title=gettext("Uit de Kennisbank"),
            cards=cards,
            more=kennisbank_link(words, context, **chosen),
            order=RELATED + 5,
        )
    ]
