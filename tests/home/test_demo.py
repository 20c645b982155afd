"""`manage.py demo` adds the example network: whole, valid, really translated, and only once."""

import json
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from cms.models import BasePage, CMSDocument, CMSImage, User
from districts.models import DistrictIndexPage, DistrictPage, SafetyPlan
from home.models import HomePage
from home.setup.demo.files import make_renditions
from home.setup.demo.load import load_demo
from home.setup.report import Report
from kennisbank.models import PublicationPage
from network.models import BodyRelation, Membership, NetworkBodyPage, Organisation
from themes.models import ThemeIndexPage, ThemePage

PUBLICATIONS = 43
TRANSLATED = [HomePage, ThemeIndexPage, ThemePage, DistrictIndexPage, DistrictPage]


@pytest.fixture(scope="module")
def first_run(django_db_setup, django_db_blocker) -> Iterator[Report]:
    """Load once for all tests of this module; each test undoes only its own changes."""
    report = Report()
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(report)
        yield report
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(first_run, db) -> None:
    """Every test here starts from the site as the first run left it."""


def counts() -> dict[str, int]:
    models = [
        Page, CMSImage, CMSDocument, Organisation, BodyRelation, Membership, SafetyPlan, Translation, StringTranslation,
        User,
    ]  # fmt: skip
    return {model.__name__: model.objects.count() for model in models}


def dutch(model: type[BasePage]):
    return model.objects.filter(locale__language_code="nl")


def all_pages() -> list[BasePage]:
    return list(Page.objects.filter(depth__gt=1).specific())


def test_the_network_is_whole() -> None:
    assert dutch(ThemePage).count() == 6
    assert dutch(DistrictPage).exclude(practice="").count() == 5
    assert NetworkBodyPage.objects.count() == 23
    assert BodyRelation.objects.count() == 18
    assert not NetworkBodyPage.objects.filter(memberships__isnull=True).exists()
    assert Organisation.objects.count() >= 10
    assert SafetyPlan.objects.values("municipality").distinct().count() >= 30
    assert not SafetyPlan.objects.filter(themes__isnull=True).exists()


def test_publications_have_files_that_can_be_read() -> None:
    publications = PublicationPage.objects.all()
    assert len(publications) >= 32
    for publication in publications:
        files = publication.files.select_related("document")
        assert files, publication
        for file in files:
            start = file.document.file.open().read(4)
            assert start == (b"%PDF" if file.document.file_extension == "pdf" else b"PK\x03\x04"), file


def test_publications_are_described() -> None:
    handreiking = PublicationPage.objects.get(slug="handreiking-online-aangejaagde-onrust")
    assert {theme.slug for theme in handreiking.themes.all()} == {
        "maatschappelijke-onrust-en-polarisatie", "digitale-veiligheid-en-cybercrime",
    }  # fmt: skip
    assert {audience.key for audience in handreiking.audiences.all()} == {
        "bestuurders",
        "communicatie",
        "beleidsmakers",
    }
    assert PublicationPage.objects.get(slug="jaarplan-2026").replaced_by.slug == "jaarplan-2027"
    plans = PublicationPage.objects.filter(publication_type__key="veiligheidsplan")
    assert {str(page.safety_plan) for page in plans} == {
        "Doesburg 2025–2028", "Dalfsen 2024–2027", "Oldenzaal 2025–2028", "Tiel 2023–2026",
    }  # fmt: skip


def test_every_page_is_published_and_valid() -> None:
    for page in all_pages():
        assert (page.live, page.has_unpublished_changes, bool(page.live_revision)) == (True, False, True), page
        page.full_clean()


def test_every_page_that_the_demo_writes_has_somebody_responsible_and_a_day_to_look_again() -> None:
    for model in (ThemePage, DistrictPage, NetworkBodyPage, PublicationPage):
        assert not model.objects.filter(responsible_group__isnull=True).exists(), model
        assert not model.objects.filter(review_date__isnull=True).exists(), model


def test_themes_and_districts_point_at_their_bodies() -> None:
    assert all(theme.expert_group.title.startswith("Expertgroep") for theme in ThemePage.objects.all())
    assert {page.network_body.short_name for page in DistrictPage.objects.all()} == {
        "DVO IJsselland", "DVO Twente", "DVO Noord- en Oost-Gelderland", "DVO Gelderland-Midden", "DVO Gelderland-Zuid",
    }  # fmt: skip


def test_pictures_have_a_description_and_a_credit() -> None:
    images = CMSImage.objects.all()
    assert len(images) == 15
    assert all(image.description and image.credit and image.has_focal_point() for image in images)
    assert not dutch(ThemePage).filter(social_image__isnull=True).exists()


def test_links_in_texts_lead_to_pages() -> None:
    known = set(Page.objects.values_list("pk", flat=True))
    found = 0
    for page in all_pages():
        text = json.dumps(json.loads(page.to_json()), ensure_ascii=False)
        assert "pagina:" not in text, page
        linked = {int(pk) for pk in re.findall(r'linktype=\\\\*"page\\\\*" id=\\\\*"(\d+)', text)}
        assert linked <= known, page
        found += len(linked)
    assert found


def test_every_page_opens() -> None:
    client = Client()
    for page in all_pages():
        response = client.get(page.url)
        assert response.status_code == 200, page.url


