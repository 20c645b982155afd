"""What a reader sent reaches the function mailbox, by a real mail server; and nothing of it reaches a log."""

import socket

import pytest

from cms.models import FormSubmission
from cms.submissions.mailing import mail_submission
from tests.cms.factories import make_site
from tests.cms.submissions.forms import Shown, show_form
from tests.cms.submissions.mailserver import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(client) -> FormSubmission:
    make_site()
    shown: Shown = show_form(title="Stel uw\tvraag", mailbox="functie@voorbeeld.example")
    shown.send(client, vraag="Eerste regel\r\n.\r\nDerde regel", naam="=1+1")
    return FormSubmission.objects.get()


@pytest.fixture
def by_smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    return settings


def send(submission: FormSubmission) -> FormSubmission:
    mail_submission.func(submission.pk)
    submission.refresh_from_db()
    return submission


def test_the_mailbox_gets_the_answers_and_may_reply_to_the_reader(submission, by_smtp):
    with mail_server() as mailbox:
        by_smtp.EMAIL_PORT = mailbox.port
        assert send(submission).mailed_at
        assert send(submission).mail_attempts == 1
    ((receivers, mail),) = mailbox.mails
    assert receivers == ["functie@voorbeeld.example"]
    assert mail["Subject"] == "Formulier verstuurd: Stel uw vraag"
    assert mail["Reply-To"] == "jan@voorbeeld.example"
    body = mail.get_content()
    assert "    Eerste regel\n    .\n    Derde regel" in body
    assert "Vraag aan het netwerk" in body
    assert f"http://testserver/admin/inzendingen/{submission.pk}/" in body
    assert "jan@" not in str(mail["Subject"])


def test_a_server_that_is_away_is_tried_again_and_the_log_holds_no_answers(submission, by_smtp, caplog):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        by_smtp.EMAIL_PORT = taken.getsockname()[1]
        send(submission)
    assert submission.mailed_at is None
    assert submission.mail_attempts == 1
    assert "was not sent: ConnectionRefusedError" in caplog.text
    assert "voorbeeld.example" not in caplog.text
    with mail_server() as mailbox:
        by_smtp.EMAIL_PORT = mailbox.port
        assert send(submission).mailed_at
    assert len(mailbox.mails) == 1


def test_where_mail_goes_to_the_log_the_answers_stay_out_of_it(submission, settings, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    send(submission)
    printed = capsys.readouterr().out
    assert "Formulier verstuurd: Stel uw vraag" in printed
    for personal in ("Eerste regel", "=1+1"):
        assert personal not in printed
    assert "jan@" not in printed


def test_a_submission_that_was_deleted_is_not_mailed(submission, mailoutbox):
    pk = submission.pk
    submission.delete()
    mail_submission.func(pk)
    assert not mailoutbox
