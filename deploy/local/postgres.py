"""An embedded PostgreSQL that several commands share: each takes a lease, and the server ends with the last one.

`python -m deploy.local.postgres run -- COMMAND…` gives a command the database; `status` and `stop` look after it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from deploy.local import ROOT, STATE
from deploy.local.locks import Lock, held, is_free
from deploy.local.pg_account import MAJOR, choose, find_binaries
from deploy.local.pg_errors import PostgresError
from deploy.local.pg_folder import PORT, ROLE, Folder, clear_leftovers, prepare

__all__ = ["DEVELOPMENT", "TESTS", "PostgresError", "Server", "address"]

DEVELOPMENT = STATE / "postgres"
TESTS = STATE / "postgres-test"
DATABASE = "cms"
START_SECONDS = 120.0


class Server:
    """The server of one data folder. `fast_unsafe` gives up safety against a power cut for speed: for tests."""

    def __init__(self, data_dir: Path, *, fast_unsafe: bool = False) -> None:
        self.folder = Folder(data_dir.resolve())
        self.fast_unsafe = fast_unsafe

    @contextlib.contextmanager
    def lease(self) -> Iterator[str]:
        """Yield the DATABASE_URL of a running server. It keeps running for as long as anybody is within a lease.

        Raises PostgresError when the server can't be started.
        """
        try:
            self.folder.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            gate, lease = Lock(self.folder.gate), Lock(self.folder.lease)
            gate.take()
        except PermissionError as error:
            raise PostgresError(
                f"No access to {error.filename}: the database belongs to another user. Run this command as that user."
            ) from error
        try:
            # Waits for a server that is just stopping: its keeper holds this lock until all is over.
            lease.take(shared=True)
            self._ensure_running()
        except BaseException:
            lease.free()
            raise
        finally:
            gate.free()
        try:
            yield self.url()
        finally:
            lease.free()

    def url(self, database: str = DATABASE) -> str:
        """The address for psycopg and dj-database-url."""
        return f"postgresql://{ROLE}@{quote(str(self._socket_dir()), safe='')}:{PORT}/{database}"

    def is_running(self) -> bool:
        """Whether the server has a keeper at this moment."""
        return self.folder.keeper.exists() and not is_free(self.folder.keeper)

    def is_used(self) -> bool:
        """Whether any command holds a lease."""
        lock = Lock(self.folder.lease)
        try:
            return self.folder.lease.exists() and not lock.take(timeout=0)
        finally:
            lock.free()

    def stop(self) -> None:
        """Stop the server, whoever uses it, and wait for it."""
        if not self.folder.root.exists():
            return
        with held(self.folder.gate):
            while self.is_running():
                # The pid of a held lock is its holder's.
                with contextlib.suppress(ProcessLookupError, ValueError):
                    os.kill(int(self.folder.keeper.read_text()), signal.SIGTERM)
                time.sleep(0.1)
            clear_leftovers(self.folder)

    def _socket_dir(self) -> Path:
        try:
            return Path(self.folder.address.read_text())
        except FileNotFoundError:
            return self.folder.socket_dir

    def _ensure_running(self) -> None:
        keeper: subprocess.Popen[bytes] | None = None
        until = time.monotonic() + START_SECONDS
        while True:
            if not self.is_running():
                if keeper is not None and keeper.poll() is not None:
                    raise PostgresError(f"PostgreSQL does not start. The end of {self.folder.log}:\n{self._log_tail()}")
                if keeper is None:
                    keeper = self._start_keeper()
            elif self._answers():
                return
            if time.monotonic() > until:
                raise PostgresError(
                    f"PostgreSQL did not answer within {START_SECONDS:.0f} seconds. "
                    f"The end of {self.folder.log}:\n{self._log_tail()}"
                )
            time.sleep(0.03)

    def _start_keeper(self) -> subprocess.Popen[bytes]:
        clear_leftovers(self.folder)
        prepare(self.folder, choose(self.folder.root), fast_unsafe=self.fast_unsafe)
        command = [sys.executable, "-m", "deploy.local.pg_keeper", str(self.folder.root)]
        # A session of its own: Ctrl-C or a hang-up of this command is none of the server's business. The log starts
        # anew with each server.
        with self.folder.log.open("wb") as log:
            return subprocess.Popen(
                [*command, "--fast-unsafe"] if self.fast_unsafe else command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _answers(self) -> bool:
        """Whether the server takes connections; makes the database when it does not exist yet."""
        try:
            with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=5) as connection:
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        except psycopg.OperationalError:
            return False
        return True

    def _log_tail(self) -> str:
        try:
            return "\n".join(self.folder.log.read_text(errors="replace").splitlines()[-15:])
        except OSError as error:
            return f"(not readable: {error})"


@contextlib.contextmanager
def address() -> Iterator[str]:
    """The DATABASE_URL of the development database: the one given, else a lease on the embedded server."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
    else:
        with Server(DEVELOPMENT).lease() as url:
            yield url


def run(server: Server, command: list[str]) -> int:
    """Run a command with DATABASE_URL and PostgreSQL's programs on its PATH; return its exit code."""
    with server.lease() as url:
        environment = os.environ | {
            "DATABASE_URL": url,
            "PATH": f"{find_binaries()}{os.pathsep}{os.environ.get('PATH', '')}",
        }
        try:
            process = subprocess.Popen(command, env=environment)
        except OSError as error:
            raise PostgresError(f"{command[0]} can't be started: {error.strerror}") from error
        # Ctrl-C reaches the command by itself; what only we get is passed on.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda number, frame: process.send_signal(number))
        code = process.wait()
    return code if code >= 0 else 128 - code


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.local.postgres", description=f"The embedded PostgreSQL {MAJOR}."
    )
    parser.add_argument("--folder", type=Path, default=DEVELOPMENT, help="data folder (default: .local/postgres)")
    parser.add_argument("--fast-unsafe", action="store_true", help="faster, and not safe against a power cut")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("run", help="run a command with DATABASE_URL set").add_argument(
        "command", nargs=argparse.REMAINDER
    )
    actions.add_parser("status", help="tell whether the server runs")
    actions.add_parser("stop", help="stop a server that nobody uses").add_argument(
        "--force", action="store_true", help="also when it is in use"
    )
    arguments = parser.parse_args()
    server = Server(arguments.folder, fast_unsafe=arguments.fast_unsafe)
    try:
        if arguments.action == "run":
            command = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
            return run(server, command) if command else parser.error("run needs a command")
        if arguments.action == "stop":
            if server.is_used() and server.is_running() and not arguments.force:
                raise PostgresError(
                    "Another command uses the server. It stops by itself after the last one; --force stops it now."
                )
            server.stop()
        print(f"running  {server.url()}" if server.is_running() else f"stopped  {server.folder.root}")
    except PostgresError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
