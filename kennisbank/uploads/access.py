"""Who may upload files for the Kennisbank, and where."""

from typing import Any

from django.conf import settings
from wagtail.permissions import policy_registry

from cms.models import CMSDocument
from kennisbank.models import KennisbankPage, PublicationPage


def places_for(user: Any) -> list[KennisbankPage]:
    """Give the front pages, in the site's own language, below which this editor may add publications."""
    pages = KennisbankPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")
    return [page for page in pages if page.permissions_for_user(user).can_add_subpage()]


def collections_for(user: Any) -> list[Any]:
    """Give the collections in which this editor may put documents."""
    policy = policy_registry.get_by_type(CMSDocument)
    return list(policy.collections_user_has_permission_for(user, "add"))


def may_upload(user: Any) -> bool:
    """Whether this editor may upload files and make publications of them."""
    return bool(collections_for(user)) and bool(places_for(user))


def may_replace(user: Any, document: CMSDocument) -> bool:
    """Whether this editor may put a newer file in the place of this one: who edits its publication, or the document."""
    policy = policy_registry.get_by_type(CMSDocument)
    if policy.user_has_permission_for_instance(user, "change", document):
        return True
    pages = PublicationPage.objects.filter(files__document=document)
    return any(page.permissions_for_user(user).can_publish() for page in pages)
