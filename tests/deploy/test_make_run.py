"""`make run` as a whole, in a clone of its own: two side by side, the real site, and nothing left afterwards."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import ROOT
from tests.deploy.processes import eventually, gone

ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")
}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout's files, with the installed packages and the built frontend of this one."""
    folder = tmp_path_factory.mktemp("kloon")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / "frontend" / "node_modules").symlink_to(ROOT / "frontend" / "node_modules")
    shutil.copytree(ROOT / "frontend" / "dist", folder / "frontend" / "dist", dirs_exist_ok=True)
    return folder


class Site:
    """One `make run`, with what it said up to its table."""

    def __init__(self, clone: Path) -> None:
        self.port, self.frontend_port = free_port(), free_port()
        command = ["make", "run", f"PYTHON={sys.executable}", f"VENV={sys.prefix}"]
        ports = {"PORT": str(self.port), "FRONTEND_PORT": str(self.frontend_port)}
        self.process = subprocess.Popen(
            command,
            cwd=clone,
            env=ENVIRONMENT | ports,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""
        for line in self.process.stdout or ():
            self.said += line
            if "Ctrl-C stops everything" in line:
                return
        raise AssertionError(f"make run ended:\n{self.said}")

    def get(self, port: int, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        finally:
            connection.close()

    def family(self) -> list[int]:
        """Every process that came from this one, the database's keeper among them."""
        found, left = [], [self.process.pid]
        while left:
            pid = left.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    left += [int(child) for child in task.read_text().split()]
        return found

    def terminate(self) -> None:
        """What a service manager does: make passes it on."""
        self.process.terminate()
        self.process.communicate(timeout=60)

    def press_ctrl_c(self) -> None:
        """What a terminal does: all of its foreground group gets it."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.communicate(timeout=60)


@contextlib.contextmanager
def running(clone: Path) -> Iterator[Site]:
    site = Site(clone)
    try:
        yield site
    finally:
        if site.process.poll() is None:
            site.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listening(port: int) -> set[str]:
    """The local addresses that accept connections on a port, as the kernel writes them."""
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path("/proc/net", name).read_text().splitlines()[1:]]
    return {row[1].partition(":")[0] for row in rows if row[3] == "0A" and int(row[1].partition(":")[2], 16) == port}


def test_two_sites_of_one_clone(clone: Path) -> None:
    with running(clone) as first:
        assert_whole(first)
        assert listening(first.port) == listening(first.frontend_port) == {"0100007F"}
        with running(clone) as second:
            for what in ("Frontend packages", "Frontend build", "Migrations", "Demo content"):
                assert any(what in line and "up to date" in line for line in second.said.splitlines()), second.said
            of_first, of_second = first.family(), second.family()
            first.terminate()
            # The database stays: the other site uses it. The keeper is the first one's child.
            assert_whole(second)
            second.press_ctrl_c()
        eventually(lambda: gone(*of_first, *of_second), "no process of either site is left")
    for port in (first.port, first.frontend_port, second.port, second.frontend_port):
        assert not listening(port)


def assert_whole(site: Site) -> None:
    """Both renderings show the same home page; admin and API answer; the table shows a login."""
    status, home = site.get(site.port, "/")
    assert status == 200
    heading = home.partition("<h1")[2].partition("</h1>")[0].rpartition(">")[2].strip()
    assert heading
    status, rendered = site.get(site.frontend_port, "/")
    assert status == 200
    assert heading in rendered
    assert site.get(site.port, "/admin/login/")[0] == 200
    assert site.get(site.port, "/api/v1/openapi.json")[0] == 200
    assert "gebruikersnaam" in site.said
