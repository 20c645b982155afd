"""The search gives what somebody asked for, best first, and nothing that this reader may not see."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.models import BestBet, Synonyms
from cms.search import statements
from cms.search.engine import SearchTooSlowError, find
from cms.search.values import Answer, Question
from tests.cms.search.rows import add_entry, make_index

pytestmark = pytest.mark.django_db


def ask(words: str = "", **options: object) -> Answer:
    return find(Question(words=words, **({"site_id": 1, "language": "nl"} | options)))


def titles(words: str = "", **options: object) -> list[str]:
    return [hit.title for hit in ask(words, **options).hits]


@pytest.fixture
def index() -> None:
    make_index()


def test_without_an_index_nothing_is_found() -> None:
    assert ask("plan") == Answer(total=0)


@pytest.mark.usefixtures("index")
class TestWords:
    def test_all_words_must_be_there_or_one_where_that_is_asked(self) -> None:
        add_entry("Aanpak ondermijning", "In de gemeente Almelo")
        add_entry("Aanpak overlast", "In de gemeente Almelo")
        assert titles("ondermijning almelo") == ["Aanpak ondermijning"]
        assert titles("ondermijning overlast") == []
        assert set(titles("ondermijning overlast", any_word=True)) == {"Aanpak ondermijning", "Aanpak overlast"}

    def test_forms_and_compounds_are_found_and_accents_and_case_do_not_count(self) -> None:
        add_entry("Woninginbraken in Twente", "Coördinatie van politie")
        assert titles("INBRAAK") == ["Woninginbraken in Twente"]
        assert titles("coordinatie") == ["Woninginbraken in Twente"]

    def test_words_in_quotes_stand_side_by_side(self) -> None:
        add_entry("Een", "De veilige wijk en de aanpak")
        add_entry("Twee", "De aanpak van de veilige wijk")
        assert titles('"aanpak van de veilige wijk"') == ["Twee"]
        assert titles("“wijk en de aanpak”") == ["Een"]

    def test_a_phrase_is_not_found_in_parts_of_compounds(self) -> None:
        add_entry("Een", "Woninginbraak preventie")
        assert titles('"inbraak preventie"') == []

    def test_a_word_with_a_minus_is_left_out(self) -> None:
        add_entry("Plan drugs")
        add_entry("Plan jeugd")
        assert titles("plan -drugs") == ["Plan jeugd"]
        assert titles("-drugs") == ["Plan jeugd"]

    def test_a_field_keeps_words_to_the_title(self) -> None:
        add_entry("Jaarplan drugs", "Over de wijk")
        add_entry("De wijk", "Over drugs")
        assert titles("titel:drugs") == ["Jaarplan drugs"]
        assert titles("titel:drugs wijk") == ["Jaarplan drugs"]

    def test_words_that_say_nothing_are_not_looked_for(self) -> None:
        add_entry("Aanpak van de overlast")
        add_entry("Nuisance on the street", language="nl", text_language="en")
        assert titles("de overlast") == ["Aanpak van de overlast"]
        assert titles("the nuisance") == ["Nuisance on the street"]
        assert titles("de") == []

    def test_a_half_word_finds_where_no_whole_word_does(self) -> None:
        add_entry("Integraal veiligheidsplan")
        add_entry("Plan voor de wijk")
        assert titles("integraal veiligheidspl") == ["Integraal veiligheidsplan"]
        assert titles("veiligheidspl ") == ["Integraal veiligheidsplan"]
        assert titles("veiligheidspl integraal") == []

    def test_a_whole_word_is_not_taken_for_the_beginning_of_others(self) -> None:
        add_entry("Plan")
        add_entry("Plantsoen")
        assert titles("plan") == ["Plan"]

    def test_synonyms_find_each_other(self) -> None:
        Synonyms.objects.create(words="boa, buitengewoon opsporingsambtenaar, handhaver")
        add_entry("De boa op straat")
        add_entry("Buitengewone opsporingsambtenaren")
        add_entry("Handhavers gezocht")
        add_entry("Een opsporingsambtenaar")
        three = {"De boa op straat", "Buitengewone opsporingsambtenaren", "Handhavers gezocht"}
        assert set(titles("boa")) == three
        assert set(titles("buitengewoon opsporingsambtenaar")) == three
        assert titles("boa straat") == ["De boa op straat"]

    def test_synonyms_may_have_a_hyphen(self) -> None:
        Synonyms.objects.create(words="pgb-fraude, zorgfraude")
        add_entry("Over zorgfraude")
        add_entry("Wat is pgb-fraude?")
        both = {"Over zorgfraude", "Wat is pgb-fraude?"}
        assert set(titles("pgb-fraude")) == set(titles("zorgfraude")) == both

    @pytest.mark.parametrize(
        "words",
        [
            "\x00", "a\x00b", "'", '"', "''", '"" ""', "\\", "\\'", "&|!()<->:*", "-", "--", '-"', "titel:",
            'titel:"', "a:b:c", "'a' & !'b'", "%s %(match)s", "plan:*A", "x" * 2000, "plan " * 400, "-plan " * 400,
            '"' * 2000, "\ud800",
            "😀", "ﬁ", "İ", "a" * 64 + "-" + "b" * 64, "٣", "шум", "a\u0301" * 300, "1.2.3.4/5-6_7&8+9'0", "\u202eplan",
            '"de het een"',
        ],
    )  # fmt: skip
    def test_whatever_is_typed_is_no_error(self, words: str) -> None:
        add_entry("Plan")
        for any_word in (False, True):
            assert ask(words, any_word=any_word).total in (0, 1)

    def test_signs_alone_find_nothing_and_no_words_find_all(self) -> None:
        add_entry("Plan")
        assert titles("!?") == []
        assert titles("  ") == ["Plan"]


@pytest.mark.usefixtures("index")
class TestAbbreviations:
    def test_one_that_is_spelled_as_a_word_that_says_nothing_is_found_by_its_capitals(self) -> None:
        add_entry("Jeugd", "Afspraken met het OM over de jeugd")
        add_entry("Hulp", "Het gaat om de jeugd")
        assert titles("OM jeugd") == ["Jeugd"]
        assert set(titles("om jeugd")) == {"Jeugd", "Hulp"}

    def test_alone_it_needs_no_capitals(self) -> None:
        add_entry("Jeugd", "Afspraken met het OM over de jeugd")
        add_entry("Hulp", "Het gaat om de jeugd")
        assert titles("om") == titles("het om") == titles("OM") == ["Jeugd"]

    def test_it_is_marked_where_it_stands_and_nowhere_else(self) -> None:
        add_entry("Jeugd", "Om de jeugd: het OM kijkt mee")
        [hit] = ask("OM").hits
        assert hit.fragments[0].html == "Om de jeugd: het <mark>OM</mark> kijkt mee"

    def test_it_has_synonyms(self) -> None:
        Synonyms.objects.create(language="nl", words="OM, Openbaar Ministerie")
        add_entry("Jeugd", "Afspraken met het OM")
        add_entry("Zorg", "Afspraken met het Openbaar Ministerie")
        assert set(titles("OM")) == set(titles("openbaar ministerie")) == {"Jeugd", "Zorg"}


@pytest.mark.usefixtures("index")
class TestOrder:
    def test_the_title_says_more_than_the_summary_and_that_more_than_the_text(self) -> None:
        add_entry("In de tekst", "Hier staat ondermijning, ondermijning en nog eens ondermijning")
        add_entry("In de samenvatting", summary="Over ondermijning")
        add_entry("Ondermijning in de titel")
        add_entry("Ondermijning")
        assert titles("ondermijning") == [
            "Ondermijning",
            "Ondermijning in de titel",
            "In de samenvatting",
            "In de tekst",
        ]

    def test_words_near_each_other_stand_above_words_far_apart(self) -> None:
        add_entry("Ver", "aanpak " + "en verder nog iets heel anders " * 40 + " jeugd")
        add_entry("Dichtbij", "aanpak jeugd " + "en verder nog iets heel anders " * 40)
        assert titles("aanpak jeugd") == ["Dichtbij", "Ver"]

    def test_a_compound_stands_below_the_word_itself(self) -> None:
        add_entry("Een", "Over woninginbraak")
        add_entry("Twee", "Over een inbraak")
        assert titles("inbraak") == ["Twee", "Een"]

    def test_newer_stands_above_older_and_what_was_replaced_below(self) -> None:
        add_entry("Jaarverslag", "Oud", day=date(2015, 1, 1))
        add_entry("Jaarverslag", "Vervangen", day=date(2026, 1, 1), outdated=True)
        add_entry("Jaarverslag", "Nieuw", day=date(2026, 1, 1))
        answer = ask("jaarverslag")
        assert [(hit.date, hit.outdated) for hit in answer.hits] == [
            (date(2026, 1, 1), False),
            (date(2015, 1, 1), False),
            (date(2026, 1, 1), True),
        ]

    def test_readers_choose_the_order(self) -> None:
        add_entry("B plan", day=date(2024, 1, 1))
        add_entry("C plan")
        add_entry("A plan", day=date(2025, 1, 1))
        for words in ("plan", ""):
            assert titles(words, order="nieuwste") == ["A plan", "B plan", "C plan"]
            assert titles(words, order="oudste") == ["B plan", "A plan", "C plan"]
            assert titles(words, order="titel") == ["A plan", "B plan", "C plan"]
            assert titles(words, order="-titel") == ["C plan", "B plan", "A plan"]

    @pytest.mark.parametrize("looked_at", [100, 5])
    def test_pages_follow_each_other_also_where_not_all_is_ranked(
        self, monkeypatch: pytest.MonkeyPatch, looked_at: int
    ) -> None:
        for number in range(9):
            add_entry(f"Plan {number}" if number < 3 else f"Stuk {number}", text="plan " * number + "wijk")
        add_entry("Plan buiten de wijk", facets=[("jaar", "2024")])
        monkeypatch.setattr(statements, "RANKED_EXACTLY", 5)
        monkeypatch.setattr(statements, "RANKED_AGAIN", 4)
        monkeypatch.setattr(statements, "LOOKED_AT", looked_at)
        pages = [titles("plan -buiten", start=start, size=3) for start in (0, 3, 6, 9)]
        assert [len(page) for page in pages] == [3, 3, 3, 0]
        assert set(pages[0]) == {"Plan 0", "Plan 1", "Plan 2"}
        assert sorted(titles("plan", start=0, size=20)) == sorted(
            [*(one for page in pages for one in page), "Plan buiten de wijk"]
        )
        assert titles("plan", filters={"jaar": frozenset({"2024"})}) == ["Plan buiten de wijk"]


@pytest.mark.usefixtures("index")
class TestFacets:
    def test_each_counts_as_if_its_own_filter_were_not_set(self) -> None:
        add_entry("Plan A", facets=[("jaar", "2024"), ("thema", "1"), ("thema", "2")])
        add_entry("Plan B", facets=[("jaar", "2025"), ("thema", "1")])
        add_entry("Plan C", facets=[("jaar", "2025"), ("thema", "3")])
        add_entry("Plan D", facets=[("jaar", "2023"), ("thema", "3")])
        for words in ("plan", ""):
            answer = ask(
                words,
                filters={"jaar": frozenset({"2025"}), "thema": frozenset({"1"})},
                facets=("jaar", "thema", "taal"),
            )
            assert answer.total == 1
            assert answer.facets == {"jaar": {"2024": 1, "2025": 1}, "thema": {"1": 1, "3": 1}, "taal": {}}

    def test_one_of_the_values_of_a_facet_is_enough_and_an_unknown_one_finds_nothing(self) -> None:
        add_entry("A", facets=[("jaar", "2024")])
        add_entry("B", facets=[("jaar", "2025")])
        add_entry("C", facets=[("jaar", "2023")])
        assert set(titles(filters={"jaar": frozenset({"2024", "2025"})})) == {"A", "B"}
        assert titles(filters={"jaar": frozenset({"1900"})}) == []
        assert titles(filters={"jaar": frozenset()}) == []

    def test_kinds_are_counted_as_a_facet_for_tabs(self) -> None:
        add_entry("Plan A", kind="publicatie")
        add_entry("Plan B", kind="gemeente")
        answer = ask("plan", kinds=frozenset({"gemeente"}), facets=("kind",))
        assert (answer.total, answer.facets) == (1, {"kind": {"publicatie": 1, "gemeente": 1}})

    def test_an_entry_without_any_value_is_counted_too(self) -> None:
        add_entry("Plan A")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE cms_searchentry SET facets = '{}'")
        assert ask("plan", facets=("jaar",)).total == 1


@pytest.mark.usefixtures("index")
class TestVisibility:
    def test_only_what_this_reader_may_see_is_found_or_counted(self) -> None:
        now = timezone.now()
        add_entry("Open plan", expires_at=now + timedelta(hours=1))
        add_entry("Besloten plan", restrictions=[4])
        add_entry("Dubbel besloten plan", restrictions=[4, 5])
        add_entry("Concept plan", published=False)
        add_entry("Verlopen plan", expires_at=now - timedelta(seconds=1))
        add_entry("Ander plan", site_id=2)
        for words in ("plan", ""):
            for passed, expected in [
                (frozenset(), {"Open plan": False}),
                ({5}, {"Open plan": False}),
                ({4}, {"Open plan": False, "Besloten plan": True}),
                ({4, 5}, {"Open plan": False, "Besloten plan": True, "Dubbel besloten plan": True}),
            ]:
                answer = ask(words, facets=("kind",), passed=frozenset(passed))
                assert {hit.title: hit.private for hit in answer.hits} == expected
                assert answer.facets == {"kind": {"publicatie": len(expected)}}
                assert answer.total == len(expected)

    def test_an_entry_in_the_sites_own_language_stands_in_until_there_is_a_visible_translation(self) -> None:
        add_entry("Plan", fallback=True, source_id=7, page_id=7)
        add_entry("Plan zonder uitwijk", fallback=False)
        assert titles("plan", language="en") == ["Plan"]
        assert titles("plan", language="de") == ["Plan"]
        add_entry("The plan", language="en", source_id=7)
        assert titles(language="en") == ["The plan"]
        assert titles(language="de") == ["Plan"]

    def test_a_hidden_translation_does_not_hide_what_stands_in_for_it(self) -> None:
        add_entry("Plan", fallback=True, source_id=7, page_id=7)
        add_entry("The plan", language="en", source_id=7, restrictions=[4])
        assert titles(language="en") == ["Plan"]
        assert titles(language="en", passed=frozenset({4})) == ["The plan"]

    def test_another_version_is_not_searched(self) -> None:
        make_index(2, live=False)
        add_entry("Plan in opbouw", version=2)
        assert titles("plan") == []

    def test_a_hidden_document_gives_no_fragment(self) -> None:
        add_entry("Plan", "Over de wijk", parts=[("pagina 1", "Een geheime wijk", True), ("pagina 2", "Een open wijk")])
        [hit] = ask("wijk").hits
        assert "geheime" not in "".join(fragment.html for fragment in hit.fragments)


@pytest.mark.usefixtures("index")
class TestFragments:
    def test_the_two_best_parts_come_with_their_places_and_marks(self) -> None:
        page = add_entry(
            "Rapport",
            "Niets",
            parts=[("pagina 1", "Alleen de wijk"), ("pagina 2", "Woninginbraken <b> in de wijk"), ("pagina 3", "Leeg")],
        )
        [hit] = ask("inbraak wijk").hits
        assert [(part.html, part.document_id, part.number, part.label) for part in hit.fragments] == [
            ("<mark>Woninginbraken</mark> &lt;b&gt; in de <mark>wijk</mark>", page, 2, "pagina 2"),
            ("Alleen de <mark>wijk</mark>", page, 1, "pagina 1"),
        ]

    def test_words_of_the_title_are_marked_in_it(self) -> None:
        add_entry("Inbraken & meer")
        [hit] = ask("inbraak").hits
        assert hit.title_html == "<mark>Inbraken</mark> &amp; meer"

    def test_a_half_word_marks_the_whole_word(self) -> None:
        add_entry("Een", "Het veiligheidsplan")
        [hit] = ask("veiligheidspl").hits
        assert [part.html for part in hit.fragments] == ["Het <mark>veiligheidsplan</mark>"]


@pytest.mark.usefixtures("index")
class TestBestBets:
    def test_a_page_stands_on_top_of_just_this_question_if_the_reader_may_see_it(self) -> None:
        page = Page.objects.get(depth=1)
        BestBet.objects.create(words="Woo, inzage vragen", page=page)
        assert ask("woo").best_bets == ()
        add_entry("Woo-verzoek", page_id=page.pk, restrictions=[4])
        assert ask("woo").best_bets == ()
        assert ask(" WOO ", passed=frozenset({4})).best_bets == (page.pk,)
        assert ask("inzage  vragen", passed=frozenset({4})).best_bets == (page.pk,)
        assert ask("woo besluit", passed=frozenset({4})).best_bets == ()


@pytest.mark.usefixtures("index")
class TestCost:
    def test_a_search_costs_three_statements_and_those_of_its_transaction(self) -> None:
        for number in range(30):
            add_entry(f"Plan {number}", "Over de wijk", facets=[("jaar", str(2000 + number))])
        # The first question after a change asks for that too.
        ask("plan")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask("plan wijk", facets=("jaar", "kind"), filters={"jaar": frozenset({"2001"})})
        asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
        assert len(asked) == 3

    def test_more_than_three_results_cost_no_more(self) -> None:
        for number in range(104):
            add_entry("Ondermijning" if number < 100 else "Ondermeining")
        ask("plan")
        with CaptureQueriesContext(connection) as queries:
            assert ask("ondermeining").total == 4
        assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 3

    def test_nothing_found_costs_a_few_more(self) -> None:
        add_entry("Ondermijning in Almelo")
        with CaptureQueriesContext(connection) as queries:
            assert ask("ondermeining almello").correction
        assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 12

    def test_its_settings_end_with_it(self) -> None:
        def settings() -> list[str]:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT current_setting('enable_seqscan'), current_setting('statement_timeout'),"
                    " current_setting('jit'), current_setting('work_mem')"
                )
                return cursor.fetchone()

        before = settings()
        ask("plan")
        assert settings() == before
        with transaction.atomic():
            ask("plan")
            assert settings() == before

    def test_a_search_that_takes_too_long_says_so_and_leaves_the_connection_usable(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(statements, "visible", lambda reader: "pg_sleep(5) IS NOT NULL")
        monkeypatch.setattr(statements, "TIMEOUT", "20ms")
        add_entry("Plan")
        with pytest.raises(SearchTooSlowError):
            ask("plan")
        monkeypatch.undo()
        assert titles("plan") == ["Plan"]
