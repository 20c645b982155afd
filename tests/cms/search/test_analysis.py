"""What the index holds of a text, and as what a typed word is looked for in it."""

import re
import threading

import pytest
from django.db import connection

from cms.search.analysis import ANALYSER, analyser, dutch, exact_lexeme, fold, phrase, query_lexemes, words_of
from cms.search.analysis.folding import chunks
from cms.search.analysis.lexicon import LEXICON, Lexicon, Role, entry
from tests.cms.search.rows import vector


def lexemes(text: str, language: str = "nl") -> dict[str, str]:
    """Give the places of each lexeme of a text."""
    return dict(re.findall(r"'([^']+)':(\S+)", vector([("C", text)], language)))


def finds(asked: str, text: str, language: str = "nl") -> bool:
    return bool(set(query_lexemes(asked, [language])) & set(lexemes(text, language)))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("gemeente", "de gemeenten"),
        ("stad", "veel steden"),
        ("lid", "de raadsleden"),
        ("stelen", "zij stal en heeft gestolen"),
        ("optreden", "de politie is opgetreden"),
        ("veilig", "een veiliger wijk"),
        ("foto", "drie foto’s"),
        ("fotos", "een foto"),
        ("huisje", "twee huizen"),
        ("ondermijnen", "tegen ondermijning"),
        ("veiligheid", "veilig wonen"),
        ("inbraak", "woninginbraken"),
        ("kind", "kinderopvang"),
        ("hulp", "schuldhulpverlening"),
        ("exgedetineerde", "een ex-gedetineerde"),
        ("gedetineerden", "een ex-gedetineerde"),
        ("APV", "de A.P.V. van Ede"),
        ("z-2025/12", "zaak Z-2025/12"),
        ("2025", "zaak Z-2025/12"),
        ("coordinatie", "Coördinatie"),
        ("Müller", "mu\u0308ller"),
        ("veiligheidsplan", "veilig\u00adheids\u00adplan"),
        ("tiktoks", "een tiktok"),
        ("aanval", "een ransomwareaanval"),
    ],
)
def test_finds(asked, text):
    assert finds(asked, text)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("veiligheidsplan", "een plan voor de veiligheid"),
        ("dij", "op de dijk"),
        ("polis", "de politie"),
        ("bankier", "een bank"),
        ("organisatie", "een organist"),
        ("universiteit", "universele waarden"),
        ("gemeen", "de gemeente"),
        ("boom", "twee bommen"),
        ("zak", "drie zaken"),
        ("last", "veel overlast"),
        ("oor", "het kantoor"),
        ("lijk", "gevaarlijk"),
        ("nieuw", "het nieuws"),
        ("de", "de het een"),
    ],
)
def test_does_not_find(asked, text):
    assert not finds(asked, text)


@pytest.mark.parametrize(
    ("language", "asked", "text"),
    [("en", "crime", "crimes"), ("de", "Gemeinde", "Gemeinden"), ("fr", "ville", "villes")],
)
def test_other_languages_have_their_own_words(language, asked, text):
    assert finds(asked, text, language)
    assert all(lexeme.startswith(f"{language}/") for lexeme in lexemes(text, language))
    assert not set(query_lexemes(asked, ["nl"])) & set(lexemes(text, language))


def test_an_unknown_language_is_folded_words():
    assert lexemes("Ćevapi ćevapi", "hr") == {"hr/cevapi": "1C,2C"}


def test_a_word_is_looked_for_in_every_language_that_is_asked():
    assert query_lexemes("crimes", ["nl", "en"]) == [*query_lexemes("crimes", ["nl"]), "en/crime"]
    assert query_lexemes("de", ["nl", "en"]) == ["en/de"]


class TestVector:
    def test_words_have_the_weight_of_their_text_and_parts_the_least(self):
        found = dict(re.findall(r"'([^']+)':(\S+)", vector([("A", "Woninginbraken"), ("B", "inbraak")], "nl")))
        assert found["woninginbraak"] == "1A"
        assert found["woning"] == "1D"
        assert found["inbraak"] == "1D,12B"

    def test_stop_words_take_a_place_but_are_not_held(self):
        assert lexemes("hof van Twente") == {"hof": "1C", "twente": "3C"}

    def test_a_phrase_has_the_places_of_the_text(self):
        assert phrase("Hof van Twente", "nl") == [(0, "hof"), (2, "twente")]
        assert phrase("de ex-gedetineerde", "nl") == [(0, "ex"), (1, exact_lexeme("gedetineerde", "nl"))]
        assert phrase("van de", "nl") == []
        assert exact_lexeme("de", "nl") == ""

    def test_it_is_never_more_than_postgresql_takes(self):
        words = " ".join(f"x{number}y" for number in range(100_000))
        assert len(vector([("C", words), ("C", "plan " * 100_000)], "nl").encode()) <= 250_000

    def test_a_lexeme_keeps_no_more_places_than_postgresql_counts(self):
        places = lexemes("plan " * 100_000)["plan"].split(",")
        assert len(places) < 256
        assert max(int(place[:-1]) for place in places) <= 16383

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        "text",
        [
            "'; drop table x; -- \\ ' '' :1A",
            "a\u0000b",
            "\u202e\u05e9\u05dc\u05d5\u05dd \ufdfa ½ ㎡ №",
            "x" * 5000,
            "a-" * 5000,
            "plan " * 20_000,
            "😀 \ud7ff 警察 e\u0301",
            "",
        ],
    )
    def test_postgresql_takes_the_vector_of_any_text(self, text):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::tsvector", [vector([("A", text), ("C", text)], "nl")])
            assert cursor.fetchone()


