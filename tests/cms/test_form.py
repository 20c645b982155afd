"""Forms that editors keep: made in the admin, translated, and shown in a page without what is not public."""

import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.blocks.form import form_value
from cms.models import Form
from cms.rendering.body import render_blocks
from cms.rendering.build import context_for
from home.models import ContentPage
from tests.cms.factories import make_content_page, make_form, make_site
from tests.network.factories import translate_page

pytestmark = pytest.mark.django_db

CHOICES = [{"type": "item", "id": "ja", "value": "Ja, graag"}, {"type": "item", "id": "nee", "value": "Nee"}]
QUESTIONS = [
    {"type": "text", "id": "naam", "value": {"label": "Uw naam", "help_text": "Voor- en achternaam", "required": True}},
    {
        "type": "choice",
        "id": "contact",
        "value": {"label": "Mogen wij bellen?", "help_text": "", "required": False, "choices": CHOICES},
    },
]


@pytest.fixture(autouse=True)
def _site() -> None:
    make_site()


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def block(form: Form, number: int = 1) -> dict:
    return {"type": "form", "id": str(number), "value": {"form": form.pk}}


def page_with(*forms: Form) -> ContentPage:
    _site, home = make_site()
    body = [block(form, number) for number, form in enumerate(forms)]
    return make_content_page(home, "Met formulier", body=json.dumps(body))


def html_of(client: Client, page: ContentPage) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def translate(form: Form, code: str, **values: object) -> Form:
    """Add the published translation."""
    translated = form.copy_for_translation(locale(code))
    for name, value in values.items():
        setattr(translated, name, value)
    translated.live = True
    translated.save()
    return translated


def posted(action: str = "", **values: object) -> dict:
    """Give what the browser sends for a form with two questions."""
    questions = [
        ("text", {"label": "Uw naam", "help_text": "", "required": "on"}),
        ("choice", {"label": "Bellen?", "help_text": "", "choices": choices("Ja", "Nee")}),
    ]
    data = nested_form_data(
        {
            "title": "Bijdrage insturen",
            "introduction": "Stuur een stuk in.",
            "questions": streamfield(questions),
            "submit_label": "Versturen",
            "thanks": "Bedankt.",
            "privacy": "Wij wissen alles na 30 dagen.",
            "mailbox": "ontvangst@voorbeeld.example",
            "retention_days": "30",
            "contact_text": "Bel ons gerust.",
            "contact_email": "",
            "contact_telephone": "026 123 45 67",
            **values,
        }
    )
    return {**data, action: "1"} if action else data


def choices(*labels: str) -> dict:
    items = {str(n): {"value": label, "order": str(n), "deleted": "", "id": ""} for n, label in enumerate(labels)}
    return {"count": str(len(labels)), **items}


class TestInTheAdmin:
    def test_an_editor_makes_a_form_and_publishes_it(self, admin_client):
        answer = admin_client.post("/admin/snippets/cms/form/add/?locale=nl", posted("action-publish"), follow=True)
        assert "Bijdrage insturen" in answer.content.decode()
        form = Form.objects.get()
        assert form.live
        assert [field.kind for field in form_value(form, form.locale).questions] == ["tekst", "keuze"]

    def test_a_draft_stays_a_draft(self, admin_client):
        admin_client.post("/admin/snippets/cms/form/add/?locale=nl", posted())
        assert not Form.objects.get().live

    def test_an_editor_changes_a_form(self, admin_client):
        form = make_form()
        address = f"/admin/snippets/cms/form/edit/{form.pk}/"
        assert "Uw naam" in admin_client.get(address).content.decode()
        admin_client.post(address, posted("action-publish", title="Nieuwe naam"))
        form.refresh_from_db()
        assert form.title == "Nieuwe naam"
        assert len(form.questions) == 2

    def test_the_list_and_the_menu_say_formulieren(self, admin_client):
        make_form()
        html = admin_client.get("/admin/snippets/cms/form/").content.decode()
        assert "Bijdrage insturen" in html
        assert "Formulieren" in admin_client.get("/admin/").content.decode()

    def test_the_preview_shows_the_form_as_it_is_being_written(self, admin_client):
        form = make_form()
        address = f"/admin/snippets/cms/form/preview/{form.pk}/"
        assert admin_client.post(address, posted(title="Nog niet bewaard")).json()["is_valid"]
        html = admin_client.get(f"{address}?mode=").content.decode()
        assert "Nog niet bewaard" in html
        assert "ontvangst@voorbeeld.example" not in html

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"contact_telephone": ""}, "contact_email"),
            ({"contact_telephone": "bel maar"}, "contact_telephone"),
            ({"retention_days": "9999"}, "retention_days"),
            ({"mailbox": "geen adres"}, "mailbox"),
            ({"questions": streamfield([])}, "questions"),
        ],
    )
    def test_what_is_missing_or_wrong_is_said_at_the_field(self, admin_client, values, field):
        answer = admin_client.post("/admin/snippets/cms/form/add/?locale=nl", posted("action-publish", **values))
        assert answer.status_code == 200
        assert field in answer.context["form"].errors
        assert not Form.objects.exists()

    def test_two_questions_may_not_have_one_name(self):
        twice = [QUESTIONS[0], {**QUESTIONS[0], "id": "nog-een"}]
        with pytest.raises(ValidationError, match="heten hetzelfde"):
            make_form(questions=twice).full_clean()


