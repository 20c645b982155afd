"""Ends process groups when whoever started them is gone without having ended them: also after kill -9, on any Unix.

Its input is a pipe that only the supervisor holds: `+123` and `-123` name the groups, its end is the supervisor's end.
"""

from __future__ import annotations

import os
import signal
import sys
import time

PATIENCE_SECONDS = 5.0


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        group = int(line[1:])
        (groups.add if line[0] == "+" else groups.discard)(group)
    end(groups)


def end(groups: set[int]) -> None:
    """Ask the groups to stop, and kill those that don't."""
    left = {group for group in groups if send(group, signal.SIGTERM)}
    until = time.monotonic() + PATIENCE_SECONDS
    while left and time.monotonic() < until:
        time.sleep(0.05)
        left = {group for group in left if send(group, 0)}
    for group in left:
        send(group, signal.SIGKILL)


def send(group: int, number: int) -> bool:
    """Send a signal to a group (0: only look); whether the group exists."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
