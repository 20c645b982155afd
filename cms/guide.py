"""The editor's guide inside the admin: the Markdown files of one folder, so that it is there without internet too."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.permission_policies.pages import PagePermissionPolicy

PICTURES = {".png", ".jpg", ".webp", ".svg"}
START = ("index", "README")
# More would push what waits for an editor off the screen.
MOST_ON_DASHBOARD = 4


@dataclass(frozen=True)
class Chapter:
    """One file of the guide. `slug` names it in the address; that of the first page is empty."""

    slug: str
    title: str
    file: Path

    @property
    def url(self) -> str:
        """Its address in the admin."""
        return reverse("handleiding", args=[self.slug]) if self.slug else reverse("handleiding_start")


def root() -> Path | None:
    """Give the folder of the guide, or None where the project has none."""
    folder = getattr(settings, "EDITOR_GUIDE_ROOT", None)
    return Path(folder) if folder and Path(folder).is_dir() else None


def chapters() -> list[Chapter]:
    """Give the chapters: the start page, then the others in the order in which that links to them."""
    folder = root()
    files = sorted(folder.glob("*.md")) if folder else []
    start = next((file for file in files if file.stem in START), None)
    order = re.findall(r"\]\((?:\./)?([\w-]+)\.md", start.read_text(encoding="utf-8")) if start else []
    found = [
        Chapter("" if file.stem in START else file.stem, _title(file, file.stat().st_mtime), file) for file in files
    ]

    def place(chapter: Chapter) -> tuple[bool, int, str]:
        return chapter.slug != "", order.index(chapter.slug) if chapter.slug in order else len(order), chapter.slug

    return sorted(found, key=place)


@lru_cache(maxsize=100)
def _title(file: Path, changed: float) -> str:
    first = next((line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("# ")), "")
    return first.removeprefix("# ").strip() or file.stem.replace("-", " ").capitalize()


@lru_cache(maxsize=100)
def _html(file: Path, changed: float) -> SafeString:
    """Render a chapter below its title. HTML in the file is shown as text, so nothing in it can run."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(file.read_text(encoding="utf-8"))
    if [token.tag for token in tokens[:1]] == ["h1"]:
        del tokens[:3]  # the admin's own header shows it
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrs["id"] = anchor(tokens[number + 1].content)
        for child in token.children or []:
            _point_to_admin(child)
    return mark_safe(parser.renderer.render(tokens, parser.options, {}))  # noqa: S308 (escaped by the parser)


def anchor(heading: str) -> str:
    """Give the id of a heading, as the places that show the files outside the admin make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _point_to_admin(token: Token) -> None:
    """Let links between chapters and pictures work at the guide's own addresses."""
    if token.type == "link_open":
        target, _hash, anchor = str(token.attrs.get("href", "")).partition("#")
        if target.endswith(".md") and "/" not in target.removeprefix("./"):
            stem = target.removeprefix("./").removesuffix(".md")
            address = reverse("handleiding_start") if stem in START else reverse("handleiding", args=[stem])
            token.attrs["href"] = address + (f"#{anchor}" if anchor else "")
    elif token.type == "image":
        source = str(token.attrs.get("src", ""))
        if "://" not in source:
            token.attrs["src"] = reverse("handleiding_beeld", args=[source.removeprefix("./")])
            token.attrs["loading"] = "lazy"


def show(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show a chapter beside the list of all; the first one where the guide has no start page."""
    found = chapters()
    chapter = next((each for each in found if each.slug == slug), None)
    if chapter is None and slug:
        raise Http404
    chapter = chapter or (found[0] if found else None)
    content = _html(chapter.file, chapter.file.stat().st_mtime) if chapter else ""
    title = chapter.title if chapter else _("Handleiding")
    context = {"chapters": found, "chapter": chapter, "content": content, "title": title}
    return TemplateResponse(request, "wagtailadmin/guide.html", context)


def picture(request: HttpRequest, name: str) -> FileResponse:
    """Give a picture of the guide; nothing outside its folder, and pictures only."""
    folder = root()
    file = (folder / name).resolve() if folder else None
    if folder is None or file is None or not file.is_relative_to(folder.resolve()):
        raise Http404
    if file.suffix not in PICTURES or not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"))


def addresses() -> list[URLPattern]:
    """Give the addresses of the guide, below the admin's own."""
    return [
        path("handleiding/", show, name="handleiding_start"),
        path("handleiding/beeld/<path:name>", picture, name="handleiding_beeld"),
        path("handleiding/<slug:slug>/", show, name="handleiding"),
    ]


class GuideMenuItem(MenuItem):
    """In the menu "Help", where the project has a guide."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(chapters())


def menu_item() -> GuideMenuItem:
    """Give the guide its place in the menu."""
    return GuideMenuItem(
        _("Handleiding"), reverse("handleiding_start"), name="handleiding", icon_name="help", order=100
    )


class GuidePanel(Component):
    """On the dashboard: what an editor does most, and the first chapters of the guide."""

    name = "hulp"
    order = 50
    template_name = "wagtailadmin/home/guide_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        further = [chapter for chapter in chapters() if chapter.slug]
        shown = {"chapters": further[:MOST_ON_DASHBOARD], "guide": reverse("handleiding_start")}
        return {**shown, "ways": ways_in(parent_context["request"])}


def ways_in(request: HttpRequest) -> list[dict[str, str]]:
    """Give the first steps that this user can take, from the menu: what is not there, they may not do."""
    from wagtail.admin.menu import admin_menu

    may_add = PagePermissionPolicy().user_has_permission(request.user, "add")
    steps = {
        "explorer": _("Een pagina bekijken of aanpassen"),
        "publicaties": _("Een publicatie toevoegen aan de Kennisbank"),
        "vertalingen": _("Zien wat er nog vertaald moet worden"),
        "images": _("Een afbeelding toevoegen"),
    }
    shown = {item.name: item for item in admin_menu.menu_items_for_request(request)}
    explore = {"explorer": reverse("wagtailadmin_explore_root")}
    return [
        {"label": str(label), "url": explore.get(name) or shown[name].url}
        for name, label in steps.items()
        if name in shown and (may_add or name != "publicaties")
    ]
