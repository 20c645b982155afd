"""THE rule for what the public may see. Every list, search, feed, sitemap and endpoint starts from these querysets.

What a logged-in or password-holding reader may see besides is not included, on purpose. Wagtail's own view decides
that per page; `passed_restrictions` tells the search, and the view that serves documents.
"""

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Left, Length, Now
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    CollectionViewRestriction,
    DraftStateMixin,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    Site,
)

from cms.caching.shared import is_sharing, shared

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
    return pages.filter(_published())


def visible(
    pages: QuerySet[PageType], site: Site | None = None, passed: Collection[int] = frozenset()
) -> QuerySet[PageType]:
    """Keep pages that an anonymous reader may see: published, and neither private nor below a private page.

    With `site`, only pages of that site, in any language. A reader who has `passed` view restrictions (their ids) may
    see what those hide too.
    """
    return pages.filter(_published() & _open(passed) & (_within(site) if site else Q()))


def _published() -> Q:
    # `numchild` would narrow the parents down, but the save of a page loaded before it got children sets it back to 0.
    itself = Q(live=True) & (Q(expire_at=None) | Q(expire_at__gt=Now()))
    branches = _known("unpublished", _unpublished_parents)
    if branches is not None:
        return itself & _beside(branches)
    parents = Page.objects.filter(Q(live=False) | _expired()).annotate(descendant=_outer("path"))
    return itself & ~Q(Exists(parents.filter(descendant__startswith=F("path"))))


def _open(passed: Collection[int]) -> Q:
    branches = None if passed else _known("private", _private_pages)
    if branches is not None:
        return _beside(branches)
    private = PageViewRestriction.objects.annotate(descendant=_outer("path")).exclude(pk__in=passed)
    return ~Q(Exists(private.filter(descendant__startswith=F("page__path"))))


# Of more than this, the database looks up what hides a page.
MOST_BRANCHES = 20


def _known(what: str, paths: Callable[[], Iterable[str]]) -> tuple[str, ...] | None:
    """Give the branches of the tree that hide what stands in them; None where the database has to be asked each time.

    That is where nothing is shared, and where they are many. Mostly there are none, or a few; a query that names them
    costs half of one that looks for them. What hides a page by time alone ends the generation (cms/caching/moments.py).
    """
    if not is_sharing():
        return None
    found = shared(("branches", what), lambda: _topmost(paths()))
    return found if len(found) <= MOST_BRANCHES else None


