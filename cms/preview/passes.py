"""The way of a draft to the frontend: a code that opens once, and the session it gives. Only hashes are kept."""

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page
from wagtail.snippets.permissions import get_permission_name

from cms.models.preview import FrontendPreview

CODE_LIFE = timedelta(seconds=60)
SESSION_LIFE = timedelta(minutes=15)

logger = logging.getLogger(__name__)


class RefusedError(Exception):
    """A key opens nothing. The text is for the log and holds no key."""


@dataclass(frozen=True)
class Session:
    """The key of a session, and its end."""

    key: str
    expires_at: datetime


def new_key() -> str:
    """Give a key that nobody guesses: 256 bits, 43 characters that may stand in an address."""
    return secrets.token_urlsafe(32)


def hash_of(key: str) -> str:
    """Give what is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def issue(user: Any, instance: Model, language: str, answer: dict[str, Any]) -> str:
    """Keep `answer`, what the frontend shows of `instance` to `user`, and give the code that opens it once."""
    remove_expired()
    now = timezone.now()
    code = new_key()
    FrontendPreview.objects.create(
        code_hash=hash_of(code),
        code_expires_at=now + CODE_LIFE,
        expires_at=now + SESSION_LIFE,
        user=user,
        content_type=ContentType.objects.get_for_model(instance),
        object_id=str(instance.pk or ""),
        language=language,
        answer=answer,
    )
    return code


def remove_expired() -> int:
    """Delete what nobody can open any more; give how much that was."""
    return FrontendPreview.objects.filter(expires_at__lte=timezone.now()).delete()[0]


@transaction.atomic
def exchange(code: str) -> Session:
    """Give a session for a code. Raises RefusedError for one that is unknown, used or too old."""
    previews = FrontendPreview.objects.select_for_update(of=("self",)).select_related("user", "content_type")
    found = previews.filter(code_hash=hash_of(code)).first()
    now = timezone.now()
    if found is None:
        raise RefusedError("an unknown code")
    if found.session_hash is not None:
        raise RefusedError(f"a code that was used before, {_whose(found)}")
    if found.code_expires_at <= now:
        raise RefusedError(f"an expired code, {_whose(found)}")
    _check_rights(found)
    session = Session(new_key(), now + SESSION_LIFE)
    found.session_hash, found.expires_at = hash_of(session.key), session.expires_at
    found.save(update_fields=["session_hash", "expires_at"])
    return session


def shown(session: str) -> dict[str, Any]:
    """Give what a session shows. Raises RefusedError for one that is unknown or past its end, or whose user may not."""
    previews = FrontendPreview.objects.select_related("user", "content_type")
    found = previews.filter(session_hash=hash_of(session)).first()
    if found is None:
        raise RefusedError("an unknown session")
    if found.expires_at <= timezone.now():
        raise RefusedError(f"an expired session, {_whose(found)}")
    _check_rights(found)
    return found.answer


def after_logging_out(sender: Any, user: Any, **values: Any) -> None:
    """Let nothing that this user previews open any more."""
    if user is not None:
        FrontendPreview.objects.filter(user=user).delete()


def _check_rights(preview: FrontendPreview) -> None:
    """Raise RefusedError unless the user may still see the draft. The rights are those of now, not of then."""
    user = preview.user
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        raise RefusedError(f"a user without access, {_whose(preview)}")
    model = preview.content_type.model_class()
    if model is None or not preview.object_id:
        return
    if issubclass(model, Page):
        page = Page.objects.filter(pk=preview.object_id).first()
        rights = page.permissions_for_user(user) if page else None
        allowed = rights is not None and (rights.can_edit() or rights.can_publish())
    else:
        allowed = any(user.has_perm(get_permission_name(action, model)) for action in ("change", "publish"))
    if not allowed:
        raise RefusedError(f"a user without rights, {_whose(preview)}")


def _whose(preview: FrontendPreview) -> str:
    return f"of user {preview.user_id} for {preview.content_type.model} {preview.object_id or 'not saved yet'}"
