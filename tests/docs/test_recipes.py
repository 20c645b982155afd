"""Who follows the developer's recipes to the letter has a page type and a block that work, in both ways out."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local import ROOT
from tests.deploy import databases
from tests.docs.recipe import Copy, Piece, changed, copy_project, pieces_of

RECIPES = ROOT / "docs" / "developer"
PAGE_TYPE, BLOCK = RECIPES / "new-page-type.md", RECIPES / "new-block.md"

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(django_db_setup, django_db_blocker, tmp_path: Path) -> Iterator[Callable[[str], Copy]]:
    """Gives a copy of the project with a database of its own."""
    with django_db_blocker.unblock(), databases.copy_of_tests("recipe") as name:
        # Django's test runner puts `test_` before the name that it is given.
        address = databases.address(name), databases.address(name.removeprefix("test_"))
        yield copy_project(tmp_path / "project", *address)


def passed(output: str) -> int:
    """Give how many tests passed."""
    return int(re.search(r"(\d+) passed", output)[1])


def described(project: Copy) -> dict:
    """Give the schemas of the API's description that the recipe made."""
    return json.loads((project.folder / "frontend/openapi.json").read_text())["components"]["schemas"]


def check_style(project: Copy, recipe: Path) -> None:
    """Whoever copies the recipe's code has code in our style."""
    files = [piece.path for piece in pieces_of(recipe) if piece.path.endswith(".py")]
    project.run(sys.executable, "-m", "ruff", "check", *files)
    project.run(sys.executable, "-m", "ruff", "format", "--check", *files)


def test_a_page_type_made_by_the_recipe_works(project):
    project.follow(PAGE_TYPE)
    check_style(project, PAGE_TYPE)
    assert described(project)["Paginaweergave"]["discriminator"]["mapping"]["bijeenkomst"].endswith(
        "/Bijeenkomstpagina"
    )
    assert "Programmasectie" in (project.folder / "frontend/src/lib/api-types.d.ts").read_text()
    names = "test_event or EventPage or every_page_type_stands or committed or properties or schemas or holds"
    own = ("tests/home/test_event.py", "tests/home/test_empty_site.py")
    house = ("tests/cms/test_admin_language.py", "tests/api/test_openapi.py")
    assert passed(project.pytest(*own, *house, "-k", names)) >= 12


def test_a_block_made_by_the_recipe_works(project):
    project.follow(BLOCK)
    check_style(project, BLOCK)
    assert described(project)["Blok"]["discriminator"]["mapping"]["begrip"]
    assert ".definition__term" in (project.folder / "cms/static/cms/site.css").read_text()
    names = (
        "definition or every_block_has or demo_shows or migrations_hold or committed or properties or schemas or holds"
    )
    files = (
        "tests/cms/test_definition.py", "tests/cms/test_blocks.py", "tests/api/test_openapi.py",
        "tests/home/test_demo_content.py",
    )  # fmt: skip
    # The contract alone is three tests of the block, two of each variant and two of its texts.
    assert passed(project.pytest(*files, "-k", names)) >= 20


@pytest.mark.parametrize("recipe", [PAGE_TYPE, BLOCK], ids=lambda recipe: recipe.stem)
def test_a_recipe_has_ten_steps_in_order(recipe):
    steps = re.findall(r"^## (\d+)\. ", recipe.read_text(), re.M)
    assert steps == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize("there", ["one\nthree\n", "one\ntwo\none\ntwo\n"])
def test_a_change_that_does_not_fit_in_one_place_is_no_recipe(there):
    with pytest.raises(AssertionError, match="not there once"):
        changed(there, Piece("change", "some.py", " one\n-two\n+three\n"))


def test_a_piece_of_which_nobody_says_where_it_goes_is_no_recipe(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Somewhere:\n\n```python\nx = 1\n```\n")
    with pytest.raises(ValueError, match="Which file"):
        pieces_of(page)
