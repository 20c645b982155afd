"""What `make run` says about ports, addresses and logins."""

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from deploy.local import ROOT, site
from deploy.local.steps import StepError
from tests.deploy.processes import eventually


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(("variable", "other"), [("PORT", "FRONTEND_PORT"), ("FRONTEND_PORT", "PORT")])
def test_a_taken_port_is_named_with_the_way_out(
    variable: str, other: str, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(taken))
    monkeypatch.setenv(other, str(free_port()))
    with pytest.raises(StepError, match=rf"(?s)Port {taken} .*{variable}={taken + 1} make run"):
        site.free_ports()


def test_make_run_stops_at_a_taken_port_before_it_does_anything(taken: int) -> None:
    command = ["env", f"PORT={taken}", sys.executable, "-m", "deploy.local.site"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert f"Port {taken}" in done.stderr
    assert done.stdout == ""


def test_the_two_ports_must_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    port = str(free_port())
    monkeypatch.setenv("PORT", port)
    monkeypatch.setenv("FRONTEND_PORT", port)
    with pytest.raises(StepError, match="must differ"):
        site.free_ports()


@pytest.mark.parametrize("value", ["acht", "0", "65536", "-1"])
def test_a_port_is_a_number_that_exists(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", value)
    with pytest.raises(StepError, match="from 1 to 65535"):
        site.free_ports()


def test_the_table_shows_addresses_and_a_login_per_role() -> None:
    accounts = [
        {"rol": "Redacteur", "gebruikersnaam": "redacteur", "wachtwoord": "voorbeeld-1"},
        {"rol": "Beheerder", "gebruikersnaam": "beheerder", "wachtwoord": "voorbeeld-2"},
    ]
    shown = site.table({"site": 8001, "frontend": 4322}, accounts)
    assert "http://127.0.0.1:8001/admin/" in shown
    assert "http://127.0.0.1:4322/" in shown
    assert "  Redacteur  redacteur       voorbeeld-1" in shown.splitlines()


def test_without_demo_logins_there_is_no_table_of_them() -> None:
    assert "wachtwoord" not in site.table({"site": 8001, "frontend": 4322}, [])


def test_a_port_answers_when_it_speaks_http(taken: int) -> None:
    assert not site.answers(free_port())
    port = free_port()
    command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            eventually(lambda: site.answers(port), "the server answers")
        finally:
            server.kill()
