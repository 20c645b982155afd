"""What was sent is seen by those who may, taken along without formulas, and deleted in time."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.models import Form, FormSubmission, User
from tests.cms.factories import make_site
from tests.cms.submissions.forms import Shown, question, show_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown() -> Shown:
    make_site()
    return show_form([question("text", "Naam van uw organisatie"), question("long_text", "Vraag", required=True)])


def sent(shown: Shown, vraag: str = "Hoe dan?", days_ago: float = 0, **values: str) -> FormSubmission:
    """Store what a reader sent so many days ago."""
    answers = [
        {"key": "naam", "question": "Naam van uw organisatie", "answers": [values["naam"]] if "naam" in values else []},
        {"key": "vraag", "question": "Vraag", "answers": [vraag]},
    ]
    moment = timezone.now() - timedelta(days=days_ago)
    return FormSubmission.objects.create(
        form=shown.form, answers=answers, sent_at=moment, delete_at=moment + timedelta(days=90)
    )


def login(*rights: str) -> Client:
    user = User.objects.create_user(f"redacteur-{'-'.join(rights)}")
    for codename in ("access_admin", *rights):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    client = Client()
    client.force_login(user)
    return client


def screens(submission: FormSubmission) -> list[str]:
    form = submission.form_id
    return [
        reverse("inzendingen"),
        reverse("inzendingen_formulier", args=[form]),
        reverse("inzendingen_tabel", args=[form]),
        reverse("inzending", args=[submission.pk]),
    ]


class TestSeen:
    def test_by_those_who_have_the_right(self, shown):
        submission = sent(shown, "Mag ik dit weten?")
        client = login("view_formsubmission")
        for address in screens(submission):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "no-store" in answer.headers["Cache-Control"]
        assert "Mag ik dit weten?" in client.get(reverse("inzending", args=[submission.pk])).content.decode()
        assert "Mag ik dit weten?" in client.get(screens(submission)[1]).content.decode()

    def test_by_nobody_else(self, shown):
        submission = sent(shown)
        keeper_of_forms = login("view_form", "change_form", "publish_form")
        for address in screens(submission):
            assert keeper_of_forms.get(address).status_code in (302, 403)
            assert Client().get(address).status_code == 302
        assert login("view_formsubmission").get(reverse("inzendingen_wissen")).status_code in (302, 403)

    def test_in_every_language_of_the_form_together(self, shown):
        english = shown.form.copy_for_translation(shown.page.locale.__class__.objects.get(language_code="en"))
        english.save()
        sent(Shown(english, shown.page), "In English")
        html = login("view_formsubmission").get(reverse("inzendingen_formulier", args=[shown.form.pk])).content.decode()
        assert "In English" in html

    def test_text_of_a_reader_is_no_html(self, shown):
        submission = sent(shown, "<script>alert(1)</script>")
        client = login("view_formsubmission")
        for address in (screens(submission)[1], screens(submission)[3]):
            assert "<script>alert" not in client.get(address).content.decode()


class TestTakenAlong:
    def rows(self, shown: Shown) -> list[list[str]]:
        client = login("view_formsubmission")
        answer = client.get(reverse("inzendingen_tabel", args=[shown.form.pk]))
        assert "attachment" in answer.headers["Content-Disposition"]
        text = b"".join(answer).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text), delimiter=";"))

    @pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1"])
    def test_a_formula_is_text(self, shown, formula):
        sent(shown, formula)
        assert self.rows(shown)[1][4] == f"'{formula}"

    def test_a_column_a_question_also_one_that_was_asked_before(self, shown):
        old = sent(shown, "Oud", days_ago=2)
        old.answers = [{"key": "weg", "question": "Vroeger gevraagd", "answers": ["Ja", "Nee"]}]
        old.save()
        sent(shown, "Nieuw", naam="Gemeente")
        head, newest, oldest = self.rows(shown)
        assert head[3:] == ["Naam van uw organisatie", "Vraag", "Vroeger gevraagd"]
        assert newest[3:] == ["Gemeente", "Nieuw", ""]
        assert oldest[3:] == ["", "", "Ja\nNee"]


class TestDeleted:
    def test_by_hand_after_a_question(self, shown):
        submission, other = sent(shown), sent(shown, "Blijft")
        client = login("view_formsubmission", "delete_formsubmission")
        address = reverse("inzendingen_wissen")
        asked = client.get(address, {"id": [submission.pk]}).content.decode()
        assert "niet ongedaan te maken" in asked
        assert FormSubmission.objects.count() == 2
        assert client.post(address, {"id": [submission.pk, "x"]}).status_code == 302
        assert list(FormSubmission.objects.all()) == [other]

    def test_by_the_worker_when_its_time_is_over(self, shown):
        sent(shown, days_ago=91)
        recent = sent(shown, days_ago=89)
        call_command("ruim_inzendingen_op")
        assert list(FormSubmission.objects.all()) == [recent]

    def test_sooner_when_the_form_keeps_less_since_and_never_later(self, shown):
        sent(shown, days_ago=31)
        Form.objects.update(retention_days=30)
        call_command("ruim_inzendingen_op")
        assert not FormSubmission.objects.exists()
        old = sent(shown, days_ago=89)
        Form.objects.update(retention_days=730)
        call_command("ruim_inzendingen_op")
        assert old.kept_until == old.delete_at
        FormSubmission.objects.update(delete_at=timezone.now())
        call_command("ruim_inzendingen_op")
        assert not FormSubmission.objects.exists()

    def test_who_sees_the_screens_sees_nothing_over_time(self, shown):
        old = sent(shown, "Te oud", days_ago=91)
        client = login("view_formsubmission")
        assert client.get(reverse("inzending", args=[old.pk])).status_code == 404
        assert "Te oud" not in client.get(reverse("inzendingen_formulier", args=[shown.form.pk])).content.decode()

    def test_a_form_with_submissions_stays(self, shown, admin_client):
        sent(shown)
        address = reverse(Form.snippet_viewset.get_url_name("delete"), args=[shown.form.pk])
        answer = admin_client.post(address, follow=True)
        assert "nog in gebruik" in answer.content.decode()
        assert Form.objects.filter(pk=shown.form.pk).exists()

    def test_what_was_never_mailed_is_tried_again(self, shown, capsys):
        submission = sent(shown, days_ago=1)
        sent(shown, "Net verstuurd")
        call_command("ruim_inzendingen_op")
        assert "1 inzending te mailen" in capsys.readouterr().out
        FormSubmission.objects.filter(pk=submission.pk).update(mailed_at=timezone.now())
        call_command("ruim_inzendingen_op")
        assert "mailen" not in capsys.readouterr().out
