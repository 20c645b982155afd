"""The embedded PostgreSQL as its users meet it: sharing, ends of all kinds, and what a crash leaves behind."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from deploy.local import ROOT
from deploy.local.pg_folder import Folder
from deploy.local.postgres import PostgresError, Server
from tests.deploy.processes import eventually, foreign_process, gone, holding, keeper_pid, launch, launcher, server_pid


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as initdb leaves it, to copy from."""
    folder = tmp_path_factory.mktemp("made") / "postgres"
    with Server(folder, fast_unsafe=True).lease():
        pids = server_pid(folder), keeper_pid(folder)
    eventually(lambda: gone(*pids), "the server stopped")
    return folder


@pytest.fixture
def data_dir(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "postgres"
    shutil.copytree(made, folder)
    return folder


def value(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query)
        return (cursor.fetchone() or [None])[0] if cursor.description else None


def test_a_lease_gives_a_utf8_database_on_a_private_socket_only(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "postgres")
    with Server(folder.root).lease() as url:
        assert value(url, "SELECT current_database()") == "cms"
        assert value(url, "SHOW server_encoding") == "UTF8"
        assert (
            value(url, "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'cms'") == "bC.UTF-8"
        )
        assert value(url, "SHOW listen_addresses") == ""
        assert value(url, "SHOW fsync") == "on"
        assert folder.socket_dir.stat().st_mode & 0o777 == 0o700
        assert folder.cluster.stat().st_mode & 0o777 == 0o700


def test_tests_trade_safety_against_a_power_cut_for_speed(data_dir: Path) -> None:
    with Server(data_dir, fast_unsafe=True).lease() as url:
        assert [value(url, f"SHOW {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")] == [
            "off"
        ] * 3


def test_nothing_is_left_after_the_last_lease(data_dir: Path) -> None:
    with Server(data_dir).lease():
        pids = server_pid(data_dir), keeper_pid(data_dir)
    eventually(lambda: gone(*pids), "server and keeper are gone")
    assert not Folder(data_dir).socket_dir.exists()
    assert not (data_dir / "cluster" / "postmaster.pid").exists()


def test_it_runs_from_a_path_of_more_than_150_characters(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / ("een map met een lange naam " * 5).strip() / "en een map erin" / "postgres"
    assert len(str(folder)) > 150
    folder.parent.mkdir(parents=True)
    shutil.copytree(made, folder)
    assert launch(folder, "run", "--", "sh", "-c", 'psql "$DATABASE_URL" -c "SELECT 1"').returncode == 0


def test_commands_share_one_server_and_the_last_one_out_stops_it(data_dir: Path) -> None:
    server = Server(data_dir)
    with holding(data_dir) as first, server.lease() as url:
        pid = server_pid(data_dir)
        first.terminate()
        first.wait()
        assert value(url, "SELECT 1") == 1
        assert server_pid(data_dir) == pid
    eventually(lambda: gone(pid), "the server stopped with the last command")


def test_many_commands_that_start_at_once_get_one_server(data_dir: Path) -> None:
    # Each waits for the end of its input, so that all are there at the same time.
    command = launcher(
        data_dir, "run", "--", "sh", "-c", 'psql "$DATABASE_URL" -Atc "SELECT pg_postmaster_start_time()"; read line'
    )
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(4)
    ]
    started = {process.stdout.readline() for process in processes if process.stdout}
    for process in processes:
        process.communicate()
    assert len(started) == 1
    assert started != {""}


def test_ctrl_c_on_one_command_never_stops_anothers_server(data_dir: Path) -> None:
    with holding(data_dir) as starter, Server(data_dir).lease() as url:
        pid = server_pid(data_dir)
        os.killpg(starter.pid, signal.SIGINT)
        assert starter.wait(10) != 0
        assert value(url, "SELECT 1") == 1
        assert server_pid(data_dir) == pid


def test_a_killed_command_takes_its_lease_with_it(data_dir: Path) -> None:
    with holding(data_dir) as command:
        pid = server_pid(data_dir)
        command.kill()
        eventually(lambda: gone(pid), "the server stopped after its only command was killed")
    with Server(data_dir).lease() as url:
        assert value(url, "SELECT 1") == 1


def test_a_killed_server_comes_back_with_what_was_committed(data_dir: Path) -> None:
    with Server(data_dir).lease() as url:
        value(url, "CREATE TABLE t AS SELECT 42 AS n")
        pid = server_pid(data_dir)
        os.kill(pid, signal.SIGKILL)
        eventually(lambda: gone(pid), "the server is dead")

        def is_back() -> bool:
            try:
                return value(url, "SELECT n FROM t") == 42
            except psycopg.OperationalError:
                return False

        eventually(is_back, "the running commands have their database again")


def test_a_killed_keeper_leaves_no_server_and_the_next_command_works(data_dir: Path) -> None:
    with holding(data_dir):
        pid = server_pid(data_dir)
        os.kill(keeper_pid(data_dir), signal.SIGKILL)
        with Server(data_dir).lease() as url:
            assert value(url, "SELECT 1") == 1
            eventually(lambda: gone(pid), "the server without a keeper is gone")
            assert server_pid(data_dir) != pid


def test_keeper_and_server_killed_together_are_recovered(data_dir: Path) -> None:
    crash(data_dir)
    with Server(data_dir).lease() as url:
        assert value(url, "SELECT count(*) FROM kept") == 1


def test_a_stale_pid_file_with_the_pid_of_a_foreign_process(data_dir: Path) -> None:
    """After a reboot the pid in the file may be anybody's: the start must succeed, and the other must not notice."""
    crash(data_dir)
    pid_file = data_dir / "cluster" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    with foreign_process() as foreign:
        pid_file.write_text("\n".join([str(foreign.pid), *lines[1:]]) + "\n")
        with Server(data_dir).lease() as url:
            assert value(url, "SELECT count(*) FROM kept") == 1
        assert foreign.poll() is None


def test_a_pid_file_that_names_another_server_does_not_touch_that_server(
    data_dir: Path, made: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(made, other)
    crash(data_dir)
    with Server(other).lease() as url:
        pid = server_pid(other)
        lines = (data_dir / "cluster" / "postmaster.pid").read_text().splitlines()
        (data_dir / "cluster" / "postmaster.pid").write_text("\n".join([str(pid), *lines[1:]]) + "\n")
        with Server(data_dir).lease() as mine:
            assert value(mine, "SELECT count(*) FROM kept") == 1
        assert value(url, "SELECT 1") == 1
        assert server_pid(other) == pid


def test_data_of_another_major_version_stops_with_instructions(data_dir: Path) -> None:
    version = data_dir / "cluster" / "PG_VERSION"
    version.write_text("17\n")
    before = sorted(data_dir.rglob("*"))
    with (
        pytest.raises(PostgresError, match=r"(?s)PostgreSQL 17.*PostgreSQL 18.*pg_dump.*mv "),
        Server(data_dir).lease(),
    ):
        pytest.fail("started on data of another version")
    assert sorted(path for path in data_dir.rglob("*") if not path.name.endswith(".lock")) == [
        path for path in before if not path.name.endswith(".lock")
    ]


def test_a_folder_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "postgres" / "cluster" / "brief.txt"
    letter.parent.mkdir(parents=True)
    letter.write_text("Beste lezer")
    with pytest.raises(PostgresError, match="Move it aside"), Server(tmp_path / "postgres").lease():
        pytest.fail("started on a folder that is no database")
    assert letter.read_text() == "Beste lezer"


def test_an_interrupted_initdb_is_no_half_database(tmp_path: Path) -> None:
    half = tmp_path / "postgres" / "cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with Server(tmp_path / "postgres", fast_unsafe=True).lease() as url:
        assert value(url, "SELECT 1") == 1


def test_a_socket_folder_that_others_can_reach_is_refused(data_dir: Path) -> None:
    socket_dir = Folder(data_dir).socket_dir
    socket_dir.mkdir(mode=0o755)
    try:
        with pytest.raises(PostgresError, match="in the way"), Server(data_dir).lease():
            pytest.fail("trusted a socket folder that others can reach")
    finally:
        socket_dir.rmdir()


def test_a_server_that_cannot_start_says_why(data_dir: Path) -> None:
    (data_dir / "cluster" / "postgresql.conf").write_text("geen_instelling = 1\n")
    with pytest.raises(PostgresError, match="geen_instelling"), Server(data_dir).lease():
        pytest.fail("started with a broken configuration")


def test_run_hands_over_the_exit_code_and_the_address(data_dir: Path) -> None:
    done = launch(data_dir, "run", "--", "sh", "-c", "echo $DATABASE_URL; exit 7")
    assert done.returncode == 7
    assert done.stdout.startswith("postgresql://cms@")


def test_run_names_a_command_that_does_not_exist(data_dir: Path) -> None:
    done = launch(data_dir, "run", "--", "bestaat-niet")
    assert done.returncode == 1
    assert "bestaat-niet can't be started" in done.stderr


def test_status_and_stop_of_a_server_in_use(data_dir: Path) -> None:
    assert launch(data_dir, "status").stdout.startswith("stopped")
    with holding(data_dir):
        pid = server_pid(data_dir)
        assert launch(data_dir, "status").stdout.startswith("running")
        refused = launch(data_dir, "stop")
        assert refused.returncode == 1
        assert "Another command uses" in refused.stderr
        assert launch(data_dir, "stop", "--force").stdout.startswith("stopped")
        assert gone(pid)


def crash(data_dir: Path) -> None:
    """Leave the folder as a power cut would: data committed, server and keeper gone, the pid file still there."""
    with Server(data_dir).lease() as url:
        value(url, "CREATE TABLE kept AS SELECT 1 AS n")
        pids = keeper_pid(data_dir), server_pid(data_dir)
        # The keeper first: it would start the server again.
        os.kill(pids[0], signal.SIGSTOP)
        os.kill(pids[1], signal.SIGKILL)
        os.kill(pids[0], signal.SIGKILL)
        eventually(lambda: gone(*pids), "server and keeper are dead")
    assert (data_dir / "cluster" / "postmaster.pid").exists()
