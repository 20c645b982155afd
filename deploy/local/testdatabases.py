"""A database for each test run: runs side by side do not meet, and what a killed run left is dropped."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import psycopg
from psycopg import sql

from deploy.local.locks import Lock
from deploy.local.postgres import Server

MOST_RUNS = 50


@contextlib.contextmanager
def for_this_run(server: Server) -> Iterator[str]:
    """Yield a DATABASE_URL whose database only this run uses. Django makes `test_<name>` beside it.

    The lowest free number is taken, so that `--reuse-db` finds its database again.
    """
    with server.lease():
        lock, number = take_number(server)
        try:
            drop_leftovers(server, number)
            yield server.url(f"run{number}")
        finally:
            lock.free()


def take_number(server: Server) -> tuple[Lock, int]:
    """The lowest number that no other run holds."""
    for number in range(1, MOST_RUNS + 1):
        lock = Lock(server.folder.root / f"run{number}.lock")
        if lock.take(timeout=0):
            return lock, number
    raise RuntimeError(f"More than {MOST_RUNS} test runs at the same time on {server.folder.root}")


def drop_leftovers(server: Server, mine: int) -> None:
    """Drop the test databases of other numbers that no run holds."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        names = [
            row[0] for row in connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^test_run[0-9]+'")
        ]
        for name in names:
            number = name.removeprefix("test_run").partition("_")[0]
            lock = Lock(server.folder.root / f"run{number}.lock")
            if number != str(mine) and lock.take(timeout=0):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
                lock.free()
