"""A reader sends a form from a page: without script, without a cookie, and gets back what is wrong."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django_tasks import default_task_backend
from wagtail.models import PageViewRestriction

from cms.models import FormSubmission
from cms.submissions import receiving
from cms.submissions.stamps import LIFE, is_fresh, stamp
from tests.cms.factories import make_content_page, make_form, make_site
from tests.cms.submissions.forms import Shown, question, show_form, soup, text_of
from tests.network.factories import translate_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """As in production: what is posted needs Django's token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def shown() -> Shown:
    make_site()
    return show_form()


def stored() -> list[dict]:
    return [{each["key"]: each["answers"] for each in row.answers} for row in FormSubmission.objects.all()]


class TestSent:
    def test_what_was_filled_in_is_kept_and_the_reader_is_thanked(self, client, shown):
        answer = shown.send(client, onderwerpen=["onderwerpen-zorg", "onderwerpen-jeugd"], datum="2026-11-23")
        assert answer.status_code == 303
        assert answer.headers["Location"] == (f"{shown.page.url}?verzonden={shown.form.pk}#formulier-{shown.form.pk}")
        (answers,) = stored()
        assert answers["vraag"] == ["Hoe meld ik mij aan?"]
        assert answers["soort"] == ["Advies"]
        assert answers["onderwerpen"] == ["Zorg", "Jeugd"]
        assert answers["telefoon"] == []
        thanks = soup(client.get(answer.headers["Location"]).content)
        assert shown.form.thanks in text_of(thanks.main)
        assert thanks.find(id=f"formulier-{shown.form.pk}")["tabindex"] == "-1"
        assert not thanks.main.form

    def test_no_cookie_is_set_before_or_after(self, client, shown):
        assert shown.send(client).status_code == 303
        assert not client.cookies

    def test_it_is_kept_as_long_as_the_form_says_and_knows_its_page(self, client):
        shown = show_form(retention_days=30)
        shown.send(client)
        submission = FormSubmission.objects.get()
        assert submission.delete_at - submission.sent_at == timedelta(days=30)
        assert submission.page_path == shown.page.url

    def test_a_second_click_changes_nothing(self, client, shown):
        filled = shown.filled(client)
        for _click in range(3):
            answer = client.post(shown.page.url, filled, headers={"origin": "http://testserver"})
            assert answer.status_code == 303
        assert FormSubmission.objects.count() == 1

    def test_other_answers_are_another_submission(self, client, shown):
        shown.send(client)
        shown.send(client, vraag="Nog een vraag")
        assert FormSubmission.objects.count() == 2

    def test_the_mail_is_left_to_the_worker(self, client, shown, mailoutbox):
        default_task_backend.clear()
        shown.send(client)
        asked = [result.args for result in default_task_backend.results if result.task == receiving.mail_submission]
        assert asked == [[FormSubmission.objects.get().pk]]
        assert not mailoutbox

    def test_nothing_personal_is_logged(self, client, shown, caplog):
        caplog.set_level("DEBUG")
        shown.send(client)
        shown.send(client, mailadres="geen-adres-van-jan")
        for personal in ("jan@voorbeeld", "Hoe meld ik mij aan", "geen-adres-van-jan"):
            assert personal not in caplog.text

    def test_a_private_page_takes_its_form_from_those_who_may_see_it(self, client, shown, django_user_model):
        PageViewRestriction.objects.create(page=shown.page, restriction_type=PageViewRestriction.LOGIN)
        filled = {"formulier": str(shown.form.pk), "stempel": stamp(shown.form), "veld-vraag": "x"}
        headers = {"origin": "http://testserver"}
        assert client.post(shown.page.url, filled, headers=headers).status_code == 302
        assert not FormSubmission.objects.exists()
        client.force_login(django_user_model.objects.create_user("lid"))
        assert shown.send(client).status_code == 303
        assert FormSubmission.objects.count() == 1


