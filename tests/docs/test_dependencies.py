"""Every package that our code names stands in docs/dependencies.md, also one that another package brings along."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from deploy.local import ROOT

OWN = ("cms", "network", "themes", "districts", "kennisbank", "home", "deploy", "tests")


def imported() -> Iterator[str]:
    """Give the first part of the name of every module that is imported anywhere."""
    for path in (path for folder in OWN for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (name.name.partition(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def used() -> set[str]:
    """Give the packages of those modules."""
    known = packages_distributions()
    modules = set(imported()) - set(OWN) - sys.stdlib_module_names
    return {written(package) for module in modules for package in known.get(module, [module])}


def written(package: str) -> str:
    """Give a package's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", package).lower()


def direct() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(each for group in project["optional-dependencies"].values() for each in group),
    ]
    return {written(re.split(r"[\[<>=~!]", each)[0]) for each in wanted}


def brought_along() -> set[str]:
    text = (ROOT / "docs" / "dependencies.md").read_text()
    words = "\n".join(line for line in text.splitlines() if not line.startswith(("|", "#")))
    return set(re.findall(r"`([a-z0-9-]+)`", words))


def test_every_package_that_the_code_names_is_explained():
    assert used() - direct() == brought_along()


def test_locked_packages_hold_all_that_the_code_names():
    lock = Path(ROOT / "requirements" / "development.txt").read_text()
    locked = {written(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[.*?\])?==", lock, re.M)}
    assert used() <= locked
