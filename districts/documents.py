"""Where a safety plan can be read: the app that keeps the documents says so, for it stands above this one."""

from collections.abc import Callable, Iterable, Sequence

from wagtail.models import Locale, Site

from cms.rendering.values import Link

PlanDocuments = Callable[[Sequence[int], Site, Locale], dict[int, Link]]
_providers: list[PlanDocuments] = []


def register_plan_documents(provider: PlanDocuments) -> None:
    """Let `provider(plan ids, site, locale)` give the page of the document of plans, {plan id: link}.

    It gives only what the public may see. Call it from an AppConfig's `ready()`.
    """
    if provider not in _providers:
        _providers.append(provider)


def documents_of(plans: Iterable[int], site: Site, locale: Locale) -> dict[int, Link]:
    """Give the pages of the documents of these plans, for those that have one."""
    ids = sorted(set(plans))
    return {pk: link for provider in _providers for pk, link in provider(ids, site, locale).items()} if ids else {}
