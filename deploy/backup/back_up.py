"""`python -m deploy.backup.back_up FOLDER` writes a dated backup below FOLDER, whole or not at all."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from deploy.backup import manifest
from deploy.backup.manifest import DUMP, FOLDERS, ROOT, Manifest
from deploy.backup.programs import QUIETLY, BackupError, Programs, find_programs, server_major

DATED = re.compile(r"\d{8}T\d{6}Z")


def back_up(to: Path, *, programs: Programs, database: str, folders: dict[str, Path]) -> Path:
    """Write a backup below `to` and return its folder. It gets its name last, so a folder with a name is complete."""
    server = server_major(programs, database)
    made = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    finished, partial = to / made, to / f".{made}.partial"
    if finished.exists():
        raise BackupError(f"{finished} is there already: two backups in one second.")
    # A backup holds all there is, so nobody else may read it; the mask is the whole process's, so it is put back.
    former = os.umask(0o077)
    try:
        partial.mkdir(parents=True)
        # The database goes first: a file that comes later is one too many, never one too few.
        rows = dump(partial / DUMP, programs, database)
        for name, folder in folders.items():
            for path in manifest.files_in(folder):
                copy(path, partial / name / path.relative_to(folder))
        files = {str(path.relative_to(partial)): manifest.described(path) for path in manifest.files_in(partial)}
        version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
        Manifest(made, version, server, programs.major, rows, files).write(partial)
        partial.rename(finished)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    finally:
        os.umask(former)
    return finished


def dump(to: Path, programs: Programs, database: str) -> dict[str, int]:
    """Dump the database; return the rows of each table as the dump has them, while the site goes on."""
    with programs.start("psql", *QUIETLY, database=database) as session:
        if session.stdin is None or session.stdout is None:
            raise BackupError("psql can't be talked to.")
        # Counting and dumping see one and the same moment.
        session.stdin.write(b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\nSELECT pg_export_snapshot();\n")
        session.stdin.flush()
        snapshot = session.stdout.readline().decode().strip()
        if not snapshot:
            raise BackupError("The database can't be read; psql said why above.")
        programs.run(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={to}",
            database=database,
        )  # fmt: skip
        rows = manifest.rows_from(session.communicate(manifest.COUNTS.encode())[0].decode())
    if session.returncode:
        raise BackupError("The rows can't be counted; psql said why above.")
    return rows


def copy(path: Path, to: Path) -> None:
    """Copy a file; one that an editor deletes at this very moment is not part of the backup."""
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copy2(path, to)
    except FileNotFoundError:
        to.unlink(missing_ok=True)


def remove_old(folder: Path, keep: int) -> list[Path]:
    """Remove all finished backups but the newest `keep`, and return what went."""
    finished = sorted(
        path for path in folder.iterdir() if DATED.fullmatch(path.name) and (path / manifest.NAME).exists()
    )
    old = finished[:-keep]
    for path in old:
        shutil.rmtree(path)
    return old


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.backup.back_up", description=__doc__)
    parser.add_argument("folder", type=Path, help="where backups live; each gets a folder of its own")
    parser.add_argument("--keep", type=positive, help="afterwards remove all but so many of the newest backups")
    parser.add_argument("--programs", type=Path, help="folder of pg_dump, pg_restore and psql")
    given = parser.parse_args()
    try:
        made = back_up(
            given.folder,
            programs=find_programs(given.programs),
            database=manifest.database_address(),
            folders={name: manifest.live_folder(name) for name in FOLDERS},
        )
    except (BackupError, OSError) as error:
        sys.exit(f"No backup was made. {error}")
    size = sum(path.stat().st_size for path in manifest.files_in(made)) / 1e6
    print(f"Backup {made}: {size:.1f} MB.")
    for path in remove_old(given.folder, given.keep) if given.keep else []:
        print(f"Removed the old backup {path}.")


if __name__ == "__main__":
    main()
