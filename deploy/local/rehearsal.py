"""`make rehearse`: backs a site up, loses it, restores it elsewhere, and compares; on databases of its own."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from deploy.backup.back_up import back_up
from deploy.backup.manifest import FOLDERS, described, files_in
from deploy.backup.programs import BackupError, find_programs
from deploy.backup.restore import restore
from deploy.local import ROOT
from deploy.local.content import REGION
from deploy.local.pg_account import find_binaries
from deploy.local.postgres import DEVELOPMENT, Server
from deploy.local.steps import StepError, run, step, told

# What a visitor of the restored site gets, in a process that knows nothing of the site before.
ASK_FOR_HOME = """
import django; django.setup()
from django.test import Client
answer = Client(headers={"host": "localhost"}).get("/")
assert answer.status_code == 200, answer.status_code
print(answer.content.decode())
"""


@dataclass(frozen=True)
class Place:
    """A database, and the folder in which this place keeps its files."""

    database: str
    folder: Path

    @property
    def folders(self) -> dict[str, Path]:
        return {name: self.folder / name for name in FOLDERS}

    def python(self, *arguments: str) -> str:
        """Run Python on this place."""
        files = {variable: str(self.folders[name]) for name, (variable, _) in FOLDERS.items()}
        settings = {"DJANGO_SETTINGS_MODULE": "cms.settings.development", "DATABASE_URL": self.database}
        return run([sys.executable, *arguments], cwd=ROOT, environment=os.environ | settings | files)

    def home(self) -> str:
        """The home page as a visitor gets it."""
        return self.python("-c", ASK_FOR_HOME)

    def rows(self) -> dict[str, int]:
        """The rows of each table, counted in another way than the backup does."""
        with psycopg.connect(self.database) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            count = sql.SQL("SELECT count(*) FROM {}")
            return {
                name: (connection.execute(count.format(sql.Identifier(name))).fetchone() or (0,))[0]
                for (name,) in tables
            }

    def files(self) -> dict[str, list[object]]:
        """Size and checksum of each file."""
        return {
            f"{name}/{path.relative_to(folder)}": described(path)
            for name, folder in self.folders.items()
            for path in files_in(folder)
        }


@contextlib.contextmanager
def databases(server: Server, *names: str) -> Iterator[None]:
    """Empty databases for as long as the context lasts."""
    make, drop = sql.SQL("CREATE DATABASE {}"), sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        try:
            for name in names:
                connection.execute(drop.format(sql.Identifier(name)))
                connection.execute(make.format(sql.Identifier(name)))
            yield
        finally:
            for name in names:
                connection.execute(drop.format(sql.Identifier(name)))


def rehearse(before: Place, after: Place, backups: Path) -> str:
    """Back up one place, lose it and restore it into another; return the home page, which both have.

    Raises StepError where the two are not the same.
    """
    programs = find_programs(find_binaries())
    rows, files, home = before.rows(), before.files(), before.home()
    try:
        with step("Backup"):
            made = back_up(backups, programs=programs, database=before.database, folders=before.folders)
        lose(before)
        with step("Restore"):
            restore(made, programs=programs, database=after.database, folders=after.folders)
    except BackupError as error:
        raise StepError(str(error)) from error
    with step("Compare"):
        for what, was, now in (
            ("rows", rows, after.rows()),
            ("files", files, after.files()),
            ("home page", home, after.home()),
        ):
            if was != now:
                raise StepError(f"After the restore the {what} are not the same.")
    print(f"\nThe same: {sum(rows.values())} rows in {len(rows)} tables, {len(files)} files, the home page.")
    return home


def lose(place: Place) -> None:
    """Empty the database and the folders, as a broken disk would."""
    with psycopg.connect(place.database, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
    for folder in place.folders.values():
        for path in list(files_in(folder)):
            path.unlink()


def main() -> None:
    server = Server(DEVELOPMENT)
    names = [f"rehearsal_{os.getpid()}_{which}" for which in ("before", "after")]
    with (
        told(),
        server.lease(),
        databases(server, *names),
        tempfile.TemporaryDirectory(prefix="cms-rehearsal-") as made,
    ):
        before, after = (Place(server.url(name), Path(made) / name) for name in names)
        with step("Migrations"):
            before.python("manage.py", "migrate", "--noinput")
        with step("Demo content"):
            before.python("manage.py", "inrichten", "--regio", REGION)
            before.python("manage.py", "demo")
        rehearse(before, after, Path(made) / "backups")


if __name__ == "__main__":
    main()
