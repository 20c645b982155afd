"""What readers looked for in vain: counted without anybody's data, not without end, and never in the way."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from cms.models import MissedSearch
from cms.search import missed
from cms.search.missed import DAYS_KEPT, kept, note_missed
from tests.cms.factories import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return make_site()[0]


def noted() -> dict[str, int]:
    return dict(MissedSearch.objects.values_list("words", "number"))


def old(site: Site, days: int, words: str = "hennep") -> MissedSearch:
    day = timezone.localdate() - timedelta(days=days)
    return MissedSearch.objects.create(site=site, language="nl", words=words, day=day)


def test_equal_questions_count_together_however_they_are_typed(site: Site) -> None:
    for typed in ("Caféoverlast  Almelo", "cafeoverlast almelo ", "CAFÉOVERLAST\talmelo"):
        note_missed(site.pk, "nl", typed)
    assert noted() == {"cafeoverlast almelo": 3}


def test_languages_and_days_count_apart(site: Site) -> None:
    old(site, 1)
    note_missed(site.pk, "nl", "hennep")
    note_missed(site.pk, "en", "hennep")
    assert list(MissedSearch.objects.values_list("number", flat=True)) == [1, 1, 1]


@pytest.mark.parametrize(
    "typed",
    [
        "jan.jansen@voorbeeld.example",
        "jan＠voorbeeld",
        "026 123 45 67",
        "06-12345678 melding",
        "bsn 123456782",
        "123456",
        "1 2 3 4 5 6",
        "geboren 12-3-1980",
        "6811 KL 12",
        "6811kl",
        "Dorpsstraat 12",
        "mevrouw de Vries",
        "GX-123-B",
        "www.voorbeeld.example",
        "a" * 61,
        "een twee drie vier vijf zes zeven acht negen",
        "a",
        "?!",
        "2025",
        "",
    ],
)
def test_what_may_be_about_somebody_or_says_nothing_is_not_kept(site: Site, typed: str) -> None:
    note_missed(site.pk, "nl", typed)
    assert noted() == {}


@pytest.mark.parametrize("typed", ["jaarplan 2025", "artikel 13b", "2025 in cijfers", "ex-gedetineerden", "co2"])
def test_what_is_about_nobody_is_kept(typed: str) -> None:
    assert kept(typed) == typed


def test_a_question_can_be_no_formula_of_a_spreadsheet() -> None:
    assert kept("=cmd|' /c calc'!a0") == "cmd|' /c calc'!a0"


def test_nothing_tells_who_searched() -> None:
    names = {field.name for field in MissedSearch._meta.get_fields()}
    assert names == {"id", "site", "language", "words", "day", "number"}


def test_a_robot_can_not_fill_the_table_and_known_questions_still_count(site: Site, monkeypatch) -> None:
    monkeypatch.setattr(missed, "MOST_A_DAY", 2)
    for words in ("hennep", "wapens", "drugs", "hennep"):
        note_missed(site.pk, "nl", words)
    assert noted() == {"hennep": 2, "wapens": 1}


def test_noting_costs_one_statement(site: Site) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        note_missed(site.pk, "nl", "hennep")
    assert len([query for query in queries if "cms_missedsearch" in query["sql"]]) == 1
    assert len(queries) <= 3


def test_a_failure_to_note_breaks_nothing_and_its_log_does_not_hold_the_question(site, monkeypatch, caplog) -> None:
    monkeypatch.setattr(missed, "_COUNT", "SELECT nothing FROM nowhere")
    note_missed(site.pk, "nl", "geheimewoord")
    assert caplog.records[0].getMessage() == "A search in vain was not counted"
    assert "geheimewoord" not in caplog.text
    assert Site.objects.exists(), "the transaction of the page goes on"


def test_what_is_older_than_ninety_days_goes_with_the_next_question(site: Site) -> None:
    old(site, DAYS_KEPT, "te oud")
    old(site, DAYS_KEPT - 1, "net niet")
    note_missed(site.pk, "nl", "hennep")
    assert set(noted()) == {"net niet", "hennep"}


def test_the_nightly_command_removes_it_too(site: Site) -> None:
    old(site, DAYS_KEPT, "te oud")
    old(site, 1, "nieuw")
    out = StringIO()
    call_command("ruim_zoekvragen_op", stdout=out)
    assert out.getvalue() == "1 zoekvraag verwijderd.\n"
    assert set(noted()) == {"nieuw"}
