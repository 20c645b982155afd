"""A search index for tests."""

from wagtail.models import Page

from cms.search import versions
from cms.search.entries import record_providers
from cms.search.indexing import index_keys
from cms.search.loading import page_key


def reindex() -> None:
    """Put all that is findable into a live index, as the worker does."""
    versions.ensure_live()
    keys = [page_key(pk) for pk in Page.objects.filter(depth__gt=1).values_list("pk", flat=True)]
    keys += [entry.key for provider in record_providers().values() for entry in provider(None)]
    index_keys(keys)