class TestComeBack:
    def test_all_mistakes_are_told_at_once_above_and_at_the_field(self, client, shown):
        answer = shown.send(client, vraag="  ", mailadres="jan", telefoon="bel", datum="morgen", soort="onzin")
        assert answer.status_code == 400
        assert answer.headers["Cache-Control"] == "no-store"
        page = soup(answer.content)
        summary = page.find(id=f"formulier-{shown.form.pk}")
        assert summary["role"] == "alert"
        assert "Er kloppen 5 antwoorden nog niet." in text_of(summary)
        for link in summary.find_all("a"):
            field = page.find(id=link["href"].removeprefix("#"))
            assert field.name in ("input", "textarea")
        assert len(summary.find_all("a")) == 5
        email = page.find("input", attrs={"name": "veld-mailadres"})
        assert (email["value"], email["aria-invalid"]) == ("jan", "true")
        described = [text_of(page.find(id=each)) for each in email["aria-describedby"].split()]
        assert described == ["Vul een e-mailadres in, zoals naam@voorbeeld.nl."]
        assert page.title.string.startswith("Fout: ")
        assert not FormSubmission.objects.exists()

    def test_what_was_filled_in_stays(self, client, shown):
        answer = shown.send(
            client, vraag="<b>Hoe & wat</b>", mailadres="", onderwerpen="onderwerpen-jeugd", datum="2026-11-23"
        )
        page = soup(answer.content)
        assert page.find("textarea").string.strip() == "<b>Hoe & wat</b>"
        assert page.find("input", attrs={"value": "onderwerpen-jeugd"}).has_attr("checked")
        assert not page.find("input", attrs={"value": "onderwerpen-zorg"}).has_attr("checked")
        assert page.find("input", attrs={"name": "veld-datum"})["value"] == "2026-11-23"

    def test_help_and_mistake_are_both_read_out_with_the_field(self, client):
        shown = show_form([question("text", "Naam", required=True, help_text="Van uw organisatie")])
        page = soup(shown.send(client, naam="").content)
        field = page.find("input", attrs={"name": "veld-naam"})
        told = [text_of(page.find(id=each)) for each in field["aria-describedby"].split()]
        assert told == ["Van uw organisatie", "Vul dit in."]

    def test_an_empty_form_is_not_sent(self, client):
        shown = show_form([question("text", "Naam"), question("yes_no", "Akkoord?")])
        answer = shown.send(client, naam=" ", vraag="", mailadres="", soort="")
        assert answer.status_code == 400
        assert "Vul minstens één antwoord in." in answer.content.decode()

    def test_in_the_language_of_the_form(self, client, shown):
        english = shown.form.copy_for_translation(shown.page.locale.__class__.objects.get(language_code="en"))
        english.title, english.live = "Ask us", True
        english.save()
        page = translate_page(shown.page, "en")
        answer = Shown(english, page).send(client, mailadres="jan")
        assert answer.status_code == 400
        assert "Enter an email address" in answer.content.decode()
        assert soup(answer.content).title.string.startswith("Error: ")

    def test_a_form_in_another_language_is_told_in_its_own(self, client, shown):
        page = translate_page(shown.page, "en")
        html = Shown(shown.form, page).send(client, mailadres="jan").content
        form = soup(html).find(class_="form-block")
        assert form["lang"] == "nl"
        assert "Vul een e-mailadres in" in text_of(form)


