"""Lets Wagtail's own APIs tell of a page what ours tells: without `api_fields` they give little more than its title."""

from typing import Any

from django.apps import AppConfig


class PeersConfig(AppConfig):
    """Names the fields of each page type, before Wagtail's API v3 makes its schemas of them."""

    name = "tests.bench.site"
    label = "bench_site"

    def ready(self) -> None:
        from wagtail.models import Page, get_page_models

        from cms.models import BasePage

        known = {field.name for field in Page._meta.get_fields()}
        for model in get_page_models():
            if issubclass(model, BasePage):
                model.api_fields = sorted(_own_names(model) - known)


def _own_names(model: Any) -> set[str]:
    """Give the names of texts, choices and lists that stand on the page itself."""
    fields = {field.name for field in model._meta.local_fields if not field.primary_key}
    many = {field.name for field in model._meta.local_many_to_many}
    children = {relation.get_accessor_name() for relation in getattr(model._meta, "child_relations", [])}
    return (fields | many | children) - NOT_TOLD


# Who keeps a page is nobody's business outside; ours does not tell it either.
NOT_TOLD = {"responsible_group", "responsible_user", "review_date"}
