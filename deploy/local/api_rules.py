"""The Dutch API Design Rules (2.x) that a machine can check, held to the committed description of the API.

`python -m deploy.local.api_rules` says what does not keep to them, and fails; `make check` runs it. A deviation that
is meant stands in `DEVIATIONS` with its reason, and in `docs/api/afwijkingen.md`. One that is none any more is
a fault too.
The names of the rules are those of https://logius-standaarden.github.io/API-Design-Rules/.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local import ROOT

FILE = ROOT / "frontend" / "openapi.json"
PROBLEM = "application/problem+json"
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
METHODS = {"get", "post", "put", "patch", "delete", "head", "options"}
# Members of a problem beside those of RFC 9457.
MEMBERS = {"type", "title", "status", "detail", "instance"}

# Rule and place (a part of it is enough) → why it is so.
DEVIATIONS = {
    ("/core/doc-openapi-contact", "info.contact"): "Elke site vult haar eigen contactadres in (API_CONTACT_URL); het "
    "staat in het bestand dat de site zelf geeft. Een mailadres hoort daar niet per se bij.",
    ("/core/uri-version", "servers"): "Het versienummer staat in elk pad (/api/v1/…), zodat één bestand op elke host "
    "klopt zonder `servers`.",
    ("/core/path-segments-kebab-case", "/api/v1/prioriteiten.csv"): "Een tabel om te openen in een rekenblad; de "
    "extensie zegt dat.",
    ("/core/error-handling/problem-details", "Inzendingsprobleem"): "`errors`, `melding` en `weergave` zeggen per veld "
    "wat er mis is, en geven de pagina met het formulier erin.",
    ("/core/error-handling/problem-details", "Parameterprobleem"): "`errors` noemt alle verkeerde parameters, met een "
    "melding in gewone taal. Dat is een uitbreiding die RFC 9457 toestaat.",
    ("/core/error-handling/problem-details", "Paginaprobleem"): "`nabij`, `zoekadres` en `zoekwoorden` helpen de lezer "
    "van een frontend verder.",
    ("/core/error-handling/problem-details", "Toegangsprobleem"): "`toegang` en `inlogadres` zeggen wat nodig is om "
    "een besloten pagina te lezen.",
    (
        "/core/date-time/format",
        "Vindbaarheid.gewijzigdOp",
    ): "Leeg bij wat geen artikel is; de tekst staat zo in OpenGraph.",
    ("/core/naming-collections", "/api/v1/netwerk"): "Er is één netwerk: een graaf, geen verzameling.",
    ("/core/naming-collections", "/api/v1/navigatie"): "Er is één navigatie per taal.",
    ("/core/naming-collections", "/api/v1/voorbeeld"): "Een vraag opent één voorbeeld; er is niets om te kiezen.",
}


@dataclass(frozen=True)
class Fault:
    """Where the description does not keep to a rule."""

    rule: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule} at {self.place}: {self.message}"


Rule = Callable[[dict[str, Any]], Iterator[Fault]]


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and operation."""
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def resolved(node: dict[str, Any], description: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference within the description."""
    while "$ref" in node:
        place: Any = description
        for part in node["$ref"].removeprefix("#/").split("/"):
            place = place[part]
        node = place
    return node


def openapi_3(description: dict[str, Any]) -> Iterator[Fault]:
    if not re.fullmatch(r"3\.\d+\.\d+", description.get("openapi", "")):
        yield Fault("/core/doc-openapi", "openapi", "no version 3 of OpenAPI")


def contact(description: dict[str, Any]) -> Iterator[Fault]:
    missing = {"name", "email", "url"} - set(description["info"].get("contact", {}))
    if missing:
        yield Fault("/core/doc-openapi-contact", "info.contact", f"without {', '.join(sorted(missing))}")


def semantic_version(description: dict[str, Any]) -> Iterator[Fault]:
    if not SEMVER.fullmatch(description["info"]["version"]):
        yield Fault("/core/semver", "info.version", f"{description['info']['version']!r} is no semantic version")


def version_in_uri(description: dict[str, Any]) -> Iterator[Fault]:
    major = description["info"]["version"].partition(".")[0]
    servers = [server["url"] for server in description.get("servers") or []]
    if not servers or not all(re.search(rf"/v{major}(/|$)", url) for url in servers):
        yield Fault("/core/uri-version", "servers", f"no server with /v{major}")
    for path in description["paths"]:
        if f"/v{major}/" not in path:
            yield Fault("/core/uri-version", path, f"no /v{major}/ in the path")


def version_header(description: dict[str, Any]) -> Iterator[Fault]:
    for path, method, operation in operations(description):
        for status, response in operation["responses"].items():
            names = {name.lower() for name in resolved(response, description).get("headers", {})}
            if "api-version" not in names:
                yield Fault("/core/version-header", f"{method} {path} {status}", "no API-Version header")


def no_trailing_slash(description: dict[str, Any]) -> Iterator[Fault]:
    for path in description["paths"]:
        if path.endswith("/"):
            yield Fault("/core/no-trailing-slash", path, "ends in a slash")


def kebab_case(description: dict[str, Any]) -> Iterator[Fault]:
    for path in description["paths"]:
        if not all(re.fullmatch(r"\{\w+\}", part) or KEBAB.fullmatch(part) for part in path.strip("/").split("/")):
            yield Fault("/core/path-segments-kebab-case", path, "a part is not kebab-case")


def plural_collections(description: dict[str, Any]) -> Iterator[Fault]:
    """Nouns for collections are plural: in Dutch that ends in -en, -s or -ën, or in -a ("thema's" in an address)."""
    for path in description["paths"]:
        first = (path.split("/")[3:] or [path])[0].removesuffix(".csv")
        if not re.search(r"(en|s)$", first):
            yield Fault("/core/naming-collections", path, f"{first!r} looks like no plural")


def camel_case_keys(description: dict[str, Any]) -> Iterator[Fault]:
    for path, method, operation in operations(description):
        for parameter in operation["parameters"]:
            if parameter["in"] == "query" and not CAMEL.fullmatch(parameter["name"]):
                yield Fault("/core/query-keys-camel-case", f"{method} {path}", f"{parameter['name']!r} is no camelCase")
    for name, schema in description["components"]["schemas"].items():
        for key in schema.get("properties", {}):
            if not CAMEL.fullmatch(key):
                yield Fault("/core/query-keys-camel-case", f"{name}.{key}", "is no camelCase")


def standard_methods(description: dict[str, Any]) -> Iterator[Fault]:
    for path, method, operation in operations(description):
        if method not in METHODS:
            yield Fault("/core/http-methods", f"{method} {path}", "no standard method")
        if method in ("get", "head", "delete") and "requestBody" in operation:
            yield Fault("/core/http-safety", f"{method} {path}", "reads or deletes, and takes a body")


def problem_details(description: dict[str, Any]) -> Iterator[Fault]:
    told = set()
    for path, method, operation in operations(description):
        for status, response in operation["responses"].items():
            if not status.startswith(("4", "5")):
                continue
            content = resolved(response, description).get("content", {})
            if PROBLEM not in content:
                yield Fault("/core/error-handling/problem-details", f"{method} {path} {status}", f"no {PROBLEM}")
                continue
            for name, schema in _named(content[PROBLEM]["schema"], description):
                members = set(schema.get("properties", {}))
                if not {"title", "status", "detail"} <= members:
                    yield Fault("/core/error-handling/problem-details", name, "without title, status and detail")
                if members - MEMBERS and name not in told:
                    told.add(name)
                    extra = ", ".join(sorted(members - MEMBERS))
                    yield Fault("/core/error-handling/problem-details", name, f"members of its own: {extra}")


def bad_request(description: dict[str, Any]) -> Iterator[Fault]:
    for path, method, operation in operations(description):
        if (operation["parameters"] or "requestBody" in operation) and "400" not in operation["responses"]:
            yield Fault("/core/error-handling/bad-request", f"{method} {path}", "takes input, and tells of no 400")


def objects(description: dict[str, Any]) -> Iterator[Fault]:
    for path, method, operation in operations(description):
        for status, response in operation["responses"].items():
            schema = resolved(response, description).get("content", {}).get("application/json", {}).get("schema")
            if schema and status.startswith("2"):
                for name, each in _named(schema, description):
                    if each.get("type") != "object":
                        yield Fault("/core/return-objects", f"{method} {path}", f"{name} is no object")


def moments(description: dict[str, Any]) -> Iterator[Fault]:
    """Dates and moments have a format, so that a program knows which of the two it gets."""
    for name, schema in description["components"]["schemas"].items():
        for key, details in schema.get("properties", {}).items():
            options = details.get("anyOf", [details])
            formats = {option.get("format") for option in options} - {None}
            is_text = any(option.get("type") == "string" for option in options)
            if key.endswith("Op") and is_text and not formats:
                yield Fault("/core/date-time/format", f"{name}.{key}", "a moment without a format")


def _named(schema: dict[str, Any], description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the schemas that one may be, each with its name."""
    name = schema.get("$ref", "").rpartition("/")[2]
    found = resolved(schema, description)
    options = found.get("oneOf") or found.get("anyOf")
    if options:
        for option in options:
            yield from _named(option, description)
    else:
        yield name or found.get("title", "?"), found


RULES: tuple[Rule, ...] = (
    openapi_3, contact, semantic_version, version_in_uri, version_header, no_trailing_slash, kebab_case,
    plural_collections, camel_case_keys, standard_methods, problem_details, bad_request, objects, moments,
)  # fmt: skip


def faults(description: dict[str, Any]) -> list[Fault]:
    """Give all that does not keep to the rules, deviations that are meant too."""
    return [fault for rule in RULES for fault in rule(description)]


def deviation_of(fault: Fault) -> tuple[str, str] | None:
    """Give the deviation that a fault is, if it is meant."""
    return next(
        ((rule, place) for rule, place in DEVIATIONS if rule == fault.rule and fault.place.endswith(place)), None
    )


def complaints(description: dict[str, Any]) -> list[str]:
    """Give what has to be mended: faults that nobody means, and deviations that no longer are."""
    found = faults(description)
    meant = {deviation_of(fault) for fault in found}
    stale = [
        f"{rule} at {place}: is no deviation any more; take it out of DEVIATIONS and docs/api/afwijkingen.md"
        for rule, place in DEVIATIONS
        if (rule, place) not in meant
    ]
    return [str(fault) for fault in found if deviation_of(fault) is None] + stale


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    wrong = complaints(json.loads(path.read_text(encoding="utf-8")))
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
