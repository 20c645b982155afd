"""The signed hour in a form: it was given out by this site, for this form, and not long ago.

The hour, not the second: a page then stays the same for everybody for an hour, so that caches may keep it.
"""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from cms.models import Form

LIFE = timedelta(hours=48)
_HOUR = 3600  # seconds


def stamp(form: Form, now: datetime | None = None) -> str:
    """Give the stamp of a form that is shown now."""
    hour = int((now or timezone.now()).timestamp()) // _HOUR
    return _signer(form).sign(str(hour))


def is_fresh(form: Form, value: str, now: datetime | None = None) -> bool:
    """Whether `value` is a stamp that this form got within its life."""
    try:
        hour = int(_signer(form).unsign(value))
    except (BadSignature, ValueError):
        return False
    age = int((now or timezone.now()).timestamp()) - hour * _HOUR
    return 0 <= age <= LIFE.total_seconds()


def _signer(form: Form) -> Signer:
    return Signer(salt=f"cms.submissions:{form.translation_key}")
