"""The Kennisbank's search by the API: facets, fragments, order, completion, and one publication with its files."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.models import CMSDocument, DocumentText, DocumentVersion
from cms.search import engine
from cms.search.engine import SearchTooSlowError
from kennisbank.models import KennisbankPage, PublicationPage
from tests.cms.factories import make_document, make_private, private_collection
from tests.districts.factories import make_municipality
from tests.kennisbank.factories import add_file, make_publication, make_type
from tests.network.factories import translate_page
from tests.search import reindex
from tests.themes.factories import make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(example) -> KennisbankPage:
    """Three more publications, in the index."""
    index = example.theme.get_parent().specific
    youth = make_theme(index, "Jeugd", slug="jeugd")
    kennisbank = example.kennisbank
    make_publication(
        kennisbank, "Advies over havens", introduction="Smokkel in de haven.", themes=[example.theme],
        publication_type=make_type("Advies"), publication_date=date(2025, 1, 15),
    )  # fmt: skip
    make_publication(
        kennisbank, "Jongeren en messen", introduction="Wat scholen doen.", themes=[youth],
        publication_date=date(2024, 5, 1),
    )  # fmt: skip
    make_publication(
        kennisbank, "Youth and knives", document_language="en", themes=[youth], publication_date=date(2023, 5, 1)
    )
    reindex()
    return kennisbank


def titles(answer: dict) -> list[str]:
    return [row["titel"] for row in answer["resultaten"]]


def facet(answer: dict, name: str) -> dict[str, int]:
    return {value["waarde"]: value["aantal"] for value in answer["facetten"][name]}


def read_file(page: PublicationPage, *texts: str, name: str = "stuk.pdf", **values: object) -> CMSDocument:
    """Add a file as the worker leaves it: one text a page."""
    document = make_document("Stuk", name=name)
    for number, text in enumerate(texts, start=1):
        DocumentText.objects.create(document=document, number=number, text=text)
    found = {
        "extraction_state": "done", "page_count": len(texts), "part_kind": "page", "content_hash": "cd" * 32,
        "extracted_hash": "cd" * 32, "language": "nl", "media_type": "application/pdf", **values,
    }  # fmt: skip
    CMSDocument.objects.filter(pk=document.pk).update(**found)
    add_file(page, CMSDocument.objects.get(pk=document.pk))
    return document


def test_without_words_the_newest_stand_first(shelf, ask):
    assert titles(ask("/publicaties")) == [
        "Factsheet leegstand", "Advies over havens", "Jongeren en messen", "Youth and knives",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("oudste", ["Youth and knives", "Jongeren en messen", "Advies over havens", "Factsheet leegstand"]),
        ("titel", ["Advies over havens", "Factsheet leegstand", "Jongeren en messen", "Youth and knives"]),
        ("-titel", ["Youth and knives", "Jongeren en messen", "Factsheet leegstand", "Advies over havens"]),
    ],
)
def test_the_order_is_as_asked(order, expected, shelf, ask):
    assert titles(ask(f"/publicaties?sorteer={order}")) == expected


def test_finds_other_forms_of_a_word_and_marks_them(shelf, ask):
    answer = ask("/publicaties?zoek=haven")
    assert titles(answer) == ["Advies over havens"]
    [row] = answer["resultaten"]
    assert row["besloten"] is False
    assert any("<mark>haven</mark>" in fragment["html"] for fragment in row["fragmenten"])
    assert {fragment["url"] for fragment in row["fragmenten"]} == {row["url"]}
    assert {fragment["pagina"] for fragment in row["fragmenten"]} == {None}


def test_a_fragment_opens_the_file_at_its_page(example, ask):
    document = read_file(example.publication, "Over sloten.", "Meldpunt voor ondergrondse kluizen.")
    reindex()
    [row] = ask("/publicaties?zoek=kluizen")["resultaten"]
    [fragment] = row["fragmenten"]
    assert fragment["pagina"] == 2
    assert "<mark>kluizen</mark>" in fragment["html"]
    assert fragment["url"] == f"/documenten/{document.pk}/{document.filename}#page=2"


def test_a_fragment_of_another_kind_of_file_opens_the_file(example, ask):
    document = read_file(example.publication, "Begroting kluizen.", name="cijfers.xlsx", part_kind="sheet")
    reindex()
    [fragment] = ask("/publicaties?zoek=kluizen")["resultaten"][0]["fragmenten"]
    assert (fragment["pagina"], fragment["url"]) == (1, f"/documenten/{document.pk}/{document.filename}")


def test_counts_each_facet_as_if_nothing_in_it_were_chosen(shelf, ask):
    answer = ask("/publicaties?thema=jeugd")
    assert answer["aantal"] == 2
    assert facet(answer, "thema") == {"jeugd": 2, "ondermijning": 2}
    assert facet(answer, "taal") == {"nl": 1, "en": 1}
    assert facet(answer, "type") == {"factsheet": 2}
    assert [value["label"] for value in answer["facetten"]["thema"]] == ["Jeugd", "Ondermijning"]


def test_several_values_of_a_facet_add_and_facets_narrow(shelf, ask):
    assert ask("/publicaties?thema=jeugd&thema=ondermijning")["aantal"] == 4
    answer = ask("/publicaties?thema=jeugd&type=advies")
    assert (answer["aantal"], answer["resultaten"]) == (0, [])
    assert facet(answer, "thema") == {"jeugd": 0, "ondermijning": 1}


def test_a_value_that_stands_for_nothing_finds_nothing(shelf, ask):
    for query in ("thema=bestaat-niet", "jaar=1999", "bestandstype=exe", "gemeente=GM9999"):
        assert ask(f"/publicaties?{query}")["aantal"] == 0, query


def test_a_field_among_the_words_is_a_filter(shelf, ask):
    assert titles(ask("/publicaties?zoek=thema:jeugd")) == ["Jongeren en messen", "Youth and knives"]
    assert titles(ask("/publicaties?zoek=messen+jaar:2024")) == ["Jongeren en messen"]
    assert titles(ask("/publicaties?zoek=messen+jaar:2025")) == []


def test_a_typing_error_gets_a_correction(shelf, ask):
    answer = ask("/publicaties?zoek=leegsatnd")
    assert (answer["aantal"], answer["correctie"]) == (0, "leegstand")
    assert ask("/publicaties?zoek=leegstand")["correctie"] == ""


def test_pages_of_the_list_lead_to_each_other(shelf, ask):
    first = ask("/publicaties?paginaGrootte=3&velden=titel")
    assert (first["aantal"], len(first["resultaten"])) == (4, 3)
    assert set(first["resultaten"][0]) == {"titel"}
    assert set(first) == {"aantal", "resultaten", "links", "facetten", "correctie"}
    second = ask(first["links"]["volgende"].removeprefix("/api/v1"))
    assert titles(second) == ["Youth and knives"]
    beyond = ask("/publicaties?pagina=9")
    assert (beyond["aantal"], beyond["resultaten"]) == (4, [])


def test_all_wrong_parameters_are_named_at_once(example, ask):
    answer = ask("/publicaties?kleur=rood&jaar=vorig&sorteer=mooiste&paginaGrootte=500", status=400)
    assert [error["parameter"] for error in answer["errors"]] == ["jaar", "kleur", "paginaGrootte", "sorteer"]


def test_a_search_that_takes_too_long_asks_to_come_back(example, client, monkeypatch):
    def too_slow(question):
        raise SearchTooSlowError

    monkeypatch.setattr(engine, "find", too_slow)
    for address in ("/api/v1/publicaties?zoek=x", "/api/v1/paginas?zoek=xyz"):
        response = client.get(address)
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["title"] == "Zoeken duurt te lang"


def test_hidden_publications_are_neither_found_nor_counted(shelf, ask):
    make_private(PublicationPage.objects.get(title="Jongeren en messen"))
    PublicationPage.objects.get(title="Youth and knives").unpublish()
    answer = ask("/publicaties?zoek=messen")
    assert (answer["aantal"], answer["resultaten"]) == (0, [])
    assert facet(ask("/publicaties"), "thema") == {"ondermijning": 2}
    assert facet(ask("/publicaties"), "taal") == {"nl": 2}


def test_what_hidden_publications_say_is_neither_found_completed_nor_counted(shelf, ask):
    hidden = [
        make_publication(shelf, f"Zeldzaamwoord {way}", slug=way, introduction="Over zeldzaamwoord.")
        for way in ("besloten", "concept", "verlopen", "collectie")
    ]
    make_private(hidden[0])
    hidden[1].unpublish()
    Page.objects.filter(pk=hidden[2].pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    hidden[3].title = hidden[3].introduction = "Gewoon stuk"
    hidden[3].save_revision().publish()
    document = read_file(hidden[3], "Hier staat zeldzaamwoord.", collection_id=private_collection().pk)
    reindex()
    for query in ("zeldzaamwoord", "zeldzaamw", "zeldzamwoord", '"over zeldzaamwoord"', "titel:zeldzaamwoord"):
        answer = ask("/publicaties", zoek=query)
        assert (answer["aantal"], answer["resultaten"], answer["correctie"]) == (0, [], ""), query
        assert not any(answer["facetten"].values()), query
        assert ask("/paginas", zoek=query)["aantal"] == 0
    assert ask("/publicaties/aanvullingen?zoek=zeldz")["resultaten"] == []
    files = ask(f"/publicaties/{hidden[3].pk}")["bestanden"]
    assert document.pk not in {int(file["url"].split("/")[2]) for file in files}


def test_a_search_takes_few_queries_whatever_it_finds(shelf, client):
    address = "/api/v1/publicaties?zoek=leegstand+OR+messen&thema=ondermijning&thema=jeugd"
    addresses = (address, "/api/v1/publicaties", "/api/v1/paginas?zoek=leegstand")
    for each in addresses:
        client.get(each)
    for each, ceiling in zip(addresses, (20, 20, 9), strict=True):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(each).status_code == 200
        assert len(captured) <= ceiling, each


def test_one_of_the_words_is_enough_where_that_is_asked(shelf, ask):
    assert titles(ask("/publicaties?zoek=smokkel+scholen")) == []
    assert set(titles(ask("/publicaties?zoek=smokkel+scholen&woorden=een"))) == {
        "Advies over havens",
        "Jongeren en messen",
    }
    assert ask("/publicaties?woorden=een")["aantal"] == 4
    assert ask("/publicaties?zoek=smokkel&woorden=twee", status=400)["errors"][0]["parameter"] == "woorden"


def test_the_kind_of_document_is_a_field_by_the_name_that_readers_see(shelf, ask):
    assert (
        titles(ask("/publicaties?zoek=soort:advies"))
        == titles(ask("/publicaties?type=advies"))
        == ["Advies over havens"]
    )
    assert titles(ask("/publicaties?zoek=soort:advies+type:factsheet&sorteer=oudste"))[-1] == "Factsheet leegstand"


def test_completes_half_a_word_with_what_finds_something(shelf, ask):
    assert ask("/publicaties/aanvullingen?zoek=leegs")["resultaten"][0] == "leegstand"
    make_private(PublicationPage.objects.get(title="Factsheet leegstand"))
    assert ask("/publicaties/aanvullingen?zoek=leegs")["resultaten"] == []


def test_completes_what_the_whole_site_finds_in_the_language_of_the_reader(shelf, example, ask):
    english = translate_page(example.district, "en", title="Subversive crime", slug="subversive-crime")
    make_municipality(example.district, "Leegkerk")
    reindex()
    assert ask("/publicaties/aanvullingen?zoek=leegk")["resultaten"] == []
    assert ask("/zoeken/aanvullingen?zoek=leegk")["resultaten"] == ["Leegkerk"]
    assert ask("/zoeken/aanvullingen?zoek=leegs")["resultaten"][0] == "leegstand"
    assert ask("/zoeken/aanvullingen?zoek=subv")["resultaten"] == []
    assert ask("/zoeken/aanvullingen?zoek=subv&taal=en")["resultaten"][0] == "Subversive crime"
    english.unpublish()
    assert ask("/zoeken/aanvullingen?zoek=subv&taal=en")["resultaten"] == []
    assert "taal" in {
        error["parameter"] for error in ask("/zoeken/aanvullingen?zoek=subv&taal=fr", status=400)["errors"]
    }


def test_completes_publications_in_the_language_of_the_reader(shelf, example, ask):
    translate_page(example.publication, "en", title="Vacancy in shops", slug="vacancy-in-shops")
    reindex()
    assert ask("/publicaties/aanvullingen?zoek=vacan")["resultaten"] == []
    assert ask("/publicaties/aanvullingen?zoek=vacan&taal=en")["resultaten"][0] == "Vacancy in shops"


@pytest.mark.parametrize("address", ["/publicaties/aanvullingen", "/zoeken/aanvullingen"])
@pytest.mark.parametrize("typed", ["", "l", "%20l%20"])
def test_asks_for_two_letters(typed, address, example, ask):
    answer = ask(f"{address}?zoek={typed}", status=400)
    assert answer["errors"] == [{"parameter": "zoek", "melding": "Dit moet minstens 2 letters lang zijn."}]


def test_one_publication_tells_of_its_files_and_their_versions(example, ask):
    facts = {"tagged": True, "text_layer": True, "claims_pdf_ua": False, "declared_language": "nl-NL"}
    document = read_file(example.publication, "Eerste.", "Tweede.", **facts)
    older = DocumentVersion(
        document=document, number=1, file_size=900, content_hash="ef" * 32, media_type="application/pdf", page_count=1,
        placed_at=datetime(2025, 1, 2, tzinfo=UTC), replaced_at=datetime(2026, 2, 3, tzinfo=UTC), note="Cijfers erbij",
    )  # fmt: skip
    older.file.name = "oud.pdf"
    older.save()
    answer = ask(f"/publicaties/{example.publication.pk}")
    file = answer["bestanden"][-1]
    assert (file["paginas"], file["sha256"], file["mediatype"]) == (2, "cd" * 32, "application/pdf")
    assert (file["toegankelijkheid"], file["gelabeld"], file["zegtPdfUa"], file["eigenTaal"]) == (
        "goed", True, False, "nl-NL",
    )  # fmt: skip
    [version] = file["versies"]
    assert version["url"] == f"/documenten/{document.pk}/versie/1/oud.pdf"
    assert (version["geplaatstOp"], version["vervangenOp"]) == ("2025-01-02", "2026-02-03")
    assert (version["wijziging"], version["sha256"], version["grootte"]) == ("Cijfers erbij", "ef" * 32, 900)


def test_one_publication_names_what_it_replaced_and_what_is_like_it(shelf, example, ask):
    older = make_publication(shelf, "Factsheet 2020", slug="oud", replaced_by=example.publication)
    hidden = make_publication(shelf, "Geheim 2019", slug="geheim", replaced_by=example.publication)
    make_private(hidden)
    answer = ask(f"/publicaties/{example.publication.pk}")
    assert [page["titel"] for page in answer["vervangt"]] == ["Factsheet 2020"]
    assert [page["titel"] for page in answer["verwant"]] == ["Advies over havens"]
    assert ask(f"/publicaties/{older.pk}")["vervangenDoor"]["titel"] == "Factsheet leegstand"


def test_searching_pages_finds_other_forms_too(shelf, ask):
    found = titles(ask("/paginas?zoek=haven"))
    assert "Advies over havens" in found
    assert titles(ask("/paginas?zoek=haven&soort=thema")) == []
    assert titles(ask("/paginas?zoek=messen&sorteer=-bijgewerktOp")) == ["Jongeren en messen"]
