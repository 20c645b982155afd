"""The documentation of the API as pages of the site: `docs/api` in Dutch or English, and all addresses.

They need no script and nothing of another host. tests/docs/test_api_page.py holds the examples in the text to the API.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token
from ninja import NinjaAPI

from cms.api.openapi import describe
from cms.api.problems import problem_response

ADDRESS = "/api/v1/documentatie"
# Beside each other in every language; other pages stand in one.
FILES = {"nl": "README.md", "en": "README.en.md"}
PAGES = {"wijzigingen": "wijzigingen.md", "afwijkingen": "afwijkingen.md"}


@dataclass(frozen=True)
class Parameter:
    """One thing that an address takes."""

    name: str
    place: str
    required: bool
    kind: str
    description: SafeString


@dataclass(frozen=True)
class Operation:
    """One address with what it does."""

    anchor: str
    method: str
    path: str
    summary: str
    description: SafeString
    answers: str
    parameters: list[Parameter] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """The addresses about one thing."""

    title: str
    description: str
    operations: list[Operation]


def documentation_view(api: NinjaAPI) -> Callable[..., HttpResponse]:
    """Give the view of the documentation: `?taal=en` in English, `?pagina=wijzigingen` one of the other pages."""
    reference = cache(lambda: list(groups(describe(api))))

    def view(request: HttpRequest) -> HttpResponse:
        language, page = request.GET.get("taal", "nl"), request.GET.get("pagina", "")
        file = PAGES.get(page) if page else FILES.get(language)
        if set(request.GET) - {"taal", "pagina"} or language not in FILES or file is None:
            return problem_response(HTTPStatus.NOT_FOUND)
        from cms.errors import layout_for  # needs the API's problems

        with translation.override(language):
            title, text = written(file)
            context = {
                "layout": layout_for(request),
                "view": None,
                "title": title,
                "text": text,
                "text_language": "nl" if page else language,
                "language": language,
                "groups": [] if page else reference(),
                "address": ADDRESS,
                "chapter": page,
            }
            response = TemplateResponse(request, "cms/api_documentation.html", context).render()
        response.headers["Content-Language"] = language
        return response

    return view


def root() -> Path | None:
    """Give the folder of the texts, or None where the project has none: then there is the reference alone."""
    folder = getattr(settings, "API_GUIDE_ROOT", None)
    return Path(folder) if folder and Path(folder).is_dir() else None


def written(name: str) -> tuple[str, SafeString]:
    """Give title and text of a page of the documentation."""
    folder = root()
    file = folder / name if folder else None
    if file is None or not file.is_file():
        return "API", SafeString("")
    return _rendered(file, file.stat().st_mtime)


@lru_cache(maxsize=20)
def _rendered(file: Path, changed: float) -> tuple[str, SafeString]:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(file.read_text(encoding="utf-8"))
    title = "API"
    if [token.tag for token in tokens[:1]] == ["h1"]:
        title = tokens[1].content
        del tokens[:3]
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrs["id"] = anchor(tokens[number + 1].content)
            token.attrs["class"] = f"nl-heading nl-heading--level-{token.tag[1]}"
        _point_here(token.children or [])
    html = parser.renderer.render(tokens, parser.options, {})
    # What scrolls sideways on a small screen can be reached by keyboard.
    label = "Table" if file.stem.endswith(".en") else "Tabel"
    html = html.replace("<pre>", '<pre tabindex="0">').replace("</table>", "</table></div>")
    html = html.replace(
        "<table>", f'<div class="api-docs__table" role="group" aria-label="{label}" tabindex="0"><table>'
    )
    return title, mark_safe(html)  # noqa: S308 (escaped by the parser)


def _point_here(children: list[Token]) -> None:
    """Let links between the files work on these pages; a link to another file of the project becomes its words."""
    nowhere = False
    for child in children:
        if child.type == "link_open":
            address = _address(str(child.attrs.get("href", "")))
            child.attrs["href"], nowhere = address, not address
        if nowhere and child.type in ("link_open", "link_close"):
            nowhere = child.type == "link_open"
            child.type, child.tag, child.content = "text", "", ""


def anchor(heading: str) -> str:
    """Give the id of a heading, as the places that show the files elsewhere make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _address(target: str) -> str:
    """Give where a link between the files leads on these pages; "" for a file that they do not show."""
    name, _hash, place = target.partition("#")
    for page, file in PAGES.items():
        if name == file:
            return f"{ADDRESS}?pagina={page}"
    for language, file in FILES.items():
        if name == file:
            return f"{ADDRESS}?taal={language}" + (f"#{place}" if place else "")
    if name.endswith("openapi.json"):
        return "/api/v1/openapi.json"
    return target if "://" in target or target.startswith("#") else ""


def groups(description: dict[str, Any]) -> Iterator[Group]:
    """Yield the addresses of the description by tag."""
    for tag in description["tags"]:
        found = [
            operation(path, method, details, description)
            for path, methods in description["paths"].items()
            for method, details in methods.items()
            if tag["name"] in details.get("tags", [])
        ]
        if found:
            yield Group(tag["name"], tag["description"], found)


def operation(path: str, method: str, details: dict[str, Any], description: dict[str, Any]) -> Operation:
    """Give one operation as the page shows it."""
    success = next(response for status, response in details["responses"].items() if str(status).startswith("2"))
    content = success.get("content", {})
    schema: dict[str, Any] = next((each.get("schema", {}) for each in content.values()), {})
    parameters = [
        Parameter(
            name=each["name"],
            place=each["in"],
            required=each["required"],
            kind=kind_of(each["schema"]),
            description=inline(each["description"]),
        )
        for each in details["parameters"]
    ]
    body = details.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in body:
        fields = description["components"]["schemas"][body["$ref"].rpartition("/")[2]]
        parameters += [
            Parameter(
                name, "body", name in fields.get("required", ()), kind_of(each), inline(each.get("description", ""))
            )
            for name, each in fields["properties"].items()
        ]
    return Operation(
        anchor=details["operationId"],
        method=method.upper(),
        path=path,
        summary=details["summary"],
        description=inline(details.get("description", "")),
        answers=schema.get("$ref", "").rpartition("/")[2] or next(iter(content), ""),
        parameters=parameters,
    )


def kind_of(schema: dict[str, Any]) -> str:
    """Give in a few words what a value is."""
    if "anyOf" in schema:
        return " | ".join(kind_of(option) for option in schema["anyOf"])
    if schema.get("type") == "array":
        return f"{kind_of(schema['items'])}[]"
    if "enum" in schema:
        values = [str(value) for value in schema["enum"]]
        return ", ".join(values) if len(values) <= 12 else f"{', '.join(values[:12])}, …"
    return str(schema.get("format") or schema.get("const") or schema.get("type") or "")


def inline(text: str) -> SafeString:
    """Give a line of the description as HTML: its names as code."""
    return mark_safe(MarkdownIt("commonmark", {"html": False}).renderInline(text))  # noqa: S308 (escaped by the parser)
