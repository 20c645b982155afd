"""The network as sheets: what is written can be read again; a dry run tells all and changes nothing; who may do it."""

import base64
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cms.exchange.columns import template
from cms.exchange.reading import read_rows
from cms.exchange.results import Outcome, Result
from cms.models import User
from cms.tables import lines
from districts.exchange.exporting import table
from districts.exchange.importing import run
from districts.exchange.sheets import SHEETS
from districts.models import Municipality, SafetyPlan
from network.models import BodyRelation, Membership, NetworkBodyPage, Organisation
from tests.api.factories import Example, make_example
from tests.cms.factories import make_site
from tests.districts.factories import make_district, make_district_index
from tests.network.factories import make_kind, make_network, make_role, make_verb, relate

pytestmark = pytest.mark.django_db


def read(key: str, text: str, *, carry_out: bool = True) -> list[Result]:
    sheet = SHEETS[key]
    rows = read_rows(f"{key}.csv", text.encode(), sheet.columns, sheet.needed)
    return run(sheet, rows, carry_out=carry_out)


def outcomes(results: list[Result]) -> list[str]:
    return [result.outcome.value for result in results]


def words(results: list[Result]) -> str:
    return " ".join(word for result in results for word in result.words)


@pytest.fixture
def example() -> Example:
    example = make_example()
    relate(example.part, example.body, make_verb("afstemmen"), acting_role=make_role(), valid_from="2024-01-01")
    return example


@pytest.mark.parametrize("key", SHEETS)
def test_what_is_exported_changes_nothing_when_it_is_read(key: str, example: Example) -> None:
    sheet = SHEETS[key]
    content = b"".join(lines(list(table(sheet))))
    results = run(sheet, read_rows(f"{key}.csv", content, sheet.columns, sheet.needed))
    assert len(results) == len(list(sheet.rows())) > 0
    assert {result.outcome for result in results} == {Outcome.SAME}, words(results)


@pytest.mark.parametrize("key", SHEETS)
def test_every_column_of_a_template_has_a_meaning(key: str) -> None:
    head, row = template(SHEETS[key].columns)
    assert len(head) == len(row) == len(set(head))
    assert all(column.meaning.endswith(".") for column in SHEETS[key].columns)


@pytest.fixture
def district() -> None:
    _site, home = make_site()
    make_district(make_district_index(home), "Twente")


MUNICIPALITIES = """cbs_code;naam;naam_in_adres;district;geldt_tot;opgegaan_in
GM0001;Oud;oud;Twente;2019-01-01;GM0002
GM0002;Nieuw;nieuw;twente;;
"""


def test_a_dry_run_tells_what_a_real_one_does_and_changes_nothing(district: None) -> None:
    dry = read("gemeenten", MUNICIPALITIES, carry_out=False)
    assert outcomes(dry) == ["nieuw", "nieuw"], "a row may name one that stands further on"
    assert not Municipality.objects.exists()
    assert read("gemeenten", MUNICIPALITIES) == dry
    assert Municipality.objects.get(code="GM0001").successor.name == "Nieuw"
    assert outcomes(read("gemeenten", MUNICIPALITIES)) == ["ongewijzigd", "ongewijzigd"]


def test_a_second_run_changes_only_what_differs(district: None) -> None:
    read("gemeenten", MUNICIPALITIES)
    results = read("gemeenten", "cbs_code;naam;kolom;rij\nGM0002;Nieuwer;3;4\nGM0001;;;\n")
    assert outcomes(results) == ["bijwerken", "ongewijzigd"]
    assert results[0].words == ["naam", "kolom", "rij"]
    new = Municipality.objects.get(code="GM0002")
    assert (new.name, new.slug, new.tile_x) == ("Nieuwer", "nieuw", 3)
    read("gemeenten", "cbs_code;kolom;rij\nGM0002;-;-\n")
    assert Municipality.objects.get(code="GM0002").tile_x is None


def test_a_row_with_mistakes_tells_them_all_and_leaves_the_others(district: None) -> None:
    sheet = """cbs_code;naam;naam_in_adres;district;kolom;geldt_vanaf
GM0003;Goed;goed;Twente;;
GM0004;Fout;fout;Twenthe;drie;gisteren
XX;Fout;fout;Twente;;
GM0005;;leeg;Twente;;
GM0003;Dubbel;dubbel;Twente;;
"""
    results = read("gemeenten", sheet)
    assert outcomes(results) == ["nieuw", "fout", "fout", "fout", "fout"]
    told = words(results[1:2])
    assert "District “Twenthe” bestaat niet. Bedoelt u “twente”?" in told
    assert "kolom “drie” is geen getal." in told
    assert "geldt_vanaf “gisteren” is geen datum." in told
    assert "cbs_code: Een CBS-code is GM en vier cijfers" in words(results[2:3])
    assert results[3].words == ["Vul naam in."]
    assert "dezelfde als rij 2" in words(results[4:])
    assert list(Municipality.objects.values_list("name", flat=True)) == ["Goed"]


