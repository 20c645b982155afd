"""The domain by the API: lists with their paging, and typed facts of each thing."""

from datetime import date, timedelta

import pytest

from tests.api.factories import Example
from tests.districts.factories import make_municipality
from tests.kennisbank.factories import add_file, make_publication, make_type
from tests.network.factories import make_organisation
from tests.search import reindex
from tests.themes.factories import make_theme

pytestmark = pytest.mark.django_db


def keys(answer: dict, name: str = "sleutel") -> list[str]:
    return [row[name] for row in answer["resultaten"]]


def test_a_list_is_told_in_pages_with_links(example: Example, ask):
    for number in range(4):
        make_theme(example.theme.get_parent().specific, f"Thema {number}", slug=f"thema-{number}")
    first = ask("/themas?paginaGrootte=2&sorteer=titel&velden=sleutel")
    assert (first["aantal"], keys(first)) == (5, ["ondermijning", "thema-0"])
    assert first["links"]["vorige"] is None
    seen, address = [], first["links"]["eerste"]
    while address:
        page = ask(address.removeprefix("/api/v1"))
        seen += keys(page)
        last, address = address, page["links"]["volgende"]
    assert seen == ["ondermijning", "thema-0", "thema-1", "thema-2", "thema-3"]
    assert last == first["links"]["laatste"]
    beyond = ask("/themas?paginaGrootte=2&pagina=9")
    assert (beyond["aantal"], beyond["resultaten"], beyond["links"]["volgende"]) == (5, [], None)
    assert beyond["links"]["vorige"] == "/api/v1/themas?paginaGrootte=2&pagina=3"


def test_a_list_is_ordered_as_asked(example: Example, ask):
    for name in ("IJsselhem", "Ede", "'s-Heerenberg", "Élburg"):
        make_municipality(example.district, name)
    assert keys(ask("/gemeenten?sorteer=naam"), "naam") == ["Almelo", "Ede", "Élburg", "'s-Heerenberg", "IJsselhem"]
    assert keys(ask("/gemeenten?sorteer=-naam"), "naam")[0] == "IJsselhem"


def test_a_theme(example: Example, ask):
    [row] = ask("/themas")["resultaten"]
    assert ask(f"/themas/{example.theme.pk}") == row
    assert row["sleutel"] == "ondermijning"
    assert row["contact"] == {"rol": "themacoördinator", "email": "ondermijning@example.nl"}
    assert (row["expertgroep"]["id"], row["expertgroep"]["sleutel"]) == (example.part.pk, "ondermijning")


def test_a_theme_in_another_language_keeps_its_key(example: Example, ask):
    [row] = ask("/themas?taal=en")["resultaten"]
    assert (row["id"], row["titel"], row["taal"]) == (example.english_theme.pk, "Organised crime", "en")
    assert row["sleutel"] == "ondermijning"
    assert row["expertgroep"]["taal"] == "nl"
    assert ask(f"/themas/{example.english_theme.pk}")["titel"] == "Organised crime"
    [german] = ask("/themas?taal=de")["resultaten"]
    assert german["taal"] == "nl"


def test_a_district(example: Example, ask):
    [row] = ask("/districten")["resultaten"]
    assert (row["sleutel"], row["aantalGemeenten"]) == ("twente", 1)
    assert row["overleg"]["id"] == example.body.pk
    detail = ask(f"/districten/{example.district.pk}")
    assert detail["gemeenten"] == [{"code": example.municipality.code, "naam": "Almelo", "url": "/gemeenten/almelo/"}]


