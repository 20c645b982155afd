"""The one way to ask the index: `find` for results, `complete` while somebody types."""

from cms.search.values import Answer, Question


def find(question: Question) -> Answer:
    """Give what the reader may see and asked for."""
    return Answer(total=0)


def complete(site_id: int, language: str, typed: str, kinds: frozenset[str] = frozenset(), most: int = 8) -> list[str]:
    """Give ways to go on from at least two letters, best first, all of which find something public."""
    return []
