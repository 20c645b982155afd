"""The supervisor with stand-in commands: one stream of logs, and no way of ending that leaves a process behind."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import ROOT
from deploy.local.steps import StepError
from deploy.local.supervisor import Process, Supervisor
from tests.deploy.processes import eventually, gone

# A process with a child of its own in its group, as a reloading server has. Both say who they are.
FAMILY = ["sh", "-c", "sleep 300 & echo $$ $!; wait"]
STUBBORN = ["sh", "-c", "trap '' TERM; echo $$ $$; while :; do sleep 1; done"]


@contextlib.contextmanager
def supervised(*commands: tuple[str, list[str]]) -> Iterator[subprocess.Popen[str]]:
    program = [sys.executable, "-m", "tests.deploy.supervised", json.dumps(commands)]
    process = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def lines(process: subprocess.Popen[str], number: int) -> list[str]:
    assert process.stdout
    return [process.stdout.readline().rstrip() for _ in range(number)]


def pids(said: list[str]) -> list[int]:
    return [int(word) for line in said if "|" in line for word in line.partition("|")[2].split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything(number: signal.Signals) -> None:
    with supervised(("site", FAMILY), ("worker", FAMILY)) as process:
        family = pids(lines(process, 3))
        assert len(family) == 4
        process.send_signal(number)
        assert process.communicate(timeout=20)[0].strip() == "asked"
        assert gone(*family)


def test_ctrl_c_in_the_terminal_ends_everything_in_order() -> None:
    """The terminal signals the whole foreground group; the processes are in groups of their own."""
    with supervised(("site", FAMILY)) as process:
        family = pids(lines(process, 2))
        os.killpg(process.pid, signal.SIGINT)
        assert process.communicate(timeout=20)[0].strip() == "asked"
        assert gone(*family)


def test_kill_9_of_the_supervisor_leaves_nothing() -> None:
    with supervised(("site", FAMILY), ("worker", STUBBORN)) as process:
        family = pids(lines(process, 3))
        process.kill()
        eventually(lambda: gone(*family), "what the supervisor ran is gone")


def test_a_process_that_dies_is_named_and_ends_the_others() -> None:
    with supervised(("site", FAMILY), ("worker", ["sh", "-c", "sleep 0.5; exit 3"])) as process:
        family = pids(lines(process, 2))
        assert process.communicate(timeout=20)[0].strip() == "worker ended (code 3)"
        assert gone(*family)


def test_the_child_of_a_dead_process_does_not_stay() -> None:
    with supervised(("site", FAMILY)) as process:
        leader, child = pids(lines(process, 2))
        os.kill(leader, signal.SIGKILL)
        assert process.communicate(timeout=20)[0].strip() == "site ended (SIGKILL)"
        assert gone(child)


def test_a_process_that_does_not_listen_is_killed() -> None:
    with supervised(("site", STUBBORN)) as process:
        family = pids(lines(process, 2))
        process.terminate()
        process.communicate(timeout=20)
        assert gone(*family)


def test_logs_carry_the_name_of_their_process_and_wait_for_what_comes_first() -> None:
    with supervised(("site", ["sh", "-c", "echo een; echo twee >&2; sleep 300"])) as process:
        assert lines(process, 3) == ["started", "site | een", "site | twee"]


def test_a_command_that_does_not_exist_is_named() -> None:
    with pytest.raises(StepError, match=r"frontend.*/bestaat/niet"):
        Supervisor().start(Process("frontend", ["/bestaat/niet"], Path("/")))
