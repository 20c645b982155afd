"""`make clean` in a clone of its own: data only goes after a yes."""

from pathlib import Path

import pytest

from deploy.local.clean import asks_environment, clean
from deploy.local.locks import held


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    for name in (".local/postgres/cluster", "media", "frontend/dist", "cms/__pycache__", ".venv/bin", "cms/templates"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


def test_without_a_yes_nothing_is_removed(clone: Path) -> None:
    before = sorted(clone.rglob("*"))
    with pytest.raises(SystemExit, match="Nothing was removed"):
        clean(clone, lambda what: False)
    assert sorted(clone.rglob("*")) == before


def test_the_question_names_the_data(clone: Path) -> None:
    asked: list[str] = []

    def no(what: str) -> bool:
        asked.append(what)
        return False

    with pytest.raises(SystemExit):
        clean(clone, no)
    assert ".local, media" in asked[0]


def test_after_a_yes_only_the_sources_are_left(clone: Path) -> None:
    clean(clone, lambda what: True)
    assert {str(path.relative_to(clone)) for path in clone.rglob("*")} == {"cms", "cms/templates", "frontend"}


def test_without_data_nothing_is_asked(clone: Path) -> None:
    clean(clone, lambda what: True)
    (clone / "frontend" / "dist").mkdir()
    clean(clone, lambda what: pytest.fail("asked without a reason"))
    assert not (clone / "frontend" / "dist").exists()


def test_a_database_in_use_is_never_removed(clone: Path) -> None:
    with held(clone / ".local" / "postgres" / "keeper.lock"), pytest.raises(SystemExit, match="in use"):
        clean(clone, lambda what: True)


def test_with_nobody_to_ask_only_ja_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JA", raising=False)
    assert not asks_environment("Dit verwijdert gegevens.")
    monkeypatch.setenv("JA", "1")
    assert asks_environment("Dit verwijdert gegevens.")
