"""Locks between processes, by flock: the kernel frees them however their holder ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path


class Lock:
    """A lock on one file. Every instance is a holder of its own, also within one process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def take(self, *, shared: bool = False, timeout: float | None = None) -> bool:
        """Wait at most `timeout` seconds (None: for ever, 0: not at all); say whether the lock is ours."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        until = None if timeout is None else time.monotonic() + timeout
        try:
            while True:
                try:
                    fcntl.flock(descriptor, kind if until is None else kind | fcntl.LOCK_NB)
                except BlockingIOError:
                    if until is not None and time.monotonic() >= until:
                        os.close(descriptor)
                        return False
                    time.sleep(0.02)
                else:
                    self._descriptor = descriptor
                    return True
        except BaseException:
            with contextlib.suppress(OSError):
                os.close(descriptor)
            raise

    def free(self) -> None:
        """Give the lock back; a lock that is not held is left as it is."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def note(self, text: str) -> None:
        """Write in the lock's file, for others to read who it is that holds it."""
        if self._descriptor is None:
            raise RuntimeError(f"{self.path} is not held")
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text.encode(), 0)


@contextlib.contextmanager
def held(path: Path, *, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold an exclusive lock; `waiting` is called once where somebody else has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = Lock(path)
    if not lock.take(timeout=0):
        if waiting:
            waiting()
        lock.take()
    try:
        yield
    finally:
        lock.free()


def is_free(path: Path) -> bool:
    """Whether nobody holds the lock exclusively at this moment."""
    lock = Lock(path)
    try:
        return lock.take(shared=True, timeout=0)
    finally:
        lock.free()