@pytest.mark.parametrize("code", ["en", "de"])
def test_home_two_themes_and_a_district_are_really_translated(code: str) -> None:
    pages = [page for model in TRANSLATED for page in model.objects.filter(locale__language_code=code)]
    assert len(pages) == 6
    for page in pages:
        source = dutch(type(page)).get(translation_key=page.translation_key)
        assert page.live
        assert page.alias_of is None
        assert page.introduction != source.introduction
        # Names of the network and of districts are the same in every language.
        named = isinstance(page, HomePage | DistrictPage)
        assert named or (page.slug != source.slug and page.title != source.title), page
        translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)
        assert translation.enabled
        total, translated = translation.get_progress()
        assert total == translated > 2
    theme = ThemePage.objects.get(locale__language_code=code, contact_email="mensenhandel@voorbeeld.example")
    assert theme.url.startswith(f"/{code}/them")
    assert [block.block_type for block in theme.body] == ["heading", "paragraph", "callout", "publications"]


@pytest.mark.parametrize("code", ["en", "de"])
def test_no_dutch_is_left_in_a_translation(code: str) -> None:
    words = re.compile(r"\b(het|een|wij|niet|voor|zijn|bij|naar|ook|wordt)\b")
    names = re.compile(r"Het (netwerk|Netzwerk)")
    strings = StringTranslation.objects.filter(locale__language_code=code).values_list("data", flat=True)
    assert strings
    for data in strings:
        assert not words.search(names.sub("", data)), data


def test_a_later_change_of_the_dutch_page_is_seen_by_the_translator() -> None:
    theme = ThemePage.objects.get(slug="mensenhandel")
    translation = Translation.objects.get(source__object_id=theme.translation_key, target_locale__language_code="en")
    theme.introduction = "Mensenhandel is dichterbij dan u denkt."
    theme.save_revision().publish()
    translation.source.update_from_db()
    total, translated = translation.get_progress()
    assert translated == total - 1
    assert ThemePage.objects.get(slug="human-trafficking").live


def test_a_translation_leaves_no_redirect(django_capture_on_commit_callbacks) -> None:
    ThemePage.objects.get(slug="human-trafficking").delete()
    with django_capture_on_commit_callbacks(execute=True):
        load_demo()
    assert ThemePage.objects.filter(slug="human-trafficking", locale__language_code="en").exists()
    assert not Redirect.objects.exists()


def test_translators_may_edit_the_pages_of_their_languages() -> None:
    translator = User.objects.get(username="vertaler")
    for page in HomePage.objects.all():
        expected = page.locale.language_code != "nl"
        assert page.permissions_for_user(translator).can_edit() == expected


def test_a_second_run_makes_nothing() -> None:
    before = counts()
    report = Report()
    load_demo(report)
    assert counts() == before
    assert not report.new
    assert report.known["Publicaties"] == PUBLICATIONS


def test_an_older_demo_gets_what_came_since_and_keeps_its_own_files() -> None:
    PublicationPage.objects.get(slug="factsheet-deepfakes").delete()
    CMSDocument.objects.get(title="Factsheet deepfakes").delete()
    kept = PublicationPage.objects.get(slug="jaarplan-2026").files.get().document
    CMSDocument.objects.filter(pk=kept.pk).update(file_hash="that of an earlier edition")
    report = Report()
    load_demo(report)
    assert (report.new["Publicaties"], report.new["Documenten"]) == (1, 1)
    assert PublicationPage.objects.get(slug="factsheet-deepfakes").files.get().document.title == "Factsheet deepfakes"
    assert PublicationPage.objects.get(slug="jaarplan-2026").files.get().document == kept


def test_a_second_run_keeps_what_an_editor_changed() -> None:
    theme = ThemePage.objects.get(slug="ondermijning")
    theme.title, theme.slug = "Ondermijning stoppen", "ondermijning-stoppen"
    theme.save_revision().publish()
    BodyRelation.objects.filter(from_body__slug="bestuurlijke-begeleidingsgroep").delete()
    before = counts()
    load_demo()
    theme.refresh_from_db()
    assert (theme.title, theme.slug) == ("Ondermijning stoppen", "ondermijning-stoppen")
    assert counts() == before


def test_the_command_says_what_it_did(monkeypatch) -> None:
    monkeypatch.setattr("home.management.commands.demo.make_renditions", lambda: None)
    out = StringIO()
    call_command("demo", stdout=out)
    assert f"Publicaties: 0 nieuw, {PUBLICATIONS} bestonden al\n" in out.getvalue()


def test_pictures_get_their_sizes_once() -> None:
    CMSImage.objects.exclude(title="Speelveld").delete()
    make_renditions()
    image = CMSImage.objects.get()
    made = image.renditions.count()
    assert made == 17  # above a page 4, at the opening 4, on a card 3, in a text 3, as a logo 2, for sharing 1
    make_renditions()
    assert image.renditions.count() == made


def test_logins_are_printed_as_json_and_work() -> None:
    out = StringIO()
    call_command("demo", inloggegevens=True, stdout=out)
    rows = json.loads(out.getvalue())
    assert [row["rol"] for row in rows] == ["Redacteur", "Eindredacteur", "Vertaler", "Beheerder"]
    for row in rows:
        assert set(row) == {"rol", "gebruikersnaam", "wachtwoord"}
        assert Client().login(username=row["gebruikersnaam"], password=row["wachtwoord"]), row


def test_no_account_with_a_known_password_is_made_where_the_settings_forbid_it(settings, monkeypatch) -> None:
    monkeypatch.setattr("home.management.commands.demo.make_renditions", lambda: None)
    settings.DEMO_LOGINS_ALLOWED = False
    User.objects.all().delete()
    out = StringIO()
    call_command("demo", stdout=out)
    assert not User.objects.exists()
    assert "Demo-accounts: overgeslagen" in out.getvalue()
    with pytest.raises(CommandError, match="DEMO_LOGINS_ALLOWED"):
        call_command("demo", inloggegevens=True, stdout=StringIO())