def test_a_municipality_and_its_plan(example: Example, ask):
    assert keys(ask("/gemeenten"), "naam") == ["Almelo"]
    detail = ask(f"/gemeenten/{example.municipality.code}")
    assert detail["vakje"] == {"kolom": 3, "rij": 4}
    assert detail["district"]["sleutel"] == "twente"
    assert [each["naam"] for each in detail["voorgangers"]] == ["Ambt Delden"]
    [plan] = detail["plannen"]
    assert plan["geldtNu"] is True
    assert [theme["sleutel"] for theme in plan["themas"]] == ["ondermijning"]
    english = ask(f"/gemeenten/{example.municipality.code}?taal=en")
    assert [theme["titel"] for theme in english["plannen"][0]["themas"]] == ["Organised crime"]


def test_a_merged_municipality_stays_to_be_found(example: Example, ask):
    merged = ask(f"/gemeenten/{example.merged.code}")
    assert merged["opgegaanIn"]["naam"] == "Almelo"
    assert merged["geldtTot"] == "2001-01-01"
    assert keys(ask("/gemeenten?peildatum=2000-06-01"), "naam") == ["Almelo", "Ambt Delden"]
    ask("/gemeenten/GM9999", status=404)


def test_municipalities_of_a_district(example: Example, ask):
    assert ask("/gemeenten?district=twente&district=ijsselland")["aantal"] == 1
    assert ask("/gemeenten?district=ijsselland")["aantal"] == 0


def test_a_body(example: Example, ask):
    assert keys(ask("/netwerkorganen")) == ["bbg", "expertgroepen", "ondermijning"]
    assert keys(ask("/netwerkorganen?niveau=lokaal&niveau=districtelijk")) == []
    assert ask("/netwerkorganen?orgaansoort=overleg")["aantal"] == 3
    detail = ask(f"/netwerkorganen/{example.body.pk}")
    assert (detail["korteNaam"], detail["niveau"], detail["orgaansoort"]["naam"]) == ("BBG", "regionaal", "Overleg")
    organisation, role = detail["leden"]
    assert organisation["organisatie"]["naam"] == "Openbaar Ministerie"
    assert organisation["hoedanigheid"]["naam"] == "adviseurs"
    assert (role["organisatie"], role["rol"]["sleutel"]) == (None, "burgemeester")
    assert role["orgaan"]["sleutel"] == "expertgroepen"
    assert "De BBG geeft richting aan de expertgroepen." in [each["tekst"] for each in detail["relaties"]]
    assert ask(f"/netwerkorganen/{example.part.pk}")["onderdeelVan"]["sleutel"] == "expertgroepen"


def test_the_network_as_a_graph(example: Example, ask):
    graph = ask("/netwerk")
    assert {node["titel"] for node in graph["organen"]} >= {"Bestuurlijke begeleidingsgroep", "Expertgroepen"}
    nodes = {node["id"] for node in graph["organen"]}
    assert all({edge["van"], edge["naar"]} <= nodes for edge in graph["relaties"])
    assert "De BBG geeft richting aan de expertgroepen." in [edge["tekst"] for edge in graph["relaties"]]
    assert ask("/netwerk?peildatum=2020-01-01")["peildatum"] == "2020-01-01"


def test_an_organisation(example: Example, ask):
    make_organisation("'t Zorghuis")
    assert keys(ask("/organisaties"), "naam") == ["Openbaar Ministerie", "'t Zorghuis"]
    detail = ask(f"/organisaties/{example.organisation.slug}")
    assert (detail["korteNaam"], detail["organisatiesoort"]["sleutel"]) == ("OM", "partner")
    [seat] = detail["deelnames"]
    assert (seat["orgaan"]["sleutel"], seat["hoedanigheid"]["naam"]) == ("bbg", "adviseurs")
    ask("/organisaties/bestaat-niet", status=404)


