"""Readers are offered what they may have meant and may be about to type, of what everybody may see."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.models import IgnoredWord
from cms.search.engine import complete, find
from cms.search.suggestions import correct, deletions, ranked
from cms.search.values import Question
from tests.cms.search.rows import add_entry, make_index

VOCABULARY = {
    "veiligheid": 900, "veiligheidsplan": 50, "ondermijning": 400, "criminaliteit": 300, "gemeente": 1000,
    "politie": 800, "politiek": 30, "overlast": 200, "preventie": 100, "radicalisering": 60, "burgemeester": 300,
    "plan": 900, "jeugd": 200,
    "handhaving": 220, "coordinatie": 50, "mensenhandel": 80, "drugs": 100, "wijk": 300, "wijkagent": 50, "boa": 10,
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("veilighied", "veiligheid"),
        ("veligheid", "veiligheid"),
        ("ondermeining", "ondermijning"),
        ("crimineliteit", "criminaliteit"),
        ("politsie", "politie"),
        ("overlats", "overlast"),
        ("prefentie", "preventie"),
        ("radikalisering", "radicalisering"),
        ("burgermeester", "burgemeester"),
        ("coordinaite", "coordinatie"),
        ("crminaliteti", "criminaliteit"),
        ("jegud", "jeugd"),
        ("pln", "plan"),
        ("politie", "politie"),
        ("xyz", ""),
        ("qwertyuiop", ""),
        ("bo", ""),
    ],
)
def test_a_word_is_mended_by_its_likeliest_neighbour(typed: str, meant: str) -> None:
    assert correct(typed, VOCABULARY) == meant


@pytest.mark.parametrize("typed", ["politei", "plam", "wijk", "jeugt", "veiligeid"])
@pytest.mark.parametrize("most", [1, 2, 5])
def test_the_likeliest_are_the_first_of_all(typed: str, most: int) -> None:
    frequent_first = sorted(VOCABULARY.items(), key=lambda pair: -pair[1])
    assert ranked(typed, frequent_first, most) == ranked(typed, frequent_first)[:most]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("veilighied", "veiligheid"), ("crimineliteid", "criminaliteit"), ("iveiligheidd", "veiligheid")],
)
def test_words_that_are_alike_meet_in_what_is_left_of_them(typed: str, meant: str) -> None:
    assert set(deletions(typed)) & set(deletions(meant))


@pytest.mark.django_db
class TestCorrection:
    @pytest.fixture(autouse=True)
    def index(self) -> None:
        make_index()

    def correction(self, words: str, **options: object) -> str:
        return find(Question(**({"site_id": 1, "language": "nl", "words": words} | options))).correction

    def test_the_whole_question_is_mended_in_place(self) -> None:
        add_entry("Aanpak ondermijning in Almelo")
        assert self.correction("aanpak ondermeining Almelo") == "aanpak ondermijning Almelo"
        assert self.correction("ondermeining almello") == "ondermijning almelo"
        assert self.correction('"aanpak" ondermeining -drugs') == '"aanpak" ondermijning -drugs'

    def test_accents_come_back(self) -> None:
        add_entry("Coördinatie")
        assert self.correction("coordinaite") == "coördinatie"

    def test_what_finds_something_is_not_mended(self) -> None:
        add_entry("Aanpak ondermijning")
        add_entry("Aanpak ondermeining")
        assert self.correction("ondermeining") == ""
        assert self.correction("ondermijn") == ""

    def test_a_word_that_stands_in_few_texts_may_be_an_error_there_too(self) -> None:
        for number in range(40):
            add_entry("Ondermijning" if number % 2 else "De ondermijnende wijk", "Over ondermijning")
        add_entry("Een ondermeining", "In de wijk", facets=[("jaar", "2026")])
        add_entry("Bakfiets", "Tegen ondermeining")
        asked = Question(site_id=1, language="nl", words="Ondermeining")
        answer = find(asked)
        assert (answer.total, answer.correction) == (2, "ondermijning")
        assert {hit.title for hit in answer.hits} == {"Een ondermeining", "Bakfiets"}
        assert find(replace(asked, mended=False)).correction == ""
        assert self.correction("ondermeining", any_word=True) == ""
        # Nor where filters narrow what is found: without them it is offered.
        narrowed = find(replace(asked, filters={"jaar": frozenset({"2026"})}))
        assert (narrowed.total, narrowed.correction) == (1, "")
        # With other words, it must find more too.
        assert self.correction("wijk ondermeining") == "wijk ondermijning"
        assert self.correction("bakfiets ondermeining") == ""
        # A third text makes it less than twenty times as frequent, a fourth what it finds more than few.
        add_entry("Derde ondermeining")
        assert self.correction("ondermeining") == ""
        for number in range(100):
            add_entry(f"Ondermijning {number}")
        assert self.correction("ondermeining") == "ondermijning"
        add_entry("Vierde ondermeining")
        assert self.correction("ondermeining") == ""

    def test_what_few_texts_hold_is_mended_by_what_this_reader_finds(self) -> None:
        add_entry("Valkenbrug")
        for number in range(30):
            add_entry(f"Valkenburg {number}", restrictions=[4])
            add_entry("Valkenbrug", published=False)
        with CaptureQueriesContext(connection) as hidden:
            assert self.correction("valkenbrug") == ""
        assert self.correction("valkenbrug", passed=frozenset({4})) == "valkenburg"
        add_entry("Kennisbank")
        with CaptureQueriesContext(connection) as nowhere:
            assert self.correction("kennisbank") == ""
        assert len(hidden) == len(nowhere)

    @pytest.mark.parametrize("word", ["Rieg", "Riek"])
    def test_an_ignored_word_is_neither_mended_nor_offered_for_a_rare_one(self, word: str) -> None:
        add_entry("Rieg")
        for _number in range(20):
            add_entry("Riek")
        assert self.correction("rieg") == "riek"
        IgnoredWord.objects.create(word=word)
        assert self.correction("rieg") == ""

    def test_a_known_word_is_left_alone_where_words_do_not_meet(self) -> None:
        add_entry("Ondermijning")
        add_entry("Overlast")
        assert self.correction("ondermijning overlast") == ""

    def test_only_what_then_finds_something_is_offered(self) -> None:
        add_entry("Ondermijning")
        add_entry("Overlast")
        assert self.correction("ondermijning overlats") == ""

    def test_what_this_reader_may_not_see_is_not_offered(self) -> None:
        add_entry("Valkenburg", restrictions=[4])
        add_entry("Vuurwerkramp", published=False)
        assert self.correction("valkenbrug") == ""
        assert self.correction("vuurwekramp") == ""
        assert self.correction("valkenbrug", passed=frozenset({4})) == "valkenburg"

    def test_a_word_that_only_others_may_see_is_mended_like_one_that_nobody_knows(self) -> None:
        add_entry("Valkenburg")
        before = self.correction("valkenbrug")
        add_entry("Valkenbrug", restrictions=[4])
        assert self.correction("valkenbrug") == before == "valkenburg"

    def test_an_ignored_word_is_never_mended(self) -> None:
        IgnoredWord.objects.create(word="Rieg")
        add_entry("Riek")
        assert self.correction("riek rieg") == ""


@pytest.mark.django_db
class TestCompletion:
    @pytest.fixture(autouse=True)
    def index(self) -> None:
        make_index()

    def test_titles_and_words_that_begin_so_are_offered(self) -> None:
        add_entry("Veilige wijken", "Over veiligheid")
        add_entry("Plan", "Over veiligheid en verkeer")
        assert complete(1, "nl", "vei") == ["Veilige wijken", "veiligheid", "veilige"]
        assert complete(1, "nl", "VE")[0] == "Veilige wijken"

    def test_one_letter_is_too_few_and_a_finished_word_has_no_end(self) -> None:
        add_entry("Veilige wijken")
        assert complete(1, "nl", "v") == []
        assert complete(1, "nl", "veilige ") == ["Veilige wijken"]

    def test_a_second_word_is_one_that_stands_with_the_first(self) -> None:
        add_entry("Een", "Aanpak ondermijning")
        add_entry("Twee", "Jeugd en onderwijs")
        assert complete(1, "nl", "jeugd ond") == ["jeugd onderwijs"]

    def test_one_form_of_a_word_is_enough(self) -> None:
        add_entry("Een", "Inbraak en inbraken en inbreker")
        assert len(complete(1, "nl", "inbr")) == 2

    def test_what_not_everybody_may_see_is_not_offered(self) -> None:
        add_entry("Valkenburg", "valkenier", restrictions=[4])
        add_entry("Valkenswaard", published=False)
        add_entry("Rapport", parts=[("pagina 1", "valkeniersplein", True)])
        assert complete(1, "nl", "valk") == []

    def test_an_ignored_word_is_not_offered(self) -> None:
        IgnoredWord.objects.create(word="Inbraak")
        add_entry("Een", "Inbraak")
        assert complete(1, "nl", "inbr") == []

    def test_kinds_keep_it_to_one_tab(self) -> None:
        add_entry("Almelo", kind="gemeente")
        add_entry("Almere", kind="publicatie")
        assert complete(1, "nl", "alm", frozenset({"gemeente"})) == ["Almelo"]

    @pytest.mark.parametrize("typed", ["%%", "__", "\\\\", "''", '""', "a\x00b", "x" * 3000, "-pl", "\ud800\ud800"])
    def test_whatever_is_typed_is_no_error(self, typed: str) -> None:
        add_entry("Plan")
        assert complete(1, "nl", typed) == []
