"""Records that apps put at addresses below pages of other apps, as a theme in one district below the theme's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cms.models import BasePage
    from cms.rendering.context import RenderContext
    from cms.rendering.view import PageView

Finder = Callable[[Any, list[str]], Any | None]
Viewer = Callable[[Any, Any, "RenderContext"], "PageView"]
_registered: dict[str, list[tuple[Finder, Viewer]]] = {}


@dataclass(frozen=True)
class Subject:
    """A record found below a page, with what makes its view."""

    record: Any
    viewer: Viewer


def register_subject(label: str, find: Finder, view: Viewer) -> None:
    """Let records stand at addresses below pages of a model, as "themes.themepage".

    `find(page, components)` gives the record at these parts of the address below the page, or None where the public
    may not see one; `view(page, record, context)` its view. Call it from an AppConfig's `ready()`. Registering the
    same twice has no effect.
    """
    known = _registered.setdefault(label.lower(), [])
    if (find, view) not in known:
        known.append((find, view))


def subject_below(page: BasePage, components: list[str]) -> Subject | None:
    """Give what some app has at this address below the page."""
    for find, view in _registered.get(page._meta.label_lower, []):
        record = find(page, components)
        if record is not None:
            return Subject(record, view)
    return None
