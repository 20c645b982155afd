"""`make clean`: removes what `make` made; the local database and uploads only after a yes. Standard library only."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from deploy.local import ROOT
from deploy.local.locks import is_free

DATA = ("media", "media-documents")
MADE = (
    ".venv",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".import_linter_cache",
    "static-collected",
    "frontend/node_modules",
    "frontend/dist",
    "frontend/.astro",
)


def main() -> None:
    try:
        clean(ROOT, asks_person if sys.stdin.isatty() else asks_environment)
    except KeyboardInterrupt:
        sys.exit("\nStopped.")


def clean(root: Path, may: Callable[[str], bool]) -> None:
    """Remove data first, and only if `may` says so; then everything that can be made again.

    Ends the program when a database is in use or data may not be removed.
    """
    state = root / ".local"
    for lock in state.glob("*/keeper.lock"):
        if not is_free(lock):
            sys.exit(f"The database in {lock.parent} is in use. Stop `make run` and other commands first.")
    data = [path for path in (state, *(root / name for name in DATA)) if path.exists()]
    if data:
        names = ", ".join(str(path.relative_to(root)) for path in data)
        if not may(f"This removes data for good: {names}."):
            sys.exit(f"Nothing was removed. The data is in {names}.")
    for path in [*data, *(root / name for name in MADE), *caches(root)]:
        if path.is_symlink():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)
            print(f"  removed {path.relative_to(root)}")


def caches(root: Path) -> list[Path]:
    """Python's compiled files in the source folders."""
    skipped = {".git", ".venv", ".local", "node_modules"}
    found = []
    for folder, names, _ in os.walk(root):
        names[:] = [name for name in names if name not in skipped]
        found += [Path(folder) / name for name in names if name == "__pycache__"]
    return found


def asks_person(what: str) -> bool:
    return input(f"{what}\nType ja to go on: ").strip().lower() == "ja"


def asks_environment(what: str) -> bool:
    """Nobody is there to ask: only an explicit JA=1 counts."""
    if os.environ.get("JA") == "1":
        return True
    print(f"{what}\nThere is nobody to ask; JA=1 make clean says yes.")
    return False


if __name__ == "__main__":
    main()
