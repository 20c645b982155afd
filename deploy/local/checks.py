"""`make check`: everything that reads the code without running the site. All checks run, also after one that fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local import ROOT, node
from deploy.local.steps import told

# Values with the shape of real ones: `check --deploy` judges the settings, not this machine.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "www.voorbeeld.example",
    "SITE_URL": "https://www.voorbeeld.example",
    "DATABASE_URL": "postgres://cms:cms@127.0.0.1:1/cms",
}
APPS = ["cms", "network", "themes", "districts", "kennisbank", "home"]


@dataclass(frozen=True)
class Check:
    """One check: what it is called, and the command that says no with its exit code."""

    name: str
    command: list[str]
    folder: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=dict)


def checks() -> list[Check]:
    """All checks, the quick ones first."""
    python = sys.executable
    manage = [python, "manage.py"]
    templates = [str(path.relative_to(ROOT)) for app in APPS for path in sorted((ROOT / app).glob("**/templates"))]
    npm = str(node.node_bin() / "npm")
    frontend = node.environment()
    # The plugin of mypy loads the settings, which want an address; nothing connects to it.
    address = {"DATABASE_URL": PRODUCTION["DATABASE_URL"]}
    return [
        Check("ruff", [python, "-m", "ruff", "check", "."]),
        Check("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        Check("import-linter", [program("lint-imports")], environment=address),
        Check("djlint", [python, "-m", "djlint", "--lint", "--quiet", *templates]),
        Check("mypy", [python, "-m", "mypy"], environment=address),
        Check("API Design Rules", [python, "-m", "deploy.local.api_rules"]),
        Check("missing migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check("production settings", [*manage, "check", "--deploy", "--fail-level", "WARNING"], environment=PRODUCTION),
        Check("CSS drift", [npm, "run", "css:check"], node.FRONTEND, frontend),
        Check("API types drift", [npm, "run", "types:check"], node.FRONTEND, frontend),
        Check("frontend lint", [npm, "run", "lint"], node.FRONTEND, frontend),
        Check("astro check", [npm, "run", "check"], node.FRONTEND, frontend),
    ]


def program(name: str) -> str:
    """A program of the environment."""
    return str(Path(sys.executable).with_name(name))


def run(check: Check) -> bool:
    """Run one check and show its time, and its output when it says no."""
    print(f"  {check.name:<34}", end="", flush=True)
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=check.folder,
        env=os.environ | dict(check.environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    print(f"{time.monotonic() - started:6.1f} s  {'no' if done.returncode else 'ok'}", flush=True)
    if done.returncode:
        print(f"\n{done.stdout.strip()}\n", flush=True)
    return done.returncode == 0


def main() -> None:
    with told():
        node.install()
        failed = [check.name for check in checks() if not run(check)]
    if failed:
        sys.exit(f"\nNot right: {', '.join(failed)}.")
    print("\nAll checks passed.")


if __name__ == "__main__":
    main()
