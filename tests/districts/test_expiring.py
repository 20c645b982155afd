"""Plans that need a successor, on the dashboard."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from lxml import html

from cms.models import User
from districts.expiring import expiring
from districts.models import DistrictPage
from tests.cms.factories import make_site
from tests.districts.factories import make_district, make_district_index, make_merged, make_municipality, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> DistrictPage:
    _site, home = make_site()
    return make_district(make_district_index(home))


@pytest.fixture
def year() -> int:
    return localdate().year


def found() -> list[tuple[str, bool]]:
    return [(item.plan.municipality.name, item.has_ended) for item in expiring()]


def test_finds_plans_that_end_this_year_or_have_ended(district: DistrictPage, year: int) -> None:
    make_plan(make_municipality(district, "Dit jaar"), years=(year - 3, year))
    make_plan(make_municipality(district, "Afgelopen"), years=(year - 5, year - 2))
    make_plan(make_municipality(district, "Loopt nog"), years=(year, year + 1))
    make_municipality(district, "Zonder plan")
    assert found() == [("Afgelopen", True), ("Dit jaar", False)]


def test_a_plan_with_a_successor_is_not_among_them(district: DistrictPage, year: int) -> None:
    place = make_municipality(district)
    make_plan(place, years=(year - 3, year))
    make_plan(place, years=(year + 1, year + 4))
    assert found() == []


def test_of_several_plans_that_ended_only_the_last_is_told(district: DistrictPage, year: int) -> None:
    place = make_municipality(district)
    make_plan(place, years=(year - 9, year - 6))
    last = make_plan(place, years=(year - 5, year - 2))
    assert [item.plan for item in expiring()] == [last]


def test_a_merged_municipality_needs_no_plan(district: DistrictPage, year: int) -> None:
    place = make_municipality(district)
    merged = make_merged(place)
    make_plan(merged, years=(1999, 2000))
    assert found() == []
    assert merged.valid_to == date(2001, 1, 1)


def panel(client: Client) -> html.HtmlElement | None:
    document = html.fromstring(client.get(reverse("wagtailadmin_home")).content.decode())
    return next(iter(document.xpath("//section[@id='veiligheidsplannen-section' or @id='veiligheidsplannen']")), None)


def test_the_dashboard_leads_to_each_plan(client: Client, district: DistrictPage, year: int) -> None:
    client.force_login(User.objects.create_superuser("redacteur", "redacteur@voorbeeld.example", "geheim"))
    shown = panel(client)
    assert shown is not None
    assert "heeft al een opvolger" in shown.text_content()
    plan = make_plan(make_municipality(district, "Almelo"), years=(year - 3, year))
    shown = panel(client)
    assert f"Almelo {year - 3}–{year}: loopt af eind {year}" in " ".join(shown.text_content().split())
    assert reverse("wagtailsnippets_districts_safetyplan:edit", args=[plan.pk]) in shown.xpath(".//a/@href")


def test_a_long_list_is_cut_and_says_so(client: Client, district: DistrictPage, year: int) -> None:
    client.force_login(User.objects.create_superuser("redacteur", "redacteur@voorbeeld.example", "geheim"))
    for number in range(12):
        make_plan(make_municipality(district, f"Plaats {number:02}"), years=(year, year))
    shown = panel(client).text_content()
    assert "Plaats 09" in shown
    assert "Plaats 10" not in shown
    assert "en nog 2" in shown


def test_only_who_may_change_plans_sees_them(client: Client, district: DistrictPage, year: int) -> None:
    make_plan(make_municipality(district, "Almelo"), years=(year, year))
    user = User.objects.create_user("lezer", "lezer@voorbeeld.example", "geheim")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert panel(client) is None
    user.user_permissions.add(Permission.objects.get(codename="change_safetyplan"))
    assert panel(client) is not None
