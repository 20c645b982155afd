"""What somebody types is understood, and never an error."""

import pytest

from cms.search.asking import MOST_CHARACTERS, MOST_TERMS, Asked, Term, asked, clean, fields_of


@pytest.mark.parametrize(
    ("typed", "rest", "fields"),
    [
        ("plan thema:ondermijning jaar:2025", "plan", {"thema": ["ondermijning"], "jaar": ["2025"]}),
        ("soort:factsheet plan", "plan", {"soort": ["factsheet"]}),
        ("Thema:a thema:B", "", {"thema": ["a", "B"]}),
        ('thema:"georganiseerde misdaad" plan', "plan", {"thema": ["georganiseerde misdaad"]}),
        ("titel:drugs jaar:2024", "titel:drugs", {"jaar": ["2024"]}),
        ('-wijk "een zin" taal:en', '-wijk "een zin"', {"taal": ["en"]}),
        ("thema: los", "thema: los", {}),
        ("-thema:drugs", "-thema:drugs", {}),
        ("10:30 https://voorbeeld.nl/thema kamer:3", "10:30 https://voorbeeld.nl/thema kamer:3", {}),
    ],
)
def test_facets_are_taken_out_of_the_words(typed: str, rest: str, fields: dict[str, list[str]]) -> None:
    assert fields_of(typed) == (rest, fields)


def test_words_phrases_and_words_left_out_are_told_apart() -> None:
    assert asked('Plan "van aanpak" -drugs titel:wijk -"op straat"').terms == (
        Term("plan"),
        Term("van aanpak", phrase=True),
        Term("drugs", negated=True),
        Term("wijk", title=True),
        Term("op straat", phrase=True, negated=True),
    )


@pytest.mark.parametrize(
    ("typed", "half"), [("een pl", "pl"), ('"een pl"', ""), ("een -pl", ""), ("titel:pl", "pl"), ("pl!", ""), ("", "")]
)
def test_only_a_last_word_may_be_half_typed(typed: str, half: str) -> None:
    assert asked(typed).half == half


def test_a_hyphen_within_a_word_leaves_nothing_out() -> None:
    assert asked("ex-gedetineerde").terms == (Term("ex-gedetineerde"),)


def test_a_quote_that_is_not_closed_runs_to_the_end() -> None:
    assert asked('"van aanpak').terms == (Term("van aanpak", phrase=True),)


def test_too_much_is_left_out() -> None:
    assert len(asked("plan wijk " * 200).terms) == MOST_TERMS
    assert len(clean("x" * 5000)) == MOST_CHARACTERS
    assert clean("a\x00b\ud800c\n\td") == "a bc d"


def test_signs_are_no_words() -> None:
    assert asked("!!! -- '' \"\" &|") == Asked()
