"""Checks an answer against the API's own description: as much of JSON Schema as the description uses."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}


def faults(value: Any, schema: dict[str, Any], description: dict[str, Any], place: str = "$") -> Iterator[str]:
    """Yield where `value` is not as `schema` says. Properties that the schema does not name are faults too."""
    if "$ref" in schema:
        yield from faults(value, resolve(schema["$ref"], description), description, place)
    elif "oneOf" in schema:
        key = schema["discriminator"]["propertyName"]
        variant = schema["discriminator"]["mapping"].get(value.get(key))
        if variant is None:
            yield f"{place}.{key}: {value.get(key)!r} is none of {sorted(schema['discriminator']['mapping'])}"
        else:
            yield from faults(value, {"$ref": variant}, description, place)
    elif "anyOf" in schema:
        options = [list(faults(value, option, description, place)) for option in schema["anyOf"]]
        if all(options):
            yield from min(options, key=len)
    elif schema.get("type") == "null":
        if value is not None:
            yield f"{place}: {value!r} is not null"
    else:
        yield from _typed(value, schema, description, place)


def _typed(value: Any, schema: dict[str, Any], description: dict[str, Any], place: str) -> Iterator[str]:
    if not isinstance(value, TYPES[schema["type"]]) or (isinstance(value, bool) and schema["type"] != "boolean"):
        yield f"{place}: {value!r} is not of type {schema['type']}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{place}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    if schema.get("format") == "date":
        date.fromisoformat(value)
    if schema.get("format") == "date-time" and (not value.endswith("Z") or not datetime.fromisoformat(value)):
        yield f"{place}: {value!r} is not a moment in UTC"
    if schema["type"] == "array":
        for number, item in enumerate(value):
            yield from faults(item, schema["items"], description, f"{place}[{number}]")
    if schema["type"] == "object":
        properties, others = schema.get("properties", {}), schema.get("additionalProperties")
        yield from (f"{place}.{name}: missing" for name in schema.get("required", []) if name not in value)
        yield from (f"{place}.{name}: not described" for name in value if name not in properties and not others)
        for name, item in value.items():
            if name in properties:
                yield from faults(item, properties[name], description, f"{place}.{name}")
            elif isinstance(others, dict):
                yield from faults(item, others, description, f"{place}.{name}")


def resolve(reference: str, description: dict[str, Any]) -> dict[str, Any]:
    """Give what a reference as "#/components/schemas/Thema" leads to."""
    place: Any = description
    for part in reference.removeprefix("#/").split("/"):
        place = place[part]
    return place
