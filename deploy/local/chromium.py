"""Finds a Chromium for the browser tests, and installs one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local.steps import StepError, step, told

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
DOWNLOADED = (
    "chromium-*/chrome-*/chrome",
    "chromium-*/chrome-*/*.app/Contents/MacOS/*",
    "chromium_headless_shell-*/*/headless_shell",
    "chromium_headless_shell-*/*/chrome-headless-shell",
)


def find() -> Path | None:
    """The first Chromium that starts: CHROMIUM_PATH, then PATH, then what Playwright downloaded."""
    if given := os.environ.get("CHROMIUM_PATH"):
        return Path(given) if starts(Path(given)) else None
    return next((path for path in candidates() if starts(path)), None)


def candidates() -> list[Path]:
    """Where a Chromium may stand."""
    found = [Path(path) for name in NAMES if (path := shutil.which(name))]
    found += [Path(path) for path in APPLICATIONS]
    for cache in caches():
        for pattern in DOWNLOADED:
            found += sorted(cache.glob(pattern), reverse=True)
    return [path for path in found if path.is_file()]


def caches() -> list[Path]:
    """The folders that Playwright downloads to."""
    if given := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return [Path(given)]
    return [Path.home() / ".cache" / "ms-playwright", Path.home() / "Library" / "Caches" / "ms-playwright"]


def starts(program: Path) -> bool:
    """Whether it works here: distributions put programs in its place that only say what to install."""
    try:
        command = [str(program), "--version"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def ensure() -> Path:
    """A Chromium, installed when there was none. Raises StepError, saying what is missing, where that can't be done."""
    if found := find():
        return found
    if given := os.environ.get("CHROMIUM_PATH"):
        raise StepError(f"CHROMIUM_PATH is {given}, and that does not start (`{given} --version`).")
    reasons = []
    for command in installers():
        try:
            with step(f"Chromium ({Path(command[0]).name})"):
                install(command)
        except StepError as error:
            reasons.append(str(error))
            continue
        if found := find():
            return found
        reasons.append(f"{' '.join(command)} succeeded, but no Chromium starts.")
    raise StepError(
        "The browser tests need a Chromium, and none was found or could be installed.\n"
        "Install one (Debian: sudo apt-get install chromium), or name one: CHROMIUM_PATH=/usr/bin/… make test\n"
        + "\n".join(reasons)
    )


def installers() -> list[list[str]]:
    """The ways to install one, the one that touches least first."""
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    if os.getuid() == 0 and shutil.which("apt-get"):
        return [playwright, ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]]
    return [playwright]


def install(command: list[str]) -> None:
    """Run an installer; it gets ten minutes, as a machine without a way out may keep it waiting."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        if command[0] == "apt-get":
            subprocess.run(["apt-get", "update"], env=environment, capture_output=True, timeout=300)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StepError(f"{' '.join(command)}: {error}") from error
    if done.returncode:
        raise StepError(f"{' '.join(command)}\n{(done.stderr or done.stdout).strip()[-600:]}")


if __name__ == "__main__":
    with told():
        print(ensure())
