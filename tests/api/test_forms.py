"""Forms in the API: what they ask, and sending one."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.models import Form, FormSubmission
from cms.submissions import receiving
from tests.api.schema import faults
from tests.api.test_access import make_token
from tests.api.test_openapi import description  # noqa: F401 - a fixture
from tests.cms.factories import make_form, make_private, make_site
from tests.cms.submissions.forms import Shown, show_form

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"


@pytest.fixture
def shown() -> Shown:
    make_site()
    return show_form()


def definition(client: Client, form: Form) -> Any:
    return client.get(f"/api/v1/formulieren/{form.pk}")


def send(client: Client, shown: Shown, headers: dict[str, str] | None = None, **changes: Any) -> Any:
    body = {
        "antwoorden": {
            "vraag": "Hoe meld ik mij aan?",
            "mailadres": "jan@voorbeeld.example",
            "soort": "soort-advies",
            **changes.pop("antwoorden", {}),
        },
        "stempel": definition(client, shown.form).json()["stempel"],
        **changes,
    }
    address = f"/api/v1/formulieren/{shown.form.pk}/inzendingen"
    return client.post(address, body, content_type="application/json", headers=headers)


class TestDefinition:
    def test_says_what_is_asked_and_not_who_gets_it(self, client, shown):
        answer = definition(client, shown.form)
        assert answer.status_code == 200
        form = answer.json()
        assert [field["sleutel"] for field in form["velden"]][:3] == ["naam", "vraag", "mailadres"]
        assert [choice["waarde"] for choice in form["velden"][-1]["keuzes"]] == ["ja", "nee"]
        assert shown.form.mailbox not in answer.content.decode()
        assert form["bedanktTekst"] == ""

    def test_only_of_a_published_form_on_a_public_page(self, client, shown):
        assert definition(client, make_form("Nergens")).status_code == 404
        make_private(shown.page)
        assert definition(client, shown.form).status_code == 404
        other = show_form(title="Ander")
        Form.objects.filter(pk=other.form.pk).update(live=False)
        assert definition(client, other.form).status_code == 404

    def test_on_a_private_page_is_for_who_may_see_that(self, client, shown):
        make_private(shown.page)
        address = f"/api/v1/formulieren/{shown.form.pk}"
        token = make_token("besloten")
        assert client.get(address, headers={"Authorization": f"Bearer {token}"}).status_code == 200
        public_only = make_token("lezen")
        assert client.get(address, headers={"Authorization": f"Bearer {public_only}"}).status_code == 404

    def test_a_translation_counts_as_shown_with_its_form(self, client, shown):
        english = shown.form.copy_for_translation(shown.page.locale.__class__.objects.get(language_code="en"))
        english.title, english.live = "Ask us", True
        english.save()
        answer = definition(client, english)
        assert answer.json()["titel"] == "Ask us"
        assert answer.headers["Content-Language"] == "en"

    def test_takes_few_queries(self, client, shown, django_assert_max_num_queries):
        definition(client, shown.form)
        with django_assert_max_num_queries(4):
            definition(client, shown.form)


class TestSending:
    def test_is_thanked(self, client, shown):
        answer = send(client, shown, antwoorden={"onderwerpen": ["onderwerpen-zorg"]})
        assert answer.status_code == 201
        assert answer.json() == {"bedanktTekst": shown.form.thanks}
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
        assert FormSubmission.objects.get().answers[6]["answers"] == ["Zorg"]

    def test_twice_is_once(self, client, shown):
        assert [send(client, shown).status_code for _time in range(2)] == [201, 201]
        assert FormSubmission.objects.count() == 1

    def test_mistakes_are_told_by_field(self, client, shown):
        answer = send(client, shown, antwoorden={"vraag": "", "mailadres": "jan"})
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, PROBLEM)
        problem = answer.json()
        assert [(each["sleutel"], each["melding"]) for each in problem["errors"]] == [
            ("vraag", "Vul dit in."),
            ("mailadres", "Vul een e-mailadres in, zoals naam@voorbeeld.nl."),
        ]
        assert problem["weergave"] is None

    def test_with_its_page_comes_back_as_the_page_with_the_mistakes(self, client, shown):
        problem = send(client, shown, antwoorden={"mailadres": "jan"}, pagina=shown.page.url).json()
        page = problem["weergave"]
        assert page["url"] == shown.page.url
        assert page["seo"]["titel"].startswith("Fout: ")
        (block,) = page["secties"][0]["blokken"]
        assert 'aria-invalid="true"' in block["html"]
        assert 'value="jan"' in block["html"]

    def test_on_a_page_with_a_password_takes_the_proof_of_it(self, client, shown):
        PageViewRestriction.objects.create(page=shown.page, restriction_type="password", password="welkom")
        given = {"pad": shown.page.url, "wachtwoord": "welkom"}
        proof = client.post("/api/v1/toegangsbewijzen", given, content_type="application/json").json()["bewijs"]
        headers = {"Toegangsbewijs": proof}
        address = f"/api/v1/formulieren/{shown.form.pk}"
        assert client.get(address).status_code == 404
        stamp = client.get(address, headers=headers).json()["stempel"]

        def sent(answers: dict[str, str], headers: dict[str, str]) -> Any:
            body = {"antwoorden": answers, "stempel": stamp, "pagina": shown.page.url}
            return client.post(f"{address}/inzendingen", body, content_type="application/json", headers=headers)

        right = {"vraag": "Hoe?", "mailadres": "jan@voorbeeld.example", "soort": "soort-advies"}
        assert sent(right, {}).status_code == 404
        assert sent(right, {"Toegangsbewijs": "verzonnen"}).status_code == 404
        assert not FormSubmission.objects.exists()
        mistaken = sent({**right, "mailadres": "jan"}, headers)
        assert mistaken.status_code == 400
        assert mistaken.json()["weergave"]["url"] == shown.page.url
        assert sent(right, headers).status_code == 201
        assert FormSubmission.objects.count() == 1

    @pytest.mark.parametrize("headers", [{"origin": "https://elders.example"}, {"sec-fetch-site": "cross-site"}])
    def test_from_a_page_of_another_site_is_refused(self, client, shown, headers):
        answer = send(client, shown, headers)
        assert (answer.status_code, answer.headers["Content-Type"]) == (403, PROBLEM)
        assert not FormSubmission.objects.exists()

    def test_without_a_stamp_or_too_often(self, client, shown, monkeypatch):
        assert "te lang open" in send(client, shown, stempel="").json()["melding"]
        monkeypatch.setattr(receiving, "MOST_OF_ADDRESS", 0)
        answer = send(client, shown)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")

    def test_to_a_form_that_is_not_public_is_not_found(self, client, shown):
        hidden = make_form("Nergens")
        answer = client.post(f"/api/v1/formulieren/{hidden.pk}/inzendingen", {}, content_type="application/json")
        assert answer.status_code == 404

    @pytest.mark.parametrize("body", ["geen json", "[]", '{"antwoorden": 1}', '{"onbekend": 1}', '{"pagina": "x"}', ""])
    def test_what_is_no_form_is_a_problem(self, client, shown, body):
        address = f"/api/v1/formulieren/{shown.form.pk}/inzendingen"
        answer = client.post(address, body, content_type="application/json")
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, PROBLEM)

    def test_other_methods_are_refused(self, client, shown):
        answer = client.get(f"/api/v1/formulieren/{shown.form.pk}/inzendingen")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, OPTIONS")
        assert client.post(f"/api/v1/formulieren/{shown.form.pk}").status_code == 405


def test_answers_are_as_described(client, shown, description):  # noqa: F811 - the fixture
    described = description["paths"]["/api/v1/formulieren/{id}"]["get"]["responses"]["200"]
    assert not list(faults(definition(client, shown.form).json(), schema_of(described), description))
    responses = description["paths"]["/api/v1/formulieren/{id}/inzendingen"]["post"]["responses"]
    wrong = send(client, shown, antwoorden={"mailadres": "jan"}, pagina=shown.page.url)
    assert not list(faults(wrong.json(), schema_of(responses["400"]), description))
    assert not list(faults(send(client, shown).json(), schema_of(responses["201"]), description))


def schema_of(response: dict[str, Any]) -> Any:
    return next(iter(response["content"].values()))["schema"]