def test_plans_come_with_their_themes(example: Example) -> None:
    results = read("plannen", "gemeente;eerste_jaar;laatste_jaar;themas\nAlmelo;2030;2033;Ondermijning\n")
    assert outcomes(results) == ["nieuw"]
    plan = SafetyPlan.objects.get(first_year=2030)
    assert [theme.pk for theme in plan.themes.all()] == [example.theme.pk]
    assert outcomes(read("plannen", "gemeente;eerste_jaar;themas\nGM0001;2030;-\n")) == ["bijwerken"]
    assert not SafetyPlan.objects.get(first_year=2030).themes.exists()
    wrong = read("plannen", "gemeente;eerste_jaar;laatste_jaar\nAlmelo;2040;2039\n")
    assert "laatste_jaar: Het laatste jaar ligt voor het eerste jaar." in words(wrong)


BODIES = """sleutel;titel;soort;niveau;hoort_bij;in_een_zin;na_een_rol;getal;publiceren
groepen;Groepen;overleg;regionaal;;de groepen;van de groepen;meervoud;ja
groep-a;Groep A;Overleg;regionaal;groepen;de groep A;van de groep A;enkelvoud;nee
"""


def test_bodies_become_pages(db: None) -> None:
    _site, home = make_site()
    network = make_network(home)
    make_kind()
    assert outcomes(read("organen", BODIES, carry_out=False)) == ["nieuw", "nieuw"]
    assert not NetworkBodyPage.objects.exists()
    read("organen", BODIES)
    groups, part = NetworkBodyPage.objects.order_by("path")
    assert groups.get_parent().pk == network.pk
    assert part.get_parent().pk == groups.pk
    assert (groups.live, part.live) == (True, False)
    assert outcomes(read("organen", BODIES)) == ["ongewijzigd", "ongewijzigd"]
    results = read("organen", "sleutel;contactrol;publiceren\ngroepen;Secretaris;\ngroep-a;;ja\n")
    assert outcomes(results) == ["bijwerken", "bijwerken"]
    groups.refresh_from_db()
    part.refresh_from_db()
    assert groups.contact_role == "", "what is on the site stays until somebody publishes"
    assert groups.get_latest_revision_as_object().contact_role == "Secretaris"
    assert part.live
    assert outcomes(read("organen", "sleutel;geldt_tot\ngroepen;2030-01-01\n")) == ["bijwerken"]
    groups.refresh_from_db()
    assert groups.get_latest_revision_as_object().valid_to == date(2030, 1, 1)


def test_relations_and_memberships_keep_the_rules_of_the_network(example: Example) -> None:
    before = BodyRelation.objects.count(), Membership.objects.count()
    itself = read("relaties", "van;werkwoord;naar\nbbg;richting-geven;BBG\n")
    assert outcomes(itself) == ["fout"]
    assert "Een orgaan kan geen relatie met zichzelf hebben." in words(itself)
    seat = read("deelnames", "orgaan;organisatie;rol;ander_orgaan\nbbg;OM;burgemeester;expertgroepen\nbbg;;;\n")
    assert outcomes(seat) == ["fout", "fout"]
    assert "Kies een organisatie óf een rol van een ander orgaan." in words(seat)
    assert (BodyRelation.objects.count(), Membership.objects.count()) == before
    ended = read("relaties", "van;werkwoord;naar;geldt_tot\nbbg;richting-geven;expertgroepen;2030-01-01\n")
    assert outcomes(ended) == ["bijwerken"]


def test_the_commands_write_and_read(district: None, tmp_path: Path) -> None:
    out = StringIO()
    sheet = tmp_path / "gemeenten.csv"
    sheet.write_text(MUNICIPALITIES)
    call_command("importeer_netwerk", "gemeenten", str(sheet), stdout=out)
    assert "rij 2: nieuw: GM0001" in out.getvalue()
    assert "Dit was een proef: er is niets veranderd." in out.getvalue()
    call_command("importeer_netwerk", "gemeenten", str(sheet), "--uitvoeren", stdout=out)
    call_command("exporteer_netwerk", "alles", str(tmp_path), stdout=out)
    assert "2 gemeenten geschreven" in out.getvalue()
    assert (tmp_path / "relaties.csv").exists()
    again = StringIO()
    call_command("importeer_netwerk", "gemeenten", str(sheet), stdout=again)
    assert "0 nieuw, 0 bijwerken, 2 ongewijzigd, 0 fout" in again.getvalue()
    call_command("importeer_netwerk", "plannen", "--sjabloon", str(tmp_path / "nieuw.csv"), stdout=out)
    assert "eerste_jaar: " in out.getvalue()
    sheet.write_text("cbs_code;naam\nfout;x\n")
    with pytest.raises(CommandError, match="Rijen met een fout zijn overgeslagen"):
        call_command("importeer_netwerk", "gemeenten", str(sheet), stdout=out)
    sheet.write_text("cbs_code;naamm\n")
    with pytest.raises(CommandError, match="Bedoelt u “naam”"):
        call_command("importeer_netwerk", "gemeenten", str(sheet), stdout=out)


