"""Publications in the API: the search, its completions, and one publication with its files and their versions."""

from kennisbank.api.endpoints import TAGS, router

__all__ = ["TAGS", "router"]
