"""The search finds what people mean as often as was promised."""

import pytest

from tests.bench.quality import index, score

INFLECTION, COMPOUND, FALSE, TYPO, QUESTION = 0.92, 0.90, 0.07, 0.90, 0.90


@pytest.mark.parametrize("path", [score.PAIRS, score.UNSEEN], ids=lambda path: path.stem)
def test_forms_and_compounds_match_and_words_that_look_alike_do_not(path):
    scores = score.score_pairs(path)
    assert sum(one.number for one in scores.values()) >= 200
    assert scores["inflection"].rate >= INFLECTION, scores["inflection"].wrong
    assert scores["compound"].rate >= COMPOUND, scores["compound"].wrong
    assert scores["false"].rate <= FALSE, scores["false"].wrong


def test_the_first_correction_of_a_typing_error_is_what_was_meant():
    typos = score.score_typos()
    assert typos.number >= 50
    assert typos.rate >= TYPO, typos.wrong


@pytest.mark.django_db
def test_questions_find_the_document_that_answers_them():
    index.make()
    scores = score.score_questions()
    every = score.total(scores.values())
    assert every.number >= 60
    assert every.rate >= QUESTION, every.wrong
    assert not scores["false"].wrong
