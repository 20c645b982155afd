"""What tests of all apps share."""

import pytest

from tests.search import reindex


@pytest.fixture
def indexed(db) -> None:
    """Everything findable that is there already, in a live search index. See also `tests.search.reindex`."""
    reindex()
