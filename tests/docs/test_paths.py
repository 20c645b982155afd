"""What the developer's documentation names is there."""

import re
from pathlib import Path

import pytest

from deploy.local import ROOT
from tests.docs.recipe import new_files

PAGES = sorted((ROOT / "docs" / "developer").glob("*.md"))
TOP = {path.name for path in ROOT.iterdir()} - {".local", ".venv"}


def paths_in(page: Path) -> set[str]:
    """Give the paths in backticks: with a slash, from a folder of the repository; commands and globs are none."""
    texts = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", page.read_text(), flags=re.S))
    return {text for text in texts if text.split("/")[0] in TOP and "/" in text and not re.search(r"[\s*{]", text)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_in_the_documentation_exists(page):
    missing = {path for path in paths_in(page) if not (ROOT / path.partition(":")[0]).exists()}
    assert missing - new_files_of(page) == set()


def new_files_of(page: Path) -> set[str]:
    return new_files(page) if page.name.startswith("new-") else set()


def test_the_house_names_every_registry():
    """Whoever looks for the way to add to another app's pages finds all there are."""
    calls = {
        call
        for path in (ROOT / "cms").rglob("*.py")
        for call in re.findall(r"^def (register_(?!snippet)\w+)\(", path.read_text(), re.M)
    }
    assert len(calls) >= 7
    house = (ROOT / "docs/developer/house.md").read_text()
    assert {call for call in calls if f"`{call}(" not in house} == set()
