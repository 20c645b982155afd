"""Districts, municipalities, plans, and the pages they stand under."""

from datetime import date

from django.utils.text import slugify
from django.utils.timezone import localdate

from districts.models import DistrictIndexPage, DistrictPage, Municipality, MunicipalityIndexPage, SafetyPlan
from home.models import HomePage
from tests.cms.factories import publish
from themes.models import ThemeIndexPage, ThemePage


def make_district_index(home: HomePage) -> DistrictIndexPage:
    """Add the overview of districts."""
    return publish(home, DistrictIndexPage(title="Districten", slug="districten"))


def make_district(index: DistrictIndexPage, title: str = "Twente", **values: object) -> DistrictPage:
    """Add a district."""
    return publish(index, DistrictPage(title=title, slug=slugify(title), **values))


def make_municipality_index(home: HomePage) -> MunicipalityIndexPage:
    """Add the overview of municipalities."""
    return publish(home, MunicipalityIndexPage(title="Gemeenten", slug="gemeenten"))


def make_municipality(district: DistrictPage, name: str = "Almelo", **values: object) -> Municipality:
    """Add a municipality, with the next free CBS code."""
    code = f"GM{Municipality.objects.count() + 1:04d}"
    return Municipality.objects.create(
        **{"name": name, "slug": slugify(name), "code": code, "district": district, **values}
    )


def make_merged(successor: Municipality, name: str = "Ambt Delden") -> Municipality:
    """Add a municipality that merged into another one in 2001."""
    return make_municipality(successor.district, name, valid_to=date(2001, 1, 1), successor=successor)


def make_plan(municipality: Municipality, *themes: ThemePage, years: tuple[int, int] | None = None) -> SafetyPlan:
    """Add a safety plan, of this year unless `years` says otherwise."""
    first, last = years or (localdate().year, localdate().year)
    plan = SafetyPlan(municipality=municipality, first_year=first, last_year=last)
    plan.themes.set(themes)
    plan.save()
    return plan


def make_theme_index(home: HomePage) -> ThemeIndexPage:
    """Add the overview of themes."""
    return publish(home, ThemeIndexPage(title="Thema's", slug="themas"))


def make_theme(index: ThemeIndexPage, title: str = "Ondermijning", **values: object) -> ThemePage:
    """Add a theme."""
    return publish(index, ThemePage(title=title, slug=slugify(title), **values))
