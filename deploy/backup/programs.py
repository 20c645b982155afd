"""Finds and runs PostgreSQL's own programs; the address goes by the environment, so no password shows in `ps`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

# Where Debian, Ubuntu and Red Hat put the versions that stand side by side.
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
NAMES = ("pg_dump", "pg_restore", "psql")
# Without the user's own psqlrc; rows as text between tabs; the first error is the end.
QUIETLY = ("-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1")


class BackupError(Exception):
    """What went wrong, and what to do about it, for the person at the keyboard."""


@dataclass(frozen=True)
class Programs:
    """PostgreSQL's programs of one version."""

    folder: Path
    major: int

    def run(self, name: str, *arguments: str, database: str, text: str = "") -> str:
        """Run a program on the database, with `text` as its input; return what it says. Raises BackupError."""
        done = subprocess.run(  # noqa: S603
            [self.folder / name, *arguments],
            env=connection_environment(database),
            input=text,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise BackupError(f"{name} failed: {done.stderr.strip()}")
        return done.stdout

    def start(self, name: str, *arguments: str, database: str | None = None) -> subprocess.Popen[bytes]:
        """Start a program that is written to and read from while it runs; its complaints go to our own output."""
        environment = connection_environment(database) if database else None
        return subprocess.Popen(  # noqa: S603
            [self.folder / name, *arguments], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, question: str, *, database: str) -> list[list[str]]:
        """The rows that a query gives, as text."""
        said = self.run("psql", *QUIETLY, "-c", question, database=database)
        return [line.split("\t") for line in said.splitlines()]


def find_programs(given: Path | None = None) -> Programs:
    """The newest complete set of programs: in `given`, else on PATH or where distributions put them."""
    folders = (
        [given] if given else [*_on_path(), *(path for each in FOLDERS for path in sorted(Path("/").glob(each[1:])))]
    )
    found = [Programs(folder, _major(folder)) for folder in folders if all((folder / name).exists() for name in NAMES)]
    if not found:
        where = given or f"PATH, {', '.join(FOLDERS)}"
        raise BackupError(
            f"No {', '.join(NAMES)} in {where}. Install the client of your PostgreSQL version "
            "(postgresql-client), or name the folder with --programs."
        )
    return max(found, key=lambda programs: programs.major)


def server_major(programs: Programs, database: str) -> int:
    """The major version of the server. Raises BackupError when the programs are older than it."""
    major = int(programs.ask("SHOW server_version_num", database=database)[0][0]) // 10000
    if major > programs.major:
        raise BackupError(
            f"The server is PostgreSQL {major}, the programs in {programs.folder} are {programs.major}: too old. "
            f"Install postgresql-client-{major}, or name its folder with --programs."
        )
    return major


def connection_environment(database: str) -> dict[str, str]:
    """The environment in which PostgreSQL's programs reach the database at this address."""
    url = urlsplit(database)
    if url.scheme not in ("postgres", "postgresql") or not url.path.strip("/"):
        raise BackupError("DATABASE_URL must be a PostgreSQL address: postgres://user:password@host:5432/name.")
    options = {f"PG{key.upper()}": value for key, value in parse_qsl(url.query)}
    parts = {
        # Not url.hostname: that makes the path of a socket lower case.
        "PGHOST": unquote(url.netloc.rpartition("@")[2].rpartition(":")[0] or url.netloc.rpartition("@")[2]),
        "PGPORT": str(url.port or ""),
        "PGUSER": unquote(url.username or ""),
        "PGPASSWORD": unquote(url.password or ""),
        "PGDATABASE": unquote(url.path.lstrip("/")),
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return kept | options | {key: value for key, value in parts.items() if value}


def _on_path() -> list[Path]:
    found = shutil.which("pg_dump")
    return [Path(found).parent] if found else []


def _major(folder: Path) -> int:
    said = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True).stdout  # noqa: S603
    match = re.search(r"\) (\d+)", said)
    return int(match[1]) if match else 0
