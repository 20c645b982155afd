"""The grammar: capitals, stops, lists of names, and where the links stand."""

import pytest
from django.utils import translation

from cms.rendering.values import TextPart
from network.sentences import Mention, capitalized, compose, listed, plain

BBG = Mention("de BBG", "van de BBG", plural=False, url="/netwerk/bbg/")
DVOS = Mention("de DVO's", "van de DVO's", plural=True, url="/netwerk/dvos/")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de BBG", "De BBG"),
        ("ijsselland", "IJsselland"),
        ("IJsselland", "IJsselland"),
        ("(boven)lokale driehoeken", "(Boven)lokale driehoeken"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("één overleg", "Één overleg"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital(text: str, expected: str) -> None:
    assert capitalized(text, "nl") == expected


def test_only_dutch_writes_ij_as_a_pair() -> None:
    assert capitalized("ijssel", "en") == "Ijssel"


def test_a_separable_verb_stands_around_the_other_body() -> None:
    parts = compose("{van} bereidt {naar} voor", "nl", van=BBG.name(), naar=DVOS.name())
    assert parts == [
        TextPart(text="De BBG", url="/netwerk/bbg/"),
        TextPart(text=" bereidt "),
        TextPart(text="de DVO's", url="/netwerk/dvos/"),
        TextPart(text=" voor."),
    ]


def test_a_sentence_that_ends_with_a_name_gets_its_full_stop_outside_the_link() -> None:
    parts = compose("{van} voedt {naar}", "nl", van=BBG.name(), naar=DVOS.name())
    assert parts[-2:] == [TextPart(text="de DVO's", url="/netwerk/dvos/"), TextPart(text=".")]


def test_a_pattern_with_its_own_full_stop_gets_no_second_one() -> None:
    assert plain(compose("{van} helpt.", "nl", van=BBG.name())) == "De BBG helpt."


def test_of_a_role_only_the_name_of_the_body_is_the_link() -> None:
    assert BBG.of("de burgemeesters") == [
        TextPart(text="de burgemeesters van "),
        TextPart(text="de BBG", url="/netwerk/bbg/"),
    ]


def test_of_a_role_an_inflected_name_is_the_link_as_a_whole() -> None:
    group = Mention("die Lenkungsgruppe", "der Lenkungsgruppe", plural=False, url="/de/")
    assert group.of("die Vorsitzenden")[-1] == TextPart(text="der Lenkungsgruppe", url="/de/")


def test_a_name_without_link_melts_into_the_text() -> None:
    here = Mention("de BBG", "van de BBG", plural=False)
    parts = compose("{van} voedt {naar}", "nl", van=here.name(), naar=DVOS.name())
    assert parts[0] == TextPart(text="De BBG voedt ")


@pytest.mark.parametrize(("language", "word"), [("nl", "en"), ("en", "and"), ("de", "und")])
def test_names_are_listed_in_the_active_language(language: str, word: str) -> None:
    with translation.override(language):
        assert plain(listed([BBG.name(), DVOS.name(), BBG.name()])) == f"de BBG, de DVO's {word} de BBG"


def test_a_sentence_in_another_language_than_the_page_says_so_in_every_part() -> None:
    parts = compose("{van} voedt {naar}", "nl", foreign=True, van=BBG.name(), naar=DVOS.name())
    assert {part.language for part in parts} == {"nl"}
