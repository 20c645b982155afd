"""The papers of the repository: the index of software, what changed, and what operators type."""

import re
import tomllib
from datetime import date
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings
from django.db import connection

from deploy.local import ROOT

PUBLICCODE = yaml.safe_load((ROOT / "publiccode.yml").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PAPERS = ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]
# The standard's core keys, https://yml.publiccode.tools: what must be there, and values from its lists.
REQUIRED = {
    "publiccodeYmlVersion", "name", "url", "releaseDate", "platforms", "categories", "developmentStatus",
    "softwareType", "description", "legal", "maintenance", "localisation",
}  # fmt: skip
OPTIONAL = {"softwareVersion", "intendedAudience", "dependsOn"}
CATEGORIES = {"content-management", "knowledge-management", "website-builder", "translation", "document-management"}
SCOPES = {"local-authorities", "security", "society", "justice", "emergency-services"}


def test_publiccode_has_all_required_keys_and_none_that_the_standard_does_not_know():
    assert PUBLICCODE.keys() >= REQUIRED
    assert PUBLICCODE.keys() <= REQUIRED | OPTIONAL


def test_publiccode_takes_its_values_from_the_standard_s_lists():
    assert set(PUBLICCODE["categories"]) <= CATEGORIES
    assert set(PUBLICCODE["intendedAudience"]["scope"]) <= SCOPES
    assert PUBLICCODE["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert PUBLICCODE["softwareType"] == "standalone/web"
    assert PUBLICCODE["platforms"] == ["web"]
    assert date.fromisoformat(PUBLICCODE["releaseDate"])


def test_publiccode_describes_the_software_in_the_lengths_of_the_standard():
    for language, texts in PUBLICCODE["description"].items():
        assert len(texts["shortDescription"]) <= 150, language
        assert 500 <= len(texts["longDescription"]) <= 10_000, language
        assert 5 <= len(texts["features"]) <= 20, language


def test_publiccode_names_nobody_who_does_not_exist():
    """A maintainer must be a real person or company; until there is one, the standard's only true value is none."""
    maintenance = PUBLICCODE["maintenance"]
    assert maintenance["type"] == "none" or maintenance.get("contacts") or maintenance.get("contractors")
    if maintenance["type"] == "none":
        assert urlsplit(PUBLICCODE["url"]).hostname == "example.com"


def test_publiccode_agrees_with_the_project():
    assert PUBLICCODE["legal"]["license"] == PROJECT["license"]
    assert PUBLICCODE["softwareVersion"] == PROJECT["version"]
    assert PUBLICCODE["localisation"]["availableLanguages"] == [code for code, _ in settings.LANGUAGES]
    needed = {each["name"]: each["versionMin"] for each in PUBLICCODE["dependsOn"]["open"]}
    assert f">={needed['Python']}" == PROJECT["requires-python"]


def test_the_changelog_keeps_to_its_form():
    text = (ROOT / "CHANGELOG.md").read_text()
    assert "## [Unreleased]" in text
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert {heading.split(" ")[0] for heading in re.findall(r"^### (.*)$", text, re.M)} <= kinds


@pytest.mark.parametrize("name", PAPERS)
def test_links_in_the_papers_lead_somewhere(name):
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", (ROOT / name).read_text())
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []


def test_the_index_names_every_page_of_the_documentation():
    index = (ROOT / "docs/README.md").read_text()
    for folder in ("operator", "developer", "api"):
        for page in (ROOT / "docs" / folder).glob("*.md"):
            assert f"({page.relative_to(ROOT / 'docs')})" in index, page


def test_every_make_target_in_the_papers_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in [*(ROOT / name for name in PAPERS), *(ROOT / "docs/operator").glob("*.md")]:
        assert set(re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text(), re.M)) <= targets, page


@pytest.mark.django_db
def test_the_query_of_the_monitoring_page_counts_tasks():
    (query,) = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/operator/monitoring.md").read_text(), re.S)
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert [column.name for column in cursor.description] == ["waiting", "running", "failed", "oldest"]
