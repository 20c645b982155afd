"""The linter of the API: it finds what breaks a rule, and no deviation stays that is none."""

import copy
import json
from typing import Any

import pytest

from deploy.local import api_rules


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    return json.loads(api_rules.FILE.read_text())


def test_the_api_keeps_to_the_rules(description):
    assert api_rules.complaints(description) == []


def broken(description: dict[str, Any], how: str) -> dict[str, Any]:
    wrong = copy.deepcopy(description)
    themes = wrong["paths"]["/api/v1/themas"]
    if how == "version":
        wrong["openapi"] = "2.0"
    elif how == "semver":
        wrong["info"]["version"] = "1.1"
    elif how == "slash":
        wrong["paths"]["/api/v1/themas/"] = themes
    elif how == "path":
        wrong["paths"]["/api/v1/alleThemas"] = themes
    elif how == "singular":
        wrong["paths"]["/api/v1/thema"] = themes
    elif how == "unversioned":
        wrong["paths"]["/api/themas"] = themes
    elif how == "key":
        themes["get"]["parameters"][0]["name"] = "alle_velden"
    elif how == "property":
        wrong["components"]["schemas"]["Thema"]["properties"]["bijgewerkt_op"] = {"type": "string"}
    elif how == "method":
        themes["zoek"] = themes["get"]
    elif how == "body":
        themes["get"]["requestBody"] = {}
    elif how == "header":
        del themes["get"]["responses"]["200"]["headers"]["API-Version"]
    elif how == "problem":
        content = wrong["components"]["responses"]["NietGevonden"]["content"]
        content["application/json"] = content.pop("application/problem+json")
    elif how == "400":
        del themes["get"]["responses"]["400"]
    elif how == "array":
        themes["get"]["responses"]["200"]["content"]["application/json"]["schema"] = {"type": "array", "items": {}}
    elif how == "moment":
        wrong["components"]["schemas"]["Thema"]["properties"]["bijgewerktOp"] = {"type": "string"}
    return wrong


@pytest.mark.parametrize(
    ("how", "rule"),
    [
        ("version", "doc-openapi"), ("semver", "semver"), ("slash", "no-trailing-slash"),
        ("path", "path-segments-kebab-case"), ("singular", "naming-collections"), ("unversioned", "uri-version"),
        ("key", "query-keys-camel-case"), ("property", "query-keys-camel-case"), ("method", "http-methods"),
        ("body", "http-safety"), ("header", "version-header"), ("problem", "problem-details"), ("400", "bad-request"),
        ("array", "return-objects"), ("moment", "date-time/format"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_told(description, how, rule):
    assert any(rule in complaint for complaint in api_rules.complaints(broken(description, how)))


def test_a_deviation_that_is_none_any_more_is_told(description):
    mended = copy.deepcopy(description)
    del mended["paths"]["/api/v1/prioriteiten.csv"]
    assert any("prioriteiten.csv" in complaint for complaint in api_rules.complaints(mended))


def test_the_linter_fails_on_a_file_that_breaks_a_rule(description, tmp_path, monkeypatch):
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(broken(description, "slash")))
    monkeypatch.setattr("sys.argv", ["api_rules", str(path)])
    with pytest.raises(SystemExit, match="no-trailing-slash"):
        api_rules.main()
