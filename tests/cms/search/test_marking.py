"""Words that somebody asked for are marked, whatever form they stand in; what else is in a text stays as it was."""

import re
from html import unescape
from time import process_time

import pytest

from cms.search import marking
from cms.search.analysis import END_OF_TEXT, query_lexemes
from cms.search.marking import fragment, marked
from tests.cms.search.rows import vector


def wanted(*words: str, language: str = "nl") -> frozenset[str]:
    return frozenset(lexeme for word in words for lexeme in query_lexemes(word, [language]))


def marks(html: str) -> list[str]:
    return [unescape(mark) for mark in re.findall("<mark>(.*?)</mark>", html)]


def text_of(html: str) -> str:
    return unescape(re.sub("</?mark>", "", html))


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Twee inbraken in de wijk", "inbraak", ["inbraken"]),
        ("Minder woninginbraken dan vorig jaar", "inbraak", ["woninginbraken"]),
        ("INBRAAK!", "inbraak", ["INBRAAK"]),
        ("Drie foto’s en een foto's", "foto", ["foto’s", "foto's"]),
        ("Een ex-gedetineerde", "gedetineerden", ["gedetineerde"]),
        ("Een ex-gedetineerde", "exgedetineerde", ["ex-gedetineerde"]),
        ("De A.P.V. van de gemeente", "apv", ["A.P.V"]),
        ("Zaak Z-2025/12 loopt", "Z-2025/12", ["Z-2025/12"]),
        ("Een plan voor de wijk", "veiligheidsplan", []),
        ("Coo\u0308rdinatie en coördinatie", "coordinatie", ["Coo\u0308rdinatie", "coördinatie"]),
        ("Het veilig\u00adheids\u00adplan", "veiligheidsplan", ["veilig\u00adheids\u00adplan"]),
    ],
)
def test_the_whole_word_is_marked_in_every_form(text, asked, expected):
    assert marks(marked(text, wanted(asked), "nl")) == expected
    assert marks(fragment(text, wanted(asked), "nl")) == expected


def test_words_of_another_language_are_another_language():
    assert marks(marked("The crimes of youth", wanted("crime", language="en"), "en")) == ["crimes"]
    assert not marks(marked("The crimes of youth", wanted("crime", language="en"), "nl"))


@pytest.mark.parametrize(
    "text", ["<script>inbraak</script>", 'a & b "c" <b>inbraak', "inbraak&amp;inbraak", "1 < 2 > 0"]
)
def test_everything_but_the_marks_is_escaped(text):
    for html in (marked(text, wanted("inbraak"), "nl"), fragment(text, wanted("inbraak"), "nl")):
        assert not re.search("<(?!/?mark>)", html)
        assert text_of(html) == text


def test_nothing_wanted_marks_nothing():
    assert marked("De inbraak", frozenset(), "nl") == "De inbraak"


def test_a_fragment_shows_most_different_words_and_of_equals_the_first():
    before = "Vulling hier. " * 40 + "Een inbraak. " + "Vulling daar. " * 40
    text = before + "Jeugd bij een inbraak. " + "Slot. " * 100 + "Jeugd en inbraak."
    html = fragment(text, wanted("inbraak", "jeugd"), "nl")
    assert marks(html) == ["Jeugd", "inbraak"]
    assert "Slot" in html
    assert html.startswith("… ")
    assert html.endswith(" …")


def test_a_fragment_is_cut_between_words_and_is_about_as_long_as_asked():
    text = " ".join(f"woord{number}" for number in range(1000)).replace("woord500", "inbraak")
    shown = text_of(fragment(text, wanted("inbraak"), "nl")).strip("… ")
    assert set(shown.split()) <= set(text.split())
    assert 200 <= len(shown) <= 240


def test_a_fragment_begins_at_a_sentence_where_one_begins_nearby():
    text = f"{'Iets heel anders dan dat. ' * 30}De politie zag een inbraak. {'Verder niets. ' * 30}"
    assert fragment(text, wanted("inbraak"), "nl").startswith("… Iets heel anders")


