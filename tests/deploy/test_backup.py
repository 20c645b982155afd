"""Backup and restore, rehearsed on a real site: what comes back is what was there, or nothing changes."""

import errno
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from cms.settings.environment import VARIABLES
from deploy.backup import manifest
from deploy.backup.back_up import back_up, remove_old
from deploy.backup.programs import BackupError, Programs, connection_environment, find_programs, server_major
from deploy.backup.restore import restore
from deploy.local import ROOT
from deploy.local.pg_account import find_binaries
from deploy.local.rehearsal import Place, rehearse
from tests.deploy import databases

# The test database is made only where a test asks for it.
pytestmark = pytest.mark.django_db

PROGRAMS = find_programs(find_binaries())
FILES = {
    "media/images/foto.webp": b"foto",
    "media/original_images/foto.jpg": b"origineel",
    "documents/plan é.pdf": b"plan",
}


def execute(place: Place, statement: str) -> None:
    with psycopg.connect(place.database, autocommit=True) as database:
        database.execute(statement)


@pytest.fixture(scope="module")
def migrated(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A copy of the test database: with all tables, and free to fill and lose."""
    with django_db_blocker.unblock(), databases.copy_of_tests("backup") as name:
        yield name
        databases.drop(f"{name}_from")
        databases.drop(f"{name}_to")


@pytest.fixture
def filled(migrated: str, tmp_path: Path) -> Place:
    """A site with tables and files."""
    databases.make(f"{migrated}_from", migrated)
    place = Place(databases.address(f"{migrated}_from"), tmp_path / "from")
    for name, content in FILES.items():
        (place.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (place.folder / name).write_bytes(content)
    return place


@pytest.fixture
def empty(migrated: str, tmp_path: Path) -> Place:
    databases.make(f"{migrated}_to")
    return Place(databases.address(f"{migrated}_to"), tmp_path / "to")


def made_from(place: Place, to: Path) -> Path:
    return back_up(to, programs=PROGRAMS, database=place.database, folders=place.folders)


def restored(backup: Path, place: Place, *, force: bool = False) -> list[Path]:
    return restore(backup, programs=PROGRAMS, database=place.database, folders=place.folders, force=force)


def test_a_region_s_site_comes_back_whole_in_another_database_and_folder(filled, empty, tmp_path):
    filled.python("manage.py", "inrichten", "--regio", "oost-nederland")
    home = rehearse(filled, empty, tmp_path / "backups")
    assert "/districten/" in home
    assert empty.files().keys() == FILES.keys()


def test_a_restored_site_can_be_backed_up_and_restored_again(filled, empty, tmp_path):
    restored(made_from(filled, tmp_path / "first"), empty)
    rows = empty.rows()
    restored(made_from(empty, tmp_path / "second"), filled, force=True)
    assert filled.rows() == rows


def test_a_filled_place_is_refused_and_left_alone(filled, empty, tmp_path):
    backup = made_from(empty, tmp_path / "backups")
    rows = filled.rows()
    with pytest.raises(BackupError, match=r"Not empty: the database, .*media, .*documents"):
        restored(backup, filled)
    assert (filled.rows(), filled.files().keys()) == (rows, FILES.keys())


def test_force_replaces_tables_that_the_backup_does_not_know_and_keeps_the_files_aside(filled, empty, tmp_path):
    backup = made_from(filled, tmp_path / "backups")
    rows = filled.rows()
    execute(filled, "CREATE TABLE of_a_later_version (id int)")
    (filled.folder / "media/later.webp").write_bytes(b"later")
    kept = restored(backup, filled, force=True)
    assert (filled.rows(), filled.files().keys()) == (rows, FILES.keys())
    assert (kept[0] / "later.webp").read_bytes() == b"later"
    # What was put aside is not backed up again.
    assert manifest.read(made_from(filled, tmp_path / "again")).files.keys() == manifest.read(backup).files.keys()


@pytest.mark.parametrize("damaged", ["documents/plan é.pdf", "database.dump"])
def test_a_damaged_backup_is_refused_before_anything_changes(filled, empty, tmp_path, damaged):
    backup = made_from(filled, tmp_path / "backups")
    (backup / damaged).write_bytes(b"other")
    with pytest.raises(BackupError, match=f"damaged, nothing was changed.*{damaged}"):
        restored(backup, empty)
    assert (empty.rows(), empty.files()) == ({}, {})


def test_a_dump_that_breaks_off_leaves_the_database_as_it_was(filled, empty, tmp_path):
    backup = made_from(filled, tmp_path / "backups")
    dump = backup / manifest.DUMP
    dump.write_bytes(dump.read_bytes()[:-2000])
    known = manifest.read(backup)
    manifest.Manifest(**{**vars(known), "files": {**known.files, manifest.DUMP: manifest.described(dump)}}).write(
        backup
    )
    execute(empty, "CREATE TABLE kept (id int)")
    with pytest.raises(BackupError, match="nothing was changed"):
        restored(backup, empty, force=True)
    assert (empty.rows(), empty.files()) == ({"kept": 0}, {})
    assert not list(empty.folder.glob("*/.restoring"))


def test_a_backup_that_fails_half_way_leaves_nothing_that_looks_like_one(filled, tmp_path, monkeypatch):
    backups = tmp_path / "backups"

    def full_disk(path: Path, to: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("deploy.backup.back_up.copy", full_disk)
    with pytest.raises(OSError, match="No space"):
        made_from(filled, backups)
    assert list(backups.iterdir()) == []


def test_files_of_a_backup_are_for_its_owner_only(filled, tmp_path):
    backup = made_from(filled, tmp_path / "backups")
    assert backup.stat().st_mode & 0o077 == 0
    assert (backup / manifest.DUMP).stat().st_mode & 0o077 == 0


def test_only_finished_backups_that_are_too_many_go(tmp_path):
    for name in ("20261101T000000Z", "20261102T000000Z", "20261103T000000Z"):
        (tmp_path / name).mkdir()
        (tmp_path / name / manifest.NAME).touch()
    (tmp_path / "20261031T000000Z").mkdir()
    (tmp_path / "van mij").mkdir()
    assert [path.name for path in remove_old(tmp_path, 2)] == ["20261101T000000Z"]
    assert {path.name for path in tmp_path.iterdir()} == {
        "20261031T000000Z", "20261102T000000Z", "20261103T000000Z", "van mij",
    }  # fmt: skip


def test_programs_older_than_the_server_are_named_before_any_work(filled):
    with pytest.raises(BackupError, match=r"server is PostgreSQL 18.* are 15: too old.*postgresql-client-18"):
        server_major(Programs(PROGRAMS.folder, 15), filled.database)


def test_missing_programs_say_what_to_install(tmp_path):
    with pytest.raises(BackupError, match=r"No pg_dump.*postgresql-client"):
        find_programs(tmp_path)


def test_the_commands_say_what_is_missing_in_one_line():
    for command in (["back_up", "x"], ["restore", "x"]):
        done = subprocess.run(
            [sys.executable, "-m", f"deploy.backup.{command[0]}", *command[1:], "--programs", str(PROGRAMS.folder)],
            cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 1
        assert "DATABASE_URL is missing" in done.stderr
        assert "Traceback" not in done.stderr


def test_the_password_is_not_on_the_command_line():
    environment = connection_environment("postgres://cms:p%40ss@db.example:5433/site?sslmode=require")
    wanted = {
        "PGHOST": "db.example", "PGPORT": "5433", "PGUSER": "cms", "PGPASSWORD": "p@ss", "PGDATABASE": "site",
        "PGSSLMODE": "require",
    }  # fmt: skip
    assert {name: environment[name] for name in wanted} == wanted


def test_a_backup_reads_the_folders_by_the_site_s_own_settings():
    assert all(VARIABLES[variable].default == default for variable, default in manifest.FOLDERS.values())
