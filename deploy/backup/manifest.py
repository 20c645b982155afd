"""What a backup says of itself: versions, rows of each table, and size and checksum of each file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from deploy.backup.programs import QUIETLY, BackupError, Programs

NAME = "manifest.json"
DUMP = "database.dump"
FORMAT = 1
# The folders of a backup, the variable that says where each lives on the server, and its default in the settings.
FOLDERS = {"media": ("MEDIA_ROOT", "media"), "documents": ("DOCUMENT_ROOT", "media-documents")}
ROOT = Path(__file__).resolve().parents[2]
COUNTS = """SELECT format('SELECT %L, count(*) FROM %I.%I', table_schema || '.' || table_name, table_schema, table_name)
FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
AND table_type = 'BASE TABLE' ORDER BY table_schema, table_name \\gexec
"""


@dataclass(frozen=True)
class Manifest:
    """The facts of one backup, as written to manifest.json."""

    made: str
    version: str
    server: int
    programs: int
    rows: dict[str, int]
    files: dict[str, list[object]]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        with (folder / NAME).open("w") as file:
            json.dump(asdict(self), file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupError where there is none that this version understands."""
    try:
        known = json.loads((folder / NAME).read_text())
    except FileNotFoundError:
        raise BackupError(f"{folder} is no finished backup: it has no {NAME}.") from None
    except ValueError as error:
        raise BackupError(f"{folder / NAME} is damaged: {error}.") from None
    if known.get("format") != FORMAT:
        raise BackupError(f"{folder} was made by another version (format {known.get('format')}, here {FORMAT}).")
    return Manifest(**known)


def live_folder(name: str) -> Path:
    """Where the server keeps this folder of a backup, by the settings' own variables."""
    variable, default = FOLDERS[name]
    return ROOT / (os.environ.get(variable, "").strip() or default)


def database_address() -> str:
    """The site's database. Raises BackupError where DATABASE_URL is not set."""
    address = os.environ.get("DATABASE_URL", "").strip()
    if not address:
        raise BackupError("The environment variable DATABASE_URL is missing: load the site's environment file first.")
    return address


def files_in(folder: Path) -> Iterator[Path]:
    """All files below a folder, but what an earlier restore put aside (hidden folders on top)."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.relative_to(folder).parts[0].startswith("."):
            yield path


def described(path: Path) -> list[object]:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        return [path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()]


def count_rows(programs: Programs, database: str) -> dict[str, int]:
    """The rows of every table at this moment."""
    return rows_from(programs.run("psql", *QUIETLY, database=database, text=COUNTS))


def rows_from(said: str) -> dict[str, int]:
    """The rows of each table from what COUNTS prints."""
    return {name: int(number) for name, number in (line.split("\t") for line in said.splitlines())}


def differences(folder: Path, manifest: Manifest) -> list[str]:
    """Files of a backup that are missing, or not what the manifest says."""
    return [
        name
        for name, known in manifest.files.items()
        if not (folder / name).is_file() or described(folder / name) != known
    ]
