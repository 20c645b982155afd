"""THE rule for what the public may see. Every list, search, feed, sitemap and endpoint starts from these querysets.

Not included, on purpose: what a logged-in or password-holding reader may see. Wagtail's own view decides that per
page; `passed_restrictions` tells the search.
"""

from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Now
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site

PageType = TypeVar("PageType", bound=Page)


def _outer(path: str) -> ExpressionWrapper:
    # A bare OuterRef has no lookups, so it could not stand at the left of "startswith".
    return ExpressionWrapper(OuterRef(path), output_field=CharField())


def _expired() -> Q:
    return Q(expire_at__lte=Now())


def published(pages: QuerySet[PageType]) -> QuerySet[PageType]:
    """Keep pages that are live and not expired, and all of whose ancestors are too; privacy is not looked at.

    Wagtail leaves a page under an unpublished parent live, and an expired one until its scheduler has run.
    """
    # `numchild` would narrow this down, but the save of a page loaded before it got children sets it back to 0.
    hidden_parent = (
        Page.objects.filter(Q(live=False) | _expired())
        .annotate(descendant=_outer("path"))
        .filter(descendant__startswith=F("path"))
    )
    return pages.filter(live=True).exclude(_expired()).exclude(Exists(hidden_parent))


def visible(pages: QuerySet[PageType], site: Site | None = None) -> QuerySet[PageType]:
    """Keep pages that an anonymous reader may see: published, and neither private nor below a private page.

    With `site`, only pages of that site, in any language.
    """
    private = PageViewRestriction.objects.annotate(descendant=_outer("path")).filter(
        descendant__startswith=F("page__path")
    )
    pages = published(pages).exclude(Exists(private))
    if site is None:
        return pages
    within = Q()
    for root in site.get_site_root_paths():
        if root.site_id == site.pk:
            within |= Q(url_path__startswith=root.root_path)
    return pages.filter(within) if within else pages.none()


def without_fallbacks(pages: QuerySet[PageType]) -> QuerySet[PageType]:
    """Leave out aliases of a page in another language: they stand in for a translation that is not there yet."""
    return pages.exclude(Q(alias_of__isnull=False) & ~Q(alias_of__locale=F("locale")))


def published_records(records: Any) -> Any:
    """Keep records with drafts (snippets) that are live and not expired."""
    return records.filter(live=True).exclude(_expired())


def _outside_private_collections(items: Any) -> Any:
    private = CollectionViewRestriction.objects.annotate(descendant=_outer("collection__path")).filter(
        descendant__startswith=F("collection__path")
    )
    return items.exclude(Exists(private))


def visible_documents() -> Any:
    """Documents that no private collection holds."""
    return _outside_private_collections(get_document_model().objects.all())


def visible_images() -> Any:
    """Images that no private collection holds."""
    return _outside_private_collections(get_image_model().objects.all())


def passed_restrictions(request: HttpRequest) -> frozenset[int]:
    """Give the view restrictions of pages that this reader has passed, as Wagtail decides: by login, group or password.

    A reader without a session has passed none and costs no query; others cost three at most besides their session.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return frozenset()
    known = request.user.is_authenticated
    if not known and not request.session.get(PageViewRestriction.passed_view_restrictions_session_key):
        return frozenset()
    if isinstance(request.user, AbstractBaseUser):
        prefetch_related_objects([request.user], "groups")
    restrictions = PageViewRestriction.objects.prefetch_related("groups")
    return frozenset(restriction.pk for restriction in restrictions if restriction.accept_request(request))
