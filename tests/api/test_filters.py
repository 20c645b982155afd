"""Filters of lists: what each keeps, what is refused, and the `Link` header of every page of a list."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from tests.api.factories import Example
from tests.cms.factories import make_content_page, make_private
from tests.districts.factories import make_district, make_municipality
from tests.kennisbank.factories import make_publication
from tests.network.factories import make_organisation
from tests.search import reindex
from tests.themes.factories import make_theme

pytestmark = pytest.mark.django_db


def names(answer: dict, name: str = "sleutel") -> list[str]:
    return [row[name] for row in answer["resultaten"]]


def published_at(page: Page, moment: datetime) -> None:
    Page.objects.filter(pk=page.pk).update(last_published_at=moment)


@pytest.fixture
def enlarged(example: Example) -> Example:
    """The example with a second theme, district, municipality and organisation that nothing is said of."""
    make_theme(example.theme.get_parent().specific, "Jeugd", slug="jeugd")
    other = make_district(example.district.get_parent().specific, "IJsselland")
    make_municipality(other, "Ommen")
    make_organisation("Politie", slug="politie")
    type(example.organisation).objects.filter(pk=example.organisation.pk).update(slug="om")
    return example


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("/themas?sleutel=jeugd", ["jeugd"]),
        ("/themas?sleutel=jeugd&sleutel=ondermijning", ["ondermijning", "jeugd"]),
        ("/themas?expertgroep=ondermijning", ["ondermijning"]),
        ("/themas?expertgroep=bestaat-niet", []),
        ("/themas?taal=en&expertgroep=ondermijning", ["ondermijning"]),
        ("/districten?sleutel=ijsselland", ["ijsselland"]),
        ("/districten?thema=ondermijning", ["twente"]),
        ("/districten?thema=jeugd", []),
        ("/districten?overleg=bbg", ["twente"]),
        ("/gemeenten?thema=ondermijning", ["almelo"]),
        ("/gemeenten?thema=ondermijning&district=ijsselland", []),
        ("/netwerkorganen?sleutel=bbg", ["bbg"]),
        ("/netwerkorganen?onderdeelVan=expertgroepen", ["ondermijning"]),
        ("/netwerkorganen?onderdeelVan=bestaat-niet", []),
        ("/organisaties?orgaan=bbg", ["om"]),
        ("/organisaties?orgaan=expertgroepen", []),
        ("/organisaties?sleutel=politie", ["politie"]),
    ],
)
def test_a_filter_keeps_what_has_the_value(enlarged, ask, query, found):
    assert names(ask(query)) == found


def test_bodies_of_a_day(example: Example, ask):
    example.part.valid_from = date(2020, 1, 1)
    example.part.save_revision().publish()
    assert names(ask("/netwerkorganen?peildatum=2019-06-01")) == ["bbg", "expertgroepen"]
    assert names(ask("/netwerkorganen?peildatum=2020-01-01")) == ["bbg", "expertgroepen", "ondermijning"]


def test_what_is_hidden_filters_as_what_is_not_there(example: Example, ask):
    queries = {
        "/themas?expertgroep=ondermijning": example.part,
        "/districten?overleg=bbg": example.body,
        "/gemeenten?thema=ondermijning": example.theme,
        "/districten?thema=ondermijning": example.theme,
    }
    assert [ask(query)["aantal"] for query in queries] == [1, 1, 1, 1]
    Page.objects.filter(pk__in=[page.pk for page in queries.values()]).update(live=False)
    assert [ask(query)["aantal"] for query in queries] == [0, 0, 0, 0]
    Page.objects.update(live=True)
    make_private(example.body)
    assert ask("/organisaties?orgaan=bbg")["aantal"] == 0


@pytest.mark.parametrize(
    ("address", "attribute"),
    [("/themas", "theme"), ("/districten", "district"), ("/netwerkorganen?sleutel=bbg", "body"), ("/paginas", "about")],
)
def test_only_what_changed_since_a_moment(example: Example, ask, address, attribute):
    moment = datetime(2120, 5, 1, 12, tzinfo=UTC)
    page = getattr(example, attribute)
    published_at(page, moment)
    mark = "&" if "?" in address else "?"
    for asked in ("2120-05-01T12:00:00Z", "2120-05-01", "2120-05-01T14:00:00%2B02:00", "2120-05-01T14:00:00+02:00"):
        assert names(ask(f"{address}{mark}gewijzigdSinds={asked}"), "id") == [page.pk], asked
    assert ask(f"{address}{mark}gewijzigdSinds=2120-05-01T12:00:01Z")["aantal"] == 0


def test_publications_between_dates_keep_their_words_facets_and_corrections(example: Example, ask):
    make_publication(
        example.kennisbank, "Leegstand vroeger", slug="vroeger", publication_date=date(2019, 5, 1),
        themes=[example.theme], introduction="Over leegstand.",
    )  # fmt: skip
    reindex()
    old, new = "Leegstand vroeger", "Factsheet leegstand"
    for query, found in (
        ("datumVanaf=2020-01-01", [new]),
        ("datumTotEnMet=2019-05-01", [old]),
        ("datumVanaf=2019-05-01&datumTotEnMet=2026-03-02", [new, old]),
        ("datumTotEnMet=2019-04-30", []),
        ("datumVanaf=2020-01-01&zoek=leegstand", [new]),
        ("datumVanaf=2020-01-01&thema=ondermijning&sorteer=titel", [new]),
        ("datumTotEnMet=2019-12-31&zoek=leegstand&thema=ondermijning", [old]),
    ):
        assert names(ask(f"/publicaties?{query}"), "titel") == found, query
    answer = ask("/publicaties?zoek=leegstand&datumVanaf=2020-01-01&thema=ondermijning")
    assert answer["facetten"]["jaar"] == [{"waarde": "2026", "label": "2026", "aantal": 1}]
    assert [value["aantal"] for value in answer["facetten"]["thema"]] == [1]
    nothing = ask("/publicaties?zoek=leegstand&datumVanaf=2030-01-01")
    assert (nothing["aantal"], nothing["resultaten"], nothing["correctie"]) == (0, [], "")


def test_publications_that_changed_since_a_moment(example: Example, ask):
    make_publication(example.kennisbank, "Nieuw", slug="nieuw")
    published_at(example.publication, timezone.now() - timedelta(days=9))
    reindex()
    since = (timezone.now() - timedelta(days=1)).date().isoformat()
    assert names(ask(f"/publicaties?gewijzigdSinds={since}"), "titel") == ["Nieuw"]


def test_pages_below_a_page(example: Example, ask):
    child = make_content_page(example.about, "Colofon")
    make_content_page(child, "Drukwerk")
    reindex()
    assert names(ask(f"/paginas?onder={example.about.pk}"), "titel") == ["Colofon", "Drukwerk"]
    assert names(ask(f"/paginas?onder={example.about.pk}&zoek=drukwerk"), "titel") == ["Drukwerk"]
    assert ask(f"/paginas?onder={example.theme.pk}&zoek=drukwerk")["aantal"] == 0
    assert ask("/paginas?onder=999999")["aantal"] == 0
    assert ask("/paginas?onder=999999&zoek=drukwerk")["aantal"] == 0
    make_private(example.about)
    assert ask(f"/paginas?onder={example.about.pk}")["aantal"] == 0


def test_all_wrong_filters_are_named_at_once(site, ask):
    problem = ask(
        "/publicaties?datumVanaf=gisteren&datumTotEnMet=20261231&gewijzigdSinds=1700000000&jaar=x&gewijzigdsinds=2026",
        status=400,
    )
    assert [error["parameter"] for error in problem["errors"]] == [
        "datumTotEnMet", "datumVanaf", "gewijzigdSinds", "gewijzigdsinds", "jaar",
    ]  # fmt: skip
    assert {error["melding"] for error in problem["errors"]} >= {
        "Geef een datum als jaar-maand-dag, bijvoorbeeld 2026-11-23."
    }


@pytest.mark.parametrize(
    "value", ["2026-13-01", "2026-02-30T00:00:00Z", "0000-01-01", "morgen", "2026-11-23T25:00:00Z"]
)
def test_a_moment_that_is_none_is_refused_in_words(site, ask, value):
    [error] = ask(f"/themas?gewijzigdSinds={value}", status=400)["errors"]
    assert error["parameter"] == "gewijzigdSinds"
    assert error["melding"].startswith("Geef een")


def test_a_period_that_ends_before_it_begins_is_refused(site, ask):
    [error] = ask("/publicaties?datumVanaf=2026-02-01&datumTotEnMet=2026-01-01", status=400)["errors"]
    assert error == {"parameter": "datumTotEnMet", "melding": "Deze datum ligt voor `datumVanaf`."}


def test_every_page_of_a_list_links_to_the_others_in_its_headers(example: Example, client):
    for number in range(4):
        make_content_page(example.home, f"Pagina {number}", slug=f"pagina-{number}")
    address, seen = "/api/v1/paginas?paginaGrootte=5&velden=id", []
    while address:
        response = client.get(address)
        answer = response.json()
        seen += names(answer, "id")
        links = {
            relation: target for target, relation in re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers["Link"])
        }
        own = {"first": "eerste", "prev": "vorige", "next": "volgende", "last": "laatste"}
        assert links == {relation: answer["links"][key] for relation, key in own.items() if answer["links"][key]}
        address = links.get("next")
    assert len(seen) == len(set(seen)) == answer["aantal"]


@pytest.mark.parametrize(
    "list_address",
    ["themas", "districten", "gemeenten", "veiligheidsplannen", "prioriteiten", "netwerkorganen", "organisaties",
     "publicaties", "paginas", "paginas?zoek=leegstand"],
)  # fmt: skip
def test_every_list_has_the_links(example: Example, client, list_address):
    assert 'rel="first"' in client.get(f"/api/v1/{list_address}").headers["Link"]
