"""Finding a browser, with stand-ins of which some do not start."""

from pathlib import Path

import pytest

from deploy.local import chromium
from deploy.local.steps import StepError


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser."""
    (tmp_path / "bin").mkdir()
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.setattr(chromium, "APPLICATIONS", ())
    return tmp_path


def program(path: Path, code: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_nothing_is_found_where_there_is_nothing(machine: Path) -> None:
    assert chromium.find() is None


def test_the_one_that_was_named_goes_first(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(machine / "bin" / "chromium")
    named = program(machine / "mijn" / "browser")
    monkeypatch.setenv("CHROMIUM_PATH", str(named))
    assert chromium.find() == named


def test_one_that_does_not_start_is_passed_over(machine: Path) -> None:
    program(machine / "bin" / "chromium-browser", code=1)
    works = program(machine / "bin" / "google-chrome")
    assert chromium.find() == works


def test_playwrights_download_is_found(machine: Path) -> None:
    downloaded = program(machine / "playwright" / "chromium-1200" / "chrome-linux64" / "chrome")
    assert chromium.find() == downloaded


def test_a_named_one_that_does_not_start_is_an_error(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM_PATH", str(machine / "weg"))
    with pytest.raises(StepError, match="CHROMIUM_PATH"):
        chromium.ensure()


def test_where_none_can_be_installed_it_says_what_is_missing(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = program(machine / "installeer", code=1)
    monkeypatch.setattr(chromium, "installers", lambda: [[str(failing)]])
    with pytest.raises(StepError, match=r"(?s)need a Chromium.*apt-get install chromium.*CHROMIUM_PATH=.*installeer"):
        chromium.ensure()


def test_an_installer_that_works_ends_the_search(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = machine / "bin" / "chromium"
    installer = program(machine / "installeer")
    installer.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\nprintf '#!/bin/sh\\n' > {target}\nchmod 755 {target}\n")
    monkeypatch.setattr(chromium, "installers", lambda: [["bestaat-niet"], [str(installer)]])
    assert chromium.ensure() == target
