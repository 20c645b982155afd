"""Steps: what they show, and what is left when one is broken off."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import ROOT
from deploy.local.steps import StepError, run, step
from tests.deploy.processes import eventually, gone

BROKEN_OFF = """
import signal, sys
from pathlib import Path
from deploy.local.steps import run, told
signal.signal(signal.SIGTERM, signal.default_int_handler)
with told():
    run(["sh", "-c", "sleep 300 & echo $$ $! > pids; mv pids family; wait"], cwd=Path(sys.argv[1]))
"""


def test_a_failed_step_tells_what_its_command_said(tmp_path: Path) -> None:
    with pytest.raises(StepError, match=r"(?s)code 3.*geen ruimte meer"):
        run(["sh", "-c", "echo geen ruimte meer >&2; exit 3"], cwd=tmp_path)


def test_a_step_shows_its_time_or_that_it_failed(capsys: pytest.CaptureFixture[str]) -> None:
    with step("Bouwen"):
        assert "Bouwen" in capsys.readouterr().out
    assert capsys.readouterr().out.endswith(" s\n")
    with pytest.raises(StepError), step("Bouwen"):
        raise StepError
    assert capsys.readouterr().out.endswith("failed\n")


def test_a_step_that_is_broken_off_leaves_no_process(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", BROKEN_OFF, str(tmp_path)], cwd=ROOT) as process:
        eventually((tmp_path / "family").exists, "the step runs")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 130
    assert gone(*map(int, (tmp_path / "family").read_text().split()))
