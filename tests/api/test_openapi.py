"""The description of the API: true, in Dutch, and the same as the committed file."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cms.api.app import api
from cms.api.openapi import as_text, describe
from cms.blocks.registry import registered_blocks
from cms.schema import Schema
from tests.api.schema import faults, resolve
from tests.cms.factories import make_private
from tests.search import reindex

FILE = Path(__file__).parent.parent.parent / "frontend" / "openapi.json"
EXAMPLES = {
    "/api/v1/publicaties/aanvullingen": "?zoek=lee",
    "/api/v1/zoeken/aanvullingen": "?zoek=lee",
    "/api/v1/paginas/op-pad": "?pad=/themas/ondermijning/",
}


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    return json.loads(as_text(describe(api)))


def operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for operation in methods.values():
            yield path, operation


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            elif key == "mapping":
                yield from value.values()
            else:
                yield from references(value)
    elif isinstance(node, list):
        for item in node:
            yield from references(item)


def test_the_committed_file_is_up_to_date():
    call_command("openapi", FILE, check=True)


def test_the_check_notices_drift(tmp_path):
    path = tmp_path / "openapi.json"
    call_command("openapi", path)
    path.write_text(path.read_text().replace("Thema", "Tema", 1))
    with pytest.raises(CommandError, match="klopt niet meer"):
        call_command("openapi", path, check=True)


def test_the_description_holds_together(description):
    assert description["openapi"].startswith("3.1.")
    assert {"title", "version", "description", "contact", "license"} <= set(description["info"])
    for reference in references(description):
        assert resolve(reference, description), reference
    used = set(references(description))
    unused = {name for name in description["components"]["schemas"] if f"#/components/schemas/{name}" not in used}
    assert not unused
    named = {tag["name"] for tag in description["tags"]}
    assert all(tag["description"] for tag in description["tags"])
    assert all(set(operation["tags"]) <= named for _path, operation in operations(description))


def test_every_block_is_described(description):
    described = description["components"]["schemas"]["Blok"]
    names = {block.api_type for block in registered_blocks().values()}
    assert set(described["discriminator"]["mapping"]) == names
    assert {each["$ref"] for each in described["oneOf"]} == set(described["discriminator"]["mapping"].values())


def test_the_site_tells_whom_to_ask(client, settings):
    assert client.get("/api/v1/openapi.json").json()["info"]["contact"]["url"] == settings.API_CONTACT_URL


def test_paths_are_dutch_plurals_in_kebab_case(description):
    for path in description["paths"]:
        assert re.fullmatch(r"/api/v1(/[a-z]+(-[a-z]+)*|/\{[a-z]+\})+(\.csv)?", path), path


def test_every_operation_is_described_and_tells_its_errors(description):
    names = [operation["operationId"] for _path, operation in operations(description)]
    assert len(names) == len(set(names))
    for path, operation in operations(description):
        assert re.fullmatch(r"(lijst|haal|maak|stuur)([A-Z][a-z]+)+", operation["operationId"])
        assert operation["summary"], path
        assert operation["description"], path
        assert {"400", "401", "429", "500"} <= set(operation["responses"])
        assert {"200", "201"} & set(operation["responses"])
        of_one = "{" in path or path.endswith("op-pad")
        assert ("404" in operation["responses"]) == (of_one or "requestBody" in operation), path
        assert ("403" in operation["responses"]) == (of_one or "requestBody" in operation), path
        for parameter in operation["parameters"]:
            assert re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", parameter["name"]), parameter
            assert parameter.get("description"), (path, parameter["name"])
            in_path = f"{{{parameter['name']}}}" in path
            assert (parameter["in"] == "path") == in_path


def test_schemas_have_dutch_names_of_their_own(description):
    english = {schema.__name__ for schema in every_schema(Schema) if "title" not in schema.model_config}
    assert not english & set(description["components"]["schemas"])


def every_schema(base: type[Schema]) -> Iterator[type[Schema]]:
    for schema in base.__subclasses__():
        if not schema.__pydantic_generic_metadata__["origin"] and not schema.__name__.startswith("Blok"):
            yield schema
        yield from every_schema(schema)


def test_properties_are_dutch_or_the_same_in_both_languages(description):
    """English attribute names must not leak: a field without an alias has a name that is no English word of ours."""
    english = {"title", "introduction", "language", "kind", "key", "name", "count", "results", "updated_at", "links"}
    problem = {"title", "status", "detail", "type", "errors"}
    allowed = {"links"}
    for name, schema in description["components"]["schemas"].items():
        if name.lower().endswith("probleem"):
            assert not english & set(schema["properties"]) - problem, name
        else:
            assert not (english - allowed) & set(schema.get("properties", {})), name
            assert not [key for key in schema.get("properties", {}) if "_" in key], name


def test_every_answer_is_as_described(example, client, description):
    """Asks every address of the description, for each item of its list too, and all pages by their addresses."""
    reindex()
    for path, operation in operations(description):
        if "{" in path or "requestBody" in operation:
            continue
        answer = described_answer(client, path + EXAMPLES.get(path, ""), operation, description)
        for name, item in items_of(path, description):
            for row in answer["resultaten"]:
                described_answer(
                    client, name.replace(f"{{{item}}}", str(row[item])), by_path(description, name), description
                )
    at_path = by_path(description, "/api/v1/paginas/op-pad")
    for page in client.get("/api/v1/paginas?paginaGrootte=100").json()["resultaten"]:
        described_answer(client, f"/api/v1/paginas/op-pad?pad={page['url']}", at_path, description)
    described_answer(client, "/api/v1/paginas/op-pad?pad=/gemeenten/almelo", at_path, description)


def test_a_refusal_is_as_described(example, client, description):
    make_private(example.about)
    for address, headers in (
        ("/api/v1/paginas/op-pad?pad=/over-deze-site/", {}),
        ("/api/v1/themas", {"authorization": "Bearer verzonnen"}),
    ):
        response = client.get(address, headers=headers)
        name = response.json()["type"].rpartition("/")[2]
        schema = description["components"]["responses"][name]["content"]["application/problem+json"]["schema"]
        assert not list(faults(response.json(), schema, description)), address


def test_a_list_tells_of_its_link_header(description):
    for path, operation in operations(description):
        paged = any(parameter["name"] == "pagina" for parameter in operation["parameters"])
        assert ("Link" in operation["responses"].get("200", {}).get("headers", {})) == paged, path


def test_a_problem_is_as_described(site, client, description):
    for address, status in (("/api/v1/themas?x=1", "400"), ("/api/v1/themas/999999", "404")):
        response = resolve(by_path(description, "/api/v1/themas/{id}")["responses"][status]["$ref"], description)
        schema = response["content"]["application/problem+json"]["schema"]
        assert not list(faults(client.get(address).json(), schema, description))


def described_answer(client, address: str, operation: dict[str, Any], description: dict[str, Any]) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    content = operation["responses"]["200"]["content"]
    assert response.headers["Content-Type"].split(";")[0] in content, address
    if "text/csv" in content:
        return None
    schema = content["application/json"]["schema"]
    assert list(faults(response.json(), schema, description)) == [], address
    return response.json()


def by_path(description: dict[str, Any], path: str) -> dict[str, Any]:
    return description["paths"][path]["get"]


def items_of(path: str, description: dict[str, Any]) -> list[tuple[str, str]]:
    """Give the addresses of single items of a list, with the name that stands in braces."""
    return [
        (name, match[1])
        for name in description["paths"]
        if (match := re.fullmatch(re.escape(path) + r"/\{([a-z]+)\}", name))
    ]