def test_without_a_wanted_word_a_fragment_is_the_beginning():
    html = fragment("Het begin van de tekst. " * 50, wanted("inbraak"), "nl")
    assert html.startswith("Het begin van de tekst.")
    assert html.endswith(" …")


def test_a_short_text_is_shown_whole_with_its_spaces_made_plain():
    assert fragment(" De\n\n inbraak\t ", wanted("inbraak"), "nl") == "De <mark>inbraak</mark>"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1000,
        "e\u0301" * 1000,
        "inbraak" * 200,
        "\u05e9\u05dc\u05d5\u05dd " * 200 + "inbraak" + " \u0645\u0631\u062d\u0628\u0627" * 200,
        "\u202e\u2067inbraak " * 100,
        "\u00ad\u200b" * 500 + " inbraak",
        "\ufdfa ½ № inbraak ㎡ " * 40,
        "警察と犯罪" * 200,
        "",
        " \n ",
    ],
)
def test_strange_texts_stay_whole(text):
    for html in (fragment(text, wanted("inbraak"), "nl"), marked(text, wanted("inbraak"), "nl")):
        assert html.count("<mark>") == html.count("</mark>")
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    assert len(text_of(fragment(text, wanted("inbraak"), "nl"))) <= 250


def test_a_letter_keeps_its_accent_where_a_text_is_cut():
    shown = text_of(fragment("e\u0301" * 1000, wanted("inbraak"), "nl")).rstrip(" …")
    assert shown.endswith("\u0301")


@pytest.mark.parametrize("text", ["inbraak in de wijk, ", "a-", "e\u0301", "inbraak", ". ", "a "])
def test_a_long_text_takes_time_by_its_length_only(text):
    fragment(text * 10, wanted("inbraak", "a"), "nl")
    begun = process_time()
    fragment(text * (500_000 // len(text)), wanted("inbraak", "a"), "nl")
    # Some tenths of a second; what goes by the square takes minutes.
    assert process_time() - begun < 10


@pytest.mark.parametrize(
    "text",
    [
        "Minder inbraken, en een woninginbraak in de wijk.",
        "De ex-gedetineerde en foto’s van A.P.V. en/of jeugd/jongeren in 2025-2026: inbraak, wijk-inbraak, inbraakgolf",
        "Coo\u0308rdinatie tegen inbraak",
        "½ inbraak en № 5 ﬁets na een inbraak",
    ],
)
def test_places_of_the_index_mark_what_looking_at_every_word_marks(text: str) -> None:
    asked = wanted("inbraak", "gedetineerde", "jongeren")
    index = dict(re.findall(r"'([^']+)':(\S+)", vector([("C", text)], "nl")))
    places = [int(re.match(r"\d+", one)[0]) for lexeme in asked & set(index) for one in index[lexeme].split(",")]
    assert places
    assert fragment(text, asked, "nl", places=places) == fragment(text, asked, "nl")


def test_places_of_the_index_are_found_in_each_of_several_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Een plan.\nMet jeugd/jongeren in de wijk.", "…", "Woninginbraak in de wijk, en nog eens: inbraken."]
    asked = wanted("inbraak")
    index = dict(re.findall(r"'([^']+)':(\S+)", vector([*(("C", text) for text in texts), ("A", "Inbraak")], "nl")))
    found = [re.match(r"\d+", one)[0] for lexeme in asked & set(index) for one in index[lexeme].split(",")]
    places = sorted(set(map(int, found)))
    assert len(places) == 3
    everywhere = fragment(" ".join(texts), asked, "nl")
    assert marks(everywhere) == ["Woninginbraak", "inbraken"]
    kept = "".join(text + END_OF_TEXT for text in texts)
    monkeypatch.setattr(marking, "_matches", None)
    assert fragment(kept, asked, "nl", places=places) == everywhere
    in_title = places[-1:]
    assert fragment(kept, asked, "nl", places=in_title) == text_of(everywhere)


def test_places_that_are_not_those_of_the_text_change_nothing() -> None:
    text = "Een tekst die na een inbraak is vervangen"
    for places in ([1], [3, 900], [4, 6]):
        assert marks(fragment(text, wanted("inbraak"), "nl", places=places)) == ["inbraak"]
