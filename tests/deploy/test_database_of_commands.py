"""manage.py and pytest bring their own database, and leave an address that was given alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from deploy.local import ROOT
from deploy.local.postgres import Server
from deploy.local.testdatabases import for_this_run

WITHOUT_ADDRESS = {
    name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
}
SHOW = "import os; print(os.environ.get('DATABASE_URL', 'geen'))"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    return Server(tmp_path_factory.mktemp("runs"), fast_unsafe=True)


def databases(server: Server) -> set[str]:
    with server.lease(), psycopg.connect(server.url("postgres")) as connection:
        return {row[0] for row in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_run%'")}


def create(server: Server, name: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')


def test_runs_side_by_side_have_databases_of_their_own(server: Server) -> None:
    with for_this_run(server) as first, for_this_run(server) as second:
        assert (first.rpartition("/")[2], second.rpartition("/")[2]) == ("run1", "run2")


def test_a_run_keeps_its_neighbours_database_and_drops_what_a_killed_run_left(server: Server) -> None:
    with for_this_run(server):
        create(server, "test_run1")
        create(server, "test_run7_gw0")
        with for_this_run(server):
            assert databases(server) == {"test_run1"}


def test_a_later_run_finds_the_database_that_was_kept_for_it(server: Server) -> None:
    with server.lease():
        create(server, "test_run1_kept")
        with for_this_run(server):
            assert "test_run1_kept" in databases(server)


def test_this_run_uses_one_of_these_databases() -> None:
    assert os.environ["DATABASE_URL"]


@pytest.mark.parametrize(
    ("arguments", "given", "shown"),
    [
        ([], {}, "postgresql://cms@"),
        ([], {"DATABASE_URL": "postgres://elders/cms"}, "postgres://elders/cms"),
        (["--settings=cms.settings.production"], {}, "geen"),
        (["--settings", "cms.settings.production"], {}, "geen"),
        ([], {"DJANGO_SETTINGS_MODULE": "cms.settings.production"}, "geen"),
    ],
)
def test_manage_py_brings_a_database_in_development_only(
    arguments: list[str], given: dict[str, str], shown: str, tmp_path: Path
) -> None:
    """In a project of its own, whose one command shows the address."""
    shutil.copy2(ROOT / "manage.py", tmp_path)
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
    write_settings(tmp_path)
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SHOW, *arguments]
    done = subprocess.run(
        command, cwd=tmp_path, env=WITHOUT_ADDRESS | given, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.startswith(shown), done.stderr


def write_settings(project: Path) -> None:
    settings = project / "cms" / "settings"
    settings.mkdir(parents=True)
    for folder in (project / "cms", settings):
        (folder / "__init__.py").touch()
    for name in ("development", "production"):
        (settings / f"{name}.py").write_text("SECRET_KEY = 'proef'\n")
