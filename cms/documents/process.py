"""Starts the child process that reads a file, and tells how it ended."""

import contextlib
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from cms.documents import limits

PYTHON = sys.executable
# The folder that holds the package `cms`.
_ROOT = Path(__file__).resolve().parents[2]
# Five million characters, each written as \uXXXX, and the rest of the lines.
_MOST_OUTPUT = 8 * limits.CHARACTERS
_MEMORY_NEAR = limits.MEMORY * 6 // 10


@dataclass
class Outcome:
    """How reading ended: `end` is done, no_text, too_big or failed; `reason` a key of the reasons, or ""."""

    end: str
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    parts: list[tuple[int, str, str]] = field(default_factory=list)
    # A file whose reader died may do better later; one that said what is wrong with it will not.
    final: bool = True


def run(file: BinaryIO, job: str, extension: str, *, wall_seconds: float = limits.WALL_SECONDS) -> Outcome:
    """Let a child process do the job `lees` or `controleer` on a file and give what came of it."""
    with _as_descriptor(file) as descriptor:
        child = subprocess.Popen(  # noqa: S603
            [PYTHON, "-B", "-m", "cms.documents.child", job, extension],
            stdin=descriptor,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            # Nothing of ours: no secret, no address of the database.
            env={"PATH": os.defpath, "PYTHONIOENCODING": "utf-8"},
            start_new_session=True,
        )
        try:
            output, late = _output(child, time.monotonic() + wall_seconds)
        finally:
            # Not `child.kill()`: that would take the status of a child that has ended.
            os.kill(child.pid, signal.SIGKILL)
            _pid, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.stdout:
                child.stdout.close()
    outcome = _told(output)
    if outcome is None:
        outcome = Outcome("too_big", "time") if late else _died(child.returncode, used.ru_maxrss * 1024)
    return outcome


def _output(child: subprocess.Popen, until: float) -> tuple[bytes, bool]:
    """Give what the child wrote before it closed its output; and whether time, or room for it, ran out."""
    pieces: list[bytes] = []
    length = 0
    assert child.stdout is not None  # noqa: S101
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0 and length <= _MOST_OUTPUT:
            if not selector.select(left):
                continue
            piece = os.read(child.stdout.fileno(), 1024 * 1024)
            if not piece:
                return b"".join(pieces), False
            pieces.append(piece)
            length += len(piece)
    return b"", True


def _told(output: bytes) -> Outcome | None:
    """Give what the child told; None where it did not come to its end."""
    outcome = Outcome("")
    for line in output.splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            return None
        if "facts" in told:
            outcome.facts.update(told["facts"])
        elif "end" in told:
            outcome.end, outcome.reason = told["end"], told.get("reason", "")
        else:
            outcome.parts.append((told["number"], told["label"], told["text"]))
    return outcome if outcome.end else None


def _died(code: int, memory: int) -> Outcome:
    """Tell a child that asked for too much from one that broke: libraries abort when they get no memory."""
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return Outcome("too_big", "time")
    if memory > _MEMORY_NEAR:
        return Outcome("too_big", "memory")
    return Outcome("failed", "crashed", final=False)


@contextlib.contextmanager
def _as_descriptor(file: BinaryIO) -> Iterator[int]:
    """Give a descriptor of the file's content, at its beginning and with a place of its own in it."""
    path = _path(file)
    if path:
        with open(path, "rb") as opened:
            yield opened.fileno()
        return
    with tempfile.TemporaryFile() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        file.seek(0)
        copy.flush()
        copy.seek(0)
        yield copy.fileno()


def _path(file: Any) -> str:
    """Give where the file stands on this machine; "" for one in memory or far away."""
    if not getattr(file, "_committed", True):
        return ""  # the storage may have another file under that name
    if hasattr(file, "temporary_file_path"):
        return file.temporary_file_path()
    try:
        path = file.path
    except (AttributeError, NotImplementedError, ValueError):
        path = getattr(getattr(file, "file", file), "name", "")
    return path if isinstance(path, str) and os.path.isfile(path) else ""
