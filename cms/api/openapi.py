"""The description of the API: OpenAPI 3.1 in Dutch, made from the typed schemas and never written by hand."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import CoreSchema

from cms.api import problems
from cms.api.problems import (
    ACCESS_KINDS,
    KINDS,
    PAGE_NOT_FOUND,
    SEARCH_TOO_SLOW,
    AccessProblem,
    PageProblem,
    ParameterProblem,
    Problem,
)

DESCRIPTION = """\
Alles wat op de site staat, als gegevens. De API is openbaar en om te lezen; alleen een formulier stuurt u in.

- **Adressen** zijn meervouden zonder schuine streep aan het eind; met zo'n streep bestaat een adres niet (404).
- **Lijsten** geven `aantal`, `resultaten` en `links`. Blader met `pagina` en `paginaGrootte` (hoogstens 100), kies de
  volgorde met `sorteer`.
- **Velden**: `velden=id,titel` geeft alleen die eigenschappen terug. De andere ontbreken dan in het antwoord.
- **Fouten** zijn `application/problem+json` volgens RFC 9457. Een verzoek met verkeerde of onbekende parameters geeft
  400, met alle fouten tegelijk.
- **Besloten**: een pagina met een wachtwoord of voor mensen met een account geeft 401 of 403. Stuur een API-sleutel mee
  (`Authorization: Bearer`), of een bewijs van het wachtwoord (`Toegangsbewijs`).
- **Grenzen**: `RateLimit` zegt hoeveel u nog mag vragen; daarboven is het antwoord 429 met `Retry-After`.
- **Tijdstippen** zijn in UTC. **Koppelingen** zijn adressen vanaf de wortel van de site.
- **Blokken** hebben een `waarde` met betekenis en een `html` die u zo kunt tonen.
"""

VERSION_HEADER = {
    "description": "Versie van de API", "required": True, "schema": {"type": "string", "examples": ["1.2.0"]},
}  # fmt: skip


LINK_HEADER = {
    "description": "Andere pagina's van de lijst (RFC 8288): `first`, `prev`, `next` en `last`, als in `links`",
    "required": True,
    "schema": {"type": "string", "examples": ['</api/v1/themas?pagina=2>; rel="next"']},
}


SECURITY_SCHEMES = {
    "sleutel": {
        "type": "http",
        "scheme": "bearer",
        "description": "Een API-sleutel, die een beheerder maakt. Openbaar is alles ook zonder.",
    },
    "bewijs": {
        "type": "apiKey",
        "in": "header",
        "name": "Toegangsbewijs",
        "description": "Wat `/toegangsbewijzen` gaf voor het wachtwoord van een pagina",
    },
}


class _Generator(GenerateJsonSchema):
    """Pydantic's, without titles it makes up for properties, and without defaults in answers: every field is there."""

    def field_title_should_be_set(self, schema: CoreSchema | Any) -> bool:
        return False

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"]) if self.mode == "serialization" else super().default_schema(schema)


class Description(OpenAPISchema):
    """Ninja's description of paths, with our schemas, errors and headers."""

    def _create_schema_from_model(
        self, model: Any, by_alias: bool = True, remove_level: bool = True, mode: Any = "serialization"
    ) -> tuple[dict[str, Any], bool]:
        # Of an answer, or of what is sent.
        field = model.model_fields.get("response") or next(iter(model.model_fields.values()))
        return self._described(field.annotation, mode), True

    def _extract_parameters(self, model: Any) -> list[dict[str, Any]]:
        place = model.__ninja_param_source__
        schema = _Generator(by_alias=True, ref_template=REF_TEMPLATE).generate(model.__pydantic_core_schema__)
        groups = [schema] if place == "path" else schema["$defs"].values()
        return [
            _parameter(name, place, details, name in parameters.get("required", []))
            for parameters in groups
            for name, details in parameters["properties"].items()
        ]

    def _described(self, annotation: Any, mode: Any) -> dict[str, Any]:
        """Give a reference to the schema of a type; it and all it holds become components, named by their titles."""
        schema = TypeAdapter(annotation).json_schema(
            by_alias=True, ref_template=REF_TEMPLATE, schema_generator=_Generator, mode=mode
        )
        definitions = schema.pop("$defs", {})
        if "$ref" not in schema:
            name = getattr(annotation, "__name__", "") if "title" not in schema else schema["title"]
            definitions[name] = schema
            schema = _reference(name)
        for details in list(definitions.values()):
            definitions |= _variants_apart(details)
        names = {key: details.get("title", key) for key, details in definitions.items()}
        for key, details in definitions.items():
            self._add_component(names[key], _renamed(details, names))
        renamed: dict[str, Any] = _renamed(schema, names)
        return renamed

    def _add_component(self, name: str, details: dict[str, Any]) -> None:
        details.pop("description", None)  # the docstring, which is for developers
        if self.schemas.setdefault(name, details) != details:
            raise ValueError(f"Two schemas have the title {name!r}; give each a Dutch title of its own.")

    def responses(self, operation: Operation) -> dict[int, Any]:
        result = {
            status: {**details, "headers": {"API-Version": {"$ref": "#/components/headers/API-Version"}}}
            for status, details in super().responses(operation).items()
        }
        for status, details in result.items():
            if status < HTTPStatus.BAD_REQUEST:
                details["description"] = "Gelukt"
            else:
                details["description"] = KINDS[HTTPStatus(status)][1]
                details["content"] = {problems.MEDIA_TYPE: next(iter(details["content"].values()))}
        if _is_paged(operation):
            result[200]["headers"]["Link"] = {"$ref": "#/components/headers/Link"}
        statuses = [
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.NOT_ACCEPTABLE,
            HTTPStatus.TOO_MANY_REQUESTS,
            HTTPStatus.INTERNAL_SERVER_ERROR,
            HTTPStatus.SERVICE_UNAVAILABLE,
        ]
        of_one = "{" in operation.path or "op-pad" in operation.path
        if of_one or "POST" in operation.methods:
            statuses.insert(1, HTTPStatus.NOT_FOUND)
            result.setdefault(
                403, {"$ref": f"#/components/responses/{'WachtwoordNodig' if of_one else 'WachtwoordKloptNiet'}"}
            )
        result[401] = {"$ref": f"#/components/responses/{'InloggenNodig' if of_one else 'SleutelWerktNiet'}"}
        for status in statuses:
            result.setdefault(int(status), {"$ref": f"#/components/responses/{KINDS[status][0]}"})
        if "op-pad" in operation.path:
            result[int(HTTPStatus.NOT_FOUND)] = {"$ref": f"#/components/responses/{PAGE_NOT_FOUND}"}
        return result

    def get_components(self) -> dict[str, Any]:
        kinds: list[tuple[str, str, str, type[Problem]]] = [
            (*kind, ParameterProblem if status == HTTPStatus.BAD_REQUEST else Problem) for status, kind in KINDS.items()
        ]
        _name, title, detail = KINDS[HTTPStatus.NOT_FOUND]
        kinds.append((PAGE_NOT_FOUND, title, f"{detail} Met pagina's die erop lijken.", PageProblem))
        kinds.append((*SEARCH_TOO_SLOW, Problem))
        kinds += [(name, title, detail, AccessProblem) for name, (_status, title, detail) in ACCESS_KINDS.items()]
        responses = {
            name: {
                "description": f"{title}. {detail}",
                "headers": {"API-Version": {"$ref": "#/components/headers/API-Version"}},
                "content": {problems.MEDIA_TYPE: {"schema": self._described(schema, "serialization")}},
            }
            for name, title, detail, schema in kinds
        }
        return {
            "schemas": dict(sorted(self.schemas.items())),
            "responses": responses,
            "headers": {"API-Version": VERSION_HEADER, "Link": LINK_HEADER},
            "securitySchemes": SECURITY_SCHEMES,
        }


