"""The search page."""

from home.models import HomePage, SearchPage
from tests.cms.factories import publish


def make_search_page(home: HomePage, **values: object) -> SearchPage:
    """Add the search page below a home page."""
    return publish(home, SearchPage(**{"title": "Zoeken", "slug": "zoeken", **values}))
