"""Mails what a reader sent to the form's function mailbox: in the worker, and again where the server is away."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_tasks import task

from cms.blocks.form_fields import KINDS
from cms.models import Form, FormSubmission

logger = logging.getLogger(__name__)

# Minutes to wait after each attempt: some two days in all. `ruim_inzendingen_op` tries again what was left.
WAITS = (1, 5, 15, 60, 240, 720, 1440)
# What these "send" ends in a log or a file, where no answers of readers belong.
_TO_A_LOG = ("console.EmailBackend", "filebased.EmailBackend")


@task(priority=20)
def mail_submission(submission_id: int) -> None:
    """Mail one submission; twice at most where a worker is killed halfway."""
    submission = (
        FormSubmission.objects.select_related("form__locale").filter(pk=submission_id, mailed_at__isnull=True).first()
    )
    if submission is None:
        return
    FormSubmission.objects.filter(pk=submission_id).update(mail_attempts=F("mail_attempts") + 1)
    try:
        message(submission).send()
    except OSError as error:  # SMTP's errors are of this kind too
        # Only the kind: what a server answers may hold addresses.
        logger.warning("Mail of form %s was not sent: %s", submission.form_id, type(error).__name__)
        _try_again(submission)
        return
    FormSubmission.objects.filter(pk=submission_id).update(mailed_at=timezone.now())


def _try_again(submission: FormSubmission) -> None:
    if submission.mail_attempts < len(WAITS) and mail_submission.get_backend().supports_defer:
        wait = timedelta(minutes=WAITS[submission.mail_attempts])
        mail_submission.using(run_after=timezone.now() + wait).enqueue(submission.pk)


def message(submission: FormSubmission) -> EmailMessage:
    """Give the mail, in the site's own language. The subject names the form only: mail servers log subjects."""
    form = submission.form
    to_a_log = settings.EMAIL_BACKEND.endswith(_TO_A_LOG)
    with translation.override(settings.LANGUAGE_CODE):
        moment = date_format(timezone.localtime(submission.sent_at), "SHORT_DATETIME_FORMAT")
        until = date_format(timezone.localtime(submission.kept_until), "SHORT_DATE_FORMAT")
        address = settings.WAGTAILADMIN_BASE_URL + reverse("inzending", args=[submission.pk])
        lines = [
            _("Iemand heeft het formulier “%(form)s” verstuurd, op %(moment)s.") % {"form": form, "moment": moment},
            "",
            *([] if to_a_log else _answers(submission)),
            _("Bekijken in het beheer: %(address)s") % {"address": address},
            _("Daar wordt de inzending gewist op %(day)s. Bewaar deze mail ook niet langer.") % {"day": until},
        ]
        subject = _("Formulier verstuurd: %(form)s") % {"form": " ".join(form.title.split())}
    return EmailMessage(
        subject=subject,
        body="\n".join(lines),
        to=[form.mailbox],
        reply_to=[] if to_a_log else _reply_to(submission, form),
    )


def _answers(submission: FormSubmission) -> list[str]:
    lines: list[str] = []
    for each in submission.answers:
        lines += [each["question"], *(f"    {line}" for line in _lines(each["answers"])), ""]
    return lines


def _lines(answers: list[str]) -> list[str]:
    return [line for answer in answers for line in answer.split("\n")] or ["–"]


def _reply_to(submission: FormSubmission, form: Form) -> list[str]:
    """Give the reader's own address, so that an answer goes there; the first that the form asks for."""
    keys = {child.id for child in form.questions if KINDS[child.block_type] == "email"}
    found = (each["answers"][0] for each in submission.answers if each["key"] in keys and each["answers"])
    return [address for address in [next(found, "")] if address]