def _is_paged(operation: Operation) -> bool:
    """Say whether the answers are lists in pages."""
    queries = [model for model in operation.models if model.__ninja_param_source__ == "query"]
    return any("pagina" in model.__ninja_flatten_map__ for model in queries)


def _parameter(name: str, place: str, details: dict[str, Any], required: bool) -> dict[str, Any]:
    description = details.pop("description", "")
    examples = details.pop("examples", [])
    if "anyOf" in details:  # optional: null can't be sent in a query string
        details = {**next(option for option in details["anyOf"] if option.get("type") != "null"), "default": None}
    if details.get("default", 0) is None or details.get("default") == []:
        del details["default"]
    parameter = {"name": name, "in": place, "required": required, "description": description, "schema": details}
    if name == "velden":
        parameter |= {"style": "form", "explode": False}
    if examples:
        parameter["examples"] = {f"voorbeeld{place}": {"value": value} for place, value in enumerate(examples, start=1)}
    return parameter


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": REF_TEMPLATE.format(model=name)}


def _variants_apart(details: dict[str, Any]) -> dict[str, Any]:
    """Take variants that stand in full in a schema out of it, leave references, and give them by name."""
    variants = {variant["title"]: variant for variant in details.get("oneOf", []) if "title" in variant}
    if variants:
        key = details["discriminator"]["propertyName"]
        details["oneOf"] = [_reference(name) for name in variants]
        details["discriminator"]["mapping"] = {
            variant["properties"][key]["const"]: REF_TEMPLATE.format(model=name) for name, variant in variants.items()
        }
    return variants


def _renamed(node: Any, names: dict[str, str]) -> Any:
    """Give the schema with references to components by their titles."""
    if isinstance(node, list):
        return [_renamed(item, names) for item in node]
    if not isinstance(node, dict):
        if isinstance(node, str) and node.startswith(REF_TEMPLATE.format(model="")):
            return REF_TEMPLATE.format(model=names[node.rsplit("/", 1)[-1]])
        return node
    return {key: _renamed(item, names) for key, item in node.items()}


def describe(api: NinjaAPI) -> dict[str, Any]:
    """Give the description as plain values: the same in each environment, so that it can be committed."""
    description: dict[str, Any] = Description(api, "/api/v1/")
    description["info"] = {
        "title": api.title,
        "version": api.version,
        "description": DESCRIPTION,
        "contact": {"name": "Beheer van de site"},
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }
    # Neither is needed for what is public.
    description["security"] = [{}, {"sleutel": []}, {"bewijs": []}]
    return description


def as_text(description: dict[str, Any]) -> str:
    """Give the description as the text of a file that is kept under version control."""
    return json.dumps(description, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def openapi_view(api: NinjaAPI) -> Callable[[HttpRequest], HttpResponse]:
    """Give the view of the description, with this site's contact. Any site may read it, so it allows every origin."""
    texts: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        if not texts:
            description = describe(api)
            contact = getattr(settings, "API_CONTACT_URL", "") or getattr(settings, "WAGTAILADMIN_BASE_URL", "")
            if contact:
                description["info"]["contact"]["url"] = contact
            texts.append(as_text(description))
        return HttpResponse(texts[0], content_type="application/json", headers={"Access-Control-Allow-Origin": "*"})

    return view
