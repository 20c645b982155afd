"""Editors keep municipalities and plans in the admin."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from cms.models import User
from districts.models import DistrictPage, Municipality, SafetyPlan
from tests.cms.factories import make_site
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_municipality,
    make_plan,
    make_theme,
    make_theme_index,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> DistrictPage:
    _site, home = make_site()
    return make_district(make_district_index(home))


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redacteur", "redacteur@voorbeeld.example", "geheim"))
    return client


def address(model: type, view: str, *args: int) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def test_the_menu_has_a_group_of_its_own(editor: Client, district: DistrictPage) -> None:
    assert "Veiligheidsplannen" in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_lists_searches_and_filters_municipalities(editor: Client, district: DistrictPage) -> None:
    other = make_district(district.get_parent(), "IJsselland")
    make_municipality(district, "Almelo")
    make_municipality(other, "Zwolle")
    listing = address(Municipality, "list")
    page = editor.get(listing).content.decode()
    for text in ("Almelo", "Zwolle", "CBS-code", "District", "Bestaat nu"):
        assert text in page
    filtered = editor.get(listing, {"district": other.pk}).content.decode()
    assert "Zwolle" in filtered
    assert "Almelo" not in filtered


def test_adds_a_municipality(editor: Client, district: DistrictPage) -> None:
    form = address(Municipality, "add")
    assert "Plaats op de vakjeskaart" in editor.get(form).content.decode()
    sent = {"name": "Borne", "slug": "borne", "code": "GM0147", "district": district.pk, "tile_x": 1, "tile_y": 2}
    rest = {"valid_from": "", "valid_to": "", "successor": ""}
    assert editor.post(form, {**sent, **rest}).status_code == 302
    assert Municipality.objects.get().name == "Borne"
    wrong = editor.post(form, {**sent, **rest, "slug": "x", "code": "147"}).content.decode()
    assert "Een CBS-code is GM en vier cijfers" in wrong


def test_a_plan_offers_themes_in_the_language_of_the_site(editor: Client, district: DistrictPage) -> None:
    _site, home = make_site()
    theme = make_theme(make_theme_index(home), "Ondermijning")
    english = theme.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.title = "Subversive crime"
    english.save()
    plan = make_plan(make_municipality(district), years=(2023, 2026))
    form = address(SafetyPlan, "edit", plan.pk)
    page = editor.get(form).content.decode()
    assert 'type="checkbox"' in page
    assert "Ondermijning" in page
    assert "Subversive crime" not in page
    sent = {"municipality": plan.municipality_id, "first_year": 2023, "last_year": 2027, "themes": [theme.pk]}
    assert editor.post(form, sent).status_code == 302
    assert list(SafetyPlan.objects.get().themes.all()) == [theme]
    wrong = editor.post(form, {**sent, "last_year": 2020}).content.decode()
    assert "Het laatste jaar ligt voor het eerste jaar." in wrong


def test_lists_and_filters_plans(editor: Client, district: DistrictPage) -> None:
    _site, home = make_site()
    theme = make_theme(make_theme_index(home))
    make_plan(make_municipality(district, "Almelo"), theme, years=(2023, 2026))
    make_plan(make_municipality(district, "Borne"), years=(2024, 2027))
    listing = address(SafetyPlan, "list")
    page = editor.get(listing).content.decode()
    assert "2023–2026" in page
    assert "Borne" not in editor.get(listing, {"theme": theme.pk}).content.decode()
    assert "Almelo" not in editor.get(listing, {"q": "borne"}).content.decode()


def test_municipalities_show_their_plan_and_are_filtered_by_it(editor: Client, district: DistrictPage) -> None:
    year = timezone.localdate().year
    make_plan(make_municipality(district, "Almelo"), years=(year - 1, year + 2))
    make_plan(make_municipality(district, "Borne"), years=(year - 6, year - 3))
    listing = address(Municipality, "list")
    assert f"{year - 1}–{year + 2}" in editor.get(listing).content.decode()
    planned = editor.get(listing, {"plan": "geldig"}).content.decode()
    assert "Almelo" in planned
    assert "Borne" not in planned
    assert "Almelo" not in editor.get(listing, {"plan": "geen"}).content.decode()


def test_plans_that_end_soon_are_found(editor: Client, district: DistrictPage) -> None:
    year = timezone.localdate().year
    make_plan(make_municipality(district, "Almelo"), years=(year - 3, year))
    make_plan(make_municipality(district, "Borne"), years=(year, year + 3))
    soon = editor.get(address(SafetyPlan, "list"), {"expiry": "bijna"}).content.decode()
    assert "Almelo" in soon
    assert "Borne" not in soon


def test_municipalities_and_plans_are_exported_with_dutch_headings(editor: Client, district: DistrictPage) -> None:
    _site, home = make_site()
    theme = make_theme(make_theme_index(home))
    make_plan(make_municipality(district, "Almelo"), theme, years=(2023, 2026))
    exported = {}
    for model in (Municipality, SafetyPlan):
        answer = editor.get(address(model, "list"), {"export": "csv"})
        exported[model] = b"".join(answer.streaming_content).decode().splitlines()
    assert exported[Municipality][0] == "Naam,CBS-code,District,Plan van nu,Geldt vanaf,Geldt tot,Opgegaan in"
    assert exported[SafetyPlan][1] == "Almelo,Twente,2023,2026,Ondermijning,"


@pytest.mark.parametrize("number", [2, 12])
@pytest.mark.parametrize("model", [Municipality, SafetyPlan])
def test_a_longer_list_asks_no_more(
    editor: Client, district: DistrictPage, model: type, number: int, django_assert_max_num_queries
) -> None:
    for place in range(number):
        make_plan(make_municipality(district, f"Gemeente {place}"), years=(2023, 2026))
    editor.get(address(model, "list"))
    with django_assert_max_num_queries(12):
        editor.get(address(model, "list"))
