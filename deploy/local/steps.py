"""What a command is doing, a step a line with its time. Standard library only: the bootstrap uses it as well."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

WIDTH = 34


class StepError(Exception):
    """A step failed; the text is for the person at the keyboard."""


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Show a step while it runs, and its time when it is done."""
    print(f"  {what:<{WIDTH}}", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - started:6.1f} s", flush=True)


def reused(what: str) -> None:
    """Show a step that had nothing to do."""
    print(f"  {what:<{WIDTH}}up to date", flush=True)


def run(command: Sequence[str], *, cwd: Path, environment: Mapping[str, str] | None = None) -> str:
    """Run a command without showing its output; return that. Raises StepError, with the output, when it fails."""
    try:
        child = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise StepError(f"{command[0]} can't be started: {error.strerror}") from error
    try:
        output, _ = child.communicate()
    except BaseException:
        # With all that it started: npm's and pip's own children would go on.
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise
    if child.returncode:
        raise StepError(f"{' '.join(command)}\nended with code {child.returncode}:\n{output.strip()}")
    return output


@contextlib.contextmanager
def told() -> Iterator[None]:
    """End the program with the text of a failed step, not with a traceback."""
    try:
        yield
    except StepError as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        sys.exit(130)
