"""Settings: documented in full, and safe in production or no start at all."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cms.settings.environment import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789-abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "postgres://site:secret@db.example:5432/site",
    "ALLOWED_HOSTS": "www.example.nl",
    "SITE_URL": "https://www.example.nl",
}


def load_production(**environment: str) -> subprocess.CompletedProcess:
    """Load the production settings in a process of their own, with these variables and no others."""
    kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return subprocess.run(
        [sys.executable, "-c", "import cms.settings.production as settings; print(settings.SECURE_HSTS_SECONDS)"],
        env={**kept, **environment}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_table_in_the_docs_names_every_variable_with_its_default_and_meaning():
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*) \|$", (ROOT / "docs/operator/settings.md").read_text(), re.M)
    documented = {name: (default.strip("`"), meaning) for name, default, meaning in rows}
    expected = {
        variable.name: ("must be set" if variable.default is None else variable.default or "empty", variable.meaning)
        for variable in VARIABLES.values()
    }
    assert documented == expected


def test_nothing_but_the_environment_module_reads_the_environment():
    for path in (ROOT / "cms").rglob("*.py"):
        if path.name not in ("environment.py", "wsgi.py"):
            assert "os.environ" not in path.read_text(), path


def test_the_admin_shows_previews_of_all_frontends_in_a_frame_and_without_any_of_none():
    show = "import cms.settings.production as settings; print(settings.ADMIN_CONTENT_SECURITY_POLICY['frame-src'])"
    addresses = {"FRONTEND_ADDRESSES": "cms.example.nl=https://een.example,twee.example.nl=https://twee.example"}
    own = {"FRONTEND_URL": "https://een.example/pad"}
    for variables, expected in ((addresses | own, ["een", "twee"]), (addresses, []), (own, ["een"])):
        kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
        environment = {**kept, **SAFE, **variables}
        printed = subprocess.run(
            [sys.executable, "-c", show], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        assert re.findall(r"https://(\w+)\.example'", printed) == expected


def test_production_starts_with_the_required_variables():
    result = load_production(**SAFE)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "31536000"


@pytest.mark.parametrize("name", SAFE)
def test_production_names_a_missing_variable(name):
    result = load_production(**{key: value for key, value in SAFE.items() if key != name})
    assert result.returncode != 0
    assert f"{name} is missing" in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "x" * 60),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "www.example.nl,.example.nl"),
        ("SITE_URL", "http://www.example.nl"),
        ("DATABASE_URL", "sqlite:///site.sqlite3"),
        ("HSTS_SECONDS", "0"),
        ("TRUSTED_PROXY", "yes"),
        ("DATABASE_POOL_SIZE", "many"),
        ("EMAIL_URL", "mail.example.nl:25"),
        ("FRONTEND_ADDRESSES", "https://www.example.nl"),
        ("FRONTEND_ADDRESSES", "cms.example.nl=https://www.example.nl/pad/"),
    ],
)
def test_production_refuses_an_unsafe_value_and_says_which(name, value):
    result = load_production(**{**SAFE, name: value})
    assert result.returncode != 0
    assert "ImproperlyConfigured" in result.stderr
    assert name in result.stderr.splitlines()[-1]