class TestInAPage:
    def test_a_reader_gets_the_form_and_a_way_without_it(self, client):
        html = html_of(client, page_with(make_form()))
        assert "Bijdrage insturen" in html
        assert 'href="mailto:kennisbank@voorbeeld.example"' in html
        assert 'href="tel:0261234567"' in html
        main = html.partition("<main")[2].partition("</main>")[0]
        assert '<form class="form-block__form"' in main
        assert "Wij wissen uw gegevens na 90 dagen." in main

    def test_a_form_that_stands_twice_on_a_page_has_ids_of_its_own(self, client):
        form = make_form()
        ids = re.findall(r' id="([^"]+)"', html_of(client, page_with(form, form)))
        assert len(ids) == len(set(ids))

    def test_the_definition_is_typed_and_its_receiver_is_not_public(self):
        site, _home = make_site()
        page = page_with(make_form(questions=QUESTIONS))
        (rendered,) = render_blocks(page.body, context_for(page, site, {}))
        value = rendered.value.model_dump(mode="json")
        assert value["open"] is True
        assert [(field["sleutel"], field["soort"], field["verplicht"]) for field in value["velden"]] == [
            ("naam", "tekst", True),
            ("contact", "keuze", False),
        ]
        assert [(choice["waarde"], choice["label"]) for choice in value["velden"][1]["keuzes"]] == [
            ("ja", "Ja, graag"),
            ("nee", "Nee"),
        ]
        assert "ontvangst@voorbeeld.example" not in json.dumps(value)
        assert value["bedanktTekst"] == ""

    @pytest.mark.parametrize("state", [{"live": False}, {"expire_at": timezone.now() - timedelta(minutes=1)}])
    def test_a_form_that_is_not_published_is_not_shown(self, client, state):
        html = html_of(client, page_with(make_form(**state)))
        assert "Bijdrage insturen" not in html
        assert "kennisbank@voorbeeld.example" not in html

    def test_many_forms_cost_no_more_queries_than_one(self, django_assert_max_num_queries):
        site, _home = make_site()
        page = page_with(*[make_form(f"Formulier {number}") for number in range(6)])
        page = ContentPage.objects.get(pk=page.pk)
        with django_assert_max_num_queries(4):
            assert len(render_blocks(page.body, context_for(page, site, {}))) == 6


class TestInAnotherLanguage:
    def test_a_reader_gets_the_published_translation(self, client):
        form = make_form()
        translate(form, "en", title="Send us a document", contact_text="Call us.")
        page = translate_page(page_with(form), "en")
        html = html_of(client, page)
        assert "Send us a document" in html
        assert "(optional)" not in html
        assert "Bijdrage insturen" not in html

    def test_without_a_translation_the_dutch_text_is_marked_as_dutch(self, client):
        page = translate_page(page_with(make_form()), "en")
        html = html_of(client, page)
        assert 'lang="nl">Bijdrage insturen</h2>' in html

    def test_a_draft_translation_is_not_shown(self, client):
        form = make_form()
        translated = translate(form, "en", title="Not ready")
        Form.objects.filter(pk=translated.pk).update(live=False)
        html = html_of(client, translate_page(page_with(form), "en"))
        assert "Not ready" not in html
        assert "Bijdrage insturen" in html

    def test_a_translator_gets_every_text_and_the_rest_stays(self):
        form = make_form(questions=QUESTIONS)
        source, _created = TranslationSource.update_or_create_from_instance(form)
        translation = Translation.objects.create(source=source, target_locale=locale("en"))
        strings = {segment.context.path: segment for segment in source.stringsegment_set.all()}
        assert {
            "title", "introduction", "submit_label", "thanks", "privacy", "contact_text",
            "questions.naam.label", "questions.naam.help_text", "questions.contact.choices.ja",
        } <= set(strings)  # fmt: skip
        assert "contact_telephone" not in strings
        for path, segment in strings.items():
            StringTranslation.objects.create(
                translation_of=segment.string, context=segment.context, locale=locale("en"), data=f"en {path}"
            )
        translation.save_target(publish=True)
        english = Form.objects.get(locale=locale("en"))
        assert english.title == "en title"
        assert english.mailbox == form.mailbox
        assert english.retention_days == form.retention_days
        keys = [(field.key, [choice.value for choice in field.choices]) for field in form_value(
            english, english.locale).questions]  # fmt: skip
        assert keys == [("naam", []), ("contact", ["ja", "nee"])]
        assert english.questions[0].value["label"] == "en questions.naam.label"

    def test_a_translator_finds_the_questions_in_the_translation_editor(self, admin_client):
        source, _created = TranslationSource.update_or_create_from_instance(make_form(questions=QUESTIONS))
        Translation.objects.create(source=source, target_locale=locale("en")).save_target(publish=False)
        english = Form.objects.get(locale=locale("en"))
        html = admin_client.get(f"/admin/snippets/cms/form/edit/{english.pk}/").content.decode()
        assert "Mogen wij bellen?" in html
        assert "Ja, graag" in html

    def test_submitting_a_translation_does_not_put_it_live(self):
        source, _created = TranslationSource.update_or_create_from_instance(make_form())
        Translation.objects.create(source=source, target_locale=locale("en")).save_target(publish=False)
        assert not Form.objects.get(locale=locale("en")).live

    def test_a_page_is_translated_without_its_form_and_keeps_it(self):
        _site, home = make_site()
        form = make_form()
        page = page_with(form)
        for source_page in (home, page):
            source, _created = TranslationSource.update_or_create_from_instance(source_page)
            assert not source.relatedobjectsegment_set.exists()
            Translation.objects.create(source=source, target_locale=locale("en")).save_target(publish=True)
        english = ContentPage.objects.get(locale=locale("en"))
        assert english.body[0].value["form"] == form
        assert Form.objects.count() == 1
