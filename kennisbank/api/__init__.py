"""Publications in the API: the search, its completions, and one publication with its files and their versions."""

from cms.api.page_types import register_record_view
from kennisbank.api.endpoints import TAGS, router
from kennisbank.views import ThemeDistrictView

register_record_view(ThemeDistrictView)

__all__ = ["TAGS", "router"]