def test_a_publication(example: Example, ask):
    reindex()
    [row] = ask("/publicaties")["resultaten"]
    assert row["titel"] == "Factsheet leegstand"
    assert row["documentsoort"] == {"sleutel": "factsheet", "naam": "Factsheet"}
    assert [theme["sleutel"] for theme in row["themas"]] == ["ondermijning"]
    assert [district["sleutel"] for district in row["districten"]] == ["twente"]
    assert [item["naam"] for item in row["gemeenten"]] == ["Almelo"]
    assert [item["naam"] for item in row["organisaties"]] == ["Openbaar Ministerie"]
    assert [term["sleutel"] for term in row["doelgroepen"]] == ["adviseurs-veiligheid"]
    detail = ask(f"/publicaties/{example.publication.pk}")
    assert {name: detail[name] for name in row if name in detail} == {
        name: value for name, value in row.items() if name not in ("fragmenten", "besloten")
    }
    [file] = detail["bestanden"]
    assert file["url"].startswith("/documenten/")
    assert file["bestandstype"] == "PDF"
    assert detail["veiligheidsplan"]["gemeente"]["naam"] == "Almelo"


@pytest.fixture
def two_publications(example: Example) -> Example:
    newer = make_publication(
        example.kennisbank,
        "Advies over havens",
        publication_type=make_type("Advies"),
        publication_date=date(2027, 1, 15),
        document_language="en",
    )
    add_file(newer)
    example.publication.replaced_by = newer
    example.publication.save_revision().publish()
    reindex()
    return example


FACTSHEET, ADVICE = "Factsheet leegstand", "Advies over havens"
FILTERS = {
    "": [ADVICE, FACTSHEET],
    "sorteer=oudste": [FACTSHEET, ADVICE],
    "sorteer=-titel": [FACTSHEET, ADVICE],
    "thema=ondermijning": [FACTSHEET],
    "thema=ondermijning&thema=jeugd": [FACTSHEET],
    "thema=jeugd": [],
    "type=advies": [ADVICE],
    "type=advies&type=factsheet": [ADVICE, FACTSHEET],
    "district=twente": [FACTSHEET],
    "gemeente=GM0001": [FACTSHEET],
    "doelgroep=adviseurs-veiligheid": [FACTSHEET],
    "jaar=2027": [ADVICE],
    "taal=en": [ADVICE],
    "zoek=leegstand+doen": [FACTSHEET],
    "zoek=%25": [],
    "type=advies&district=twente": [],
}


def test_publications_by_filter(two_publications, ask):
    found = {query: keys(ask(f"/publicaties?{query}"), "titel") for query in FILTERS}
    assert found == FILTERS


def test_a_publication_names_the_one_that_replaced_it(two_publications, ask):
    rows = ask(f"/publicaties?organisatie={two_publications.organisation.slug}")["resultaten"]
    assert [row["vervangenDoor"]["titel"] for row in rows] == ["Advies over havens"]


def test_facts_do_not_name_what_is_hidden(example: Example, ask):
    """A theme, body or term that is a draft is no fact for the public, and no filter either."""
    example.theme.unpublish()
    example.part.unpublish()
    kind = example.organisation.kind
    type(kind).objects.filter(pk=kind.pk).update(live=False)
    reindex()
    assert ask("/publicaties")["resultaten"][0]["themas"] == []
    assert ask("/publicaties?thema=ondermijning")["aantal"] == 0
    assert ask(f"/gemeenten/{example.municipality.code}")["plannen"][0]["themas"] == []
    assert ask("/themas")["aantal"] == 0
    assert "ondermijning" not in keys(ask("/netwerkorganen"))
    assert ask(f"/organisaties/{example.organisation.slug}")["organisatiesoort"] is None
    assert ask("/organisaties?organisatiesoort=partner")["aantal"] == 0
    ask(f"/themas/{example.theme.pk}", status=404)


def test_a_fact_that_is_over_is_not_told(example: Example, ask):
    seat = example.organisation.memberships.get()
    seat.valid_to = date.today() - timedelta(days=1)
    seat.save()
    assert ask(f"/organisaties/{example.organisation.slug}")["deelnames"] == []
    assert len(ask(f"/netwerkorganen/{example.body.pk}")["leden"]) == 1
