"""Deletes what readers sent as soon as the form's time is over."""

from datetime import timedelta

from django.db.models import DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.utils import timezone

from cms.models import FormSubmission
from cms.submissions.mailing import mail_submission
from cms.submissions.receiving import WINDOW


def overdue() -> QuerySet[FormSubmission]:
    """Give submissions whose time is over: the one promised when they were sent, or a shorter one since."""
    kept = ExpressionWrapper(F("form__retention_days") * Value(timedelta(days=1)), output_field=DurationField())
    now = timezone.now()
    return FormSubmission.objects.annotate(kept=kept).filter(Q(delete_at__lte=now) | Q(sent_at__lte=now - F("kept")))


def remove_overdue() -> int:
    """Delete what is over time, and the hashes of who sent; give how many submissions that were."""
    number, _by_model = FormSubmission.objects.filter(pk__in=overdue().values("pk")).delete()
    past = FormSubmission.objects.filter(sent_at__lte=timezone.now() - WINDOW)
    past.exclude(sender="", fingerprint="").update(sender="", fingerprint="")
    return number


def mail_again() -> int:
    """Have mails sent that never left, as where a worker was killed; give how many."""
    waiting = FormSubmission.objects.filter(mailed_at__isnull=True, sent_at__lte=timezone.now() - timedelta(hours=1))
    ids = list(waiting.values_list("pk", flat=True))
    for pk in ids:
        mail_submission.enqueue(pk)
    return len(ids)
