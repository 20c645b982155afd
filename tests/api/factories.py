"""A small network with one of everything, for tests of the whole API."""

from dataclasses import dataclass
from typing import Any

from districts.models import DistrictPage, Municipality
from home.models import HomePage
from kennisbank.models import KennisbankPage, PublicationPage
from network.models import NetworkBodyPage, Organisation
from tests.cms.factories import make_content_page, make_site
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_merged,
    make_municipality,
    make_municipality_index,
    make_plan,
)
from tests.kennisbank.factories import add_file, make_audience, make_kennisbank, make_publication, make_type
from tests.network.factories import (
    make_body,
    make_capacity,
    make_network,
    make_organisation,
    make_partners,
    make_role,
    relate,
    seat,
    translate_page,
)
from tests.themes.factories import make_theme, make_theme_index
from themes.models import ThemePage


@dataclass
class Example:
    """The pages and records that tests name."""

    home: HomePage
    about: Any
    theme: ThemePage
    english_theme: ThemePage
    district: DistrictPage
    municipality: Municipality
    merged: Municipality
    network: Any
    body: NetworkBodyPage
    part: NetworkBodyPage
    organisation: Organisation
    kennisbank: KennisbankPage
    publication: PublicationPage


def make_example() -> Example:
    """Add the network and give its parts. The theme and its parents have an English translation."""
    _site, home = make_site()
    about = make_content_page(home, "Over deze site", introduction="Wie de site maakt.")
    network = make_network(home)
    body = make_body(network, "de BBG", title="Bestuurlijke begeleidingsgroep", slug="bbg", short_name="BBG")
    groups = make_body(network, "de expertgroepen", plural=True, title="Expertgroepen", slug="expertgroepen")
    part = make_body(groups, "de expertgroep ondermijning", title="Expertgroep ondermijning", slug="ondermijning")
    relate(body, groups)
    make_partners(home)
    organisation = make_organisation("Openbaar Ministerie", short_name="OM", website="https://www.example.nl/")
    seat(body, organisation=organisation, capacity=make_capacity())
    seat(body, member_role=make_role(), member_body=groups)
    theme = make_theme(
        make_theme_index(home),
        "Ondermijning",
        partners=("De politie",),
        slug="ondermijning",
        introduction="Wat er speelt.",
        expert_group=part,
        contact_role="themacoördinator",
        contact_email="ondermijning@example.nl",
    )
    district = make_district(make_district_index(home), "Twente", network_body=body)
    make_municipality_index(home)
    municipality = make_municipality(district, "Almelo", tile_x=3, tile_y=4)
    plan = make_plan(municipality, theme)
    merged = make_merged(municipality)
    kennisbank = make_kennisbank(home)
    publication = make_publication(
        kennisbank,
        "Factsheet leegstand",
        introduction="Wat te doen bij leegstand.",
        publication_type=make_type("Factsheet"),
        themes=[theme],
        districts=[district],
        municipalities=[municipality],
        organisations=[organisation],
        audiences=[make_audience()],
        safety_plan=plan,
    )
    add_file(publication)
    english_theme = translate_page(theme, "en", title="Organised crime", slug="organised-crime")
    return Example(
        home, about, theme, english_theme, district, municipality, merged, network, body, part, organisation,
        kennisbank, publication,
    )  # fmt: skip
