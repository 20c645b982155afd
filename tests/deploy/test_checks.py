"""`make check` says which check failed and why, and judges production by values that production accepts."""

import sys

import pytest

from cms.settings.environment import VARIABLES
from deploy.local.checks import PRODUCTION, Check, run


def test_a_check_that_says_no_shows_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert not run(Check("komma's", [sys.executable, "-c", "raise SystemExit('regel 3: komma te veel')"]))
    shown = capsys.readouterr().out
    assert "komma's" in shown
    assert "regel 3: komma te veel" in shown


def test_a_check_that_says_yes_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Check("komma's", [sys.executable, "-c", "print('veel woorden')"]))
    assert capsys.readouterr().out.count("\n") == 1


def test_production_is_judged_with_everything_that_it_must_be_told() -> None:
    assert {name for name, variable in VARIABLES.items() if variable.default is None} <= PRODUCTION.keys()
