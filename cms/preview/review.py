"""Links with which somebody without an account reads one revision of a page, for two weeks at most."""

from datetime import timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext, override
from wagtail.models import Page, Site

from cms.models import ReviewLink
from cms.models.preview import LONGEST
from cms.navigation import site_layout
from cms.preview.modes import PreviewParts
from cms.preview.passes import RefusedError, hash_of, new_key
from cms.rendering.build import build_view, context_for
from cms.rendering.view import PageView

# How long a link that no longer opens stays in the list.
KEPT = timedelta(days=90)


def make(page: Page, reader: str, days: int, user: Any) -> tuple[ReviewLink, str]:
    """Make a link to the newest revision of `page`; give it with its key, which cannot be had again.

    A page without a revision, as an importer leaves it, gets one.
    """
    now = timezone.now()
    key = new_key()
    link = ReviewLink.objects.create(
        key_hash=hash_of(key),
        page=page.page_ptr if hasattr(page, "page_ptr") else page,
        revision=page.latest_revision or page.specific.save_revision(user=user),
        reader=reader,
        made_by=user,
        made_at=now,
        expires_at=now + min(timedelta(days=days), LONGEST),
    )
    return link, key


def remove_old() -> int:
    """Delete links that have not worked for long; give how many."""
    return ReviewLink.objects.filter(expires_at__lte=timezone.now() - KEPT).delete()[0]


def revoke(link: ReviewLink) -> None:
    """Let the link open nothing from now on."""
    ReviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def opened(key: str) -> PreviewParts:
    """Give the revision that the key of a link opens. Raises RefusedError where it opens none."""
    link = ReviewLink.objects.select_related("revision").filter(key_hash=hash_of(key)).first()
    if link is None:
        raise RefusedError("an unknown link")
    if link.revoked_at:
        raise RefusedError(f"revoked link {link.pk} of page {link.page_id}")
    if not link.is_valid:
        raise RefusedError(f"expired link {link.pk} of page {link.page_id}")
    ReviewLink.objects.filter(pk=link.pk).update(opened_at=timezone.now())
    page = link.revision.as_object()
    site = page.get_site() or Site.objects.get(is_default_site=True)
    context = context_for(page, site, query={})
    with override(context.locale.language_code):
        view = _with_notice(build_view(page, context), link)
        return PreviewParts(view=view, layout=site_layout(context), template=page.page_template, site=site)


def _with_notice(view: PageView, link: ReviewLink) -> PageView:
    """Say above the page that it is not public, and until when it can be read."""
    until = formats.date_format(timezone.localtime(link.expires_at), gettext("j F Y"))
    notice = gettext("U leest mee: deze versie is niet openbaar. De link werkt tot en met %(day)s.") % {"day": until}
    return view.model_copy(
        update={
            "notice": f"{notice} {view.notice}".strip(),
            "seo": view.seo.model_copy(update={"noindex": True}),
        }
    )
