"""Facets: values of addresses and of the index, with labels, of what the public may see."""

from collections.abc import Callable

import pytest
from django.utils import translation
from wagtail.models import Locale, Site

from home.models import HomePage
from kennisbank.facets import LABELS, NAMES, Facets
from tests.cms.factories import make_private, make_site
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_municipality,
    make_theme,
    make_theme_index,
)
from tests.kennisbank.factories import make_audience, make_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return make_site()[0]


@pytest.fixture
def home(site: Site) -> HomePage:
    return HomePage.objects.get(pk=site.root_page_id)


def facets_of(site: Site, language: str = "nl") -> Facets:
    return Facets(site, Locale.objects.get(language_code=language))


def test_every_facet_has_a_label() -> None:
    assert list(NAMES) == list(LABELS)
    with translation.override("en"):
        assert str(LABELS["thema"]) == "Theme"
    with translation.override("de"):
        assert str(LABELS["doelgroep"]) == "Für wen"


def test_goes_from_address_to_index_and_back(site: Site, home: HomePage) -> None:
    theme = make_theme(make_theme_index(home), "Ondermijning")
    district = make_district(make_district_index(home), "Twente")
    aalten = make_municipality(district, "Aalten")
    audience, factsheet = make_audience("Adviseurs"), make_type("Factsheet")
    asked = {
        "thema": ["ondermijning"], "district": ["twente"], "gemeente": [aalten.code], "doelgroep": ["adviseurs"],
        "type": ["factsheet"], "jaar": ["2025", "2026"], "taal": ["en"], "bestandstype": ["pdf"],
    }  # fmt: skip
    facets = facets_of(site)
    found = facets.in_index(asked)
    assert found == {
        "thema": {str(theme.pk)}, "district": {str(district.pk)}, "gemeente": {str(aalten.pk)},
        "doelgroep": {str(audience.pk)}, "type": {str(factsheet.pk)}, "jaar": {"2025", "2026"}, "taal": {"en"},
        "bestandstype": {"pdf"},
    }  # fmt: skip
    for name, keys in found.items():
        assert sorted(facets.value(name, key).address for key in keys) == asked[name]
    assert facets.value("gemeente", str(aalten.pk)).label == "Aalten"
    assert facets.value("taal", "en").label == "Engels"


def test_knows_the_old_name_of_the_type(site: Site) -> None:
    factsheet, guide = make_type("Factsheet"), make_type("Handreiking")
    found = facets_of(site).in_index({"soort": ["factsheet"], "type": ["handreiking"], "pagina": ["2"]})
    assert found == {"type": {str(factsheet.pk), str(guide.pk)}}


def test_what_stands_for_nothing_is_left_out_and_told(site: Site) -> None:
    asked = {"thema": ["bestaat-niet"], "jaar": ["twintig", "2025"], "taal": ["xx"], "bestandstype": [""]}
    assert facets_of(site).in_index(asked) == {"thema": frozenset(), "jaar": {"2025"}, "taal": frozenset()}


def test_a_hidden_theme_is_no_value(site: Site, home: HomePage) -> None:
    theme = make_theme(make_theme_index(home), "Besloten thema")
    make_private(theme)
    facets = facets_of(site)
    assert facets.in_index({"thema": [theme.slug]}) == {"thema": frozenset()}
    assert facets.counted("thema", {str(theme.pk): 3}) == []


def test_counts_in_the_order_of_labels_and_keeps_a_chosen_value_at_nothing(site: Site, home: HomePage) -> None:
    index = make_theme_index(home)
    leegstand, zorg, ander = (make_theme(index, name) for name in ("Leegstand", "Zorg en veiligheid", "Ander thema"))
    counted = facets_of(site).counted(
        "thema", {str(zorg.pk): 4, str(leegstand.pk): 2, "999999": 7}, frozenset({str(ander.pk)})
    )
    assert [(item.value.label, item.number, item.chosen) for item in counted] == [
        ("Ander thema", 0, True), ("Leegstand", 2, False), ("Zorg en veiligheid", 4, False),
    ]  # fmt: skip


def test_years_begin_with_the_last(site: Site) -> None:
    counted = facets_of(site).counted("jaar", {"2024": 1, "2026": 2, "2025": 3})
    assert [item.value.address for item in counted] == ["2026", "2025", "2024"]


def test_finds_a_value_by_what_somebody_types(site: Site, home: HomePage) -> None:
    theme = make_theme(make_theme_index(home), "Zorg en veiligheid")
    facets = facets_of(site)
    assert facets.named("thema", "zorg-en-veiligheid") == str(theme.pk)
    assert facets.named("thema", "ZORG en veiligheid") == str(theme.pk)
    assert facets.named("jaar", "2025") == "2025"
    assert facets.named("thema", "zorg") is None


@pytest.mark.parametrize(("language", "most"), [("nl", 5), ("en", 6)])
def test_costs_a_query_a_facet(
    language: str, most: int, site: Site, home: HomePage, django_assert_max_num_queries: Callable
) -> None:
    index = make_theme_index(home)
    for number in range(4):
        make_theme(index, f"Thema {number}")
        make_type(f"Soort {number}")
    facets_of(site, language).in_index({"thema": ["iets"]})
    facets = facets_of(site, language)
    with django_assert_max_num_queries(most):
        for name in NAMES:
            facets.in_index({name: ["iets"]})
            facets.counted(name, {"1": 1})
