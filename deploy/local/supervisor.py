"""Runs several processes as one: one stream of logs, and all of them end when one does or the supervisor does."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from deploy.local import guardian
from deploy.local.steps import StepError

POLL_SECONDS = 0.1
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True)
class Process:
    """One process of the site: its name in the log, and how to start it."""

    name: str
    command: list[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


class Supervisor:
    """A context in which processes run; after it none of them is left, nor anything else in their groups."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._readers: list[threading.Thread] = []
        self._asked = threading.Event()
        self._guardian: subprocess.Popen[str] | None = None
        self._width = 0
        self._writing = threading.Lock()
        self._held: list[str] | None = None

    def __enter__(self) -> Supervisor:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda number, frame: self._asked.set())
        # In a session of its own: what ends the supervisor's group must not end the one that tidies up after it.
        self._guardian = subprocess.Popen(
            [sys.executable, guardian.__file__], stdin=subprocess.PIPE, text=True, bufsize=1, start_new_session=True
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def was_asked(self) -> bool:
        """Whether Ctrl-C or a signal asked for the end."""
        return self._asked.is_set()

    def start(self, process: Process) -> None:
        """Start a process in a group of its own. Raises StepError when that can't be done."""
        try:
            child = subprocess.Popen(
                process.command,
                cwd=process.folder,
                env=os.environ | {"PYTHONUNBUFFERED": "1"} | dict(process.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise StepError(f"{process.name} can't be started ({process.command[0]}): {error.strerror}") from error
        self._tell(f"+{child.pid}")
        self._running[process.name] = child
        self._width = max(self._width, len(process.name))
        reader = threading.Thread(target=self._copy, args=(process.name, child), daemon=True)
        reader.start()
        self._readers.append(reader)

    @contextlib.contextmanager
    def holding_logs(self) -> Iterator[None]:
        """Keep what the processes say until the end of this context."""
        self._held = []
        try:
            yield
        finally:
            with self._writing:
                held, self._held = self._held, None
                for line in held:
                    write(line)

    def ended(self) -> str | None:
        """Which process ended by itself, and how; None while all run."""
        for name, child in self._running.items():
            if (code := child.poll()) is not None:
                how = f"code {code}" if code >= 0 else signal.Signals(-code).name
                return f"{name} ended ({how})"
        return None

    def wait(self, seconds: float | None = None) -> str | None:
        """Wait until somebody asks for the end (None) or a process ends (which), at most so many seconds."""
        until = None if seconds is None else time.monotonic() + seconds
        while not self.was_asked and (until is None or time.monotonic() < until):
            if ended := self.ended():
                return ended
            self._asked.wait(POLL_SECONDS)
        return None

    def stop(self) -> None:
        """End every group: politely, then by force; then let the guardian go."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            left = {child.pid for child in self._running.values() if guardian.send(child.pid, number)}
            until = time.monotonic() + self._patience
            while left and time.monotonic() < until:
                for child in self._running.values():
                    child.poll()
                left = {group for group in left if guardian.send(group, 0)}
                time.sleep(0.02)
            if not left:
                break
        for child in self._running.values():
            self._tell(f"-{child.pid}")
        self._running.clear()
        for reader in self._readers:
            reader.join(1)
        if self._guardian is not None and self._guardian.stdin is not None:
            with contextlib.suppress(OSError):
                self._guardian.stdin.close()
            self._guardian.wait()
            self._guardian = None

    def _tell(self, line: str) -> None:
        if self._guardian is not None and self._guardian.stdin is not None:
            # Without a guardian the processes still end with an orderly stop.
            with contextlib.suppress(OSError):
                self._guardian.stdin.write(f"{line}\n")

    def _copy(self, name: str, child: subprocess.Popen[bytes]) -> None:
        for line in child.stdout or ():
            text = f"{name:<{self._width}} | {line.decode(errors='replace').rstrip()}"
            with self._writing:
                if self._held is None:
                    write(text)
                else:
                    self._held.append(text)


def write(line: str) -> None:
    """Show a line. A terminal that is gone is no reason to stop reading: the processes would come to a halt."""
    with contextlib.suppress(OSError, ValueError):
        print(line, flush=True)
