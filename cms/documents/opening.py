"""Who may open a document: the public what public pages refer to, others what their pages or their work show them."""

from django.conf import settings
from django.http import Http404, HttpRequest
from wagtail.permissions import policy_registry

from cms.api.callers import caller_of
from cms.models import CMSDocument
from cms.visibility import passed_restrictions, referred_to

# Who works with documents opens them before a page does: to choose them, and in the preview of a page.
_WORK = ("change", "choose")


def refuse_unpublished(document: CMSDocument, request: HttpRequest) -> None:
    """Hook of Wagtail's view: raise Http404 for a reader who sees no page that refers to the document.

    Whether a private collection holds it, Wagtail asks next. One query for the public.
    """
    if not (_is_shown_to(document, request) or works_with(document, request)):
        raise Http404


def _is_shown_to(document: CMSDocument, request: HttpRequest) -> bool:
    documents = CMSDocument.objects.filter(pk=document.pk)
    return referred_to(documents, passed_restrictions(request) | caller_of(request).passed).exists()


def works_with(document: CMSDocument, request: HttpRequest) -> bool:
    """Whether somebody may change or choose the document in the admin. No query for who has no session."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    policy = policy_registry.get_by_type(CMSDocument)
    return policy.user_has_any_permission_for_instance(request.user, _WORK, document)
