"""`manage.py inrichten` prepares an empty site and leaves what is there alone."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Locale, Page, Site, Workflow
from wagtail.permissions import policy_registry

from cms.models import BasePage, CMSDocument, CMSImage, Term, User
from districts.models import DistrictPage, Municipality
from home.models import ContentPage, HomePage
from home.setup import region
from network.models import RelationVerb
from tests.cms.factories import make_content_page, make_site


def set_up() -> str:
    out = StringIO()
    call_command("inrichten", regio="oost-nederland", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def first_run(django_db_setup, django_db_blocker) -> Iterator[str]:
    """Set up once for all tests of this module; each test undoes only its own changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield set_up()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(first_run, db) -> None:
    """Every test here starts from the site as the first run left it."""


def member_of(group: str) -> User:
    user = User.objects.create_user(f"iemand-{group}")
    user.groups.add(Group.objects.get(name=group))
    return user


def test_it_says_what_it_made(first_run) -> None:
    assert "Gemeenten: 83 nieuw, 0 bestonden al\n" in first_run
    assert "Districten: 5 nieuw, 0 bestonden al\n" in first_run


def test_a_second_run_makes_nothing() -> None:
    pages, terms = Page.objects.count(), RelationVerb.objects.count()
    lines = set_up().splitlines()
    assert lines
    assert all(": 0 nieuw, " in line for line in lines), lines
    assert (Page.objects.count(), RelationVerb.objects.count()) == (pages, terms)


def test_a_second_run_keeps_what_an_editor_changed() -> None:
    contact = ContentPage.objects.get(slug="contact")
    contact.title, contact.slug, contact.introduction = "Bel of mail ons", "bel-of-mail-ons", "Graag tot horens."
    contact.save_revision().publish()
    Municipality.objects.filter(code="GM0193").update(name="Zwolle aan de IJssel")
    RelationVerb.objects.filter(key="voeden", locale__language_code="nl").update(singular="{van} leert {naar}")
    set_up()
    contact.refresh_from_db()
    assert (contact.title, contact.slug, contact.introduction) == (
        "Bel of mail ons",
        "bel-of-mail-ons",
        "Graag tot horens.",
    )
    assert not ContentPage.objects.filter(slug="contact").exists()
    assert Municipality.objects.get(code="GM0193").name == "Zwolle aan de IJssel"
    assert RelationVerb.objects.get(key="voeden", locale__language_code="nl").singular == "{van} leert {naar}"


def test_the_home_page_takes_the_place_of_the_welcome_page() -> None:
    site = Site.objects.get(is_default_site=True)
    assert isinstance(site.root_page.specific, HomePage)
    assert site.root_page.slug == "home"
    assert site.site_name == "Veiligheidsnetwerk Oost-Nederland"
    assert Page.objects.filter(depth=2).count() == 1


def test_main_pages_stand_in_the_menu_and_starter_pages_do_not() -> None:
    children = Page.objects.child_of(HomePage.objects.get())
    assert list(children.filter(show_in_menus=True).values_list("slug", flat=True)) == [
        "themas", "kennisbank", "districten", "netwerk", "gemeenten", "partners",
    ]  # fmt: skip
    assert set(children.filter(show_in_menus=False).values_list("slug", flat=True)) == {
        "over-deze-site", "contact", "toegankelijkheid", "privacy", "cookies", "proclaimer", "zoeken",
    }  # fmt: skip


def test_every_page_is_published_from_a_revision_and_valid() -> None:
    pages = Page.objects.filter(depth__gt=1).specific()
    assert len(pages) == 1 + 6 + 1 + 1 + 6 + 5
    for page in pages:
        assert isinstance(page, BasePage)
        assert (page.live, page.has_unpublished_changes) == (True, False), page
        assert page.live_revision, page
        page.full_clean()


def test_links_between_starter_pages_lead_to_pages() -> None:
    about = ContentPage.objects.get(slug="over-deze-site")
    source = "".join(block.value.source for block in about.body if block.block_type == "paragraph")
    assert "pagina:" not in source
    assert f'<a linktype="page" id="{ContentPage.objects.get(slug="contact").pk}">' in source