def _topmost(paths: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    for path in sorted(paths):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return tuple(found)


def _unpublished_parents() -> Iterable[str]:
    # Those alone: drafts without anything below them may be many, and hide themselves only.
    parents = Page.objects.filter(depth__gt=1).annotate(parent=Left("path", Length("path") - Page.steplen))
    return Page.objects.filter(Q(live=False) | _expired(), path__in=parents.values("parent")).values_list(
        "path", flat=True
    )


def _private_pages() -> Iterable[str]:
    return PageViewRestriction.objects.values_list("page__path", flat=True)


def _beside(branches: Iterable[str], name: str = "path") -> Q:
    found = Q()
    for branch in branches:
        found &= ~Q(**{f"{name}__startswith": branch})
    return found


def restricted_paths() -> tuple[str, ...]:
    """Give the paths of pages that carry a view restriction, and of aliases of those.

    A page that stands below none of them is restricted by none. Three queries, more where aliases have aliases.
    """
    pages = set(PageViewRestriction.objects.values_list("page", flat=True))
    found = set(Page.objects.filter(pk__in=pages).values_list("path", flat=True)) if pages else set()
    while pages:
        aliases = dict(Page.objects.filter(alias_of__in=pages).exclude(path__in=found).values_list("pk", "path"))
        found.update(aliases.values())
        pages = set(aliases)
    return tuple(found)


def restriction_on(
    pages: QuerySet[Page], site: Site | None = None, passed: Collection[int] = frozenset()
) -> PageViewRestriction | None:
    """Give what keeps the first of these pages from a reader who has `passed` some restrictions, the outermost first.

    None where it is kept from everybody, or from nobody. Two queries.
    """
    path = _of_site(published(pages), site).values_list("path", flat=True).first()
    if path is None:
        return None
    above = [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
    return (
        PageViewRestriction.objects.filter(page__path__in=above)
        .exclude(pk__in=passed)
        .order_by("page__path", "pk")
        .first()
    )


def _of_site(pages: QuerySet[PageType], site: Site | None) -> QuerySet[PageType]:
    """Keep pages of a site, in any language; all where none is given."""
    return pages if site is None else pages.filter(_within(site))


def _within(site: Site) -> Q:
    within = Q()
    for root in site.get_site_root_paths():
        if root.site_id == site.pk:
            within |= Q(url_path__startswith=root.root_path)
    return within or Q(pk__in=[])


def on_site(place: Site | Page, name: str) -> Q:
    """Give the condition that the page at `name` of a record stands on a site, or on that of a page.

    Records stand on the site of the page that they point at, and nowhere else. Empty where there is one site only. No
    query.
    """
    roots = Site.get_site_root_paths()
    if isinstance(place, Site):
        ours = {place.pk}
    else:
        ours = {root.site_id for root in roots if place.url_path.startswith(root.root_path)}
    if all(root.site_id in ours for root in roots):
        return Q()
    within = Q(pk__in=[])
    for root in roots:
        if root.site_id in ours:
            within |= Q(**{f"{name}__url_path__startswith": root.root_path})
    return within


def without_fallbacks(pages: QuerySet[PageType]) -> QuerySet[PageType]:
    """Leave out aliases of a page in another language: they stand in for a translation that is not there yet."""
    return pages.exclude(Q(alias_of__isnull=False) & ~Q(alias_of__locale=F("locale")))


def published_records(records: Any) -> Any:
    """Keep records with drafts (snippets) that are live and not expired."""
    return records.filter(live=True).exclude(_expired())


def _outside_private_collections(items: Any) -> Any:
    branches = _known(
        "collections", lambda: CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    )
    if branches is not None:
        return items.filter(_beside(branches, "collection__path"))
    private = CollectionViewRestriction.objects.annotate(descendant=_outer("collection__path")).filter(
        descendant__startswith=F("collection__path")
    )
    return items.exclude(Exists(private))


# A file that is made to harm who opens it is for nobody (cms/documents/reasons.py).
_SAFE = ~Q(extraction_state="unsafe")


def visible_documents() -> Any:
    """Documents that the public may open, with their older versions: see `referred_to`, in no private collection."""
    return referred_to(unrestricted_documents())


def unrestricted_documents() -> Any:
    """Documents that no private collection holds: what a page shows of those that it refers to itself.

    Who may see that page may open them. No list of documents by themselves starts here.
    """
    return _outside_private_collections(get_document_model().objects.filter(_SAFE))


def referred_to(documents: Any, passed: Collection[int] = frozenset()) -> Any:
    """Keep documents to which a page refers that the public may see, or a published site part or other snippet.

    A page refers to a document by its texts and blocks, or as a file of a publication. What it refers to is noted in
    the transaction that changes it (cms/references.py); drafts of a live page are not. A reader may have `passed`
    view restrictions of pages.
    """
    references = ReferenceIndex.objects.filter(to_content_type=_content_type(get_document_model()))
    allowed = Q()
    for model in (Page, *_snippets_with_references()):
        # By the document within the rows: the index is small for each document, and large for each page.
        asked = OuterRef(OuterRef("pk"))
        sources = references.filter(
            base_content_type=_content_type(model), to_object_id=Cast(asked, CharField())
        ).annotate(source=Cast("object_id", IntegerField()))
        found = model._default_manager.filter(pk__in=sources.values("source"))
        allowed |= Q(Exists(visible(found, passed=passed) if model is Page else published_records(found)))
    return documents.filter(_SAFE, allowed)


def is_published(document: Model) -> bool:
    """Whether a published page or other part of the site refers to a document, also one that not everybody may see."""
    restrictions = PageViewRestriction.objects.values_list("pk", flat=True)
    documents = get_document_model().objects.filter(pk=document.pk)
    return referred_to(documents, frozenset(restrictions)).exists()


def _content_type(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model, for_concrete_model=False)


@cache
def _snippets_with_references() -> tuple[type[Model], ...]:
    """Give the models with drafts, besides pages, whose texts may refer to documents."""
    models = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return tuple(
        model for model in models if any(hasattr(field, "extract_references") for field in model._meta.get_fields())
    )


def visible_images() -> Any:
    """Images that no private collection holds."""
    return _outside_private_collections(get_image_model().objects.all())


def shown_images() -> Any:
    """Visible images that stand on a page that the public may see, or in a record that is no page, as a logo does."""
    page = _content_type(Page)
    noted = ReferenceIndex.objects.filter(
        to_content_type=_content_type(get_image_model()), to_object_id=Cast(OuterRef("pk"), CharField())
    )
    on_pages = ReferenceIndex.objects.filter(
        to_content_type=_content_type(get_image_model()),
        to_object_id=Cast(OuterRef(OuterRef("pk")), CharField()),
        base_content_type=page,
    ).annotate(source=Cast("object_id", IntegerField()))
    pages = visible(Page.objects.filter(pk__in=on_pages.values("source")))
    return visible_images().filter(Exists(pages) | Exists(noted.exclude(base_content_type=page)))


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
