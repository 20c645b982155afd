"""The environment from nothing, in a project of its own whose lock is empty: nothing is downloaded."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import ROOT, bootstrap
from deploy.local.steps import StepError

WITHOUT_ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("VENV", "VIRTUAL_ENV")}
SHOW = ["python", "-c", "import sys; print(sys.prefix)"]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "deploy.local.bootstrap", *arguments]


def run(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        cwd=project,
        env=WITHOUT_ENVIRONMENT | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone in which two commands were given at the same time as the first thing."""
    folder = tmp_path_factory.mktemp("een kloon")
    shutil.copytree(ROOT / "deploy", folder / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "requirements").mkdir()
    (folder / "requirements" / "development.txt").touch()
    both = [
        subprocess.Popen(command(*SHOW), cwd=folder, env=WITHOUT_ENVIRONMENT, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("Python packages" in text for text in said) == 1, said
    assert all(str(folder / ".venv") in text for text in said)
    return folder


def test_an_environment_that_is_up_to_date_is_used_as_it_is(project: Path) -> None:
    done = run(project, *SHOW)
    assert done.stdout.strip() == str(project / ".venv")


def test_another_lock_installs_again(project: Path) -> None:
    (project / "requirements" / "development.txt").write_text("# anders\n")
    assert "Python packages" in run(project, *SHOW).stdout
    assert "Python packages" not in run(project, *SHOW).stdout


def test_an_environment_whose_python_is_gone_is_made_again(project: Path) -> None:
    shutil.rmtree(project / ".venv" / "bin")
    done = run(project, *SHOW)
    assert "Environment" in done.stdout
    assert done.returncode == 0


def test_a_lock_that_does_not_install_says_why_and_is_tried_again(project: Path) -> None:
    lock = project / "requirements" / "development.txt"
    before = lock.read_text()
    lock.write_text("bestaat-zeker-niet==1.0\n")
    done = run(project, *SHOW)
    assert done.returncode == 1
    assert "hash" in done.stderr
    lock.write_text(before)
    assert run(project, *SHOW).returncode == 0


def test_the_commands_exit_code_is_handed_over(project: Path) -> None:
    assert run(project, "python", "-c", "raise SystemExit(7)").returncode == 7


def test_a_command_that_does_not_exist_is_named(project: Path) -> None:
    assert "bestaat-niet can't be started" in run(project, "bestaat-niet").stderr


def test_an_old_python_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    monkeypatch.setattr(sys, "argv", ["bootstrap", "true"])
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer"):
        bootstrap.main()


def test_a_python_without_venv_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(StepError, match=r"apt-get install python3\.\d+-venv"):
        bootstrap.require_venv()


def test_make_without_a_target_shows_the_targets() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert all(f"make {target}" in done.stdout for target in ("run", "dev", "test", "check", "demo", "shell", "clean"))
