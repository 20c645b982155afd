"""`python -m deploy.backup.restore FOLDER` puts a backup back, and verifies it before and after."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from deploy.backup import manifest
from deploy.backup.manifest import DUMP, FOLDERS, Manifest
from deploy.backup.programs import BackupError, Programs, find_programs, server_major

STAGING = ".restoring"
EMPTY_SCHEMA = "SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
TABLES = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"


def restore(
    backup: Path, *, programs: Programs, database: str, folders: dict[str, Path], force: bool = False
) -> list[Path]:
    """Restore into the database and the folders; return the folders in which the files of before are kept.

    Until everything is verified and staged nothing changes; the database changes in one transaction. Raises
    BackupError for a damaged backup, for a place that holds something (without `force`), and when afterwards
    the rows or files are not those of the manifest.
    """
    known = manifest.read(backup)
    if damaged := manifest.differences(backup, known):
        raise BackupError(f"The backup is damaged, nothing was changed. Wrong or missing: {shown(damaged)}.")
    if programs.major < known.programs:
        raise BackupError(
            f"The backup was made with PostgreSQL {known.programs}'s programs; here are {programs.major}'s."
        )
    server_major(programs, database)
    if not force:
        refuse_filled(programs, database, folders)
    try:
        for name, folder in folders.items():
            stage(backup / name, folder / STAGING)
        restore_database(backup / DUMP, programs, database)
    except BaseException:
        for folder in folders.values():
            shutil.rmtree(folder / STAGING, ignore_errors=True)
        raise
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    kept = [put_in_place(folder, f".before-{stamp}") for folder in folders.values()]
    verify(known, programs, database, folders)
    return [path for path in kept if path is not None]


def refuse_filled(programs: Programs, database: str, folders: dict[str, Path]) -> None:
    """Raise BackupError when the database has tables or a folder has files."""
    filled = [str(folder) for folder in folders.values() if next(manifest.files_in(folder), None)]
    if programs.ask(TABLES, database=database) != [["0"]]:
        filled.insert(0, "the database")
    if filled:
        raise BackupError(
            f"Nothing was changed. Not empty: {shown(filled)}. With --force the backup replaces what is there; "
            "stop the site first, and make a backup of what is there."
        )


def stage(source: Path, staging: Path) -> None:
    """Copy files next to where they will be: moving them is then a matter of renaming."""
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    if source.is_dir():
        shutil.copytree(source, staging, dirs_exist_ok=True)


def restore_database(dump: Path, programs: Programs, database: str) -> None:
    """Replace all tables by those of the dump, in one transaction."""
    options = ("-Xq", "--single-transaction", "-v", "ON_ERROR_STOP=1", "-c", EMPTY_SCHEMA, "-f", "-")
    with (
        programs.start("pg_restore", "--no-owner", "--no-privileges", "--file=-", str(dump)) as script,
        programs.start("psql", *options, database=database) as session,
    ):
        if script.stdout is None or session.stdin is None:
            raise BackupError("pg_restore and psql can't be talked to.")
        with contextlib.suppress(BrokenPipeError):
            shutil.copyfileobj(script.stdout, session.stdin)
        script.stdout.close()
        if script.wait():
            # At the end of its input psql would commit half a database.
            session.kill()
            raise BackupError("The dump can't be read, nothing was changed; pg_restore said why above.")
        with contextlib.suppress(BrokenPipeError):
            session.stdin.close()
        if session.wait():
            raise BackupError("The database refuses the dump, nothing was changed; psql said why above.")


def put_in_place(folder: Path, aside: str) -> Path | None:
    """Move what was in the folder aside and the staged files in. The folder itself stays: it may be a mount."""
    before = [path for path in folder.iterdir() if not path.name.startswith(".")]
    kept = folder / aside if before else None
    if kept:
        kept.mkdir()
        for path in before:
            path.rename(kept / path.name)
    for path in (folder / STAGING).iterdir():
        path.rename(folder / path.name)
    (folder / STAGING).rmdir()
    return kept


def verify(known: Manifest, programs: Programs, database: str, folders: dict[str, Path]) -> None:
    """Raise BackupError when rows or files differ from what the backup says."""
    rows = manifest.count_rows(programs, database)
    wrong = [name for name in known.rows.keys() | rows.keys() if known.rows.get(name) != rows.get(name)]
    for name, folder in folders.items():
        found = {f"{name}/{path.relative_to(folder)}": manifest.described(path) for path in manifest.files_in(folder)}
        wanted = {path: facts for path, facts in known.files.items() if path.startswith(f"{name}/")}
        wrong += [path for path in wanted.keys() | found.keys() if wanted.get(path) != found.get(path)]
    if wrong:
        raise BackupError(
            f"Restored, but not the same as the backup: {shown(sorted(wrong))}. Is the site still running?"
        )


def shown(names: list[str]) -> str:
    """The first few names, and how many more there are."""
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.backup.restore", description=__doc__)
    parser.add_argument("backup", type=Path, help="folder of one backup")
    parser.add_argument("--force", action="store_true", help="replace a filled database and filled folders")
    parser.add_argument("--programs", type=Path, help="folder of pg_dump, pg_restore and psql")
    given = parser.parse_args()
    try:
        kept = restore(
            given.backup,
            programs=find_programs(given.programs),
            database=manifest.database_address(),
            folders={name: manifest.live_folder(name) for name in FOLDERS},
            force=given.force,
        )
    except (BackupError, OSError) as error:
        sys.exit(str(error))
    known = manifest.read(given.backup)
    facts = f"{sum(known.rows.values())} rows in {len(known.rows)} tables, {len(known.files) - 1} files"
    print(f"Restored and verified: {facts}.")
    for path in kept:
        print(f"The files of before are in {path}; remove them when all is well.")
    print(f"Made with version {known.version}. Next: manage.py migrate, then start the site.")


if __name__ == "__main__":
    main()
