"""Node from its wheel, and installing and building a small frontend only when something changed."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from deploy.local import node

LOCKED = {
    "name": "proef",
    "version": "1.0.0",
    "lockfileVersion": 3,
    "requires": True,
    "packages": {"": {"name": "proef"}},
}
SCRIPTS = {"build": "node -e \"require('fs').mkdirSync('dist'); require('fs').writeFileSync('dist/uit', 'x')\""}


@pytest.fixture
def frontend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(node, "STATE", tmp_path / ".local")
    folder = tmp_path / "frontend"
    (folder / "node_modules").mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"name": "proef", "version": "1.0.0", "scripts": SCRIPTS}))
    (folder / "package-lock.json").write_text(json.dumps(LOCKED))
    (folder / "bron.astro").write_text("een")
    return folder


def test_node_and_npm_run_from_a_folder_of_our_own(tmp_path: Path) -> None:
    folder = node.node_bin(tmp_path)
    for program in ("node", "npm", "npx"):
        done = subprocess.run([folder / program, "--version"], env=node.environment(), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert node.node_bin(tmp_path) == folder


def test_node_is_no_wrapper_that_leaves_node_behind(tmp_path: Path) -> None:
    command = [str(node.node_bin(tmp_path) / "node"), "-e", "console.log(process.pid); setInterval(() => {}, 1000)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert int(process.stdout.readline()) == process.pid
        process.terminate()
        assert process.wait(10) == -signal.SIGTERM


def test_packages_are_installed_once_for_a_lock(frontend: Path, capsys: pytest.CaptureFixture[str]) -> None:
    node.install(frontend)
    assert " s\n" in capsys.readouterr().out
    node.install(frontend)
    assert "up to date" in capsys.readouterr().out
    (frontend / "package-lock.json").write_text(json.dumps(LOCKED | {"version": "1.0.1"}))
    node.install(frontend)
    assert "up to date" not in capsys.readouterr().out


def test_packages_that_were_removed_are_installed_again(frontend: Path, capsys: pytest.CaptureFixture[str]) -> None:
    node.install(frontend)
    (frontend / "node_modules" / ".installed").unlink()
    capsys.readouterr()
    node.install(frontend)
    assert "up to date" not in capsys.readouterr().out


def test_the_frontend_is_built_once_for_its_sources(frontend: Path, capsys: pytest.CaptureFixture[str]) -> None:
    node.build(frontend)
    assert (frontend / "dist" / "uit").exists()
    capsys.readouterr()
    node.build(frontend)
    assert "up to date" in capsys.readouterr().out
    (frontend / "bron.astro").write_text("twee")
    node.build(frontend)
    assert "up to date" not in capsys.readouterr().out
