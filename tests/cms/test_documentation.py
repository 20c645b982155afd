"""What the documentation claims of the project is so."""

import fnmatch
import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def named_in_docs() -> list[str]:
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs/dependencies.md").read_text(), re.M)
    names = [name for row in rows for name in re.sub(r"\(.*?\)", "", row).replace(" ", "").split(",")]
    return [name for name in names if name not in ("package", "---")]


def test_every_direct_dependency_is_explained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(name for group in project["optional-dependencies"].values() for name in group),
    ]
    names = {re.split(r"[\[<>=~!]", name)[0] for name in wanted}
    package = json.loads((ROOT / "frontend/package.json").read_text())
    names |= {*package["dependencies"], *package["devDependencies"]}
    explained = named_in_docs()
    assert [name for name in sorted(names) if not any(fnmatch.fnmatch(name, pattern) for pattern in explained)] == []
    assert [pattern for pattern in explained if not fnmatch.filter(names, pattern)] == []


def test_no_lock_names_an_address():
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text(), lock
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_links_in_the_documentation_lead_somewhere():
    missing = []
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), ROOT / "frontend/README.md"]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                missing.append(f"{page.relative_to(ROOT)}: {target}")
    assert missing == []


def test_all_migrations_together_stay_small():
    assert sum(path.stat().st_size for path in ROOT.glob("*/migrations/*.py")) < 500_000


def test_every_make_target_of_the_readme_exists():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M)
    assert set(re.findall(r"`make ([a-z-]+)`", (ROOT / "README.md").read_text())) <= set(targets)
