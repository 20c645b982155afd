"""Takes in a form that a reader sent: once, however often it is clicked, and not more than somebody can read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus

from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cms.blocks.form_fields import typed_fields
from cms.models import Form, FormSubmission
from cms.submissions.answers import check
from cms.submissions.mailing import mail_submission
from cms.submissions.stamps import is_fresh
from cms.submissions.state import Answers, FormState

# Within this time the same answers from the same address count once, and an address or a form has its limit.
WINDOW = timedelta(minutes=10)
MOST_OF_ADDRESS = 5
MOST_OF_FORM = 100
_LOCK = 0x666F726D  # "form": keeps our locks apart from those of others


@dataclass(frozen=True)
class Posted:
    """What came: answers by the keys of fields, the stamp, and what is in the field that people leave empty."""

    answers: Answers = field(default_factory=dict)
    stamp: str = ""
    trap: str = ""
    page_path: str = ""


def receive(form: Form, posted: Posted, address: str) -> FormState:
    """Keep what a reader sent and have it mailed, or tell what is wrong, in the form's language.

    `address` is the reader's on the internet, "" where nobody knows it. It is not kept. Five queries.
    """
    with translation.override(form.locale.language_code):
        return _receive(form, posted, address)


def _receive(form: Form, posted: Posted, address: str) -> FormState:
    if posted.trap:
        # A robot: it gets the answer that makes it go away.
        return FormState.done(form.pk)
    checked = check(typed_fields(form.questions), posted.answers)
    if not is_fresh(form, posted.stamp):
        message = _("Dit formulier stond te lang open. Kijk uw antwoorden na en verstuur ze opnieuw.")
        return FormState(form.pk, HTTPStatus.BAD_REQUEST, posted.answers, checked.errors, message)
    if checked.errors:
        return FormState(form.pk, HTTPStatus.BAD_REQUEST, posted.answers, checked.errors)
    if not any(checked.answers.values()):
        return FormState(form.pk, HTTPStatus.BAD_REQUEST, posted.answers, message=_("Vul minstens één antwoord in."))
    if _kept(form, posted, checked.answers, address):
        return FormState.done(form.pk)
    message = _("Dit formulier is net te vaak verstuurd. Wacht tien minuten en probeer het opnieuw.")
    return FormState(
        form.pk,
        HTTPStatus.TOO_MANY_REQUESTS,
        posted.answers,
        message=message,
        retry_after=int(WINDOW.total_seconds()),
    )


def _kept(form: Form, posted: Posted, answers: Mapping[str, list[str]], address: str) -> bool:
    """Keep the answers, or know them as kept already; false where it is too much."""
    now = timezone.now()
    sender = _hash("sender", address) if address else ""
    fingerprint = _hash("fingerprint", address + json.dumps(answers, sort_keys=True))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, form.pk])
        of_form = FormSubmission.objects.filter(form=form)
        of_form.filter(sent_at__lte=now - WINDOW).exclude(sender="").update(sender="", fingerprint="")
        recent = list(of_form.filter(sent_at__gt=now - WINDOW).values_list("sender", "fingerprint"))
        if fingerprint in {known for _sender, known in recent}:
            return True
        of_sender = sum(known == sender for known, _print in recent) if sender else 0
        if len(recent) >= MOST_OF_FORM or of_sender >= MOST_OF_ADDRESS:
            return False
        submission = FormSubmission.objects.create(
            form=form,
            sent_at=now,
            delete_at=now + timedelta(days=form.retention_days),
            page_path=posted.page_path[:2000],
            answers=[
                {"key": each.key, "question": each.label, "answers": answers[each.key]}
                for each in typed_fields(form.questions)
            ],
            sender=sender,
            fingerprint=fingerprint,
        )
        mail_submission.enqueue(submission.pk)
    return True


def _hash(purpose: str, value: str) -> str:
    return salted_hmac(f"cms.submissions.{purpose}", value, algorithm="sha256").hexdigest()
