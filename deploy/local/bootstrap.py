"""Makes the environment from nothing but Python, then becomes the given command in it. Standard library only.

`python3 -m deploy.local.bootstrap COMMAND…`; VENV names another folder than `.venv`.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

from deploy.local import ROOT, STATE
from deploy.local.locks import held
from deploy.local.steps import StepError, run, step, told

OLDEST = (3, 11)
LOCK = ROOT / "requirements" / "development.txt"


def main() -> None:
    """Make or renew the environment where that is needed, then run the command in it."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if sys.version_info < OLDEST:
        sys.exit(
            f"This needs Python {OLDEST[0]}.{OLDEST[1]} or newer; {sys.executable} is {platform.python_version()}.\n"
            "Install a newer one, or name it: make run PYTHON=python3.13"
        )
    venv = Path(os.environ.get("VENV") or ROOT / ".venv").absolute()
    with told():
        ensure(venv)
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "__PYVENV_LAUNCHER__")
    }
    environment |= {"VIRTUAL_ENV": str(venv), "PATH": f"{venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    os.chdir(ROOT)
    try:
        os.execvpe(sys.argv[1], sys.argv[1:], environment)  # noqa: S606 - no shell wanted
    except OSError as error:
        sys.exit(f"{sys.argv[1]} can't be started: {error.strerror}")


def ensure(venv: Path) -> None:
    """Make the environment ready for the lock and this Python. Commands side by side wait for each other."""
    if is_ready(venv):
        return
    with held(STATE / "environment.lock", waiting=lambda: print("  Another command is preparing the environment…")):
        if is_ready(venv):
            return
        stamp(venv).unlink(missing_ok=True)
        if not has_this_python(venv):
            require_venv()
            with step(f"Environment (Python {platform.python_version()})"):
                run([sys.executable, "-m", "venv", "--clear", str(venv)], cwd=ROOT)
        with step("Python packages"):
            pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
            run([*pip, "--quiet", "--require-hashes", "-r", str(LOCK)], cwd=ROOT)
        stamp(venv).write_text(wanted())


def stamp(venv: Path) -> Path:
    """Where the environment says what was installed in it."""
    return venv / "installed.txt"


def wanted() -> str:
    """What an up-to-date environment was made from."""
    return f"{sys.version_info.major}.{sys.version_info.minor} {hashlib.sha256(LOCK.read_bytes()).hexdigest()}"


def is_ready(venv: Path) -> bool:
    """Whether the environment was made from this lock with this Python, and its Python is still there."""
    try:
        return stamp(venv).read_text() == wanted() and os.access(venv / "bin" / "python", os.X_OK)
    except OSError:
        return False


def has_this_python(venv: Path) -> bool:
    """Whether the environment's own Python works, has pip, and is of our version."""
    script = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        found = subprocess.run([str(venv / "bin" / "python"), "-c", script], capture_output=True, text=True)
    except OSError:
        return False
    return found.stdout.strip() == f"{sys.version_info.major}.{sys.version_info.minor}"


def require_venv() -> None:
    """Raise StepError where the system's Python comes without what makes environments, as Debian's does."""
    try:
        import ensurepip
        import venv
    except ImportError as error:
        name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise StepError(
            f"{sys.executable} has no module {error.name!r}, which makes environments.\n"
            f"On Debian and Ubuntu: sudo apt-get install {name}. Elsewhere: install a complete Python and name it, "
            "as in make run PYTHON=python3.13"
        ) from error
    del ensurepip, venv


if __name__ == "__main__":
    main()
