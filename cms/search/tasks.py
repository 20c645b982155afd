"""The worker's part of the search."""

import contextlib

from django_tasks import task

from cms.search import building
from cms.search.indexing import index_pending


# Before pictures and documents: what is published should be found within seconds.
@task(priority=50)
def index_changes() -> None:
    """Put into the index what changed."""
    index_pending()


@task()
def rebuild_index() -> None:
    """Build a whole new index."""
    with contextlib.suppress(building.BusyError):
        building.rebuild()
