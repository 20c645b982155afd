"""Publications come in from a sheet and a folder of files."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from cms.exchange.reading import SheetError
from cms.models import CMSDocument, DocumentVersion
from home.models import HomePage
from kennisbank.exchange.reading import find_sheet, read_sheet
from kennisbank.models import KennisbankPage, PublicationPage
from tests.cms.factories import make_document, make_site
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_municipality,
    make_theme,
    make_theme_index,
)
from tests.kennisbank.factories import add_file, make_audience, make_kennisbank, make_publication, make_type

pytestmark = pytest.mark.django_db

HEAD = "kenmerk;titel;soort;datum;themas;bestanden\n"


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def kennisbank(home: HomePage) -> KennisbankPage:
    make_type("Factsheet")
    make_theme(make_theme_index(home), "Ondermijning")
    return make_kennisbank(home)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "leegstand.txt").write_text("Over leegstand.")
    (tmp_path / "onrust.txt").write_text("Over onrust.")
    return tmp_path


def sheet(folder: Path, text: str) -> Path:
    path = folder / "publicaties.csv"
    path.write_text(text)
    return path


def run(place: Path, *options: str, fails: bool = False) -> str:
    out = io.StringIO()
    try:
        call_command("importeer_publicaties", str(place), *options, stdout=out)
    except CommandError:
        assert fails, out.getvalue()
    else:
        assert not fails, out.getvalue()
    return out.getvalue()


def test_a_dry_run_tells_what_will_happen_and_changes_nothing(kennisbank: KennisbankPage, folder: Path) -> None:
    sheet(folder, HEAD + "a-1;Over leegstand;factsheet;2026-11-02;ondermijning;leegstand.txt\n")
    out = run(folder)
    assert "rij 2: nieuw: Over leegstand" in out
    assert "wordt concept, met 1 bestand" in out
    assert "Dit was een proef: er is niets veranderd." in out
    assert not PublicationPage.objects.exists()
    assert not CMSDocument.objects.exists()


def test_makes_drafts_with_their_files_and_subjects(home: HomePage, kennisbank: KennisbankPage, folder: Path) -> None:
    municipality = make_municipality(make_district(make_district_index(home)), "Zwolle")
    make_audience("Ondernemers")
    sheet(
        folder,
        "kenmerk;titel;samenvatting;soort;datum;taal;themas;gemeenten;doelgroepen;bestanden;controleren\n"
        "a-1;Over leegstand;Wat te doen.;FACTSHEET;02-11-2026;nl;Ondermijning;zwolle;ondernemers;"
        "leegstand.txt|onrust.txt;2027-01-01\n",
    )
    run(folder, "--uitvoeren")
    page = PublicationPage.objects.get()
    assert (page.title, page.introduction, page.live) == ("Over leegstand", "Wat te doen.", False)
    assert (str(page.publication_date), str(page.review_date)) == ("2026-11-02", "2027-01-01")
    assert [theme.title for theme in page.themes.all()] == ["Ondermijning"]
    assert list(page.municipalities.all()) == [municipality]
    assert [file.document.title for file in page.files.all()] == ["Leegstand", "Onrust"]


@pytest.mark.parametrize(
    ("options", "cell", "live"), [((), "ja", True), (("--publiceer",), "", True), (("--publiceer",), "nee", False)]
)
def test_publishes_where_that_is_asked(
    kennisbank: KennisbankPage, folder: Path, options: tuple[str, ...], cell: str, live: bool
) -> None:
    sheet(folder, f"kenmerk;titel;soort;publiceren\na;Over leegstand;factsheet;{cell}\n")
    run(folder, "--uitvoeren", *options)
    assert PublicationPage.objects.get().live is live


@pytest.mark.parametrize("key", ["a-1", ""])
def test_a_second_run_changes_nothing(kennisbank: KennisbankPage, folder: Path, key: str) -> None:
    sheet(folder, HEAD + f"{key};Over leegstand;factsheet;2026-11-02;ondermijning;leegstand.txt\n")
    run(folder, "--uitvoeren")
    out = run(folder, "--uitvoeren")
    assert "rij 2: ongewijzigd: Over leegstand" in out
    assert PublicationPage.objects.count() == CMSDocument.objects.count() == 1


def test_updates_what_changed_and_leaves_empty_cells_alone(kennisbank: KennisbankPage, folder: Path) -> None:
    sheet(folder, HEAD + "a-1;Over leegstand;factsheet;2026-11-02;ondermijning;leegstand.txt\n")
    run(folder, "--uitvoeren", "--publiceer")
    sheet(folder, HEAD + "a-1;Over leegstand en meer;;;-;\n")
    out = run(folder, "--uitvoeren", "--publiceer")
    assert "rij 2: bijwerken: Over leegstand en meer" in out
    assert "    titel: “Over leegstand” wordt “Over leegstand en meer”\n    thema's\n" in out
    page = PublicationPage.objects.get()
    assert (page.title, str(page.publication_date)) == ("Over leegstand en meer", "2026-11-02")
    assert not page.themes.exists()
    assert page.files.count() == 1


def test_a_change_without_publishing_waits_as_a_draft(kennisbank: KennisbankPage, folder: Path) -> None:
    sheet(folder, HEAD + "a-1;Over leegstand;factsheet;2026-11-02;;\n")
    run(folder, "--uitvoeren", "--publiceer")
    sheet(folder, HEAD + "a-1;Anders;factsheet;2026-11-02;;\n")
    run(folder, "--uitvoeren")
    page = PublicationPage.objects.get()
    assert page.title == "Over leegstand"
    assert page.get_latest_revision_as_object().title == "Anders"
    assert "ongewijzigd" in run(folder, "--uitvoeren").splitlines()[0]


def test_a_changed_file_becomes_a_new_version(kennisbank: KennisbankPage, folder: Path) -> None:
    text = HEAD + "a-1;Over leegstand;factsheet;2026-11-02;;leegstand.txt\n"
    sheet(folder, text)
    run(folder, "--uitvoeren", "--publiceer")
    document = CMSDocument.objects.get()
    (folder / "leegstand.txt").write_text("Over leegstand, nu met cijfers.")
    assert "Zet publiceren op ja" in run(folder, "--uitvoeren", fails=True)
    out = run(folder, "--uitvoeren", "--publiceer")
    assert "nieuwe versie van “Over leegstand”" in out
    assert DocumentVersion.objects.get().document == document
    assert CMSDocument.objects.get().file.read() == b"Over leegstand, nu met cijfers."
    assert "ongewijzigd" in run(folder, "--publiceer")


def test_knows_a_publication_by_its_file(kennisbank: KennisbankPage, folder: Path) -> None:
    page = make_publication(kennisbank, "Over leegstand")
    add_file(page, make_document("Leegstand", b"Over leegstand.", "anders.txt"))
    sheet(folder, HEAD + "a-1;Beter;factsheet;;;leegstand.txt\n")
    run(folder, "--uitvoeren", "--publiceer")
    assert PublicationPage.objects.get().title == "Beter"
    sheet(folder, HEAD + "a-1;Best;factsheet;;;\n")
    run(folder, "--uitvoeren", "--publiceer")
    assert PublicationPage.objects.get().title == "Best"


def test_names_all_that_is_wrong_and_goes_on_with_the_rest(kennisbank: KennisbankPage, folder: Path) -> None:
    sheet(
        folder,
        HEAD
        + "a;Een;factshet;2026-13-40;ondermijnig;weg.txt\n"
        + "b;Twee;factsheet;2026-11-02;;onrust.txt\n"
        + "b;Drie;factsheet;2026-11-02;;\n"
        + ";Vier;factsheet;2026-11-02;;\n"
        + "e;;factsheet;2026-11-02;;../buiten.txt\n",
    )
    (folder.parent / "buiten.txt").write_text("Niet voor u.")
    out = run(folder, "--uitvoeren", fails=True)
    for words in (
        "Documentsoort “factshet” bestaat niet. Bedoelt u “factsheet”",
        "Datum “2026-13-40” is geen datum. Schrijf haar als 2026-11-23.",
        "Thema “ondermijnig” bestaat niet. Bedoelt u “ondermijning”",
        "Bestand “weg.txt” is niet gevonden.",
        "Kenmerk “b” staat ook in rij 3.",
        "Geef een kenmerk of een bestand",
        "Vul titel in.",
        "Bestand “../buiten.txt” staat buiten de map.",
        "1 nieuw, 0 bijwerken, 0 ongewijzigd, 4 fout",
    ):
        assert words in out
    assert [page.title for page in PublicationPage.objects.all()] == ["Twee"]


def test_says_which_publication_a_file_belongs_to(kennisbank: KennisbankPage, folder: Path) -> None:
    (folder / "stuk.txt").write_text("Over leegstand.")
    sheet(folder, HEAD + ";Over leegstand;factsheet;2026-11-02;;stuk.txt\n")
    run(folder, "--uitvoeren")
    sheet(folder, HEAD + "nieuw;Een andere titel;factsheet;2026-11-02;;stuk.txt\n")
    out = run(folder)
    assert "is “Over leegstand” (" in out
    assert "herkend aan het bestand" in out
    assert "titel: “Over leegstand” wordt “Een andere titel”" in out


def test_a_file_that_may_not_come_in_is_a_mistake_of_its_row(kennisbank: KennisbankPage, folder: Path) -> None:
    (folder / "stuk.pdf").write_bytes(b"MZ\x90 geen pdf")
    sheet(folder, HEAD + "a;Een;factsheet;2026-11-02;;stuk.pdf\nb;Twee;factsheet;2026-11-02;;\n")
    assert "1 nieuw, 0 bijwerken, 0 ongewijzigd, 1 fout" in run(folder, fails=True)
    out = run(folder, "--uitvoeren", fails=True)
    assert "rij 2: fout: Een" in out
    assert [page.title for page in PublicationPage.objects.all()] == ["Twee"]


def test_one_publication_can_replace_another_of_the_same_sheet(kennisbank: KennisbankPage, folder: Path) -> None:
    text = "kenmerk;titel;soort;vervangen_door\noud;Oud stuk;factsheet;nieuw\nnieuw;Nieuw stuk;factsheet;\n"
    sheet(folder, text)
    run(folder, "--uitvoeren", "--publiceer")
    pages = {page.title: page for page in PublicationPage.objects.all()}
    assert pages["Oud stuk"].replaced_by == pages["Nieuw stuk"]
    assert "2 ongewijzigd" in run(folder, "--uitvoeren", "--publiceer")


REPLACING = "kenmerk;titel;soort;vervangen_door\n"


def test_what_would_replace_but_is_wrong_leaves_the_older_one_as_it_is(
    kennisbank: KennisbankPage, folder: Path
) -> None:
    sheet(folder, REPLACING + "oud;Oud stuk;factsheet;vorig\nvorig;Vorig stuk;factsheet;\n")
    run(folder, "--uitvoeren", "--publiceer")
    sheet(folder, REPLACING + "oud;Ouder stuk;factsheet;nieuw\nnieuw;Nieuw stuk;factshet;\n")
    for options in ((), ("--uitvoeren", "--publiceer")):
        out = run(folder, *options, fails=True)
        assert "rij 2: fout: Ouder stuk\n    Vervangen_door “nieuw”: in die rij staat een fout." in out
        assert "0 nieuw, 0 bijwerken, 0 ongewijzigd, 2 fout" in out
    page = PublicationPage.objects.get(imported__key="oud")
    assert (page.title, page.replaced_by.title) == ("Oud stuk", "Vorig stuk")


def test_a_publication_replaces_itself_by_no_way_round(kennisbank: KennisbankPage, folder: Path) -> None:
    page = make_publication(kennisbank, "Bestaand")
    add_file(page, make_document("Leegstand", b"Over leegstand.", "anders.txt"))
    sheet(
        folder,
        "kenmerk;titel;soort;bestanden;vervangen_door\n"
        f"a;Een;factsheet;;a\nb;Twee;factsheet;;c\nc;Drie;factsheet;;b\n;Bestaand;;leegstand.txt;{page.url}\n"
        "d;Vier;factsheet;;c\ne;Vijf;factsheet;;\n",
    )
    for options in ((), ("--uitvoeren",)):
        out = run(folder, *options, fails=True)
        assert out.count("komt weer bij deze publicatie zelf uit") == 4
        assert "Vervangen_door “c”: in die rij staat een fout." in out
        assert "1 nieuw, 0 bijwerken, 0 ongewijzigd, 5 fout" in out
    assert {each.title for each in PublicationPage.objects.all()} == {"Bestaand", "Vijf"}


def test_a_dry_run_names_what_will_replace(kennisbank: KennisbankPage, folder: Path) -> None:
    sheet(folder, REPLACING + "oud;Oud stuk;factsheet;\n")
    run(folder, "--uitvoeren", "--publiceer")
    sheet(
        folder,
        REPLACING + "oud;Oud stuk;factsheet;nieuw\nouder;Ouder stuk;factsheet;oud\nnieuw;Nieuw stuk;factsheet;\n",
    )
    expected = [
        "rij 2: bijwerken: Oud stuk",
        "    vervangen door: “nieuw”",
        "rij 3: nieuw: Ouder stuk",
        "    wordt gepubliceerd, met 0 bestanden",
        "    vervangen door: “oud”",
        "rij 4: nieuw: Nieuw stuk",
    ]
    assert run(folder, "--publiceer").splitlines()[:6] == expected
    assert PublicationPage.objects.get().replaced_by is None
    assert run(folder, "--uitvoeren", "--publiceer").splitlines()[:6] == expected
    pages = {page.title: page for page in PublicationPage.objects.all()}
    assert pages["Oud stuk"].replaced_by == pages["Nieuw stuk"]
    assert pages["Ouder stuk"].replaced_by == pages["Oud stuk"]
    assert "3 ongewijzigd" in run(folder, "--publiceer")


def test_reads_a_sheet_of_excel(kennisbank: KennisbankPage, folder: Path) -> None:
    from datetime import datetime

    book = Workbook()
    page = book.active
    page.append(["Kenmerk", "Titel", "Soort", "Datum", "Publiceren"])
    page.append([1, "Over leegstand", "Factsheet", datetime(2026, 11, 2), True])
    book.save(folder / "blad.xlsx")
    [row] = read_sheet(folder / "blad.xlsx")
    expected = {
        "kenmerk": "1",
        "titel": "Over leegstand",
        "soort": "Factsheet",
        "datum": "2026-11-02",
        "publiceren": "ja",
    }
    assert row.cells == expected
    run(folder, "--uitvoeren")
    assert PublicationPage.objects.get().live


def test_reads_a_sheet_as_older_programs_write_it(tmp_path: Path) -> None:
    path = tmp_path / "blad.csv"
    path.write_bytes('titel,soort\r\n"Coördinatie, en meer",factsheet\r\n\r\n'.encode("cp1252"))
    [row] = read_sheet(path)
    assert row.cell("titel") == "Coördinatie, en meer"


def test_says_what_is_wrong_with_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "blad.csv"
    for text, words in (
        ("titel;theemas\n", "onbekende kolom “theemas”. Bedoelt u “themas”?"),
        ("titel;titel\n", "de kolom “titel” staat er twee keer"),
        ("", "is leeg"),
        ("samenvatting;soort\nx;y\n", "met minstens “titel”"),
    ):
        path.write_text(text)
        with pytest.raises(SheetError, match=words.replace("?", r"\?")):
            read_sheet(path)
    (tmp_path / "ander.csv").write_text("titel\n")
    with pytest.raises(SheetError, match="staan meer bladen"):
        find_sheet(tmp_path)
    (tmp_path / "leeg").mkdir()
    with pytest.raises(SheetError, match="--sjabloon"):
        find_sheet(tmp_path / "leeg")


def test_the_template_can_be_read(kennisbank: KennisbankPage, tmp_path: Path) -> None:
    out = run(tmp_path, "--sjabloon", str(tmp_path / "publicaties.csv"))
    assert "kenmerk: Uw eigen vaste naam voor de publicatie." in out
    [row] = read_sheet(find_sheet(tmp_path))
    assert row.cell("titel") == "Factsheet leegstand (voorbeeld)"
    run(tmp_path, "--sjabloon", str(tmp_path / "publicaties.csv"), fails=True)
