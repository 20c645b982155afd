"""`make lock`: writes the hashed locks from pyproject.toml, without any host name in them."""

from __future__ import annotations

import sys

from deploy.local import ROOT, STATE
from deploy.local.steps import run, step, told

FLAGS = [
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"),
]
LOCKS = {"production": [], "development": ["--extra", "local", "--extra", "development"]}


def main() -> None:
    """Options go to uv: `--upgrade`, or `--upgrade-package wagtail`."""
    uv = STATE / "uv" / "bin" / "uv"
    with told():
        if not uv.exists():
            with step("uv"):
                pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"]
                run([*pip, "--target", str(STATE / "uv"), "uv"], cwd=ROOT)
        for name, extras in LOCKS.items():
            with step(f"requirements/{name}.txt"):
                target = ["--output-file", f"requirements/{name}.txt"]
                run([str(uv), "pip", "compile", "pyproject.toml", *FLAGS, *extras, *target, *sys.argv[1:]], cwd=ROOT)


if __name__ == "__main__":
    main()
