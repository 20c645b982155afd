"""Districts in the overview block."""

from django.utils.translation import gettext

from cms.blocks.overview import Overview, Pages, more_link
from cms.rendering.context import RenderContext, page_cards
from cms.rendering.values import Card
from districts.models import DistrictIndexPage
from districts.sections import public_districts, with_counts


def choices() -> list[tuple[str, str]]:
    """Give what an editor can choose."""
    return [("", gettext("Alle districten"))]


def districts(choice: str, context: RenderContext) -> Overview:
    """Give all districts, in the order of the page tree; a card says how many municipalities there are."""
    return Overview(
        pages=public_districts(context),
        empty=gettext("Er zijn nog geen districten."),
        more=more_link(DistrictIndexPage, gettext("Alle districten"), context),
        cards=_cards,
    )


def _cards(pages: Pages, context: RenderContext) -> list[Card]:
    return with_counts(pages, page_cards(pages.values(), context))
