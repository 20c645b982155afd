"""Themes in the overview block."""

from django.utils.translation import gettext

from cms.blocks.overview import Overview, more_link
from cms.rendering.context import RenderContext
from themes.models import ThemeIndexPage
from themes.sections import public_themes


def choices() -> list[tuple[str, str]]:
    """Give what an editor can choose."""
    return [("", gettext("Alle thema's"))]


def themes(choice: str, context: RenderContext) -> Overview:
    """Give all themes, in the order of the page tree."""
    return Overview(
        pages=public_themes(context),
        empty=gettext("Er staan nog geen thema's op de site."),
        more=more_link(ThemeIndexPage, gettext("Alle thema's"), context),
    )
