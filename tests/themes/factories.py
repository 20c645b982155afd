"""Themes of an example network."""

import itertools

from wagtail.models import Page

from tests.cms.factories import publish
from themes.models import ThemeIndexPage, ThemePage, ThemePartnerRole

_numbers = itertools.count(1)


def make_theme_index(home: Page) -> ThemeIndexPage:
    """Add the published overview of themes below the home page."""
    return publish(home, ThemeIndexPage(title="Thema's", slug="themas"))


def make_theme(index: Page, title: str = "Ondermijning", partners: tuple[str, ...] = (), **values: object) -> ThemePage:
    """Add a published theme, with a text for each of the partners."""
    theme = ThemePage(**{"title": title, "slug": f"thema-{next(_numbers)}", **values})
    theme.partner_roles = [
        ThemePartnerRole(partner=partner, text=f"<p>{partner} helpt.</p>", locale=index.locale) for partner in partners
    ]
    return publish(index, theme)