def test_there_are_76_municipalities_today() -> None:
    current = Municipality.objects.valid_on()
    assert current.count() == 76
    assert {page.slug: current.filter(district=page).count() for page in DistrictPage.objects.all()} == {
        "ijsselland": 11,
        "twente": 14,
        "noord-en-oost-gelderland": 22,
        "gelderland-midden": 15,
        "gelderland-zuid": 14,
    }


def test_a_merged_municipality_names_its_successor() -> None:
    assert Municipality.objects.get(slug="ubbergen").successor.slug == "berg-en-dal"


def test_terms_are_live_in_every_language() -> None:
    for model in Term.__subclasses__():
        for source in model.objects.filter(locale__language_code="nl"):
            languages = model.objects.filter(translation_key=source.translation_key, live=True)
            assert set(languages.values_list("locale__language_code", flat=True)) == {"nl", "en", "de"}, source
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"nl", "en", "de"}


def test_editors_write_and_editors_in_chief_publish() -> None:
    page = ContentPage.objects.get(slug="contact")
    editor, chief = member_of("Redactie"), member_of("Eindredactie")
    assert page.permissions_for_user(editor).can_edit()
    assert not page.permissions_for_user(editor).can_publish()
    assert page.permissions_for_user(chief).can_publish()


def test_editors_add_pictures_and_files() -> None:
    editor = member_of("Redactie")
    for model in (CMSImage, CMSDocument):
        policy = policy_registry.get_by_type(model)
        assert policy.user_has_permission(editor, "add"), model
        assert policy.user_has_permission(editor, "choose"), model


def test_translators_may_translate_but_not_touch_the_dutch_pages() -> None:
    translator = member_of("Vertalers")
    assert not HomePage.objects.get().permissions_for_user(translator).can_edit()
    assert translator.has_perm("wagtail_localize.submit_translation")
    assert translator.has_perm("wagtailadmin.access_admin")


def test_administrators_manage_users_and_the_networks_records() -> None:
    wanted = {
        "cms.add_user", "auth.change_group", "network.change_bodyrelation", "network.publish_role",
        "districts.add_municipality",
    }  # fmt: skip
    assert wanted <= member_of("Beheer").get_all_permissions()


def test_the_workflow_is_that_of_the_editors_in_chief() -> None:
    workflow = Workflow.objects.get()
    task = workflow.tasks.get().specific
    assert workflow.name == task.name == "Controle door eindredactie"
    assert list(task.groups.values_list("name", flat=True)) == ["Eindredactie"]
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_an_unknown_region_is_refused_with_the_names_of_those_that_exist() -> None:
    with pytest.raises(CommandError, match=r"'zeeland' bestaat niet.*oost-nederland"):
        call_command("inrichten", regio="zeeland")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('naam = "Dalfsen"', "", r"proef\.toml, gemeenten 1 \(GM0148\): de sleutel 'naam' ontbreekt"),
        ("x = 6", 'x = "zes"', r"gemeenten 1 \(GM0148\): de sleutel 'x' moet een geheel getal zijn"),
        ('code = "GM0148"', 'code = "148"', r"gemeenten 1 \(148\): gemeente 'Dalfsen' klopt niet\. code: Een CBS-code"),
        ("\n[regio]", "\n[regio", r"proef\.toml is geen geldige TOML"),
        ('soort = "netwerk"', 'soort = "nieuws"', r"proef\.toml: bij 'hoofdpaginas' ontbreekt de soort netwerk"),
        ('district = "ijsselland"', 'district = "salland"', r"er is geen district met de sleutel 'salland'"),
        ("pagina:contact", "pagina:winkel", r"er is geen pagina met de sleutel 'winkel'"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_place(tmp_path: Path, monkeypatch, old, new, message) -> None:
    text = (region.REGIONS / "oost-nederland.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "proef.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(region, "REGIONS", tmp_path)
    Municipality.objects.filter(valid_to__isnull=False).delete()
    Municipality.objects.all().delete()
    ContentPage.objects.all().delete()
    with pytest.raises(CommandError, match=message):
        call_command("inrichten", regio="proef", stdout=StringIO())
    assert not Municipality.objects.exists()


def test_a_site_with_another_start_page_is_left_alone() -> None:
    site, home = make_site()
    site.root_page = make_content_page(home, "Iets anders")
    site.save()
    with pytest.raises(CommandError, match="al een andere startpagina"):
        set_up()
