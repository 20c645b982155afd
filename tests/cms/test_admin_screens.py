"""Editing in the admin: dates as the language writes them, terms, deletion, the guide and the menu."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from cms import guide
from cms.models import Banner, Footer, Navigation, SiteTexts, User
from cms.models.site_part import SitePart
from districts.models import DistrictPage, Municipality
from home.models import ContentPage, HomePage
from network.models import BodyRelation, NetworkBodyPage, RelationVerb
from tests.cms.factories import make_content_page, make_site
from tests.districts.factories import make_district, make_district_index, make_municipality
from tests.network.factories import make_body, make_network, make_verb, relate, translate_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return make_site()[1]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redacteur", "redacteur@voorbeeld.example", "geheim"))
    return client


def snippet(model: type, view: str, *args: object) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def menu(client: Client) -> list[str]:
    """The labels of the sidebar, in order."""
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    props = json.loads(re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', html, re.DOTALL)[1])
    main = next(module for module in props["modules"] if module["_type"] == "wagtail.sidebar.MainMenuModule")
    return [item["_args"][0]["label"] for item in main["_args"][0]]


def body_form(page: ContentPage, **values: object) -> dict[str, object]:
    numbers = {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    empty = dict.fromkeys(("seo_title", "search_description", "responsible_group", "responsible_user"), "")
    form = {"title": page.title, "slug": page.slug, "introduction": "", "body-count": "0", "social_image": ""}
    return {**form, **numbers, **empty, "comments-MAX_NUM_FORMS": "", **values}


@pytest.mark.parametrize(("language", "shown"), [("nl", "23-11-2026"), ("en", "2026-11-23")])
def test_a_date_is_shown_and_read_as_the_language_writes_it(
    editor: Client, home: HomePage, language: str, shown: str
) -> None:
    UserProfile.objects.create(user=User.objects.get(), preferred_language=language)
    page = make_content_page(home, review_date=date(2026, 11, 23))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    field = re.search(r'<input[^>]*name="review_date"[^>]*>', editor.get(address).content.decode())[0]
    assert f'value="{shown}"' in field
    editor.post(address, body_form(page, review_date=shown.replace("23", "24", 1), **{"action-publish": "1"}))
    page.refresh_from_db()
    assert page.review_date == date(2026, 11, 24)


def test_a_fact_offers_each_term_once_and_only_when_it_is_published(editor: Client, home: HomePage) -> None:
    translate_term(make_verb(), "en", singular="{van} gives direction to {naar}")
    RelationVerb.objects.create(
        key="x", singular="{van} denkt aan {naar}", plural="x", inverse_singular="x", inverse_plural="x", live=False,
        locale=Locale.objects.get(language_code="nl"),
    )  # fmt: skip
    for view in ("choose", "choose_results"):
        chooser = RelationVerb.snippet_viewset.chooser_viewset
        html = editor.get(reverse(chooser.get_url_name(view))).content.decode()
        assert "geeft richting aan" in html
        assert "gives direction" not in html
        assert "denkt aan" not in html


def test_publishing_is_the_main_button_of_a_term(editor: Client, home: HomePage) -> None:
    html = editor.get(snippet(RelationVerb, "add")).content.decode()
    assert html.index('name="action-publish"') < html.index("Bewaar concept")


def test_a_page_that_a_record_needs_is_not_deleted_and_the_admin_says_which(editor: Client, home: HomePage) -> None:
    district = make_district(make_district_index(home))
    make_municipality(district, "Almelo")
    answer = editor.post(reverse("wagtailadmin_pages:delete", args=[district.pk]))
    assert ["Almelo" in str(message) for message in get_messages(answer.wsgi_request)] == [True]
    assert DistrictPage.objects.filter(pk=district.pk).exists()
    assert Municipality.objects.exists()


def test_several_pages_ticked_are_held_to_the_same_rule(editor: Client, home: HomePage) -> None:
    district = make_district(make_district_index(home))
    make_municipality(district, "Almelo")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    editor.post(f"{address}?id={district.pk}&next=/admin/")
    assert DistrictPage.objects.filter(pk=district.pk).exists()


def test_deleting_a_body_tells_which_facts_go_along(editor: Client, home: HomePage) -> None:
    network = make_network(home)
    bbg, rvo = make_body(network), make_body(network, "het RVO")
    relate(bbg, rvo)
    address = reverse("wagtailadmin_pages:delete", args=[bbg.pk])
    assert "BBG – geeft richting aan – RVO" in editor.get(address).content.decode()
    editor.post(address)
    assert not NetworkBodyPage.objects.filter(pk=bbg.pk).exists()
    assert not BodyRelation.objects.exists()


def test_a_page_that_nothing_points_at_is_deleted_without_a_warning(editor: Client, home: HomePage) -> None:
    page = make_content_page(home)
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert "Let op: met deze pagina" not in editor.get(address).content.decode()
    editor.post(address)
    assert not ContentPage.objects.filter(pk=page.pk).exists()


def test_the_box_for_menus_says_when_it_does_not_count(editor: Client, home: HomePage) -> None:
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[make_content_page(home).pk])).content.decode()
    assert "Toon in menu" in html
    assert "Telt niet mee zolang de website een hoofdmenu en een voet heeft." in html
    assert "automatisch gegenereerde menu" not in html


@pytest.mark.parametrize("model", [Banner, Footer, Navigation, SiteTexts])
def test_the_title_of_a_part_of_the_site_begins_with_a_capital(home: HomePage, model: type[SitePart]) -> None:
    assert str(model(site=home.get_site()))[:1].isupper()


def test_the_menu_begins_with_what_changes_daily(editor: Client, home: HomePage) -> None:
    assert menu(editor) == [
        "Pagina's", "Kennisbank", "Netwerk", "Gemeenten", "Afbeeldingen", "Documenten", "Vertalingen", "Zoekmachine",
        "Hele website", "Formulieren", "Inzendingen", "Keuzelijsten", "Rapporten", "Instellingen", "Hulp",
    ]  # fmt: skip


def test_no_label_of_the_menu_is_too_long_for_the_sidebar(editor: Client, home: HomePage) -> None:
    assert [label for label in menu(editor) if len(label) > 13] == []


def test_who_may_do_nothing_but_log_in_sees_no_lists(client: Client, home: HomePage) -> None:
    user = User.objects.create_user("bezoeker")
    group = Group.objects.create(name="Kijkers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)
    assert menu(client) == ["Rapporten", "Hulp"]
    assert "Hulp bij het redigeren" in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.fixture
def chapters(tmp_path: Path, settings) -> Path:
    settings.EDITOR_GUIDE_ROOT = tmp_path
    (tmp_path / "README.md").write_text("# Handleiding\n\nLees [publiceren](publiceren.md#snel).", encoding="utf-8")
    text = "# Publiceren\n\n<script>alert(1)</script>\n\n| a | b |\n|---|---|\n| c | d |\n\n![Knop](beelden/knop.png)\n"
    (tmp_path / "publiceren.md").write_text(text, encoding="utf-8")
    (tmp_path / "beelden").mkdir()
    (tmp_path / "beelden" / "knop.png").write_bytes(b"PNG")
    (tmp_path.parent / "geheim.png").write_bytes(b"PNG")
    return tmp_path


def test_the_guide_is_read_inside_the_admin(editor: Client, home: HomePage, chapters: Path) -> None:
    start = editor.get(reverse("handleiding_start")).content.decode()
    assert f'href="{reverse("handleiding", args=["publiceren"])}#snel"' in start
    page = editor.get(reverse("handleiding", args=["publiceren"])).content.decode()
    assert "<td>c</td>" in page
    assert "<script>alert" not in page
    picture = reverse("handleiding_beeld", args=["beelden/knop.png"])
    assert f'src="{picture}"' in page
    assert editor.get(picture).status_code == 200
    assert "Publiceren" in editor.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("name", ["../geheim.png", "publiceren.md", "beelden/er-niet.png"])
def test_the_guide_gives_only_its_own_pictures(editor: Client, home: HomePage, chapters: Path, name: str) -> None:
    assert editor.get(f"/admin/handleiding/beeld/{name}").status_code == 404


def test_a_chapter_that_does_not_exist_is_not_found(editor: Client, home: HomePage, chapters: Path) -> None:
    assert editor.get(reverse("handleiding", args=["er-niet"])).status_code == 404


def test_without_a_guide_the_dashboard_still_helps(editor: Client, home: HomePage, settings) -> None:
    settings.EDITOR_GUIDE_ROOT = None
    assert guide.chapters() == []
    assert "Hulp bij het redigeren" in editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Vraag de beheerder" in editor.get(reverse("handleiding_start")).content.decode()


def test_only_staff_reads_the_guide(client: Client, home: HomePage) -> None:
    assert client.get(reverse("handleiding_start")).status_code == 302