class TestRefused:
    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://elders.example"},
            {"origin": "null"},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
        ],
    )
    def test_from_a_page_of_another_site(self, client, shown, headers):
        filled = shown.filled(client)
        assert client.post(shown.page.url, filled, headers=headers).status_code == 403
        assert not FormSubmission.objects.exists()

    @pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}])
    def test_not_from_a_page_of_this_site(self, client, shown, headers):
        assert client.post(shown.page.url, shown.filled(client), headers=headers).status_code == 303

    def test_what_is_no_form_of_the_page_still_needs_the_token(self, client, shown):
        assert client.post(shown.page.url, {"x": "1"}).status_code == 403
        assert client.post("/_util/login/", {"formulier": "1", "username": "x"}).status_code == 403
        assert client.post("/admin/login/", {"formulier": "1", "username": "x"}).status_code == 403

    def test_a_form_that_this_page_does_not_show(self, client, shown):
        other = make_form("Elders")
        filled = shown.filled(client) | {"formulier": str(other.pk), "stempel": stamp(other)}
        answer = client.post(shown.page.url, filled, headers={"origin": "http://testserver"})
        assert answer.status_code == 200
        assert not FormSubmission.objects.exists()

    def test_a_page_without_forms_takes_none(self, client, shown):
        page = make_content_page(make_site()[1], "Zonder")
        filled = shown.filled(client)
        assert client.post(page.url, filled, headers={"origin": "http://testserver"}).status_code == 200
        assert not FormSubmission.objects.exists()

    def test_a_robot_gets_thanks_and_nothing_is_kept(self, client, shown):
        filled = shown.filled(client) | {"website": "https://spam.example"}
        answer = client.post(shown.page.url, filled, headers={"origin": "http://testserver"})
        assert answer.status_code == 303
        assert not FormSubmission.objects.exists()

    def test_people_neither_see_nor_reach_the_field_for_robots(self, client, shown):
        page = soup(client.get(shown.page.url).content)
        field = page.find("input", attrs={"name": "website"})
        assert field["tabindex"] == "-1"
        assert field.find_parent(attrs={"aria-hidden": "true"})

    @pytest.mark.parametrize("value", ["", "x", "123:abc"])
    def test_a_stamp_that_this_site_did_not_give(self, client, shown, value):
        filled = shown.filled(client) | {"stempel": value}
        answer = client.post(shown.page.url, filled, headers={"origin": "http://testserver"})
        assert answer.status_code == 400
        html = answer.content.decode()
        assert "Dit formulier stond te lang open." in html
        assert "Hoe meld ik mij aan?" in html
        fresh = soup(html).find("input", attrs={"name": "stempel"})["value"]
        assert is_fresh(shown.form, fresh)
        assert not FormSubmission.objects.exists()

    def test_a_stamp_lives_two_days_and_is_of_one_form(self, shown):
        now = timezone.now()
        given = stamp(shown.form, now)
        assert is_fresh(shown.form, given, now + LIFE - timedelta(hours=1))
        assert not is_fresh(shown.form, given, now + LIFE + timedelta(hours=1))
        assert not is_fresh(shown.form, given, now - timedelta(hours=2))
        assert not is_fresh(make_form("Ander"), given, now)

    def test_a_page_is_the_same_for_all_within_an_hour(self, shown):
        now = timezone.now().replace(minute=5)
        assert stamp(shown.form, now) == stamp(shown.form, now + timedelta(minutes=50))

    def test_one_address_sends_so_many_and_is_told_when_it_may_again(self, client, shown):
        for number in range(receiving.MOST_OF_ADDRESS):
            assert shown.send(client, vraag=f"Vraag {number}").status_code == 303
        answer = shown.send(client, vraag="Te veel")
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "600"
        assert "net te vaak verstuurd" in answer.content.decode()
        assert "Te veel" in answer.content.decode()
        FormSubmission.objects.update(sent_at=timezone.now() - receiving.WINDOW)
        assert shown.send(client, vraag="Te veel").status_code == 303

    def test_a_form_takes_so_many_of_all_together(self, client, shown, monkeypatch):
        monkeypatch.setattr(receiving, "MOST_OF_FORM", 2)
        for number in range(2):
            assert shown.send(client, vraag=f"Vraag {number}").status_code == 303
        assert shown.send(client, vraag="Te veel").status_code == 429

    def test_who_sent_is_known_for_the_time_of_the_limit_only(self, client, shown):
        shown.send(client)
        first = FormSubmission.objects.get()
        assert "127.0.0.1" not in first.sender
        FormSubmission.objects.update(sent_at=timezone.now() - receiving.WINDOW)
        shown.send(client, vraag="Later")
        first.refresh_from_db()
        assert (first.sender, first.fingerprint) == ("", "")

    def test_the_reader_behind_a_proxy_counts_and_not_the_proxy(self, client, shown, settings):
        settings.TRUSTED_PROXY = True
        for number in range(receiving.MOST_OF_ADDRESS + 2):
            headers = {"x-forwarded-for": f"10.0.0.{number}"}
            assert shown.send(client, headers, vraag=f"Vraag {number}").status_code == 303

    def test_more_than_a_form_can_be(self, client, shown):
        answer = shown.send(client, vraag="x" * 70_000)
        assert answer.status_code == 403
        assert shown.send(client, vraag="x" * 5_001).status_code == 400


@pytest.mark.usefixtures("shown")
def test_a_form_costs_few_queries(client, shown, django_assert_max_num_queries):
    filled = shown.filled(client)
    cache.clear()
    with django_assert_max_num_queries(24):
        client.post(shown.page.url, filled, headers={"origin": "http://testserver"})
