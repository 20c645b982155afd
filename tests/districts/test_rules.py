"""Rules of municipalities and plans."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from wagtail.models import Locale

from cms.rendering.build import context_for
from districts.models import DistrictPage, Municipality, SafetyPlan
from districts.priorities import priorities_of_today
from tests.cms.factories import make_site
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_municipality,
    make_plan,
    make_theme,
    make_theme_index,
)
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> DistrictPage:
    _site, home = make_site()
    return make_district(make_district_index(home))


@pytest.fixture
def theme(district: DistrictPage) -> ThemePage:
    _site, home = make_site()
    return make_theme(make_theme_index(home))


def errors(record: Municipality | SafetyPlan) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    return caught.value.message_dict


def municipality(district: DistrictPage, **values: object) -> Municipality:
    return Municipality(**{"name": "Borne", "slug": "borne", "code": "GM0147", "district": district, **values})


def test_a_good_municipality_is_accepted(district: DistrictPage) -> None:
    municipality(district, tile_x=3, tile_y=4).full_clean()


@pytest.mark.parametrize("code", ["0147", "GM147", "gm0147", "GM014a"])
def test_refuses_what_is_no_cbs_code(code: str, district: DistrictPage) -> None:
    assert "GM en vier cijfers" in errors(municipality(district, code=code))["code"][0]


def test_refuses_half_a_tile(district: DistrictPage) -> None:
    assert errors(municipality(district, tile_x=3)) == {"tile_x": ["Vul kolom én rij in, of geen van beide."]}


def test_refuses_two_municipalities_on_one_tile(district: DistrictPage) -> None:
    make_municipality(district, tile_x=3, tile_y=4)
    found = errors(municipality(district, tile_x=3, tile_y=4))
    assert found == {"tile_x": ["Op dit vakje van de kaart staat al Almelo. Kies een ander vakje."]}


def test_a_successor_needs_a_day(district: DistrictPage) -> None:
    other = make_municipality(district)
    assert "valid_to" in errors(municipality(district, successor=other))


def test_a_municipality_cannot_merge_into_itself(district: DistrictPage) -> None:
    record = make_municipality(district, valid_to=date(2020, 1, 1))
    record.successor = record
    assert "successor" in errors(record)


def test_an_end_before_the_beginning_is_refused(district: DistrictPage) -> None:
    record = municipality(district, valid_from=date(2020, 1, 1), valid_to=date(2019, 1, 1))
    assert "valid_to" in errors(record)


def test_refuses_a_translation_of_a_district(district: DistrictPage) -> None:
    english = district.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    assert "district" in errors(municipality(english))


def test_a_municipality_exists_from_its_first_day_up_to_its_end(district: DistrictPage) -> None:
    today = localdate()
    make_municipality(district, "Nu", valid_from=today)
    make_municipality(district, "Straks", valid_from=today + timedelta(days=1))
    make_municipality(district, "Vroeger", valid_to=today)
    assert [record.name for record in Municipality.objects.valid_on()] == ["Nu"]
    assert [record.exists_today() for record in Municipality.objects.order_by("name")] == [True, False, False]


def test_a_plan_names_its_years(district: DistrictPage) -> None:
    place = make_municipality(district)
    assert str(make_plan(place, years=(2023, 2026))) == "Almelo 2023–2026"
    assert make_plan(place, years=(2027, 2027)).period == "2027"


def test_a_plan_ends_after_it_begins(district: DistrictPage) -> None:
    plan = SafetyPlan(municipality=make_municipality(district), first_year=2026, last_year=2023)
    assert errors(plan) == {"last_year": ["Het laatste jaar ligt voor het eerste jaar."]}


def test_two_plans_cannot_begin_in_one_year(district: DistrictPage) -> None:
    place = make_municipality(district)
    make_plan(place, years=(2023, 2026))
    plan = SafetyPlan(municipality=place, first_year=2023, last_year=2024)
    assert "al een plan" in str(errors(plan))


@pytest.mark.parametrize(
    ("years", "field"), [((2026, 2029), "first_year"), ((2020, 2023), "last_year"), ((2020, 2030), "last_year")]
)
def test_plans_of_one_municipality_do_not_overlap(district: DistrictPage, years: tuple[int, int], field: str) -> None:
    place = make_municipality(district)
    make_plan(place, years=(2023, 2026))
    plan = SafetyPlan(municipality=place, first_year=years[0], last_year=years[1])
    assert errors(plan) == {
        field: ["In deze jaren heeft Almelo al een plan: 2023–2026. Laat de jaren op elkaar aansluiten."]
    }


def test_plans_that_follow_each_other_are_accepted(district: DistrictPage) -> None:
    place = make_municipality(district)
    make_plan(place, years=(2023, 2026)).full_clean()
    SafetyPlan(municipality=place, first_year=2027, last_year=2030).full_clean()
    SafetyPlan(municipality=make_municipality(district, "Borne"), first_year=2023, last_year=2026).full_clean()


def test_finds_who_gives_priority_now(district: DistrictPage, theme: ThemePage) -> None:
    year = localdate().year
    make_plan(make_municipality(district, "Nu"), theme)
    make_plan(make_municipality(district, "Vroeger"), theme, years=(year - 5, year - 1))
    make_plan(make_municipality(district, "Anders"))
    make_plan(make_municipality(district, "Opgegaan", valid_to=date(2020, 1, 1)), theme)
    found = priorities_of_today(context_for(district, district.get_site(), query={}))
    assert [(each.theme, Municipality.objects.get(pk=each.municipality).name) for each in found] == [(theme.pk, "Nu")]