START, DO = "netwerk_uitwisselen:begin", "netwerk_uitwisselen:doen"


def upload(client: Client, key: str, text: str) -> str:
    file = SimpleUploadedFile(f"{key}.csv", text.encode(), content_type="text/csv")
    answer = client.post(reverse(START), {"soort": key, "bestand": file})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("baas", "baas@voorbeeld.example", "geheim"))
    return client


def test_an_editor_sees_first_and_does_then(chief: Client, district: None) -> None:
    assert "sjabloon-gemeenten.csv" in chief.get(reverse(START)).content.decode()
    page = upload(chief, "gemeenten", MUNICIPALITIES + "XX;Fout;fout;Twente;;\n")
    assert "een proef, er is nog niets veranderd" in page
    assert "Een CBS-code is GM en vier cijfers" in page
    assert not Municipality.objects.exists()
    sent = {"soort": "gemeenten", "naam": "gemeenten.csv", "inhoud": base64.b64encode(MUNICIPALITIES.encode()).decode()}
    assert sent["inhoud"][:40] in page
    assert "2 rijen zijn verwerkt." in chief.post(reverse(DO), sent).content.decode()
    assert Municipality.objects.count() == 2
    assert "Er is niets te doen." in upload(chief, "gemeenten", MUNICIPALITIES)


@pytest.mark.parametrize(
    ("text", "told"),
    [("\n", "met minstens “cbs_code”"), ("naam;kleur\n", "onbekende kolom"), ("naam\nx\n", "met minstens “cbs_code”")],
)
def test_a_sheet_that_is_none_is_refused_in_words(text: str, told: str, chief: Client, district: None) -> None:
    assert told in upload(chief, "gemeenten", text)


def test_what_is_sent_back_broken_changes_nothing(chief: Client, district: None) -> None:
    answer = chief.post(reverse(DO), {"soort": "gemeenten", "naam": "x.csv", "inhoud": "%%%"}, follow=True)
    assert "Stuur het opnieuw in." in answer.content.decode()
    assert chief.post(reverse(DO), {"soort": "onzin"}).status_code == 404


def test_the_sheets_can_be_fetched(chief: Client, example: Example) -> None:
    for key in SHEETS:
        answer = chief.get(reverse("netwerk_uitwisselen:blad", args=[key, "gegevens"]))
        assert answer.headers["Content-Type"].startswith("text/csv")
        assert f"{key}.csv" in answer.headers["Content-Disposition"]
    content = b"".join(chief.get(reverse("netwerk_uitwisselen:blad", args=["organisaties", "gegevens"])))
    assert "Openbaar Ministerie" in content.decode()


def test_only_who_may_change_the_records_may_import_them(client: Client, example: Example) -> None:
    group = Group.objects.create(name="Gemeenten")
    names = ["access_admin", "add_municipality", "change_municipality"]
    group.permissions.set(Permission.objects.filter(codename__in=names))
    user = User.objects.create_user("gemeente", "g@voorbeeld.example", "geheim")
    assert client.get(reverse(START)).status_code == 302
    client.force_login(user)
    user.groups.add(group)
    page = client.get(reverse(START)).content.decode()
    assert "sjabloon-gemeenten.csv" in page
    assert "sjabloon-organisaties.csv" not in page
    fetched = client.get(reverse("netwerk_uitwisselen:blad", args=["organisaties", "gegevens"]))
    assert fetched.status_code in (302, 403)
    before = Organisation.objects.count()
    content = base64.b64encode(b"sleutel;naam;soort\nx;X;partner\n").decode()
    client.post(reverse(DO), {"soort": "organisaties", "naam": "x.csv", "inhoud": content})
    assert Organisation.objects.count() == before
    other = User.objects.create_user("niemand", "n@voorbeeld.example", "geheim")
    other.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(other)
    assert client.get(reverse(START)).status_code in (302, 403)
