"""How many queries an answer takes: few, and as many for one item as for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.factories import Example
from tests.cms.factories import make_content_page
from tests.districts.factories import make_district, make_municipality, make_plan
from tests.kennisbank.factories import make_audience, make_publication
from tests.network.factories import make_body, make_organisation, relate, seat
from tests.search import reindex
from tests.themes.factories import make_theme

pytestmark = pytest.mark.django_db

CEILINGS = {
    "/paginas?paginaGrootte=100": 5,
    "/navigatie": 9,
    "/themas": 6,
    "/themas?taal=en": 8,
    "/districten": 6,
    "/gemeenten": 8,
    "/veiligheidsplannen": 9,
    "/prioriteiten": 10,
    "/prioriteiten.csv": 9,
    "/netwerkorganen": 6,
    "/netwerk": 8,
    "/netwerk?taal=en": 12,
    "/organisaties": 5,
    "/publicaties": 20,
    "/publicaties?thema=ondermijning&type=factsheet&district=twente&jaar=2026&zoek=leegstand": 20,
    "/publicaties?datumVanaf=2026-01-01&gewijzigdSinds=2020-01-01&zoek=leegstand": 20,
    "/publicaties/aanvullingen?zoek=leeg": 9,
    "/zoeken/aanvullingen?zoek=leeg": 9,
    "/zoeken/aanvullingen?zoek=leeg&taal=en": 9,
    "/themas?expertgroep=ondermijning&gewijzigdSinds=2020-01-01": 6,
    "/districten?thema=ondermijning&overleg=bbg": 6,
    "/gemeenten?thema=ondermijning&district=twente": 8,
    "/netwerkorganen?onderdeelVan=expertgroepen&peildatum=2026-01-01": 6,
    "/organisaties?orgaan=bbg": 5,
    "/paginas?zoek=leegstand": 9,
}


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/api/v1{address}").status_code == 200, address
    return len(captured)


def enlarge(example: Example) -> None:
    themes = example.theme.get_parent().specific
    districts = example.district.get_parent().specific
    for number in range(4):
        make_content_page(example.home, f"Pagina {number}", slug=f"pagina-{number}")
        body = make_body(example.network, f"de groep {number}", slug=f"groep-{number}")
        relate(example.body, body)
        organisation = make_organisation(f"Organisatie {number}")
        seat(body, organisation=organisation)
        theme = make_theme(themes, f"Thema {number}", slug=f"thema-{number}", expert_group=body)
        district = make_district(districts, f"District {number}", network_body=body)
        municipality = make_municipality(district, f"Gemeente {number}")
        make_plan(municipality, theme)
        make_publication(
            example.kennisbank,
            f"Publicatie {number}",
            slug=f"publicatie-{number}",
            themes=[theme, example.theme],
            districts=[district],
            municipalities=[municipality],
            organisations=[organisation],
            audiences=[make_audience(f"Doelgroep {number}")],
            replaced_by=example.publication,
        )


def test_answers_take_few_queries_whatever_their_size(example: Example, client):
    ceilings = {
        **CEILINGS,
        f"/paginas?onder={example.home.pk}&gewijzigdSinds=2020-01-01": 6,
        f"/themas/{example.theme.pk}": 6,
        f"/themas/{example.english_theme.pk}": 8,
        f"/districten/{example.district.pk}": 8,
        f"/gemeenten/{example.municipality.code}": 10,
        f"/netwerkorganen/{example.body.pk}": 12,
        f"/organisaties/{example.organisation.slug}": 8,
        f"/publicaties/{example.publication.pk}": 15,
        "/paginas/op-pad?pad=/": 14,
        "/paginas/op-pad?pad=/themas/ondermijning/": 26,
        f"/paginas/op-pad?pad={example.english_theme.url}": 32,
        "/paginas/op-pad?pad=/themas/ondermijning/twente/": 20,
        "/paginas/op-pad?pad=/districten/twente/": 22,
        "/paginas/op-pad?pad=/partners/": 14,
        f"/paginas/op-pad?pad=/partners/{example.organisation.slug}/": 16,
        "/paginas/op-pad?pad=/gemeenten/almelo/": 24,
        "/paginas/op-pad?pad=/gemeenten/": 14,
        "/paginas/op-pad?pad=/netwerk/": 12,
        "/paginas/op-pad?pad=/netwerk/bbg/": 15,
        "/paginas/op-pad?pad=/kennisbank/": 18,
        f"/paginas/op-pad?pad={example.publication.url}": 20,
        "/paginas/op-pad?pad=/over-deze-site/": 8,
    }
    reindex()
    assert above(ceilings, client) == {}
    enlarge(example)
    reindex()
    assert above(ceilings, client) == {}


def above(ceilings: dict[str, int], client) -> dict[str, int]:
    """Give the addresses that take more queries than they may, asked twice: a process looks some things up once."""
    for address in ceilings:
        queries(client, address)
    counts = {address: queries(client, address) for address in ceilings}
    return {address: count for address, count in counts.items() if count > ceilings[address]}