def test_folding_leaves_letters_only():
    assert fold("ÉÉN Straße Łódź ﬁets İstanbul ʼs") == "een strasse lodz fiets istanbul ʼs"
    assert fold("co\u0301o\u0308\u00adrdi\u200bnatie") == "coordinatie"


def test_chunks_are_words_that_a_sign_holds_together():
    assert chunks("de a.p.v., z-2025/12 (ex-man) foto's – 'n") == ["de", "a.p.v", "z-2025/12", "ex-man", "foto's", "n"]


def test_the_vocabulary_has_words_as_they_are_written_but_no_numbers_and_no_stop_words():
    text = "De Coördinatie van 2025, foto's en ex-gedetineerden in Zwolle: A.P.V. 3D"
    assert list(words_of(text, "nl")) == [
        ("coordinatie", "Coördinatie"),
        ("fotos", "foto's"),
        ("gedetineerden", "gedetineerden"),
        ("zwolle", "Zwolle"),
    ]


class TestDutch:
    @pytest.mark.parametrize(
        ("compound", "expected"),
        [
            ("woninginbraakpreventie", {"woning", "inbraak", "preventie"}),
            ("veiligheidsplannen", {"veiligheid", "plan"}),
            ("jeugdcriminaliteit", {"jeugd", "criminaliteit"}),
            ("leerplichtambtenaar", {"leerplicht", "leer", "plicht", "ambtenaar"}),
            ("voetbalwet", {"voetbal", "wet"}),
        ],
    )
    def test_a_compound_is_made_of_words_and_of_what_those_are_made_of(self, compound, expected):
        assert expected <= set(dutch.parts(compound))

    @pytest.mark.parametrize(
        "word",
        ["minister", "kantoor", "politie", "gemeente", "amsterdam", "zwolle", "organisatie", "regeling", "overlast"],
    )
    def test_a_word_is_not_taken_apart_that_only_looks_like_a_compound(self, word):
        assert dutch.parts(word) == ()

    def test_any_word_of_the_lexicon_is_taken_apart_in_the_end(self):
        forms = [line.split("\t")[0] for line in LEXICON._data[0].decode().split("\n") if line]
        for form in forms[::60]:
            assert len(dutch.parts(form)) < 30

    def test_a_quality_is_not_looked_for_where_the_word_has_gone_its_own_way(self):
        assert query_lexemes("woning", ["nl"]) == ["woning"]
        assert query_lexemes("overheid", ["nl"]) == ["overheid"]


class TestLexicon:
    def test_it_finds_its_first_and_its_last_form_and_no_other(self):
        data = LEXICON._data[0].decode().split("\n")
        for line in (data[1], data[-2], data[5000]):
            assert LEXICON.get(line.split("\t")[0]) is not None
        for form in ("", "zzzzzz", "aaaaaaaa", "gemeentex", "\u00e9"):
            assert LEXICON.get(form) is None

    def test_an_entry_is_read_as_it_was_written(self):
        line = entry("liepen", ["lopen", "liepen"], Role.VERB)
        assert line == "liepen\t8\t5:open,0:"
        lexicon = Lexicon()
        lexicon.__dict__["_data"] = (f"\n{line}\n".encode(), [0, len(line) + 2], [b"liepen"])
        assert lexicon.get("liepen") == (("lopen", "liepen"), Role.VERB)

    def test_threads_may_read_it_together(self):
        lexicon, found = Lexicon(), []
        threads = [threading.Thread(target=lambda: found.append(lexicon.get("steden"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8
        assert all("stad" in form.lemmas for form in found)


def test_the_version_fits_its_column():
    assert 0 < len(ANALYSER) <= 40


def test_what_is_kept_of_words_is_bounded():
    kept = (analyser.word, analyser.in_chunk, analyser._held, analyser._words_of, dutch._form, dutch._split)
    assert all(one.cache_info().maxsize for one in kept)


class TestAbbreviations:
    """Some are spelled as words that say nothing: the OM, IS."""

    @pytest.mark.parametrize("text", ["Het OM beslist", "politie, OM, RIEC", "Politie OM RIEC", "Een OM-zitting", "OM"])
    def test_capitals_tell_them_apart_in_texts(self, text: str) -> None:
        assert finds("OM", text)
        assert not finds("om", text)

    @pytest.mark.parametrize(
        "text", ["Het gaat om de jeugd", "WAT IS ER OM ONS HEEN", "VEILIGHEID OM DE HOEK", "Om te beginnen"]
    )
    def test_the_word_itself_is_none_in_capitals_neither(self, text: str) -> None:
        assert not finds("OM", text)

    def test_one_that_says_something_in_this_language_is_the_word(self) -> None:
        assert finds("it", "IT en cybercrime")
        assert finds("IT", "it en cybercrime")
