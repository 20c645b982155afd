"""All metadata of the Kennisbank go out, and come in again unchanged."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from cms.models import User
from kennisbank.exchange.exporting import table
from kennisbank.models import KennisbankPage, PublicationPage
from tests.cms.factories import make_document, make_site
from tests.districts.factories import make_theme, make_theme_index
from tests.kennisbank.factories import add_file, make_audience, make_kennisbank, make_publication
from tests.network.factories import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def kennisbank() -> KennisbankPage:
    _site, home = make_site()
    kennisbank = make_kennisbank(home)
    page = make_publication(
        kennisbank,
        "=Leegstand",
        introduction="Wat te doen.",
        themes=[make_theme(make_theme_index(home))],
        organisations=[make_organisation("RIEC Oost-Nederland")],
        audiences=[make_audience()],
    )
    add_file(page, make_document("Leegstand", b"Over leegstand.", "leegstand.txt"))
    return kennisbank


def test_writes_all_metadata_as_json(kennisbank: KennisbankPage, tmp_path: Path) -> None:
    make_publication(kennisbank, "Concept").unpublish()
    target = tmp_path / "publicaties.json"
    out = io.StringIO()
    call_command("exporteer_publicaties", str(target), stdout=out)
    assert "2 publicaties geschreven" in out.getvalue()
    rows = {row["titel"]: row for row in json.loads(target.read_text())}
    assert rows["Concept"]["gepubliceerd"] is False
    row = rows["=Leegstand"]
    assert row["samenvatting"] == "Wat te doen."
    assert (row["soort"], row["datum"], row["taal"]) == ("factsheet", "2026-03-02", "nl")
    assert row["themas"] == ["Ondermijning"]
    assert row["organisaties"] == ["RIEC Oost-Nederland"]
    assert row["doelgroepen"] == ["Adviseurs veiligheid"]
    assert row["bestanden"] == [PublicationPage.objects.get(title="=Leegstand").files.get().document.filename]


def test_writes_a_sheet_that_spreadsheets_take_for_text_and_the_import_reads(
    kennisbank: KennisbankPage, tmp_path: Path
) -> None:
    target = tmp_path / "publicaties.csv"
    call_command("exporteer_publicaties", str(target), stdout=io.StringIO())
    [row] = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig")), delimiter=";"))
    assert row["titel"] == "'=Leegstand"
    (tmp_path / row["bestanden"]).write_text("Over leegstand.")
    out = io.StringIO()
    call_command("importeer_publicaties", str(target), "--uitvoeren", stdout=out)
    assert "rij 2: ongewijzigd: =Leegstand" in out.getvalue()


def test_asks_the_database_as_often_for_many_as_for_one(
    kennisbank: KennisbankPage, django_assert_max_num_queries
) -> None:
    for number in range(8):
        add_file(make_publication(kennisbank, f"Stuk {number}"))
    with django_assert_max_num_queries(10):
        assert len(list(table())) == 10


def test_the_list_in_the_admin_goes_out_with_all_metadata(kennisbank: KennisbankPage, client: Client) -> None:
    client.force_login(User.objects.create_superuser("redacteur", "redacteur@voorbeeld.example", "geheim"))
    answer = client.get("/admin/publicaties/?export=csv")
    [row] = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert row["Titel"] == "'=Leegstand"
    assert row["Samenvatting"] == "Wat te doen."
    assert row["Thema's"] == "Ondermijning"
    assert row["Doelgroepen"] == "Adviseurs veiligheid"
    assert row["Uitgegeven door"] == "RIEC Oost-Nederland"
    assert row["Bestanden"] == "Leegstand"
