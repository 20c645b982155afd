"""A bare Wagtail project can install the apps, by what docs/developer/plugin.md says."""

import os
import re
import subprocess
import sys

import pytest

from deploy.local import ROOT
from tests.deploy import databases

SITE = ROOT / "tests" / "plugin_site"
GUIDE = (ROOT / "docs" / "developer" / "plugin.md").read_text()


def between_the_marks(name: str) -> str:
    (found,) = re.findall(r"^# <plugin>\n(.*?)^# </plugin>$", (SITE / name).read_text(), re.S | re.M)
    return found.strip()


@pytest.mark.parametrize("name", ["settings.py", "urls.py"])
def test_the_guide_shows_what_the_project_uses(name):
    shown = [block.strip() for block in re.findall(r"```python\n(.*?)```", GUIDE, re.S)]
    assert between_the_marks(name) in shown


def test_the_project_names_no_settings_of_ours():
    for path in SITE.glob("*.py"):
        assert "cms.settings" not in path.read_text(), path.name


@pytest.mark.django_db
def test_a_bare_project_gets_pages_admin_and_api(tmp_path, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        name = "plugin_" + os.environ["DATABASE_URL"].rpartition("/")[2]
        databases.make(name)
        address = databases.address(name)
    try:
        environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        done = subprocess.run(
            [sys.executable, "-m", "tests.plugin_site.smoke"],
            cwd=ROOT,
            env={**environment, "DATABASE_URL": address, "FILES": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "The bare project works." in done.stdout
    finally:
        with django_db_blocker.unblock():
            databases.drop(name)
