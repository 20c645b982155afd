"""Real processes for the tests of the launcher: start, wait for a fact about them, and leave none behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from deploy.local import ROOT
from deploy.local.pg_folder import SOCKET_NAME, Folder, is_alive, peer

PATIENCE_SECONDS = 30.0


def eventually(fact: Callable[[], bool], what: str) -> None:
    """Wait until something is so; fail with `what` when it does not become so."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not fact():
        if time.monotonic() > until:
            raise AssertionError(f"not within {PATIENCE_SECONDS:.0f} s: {what}")
        time.sleep(0.05)


def launcher(data_dir: Path, *arguments: str) -> list[str]:
    """The launcher's command line for a data folder."""
    return [sys.executable, "-m", "deploy.local.postgres", "--fast-unsafe", "--folder", str(data_dir), *arguments]


def launch(data_dir: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the launcher to its end."""
    return subprocess.run(
        launcher(data_dir, *arguments),
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=90,
    )


@contextlib.contextmanager
def holding(data_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """A command of its own process group that holds a lease until it is ended; inside, the lease is there."""
    script = "echo $DATABASE_URL; exec sleep 300"
    process = subprocess.Popen(
        launcher(data_dir, "run", "--", "sh", "-c", script),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A test run in the background ignores Ctrl-C, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("postgresql://")
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@contextlib.contextmanager
def foreign_process() -> Iterator[subprocess.Popen[bytes]]:
    """A process that has nothing to do with PostgreSQL."""
    process = subprocess.Popen(["sleep", "300"])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def server_pid(data_dir: Path) -> int:
    """The pid of the running server, from itself."""
    pid = peer(Folder(data_dir).socket_dir / SOCKET_NAME)
    assert pid is not None
    return pid


def keeper_pid(data_dir: Path) -> int:
    return int(Folder(data_dir).keeper.read_text())


def gone(*pids: int) -> bool:
    """Whether none of the processes lives; one that waits for its parent to take notice counts as gone."""
    return not any(is_alive(pid) and state(pid) != "Z" for pid in pids)


def state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "Z"
