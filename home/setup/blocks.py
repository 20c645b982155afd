"""Blocks of a data file to the raw data of a body. Each block and each item of a list gets an id that stays the same.

Without ids on list items wagtail-localize would not see their texts.
"""

import re
from collections.abc import Callable
from typing import Any

from cms.blocks.registry import registered_blocks
from home.setup.content import ContentError, Record
from home.setup.identity import identity

RawBlock = dict[str, Any]

_OWN_PAGE = re.compile(r'<a href="pagina:([^"]*)">')
# The editor stores these tags; other ones would change on the first save by an editor.
_STORED_TAGS = {"<strong>": "<b>", "</strong>": "</b>", "<em>": "<i>", "</em>": "</i>"}


class References:
    """The records that keys of the data files name. A key that names nothing raises ContentError."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], int] = {}

    def add(self, kind: str, key: str, pk: int) -> None:
        """Remember that `key` names the record `pk` of `kind` (a Dutch word, as "pagina")."""
        self._ids[kind, key] = pk

    def id_of(self, kind: str, key: str, place: str) -> int:
        """Give the id of the record; `place` is where the key was read."""
        if (kind, key) not in self._ids:
            raise ContentError(f"{place}: er is geen {kind} met de sleutel '{key}'.")
        return self._ids[kind, key]

    def find(self, kind: str, key: str) -> int | None:
        """Give the id of the record, or None where the key names nothing."""
        return self._ids.get((kind, key))


def rich_text(html: str, references: References, place: str) -> str:
    """Give HTML of a data file as Wagtail stores rich text: own pages by id, the editor's own tags."""

    def own_page(match: re.Match[str]) -> str:
        return f'<a linktype="page" id="{references.id_of("pagina", match[1], place)}">'

    for tag, stored in _STORED_TAGS.items():
        html = html.replace(tag, stored)
    return re.sub(r">\s+<", "><", _OWN_PAGE.sub(own_page, html).strip())


def body(owner: str, blocks: list[Record], references: References) -> list[RawBlock]:
    """Give the raw data of a body. `owner` names the page (and field), so that ids differ between pages."""
    known = registered_blocks()
    raw = []
    for number, block in enumerate(blocks):
        name = block.text("type")
        if name not in known or name not in _VALUES:
            raise ContentError(f"{block.place}: '{name}' is geen soort blok.")
        block_id = str(identity("block", owner, number))
        raw.append({"type": name, "value": _VALUES[name](block, references, block_id), "id": block_id})
    return raw


def _items(block_id: str, values: list[Any]) -> list[RawBlock]:
    return [
        {"type": "item", "value": value, "id": str(identity("item", block_id, number))}
        for number, value in enumerate(values)
    ]


def _heading(block: Record, references: References, block_id: str) -> Any:
    return {"text": block.text("text"), "level": str(block.number("level"))}


def _paragraph(block: Record, references: References, block_id: str) -> Any:
    return rich_text(block.text("html"), references, block.place)


def _quote(block: Record, references: References, block_id: str) -> Any:
    return {"text": block.text("text"), "source": block.text("source")}


def _callout(block: Record, references: References, block_id: str) -> Any:
    text = rich_text(block.text("html"), references, block.place)
    return {"tone": block.text("tone"), "title": block.text("title"), "text": text}


def _image(block: Record, references: References, block_id: str) -> Any:
    return {
        "image": references.id_of("afbeelding", block.text("image"), block.place),
        "alt": block.text("alt", ""),
        "decorative": block.flag("decorative"),
        "caption": block.text("caption"),
    }


def _links(block: Record, references: References, block_id: str) -> Any:
    links = [
        {
            "title": item.text("title"),
            "page": references.id_of("pagina", item.text("page"), item.place) if "page" in item else None,
            "url": item.text("url", ""),
            "description": item.text("description", ""),
        }
        for item in block.tables("items")
    ]
    return {"title": block.text("title"), "items": _items(block_id, links)}


def _page_cards(block: Record, references: References, block_id: str) -> Any:
    pages = [references.id_of("pagina", key, block.place) for key in block.texts("items")]
    return {"title": block.text("title"), "pages": _items(block_id, pages)}


def _publications(block: Record, references: References, block_id: str) -> Any:
    chosen = [references.id_of("pagina", key, block.place) for key in block.texts("items")] if "items" in block else []
    theme = block.optional_text("theme")
    return {
        "title": block.text("title"),
        "mode": block.text("mode"),
        "publications": _items(block_id, chosen),
        "theme": references.id_of("pagina", theme, block.place) if theme else None,
        "publication_type": block.text("document_type", ""),
        "number": block.number("max") if "max" in block else 3,
    }


def _titled_texts(field: str) -> Callable[[Record, References, str], Any]:
    def values(block: Record, references: References, block_id: str) -> Any:
        items = [
            {"title": item.text("title"), "text": rich_text(item.text("html"), references, item.place)}
            for item in block.tables("items")
        ]
        return {"title": block.text("title"), field: _items(block_id, items)}

    return values


def _timeline(block: Record, references: References, block_id: str) -> Any:
    events = [
        {
            "moment": item.text("moment"),
            "date": None,
            "title": item.text("title"),
            "text": rich_text(item.text("html", ""), references, item.place),
            "page": references.id_of("pagina", item.text("page"), item.place) if "page" in item else None,
        }
        for item in block.tables("items")
    ]
    return {"title": block.text("title"), "events": _items(block_id, events)}


def _key_figures(block: Record, references: References, block_id: str) -> Any:
    figures = [
        {"number": item.text("number"), "label": item.text("label"), "explanation": item.text("explanation", "")}
        for item in block.tables("items")
    ]
    return {"title": block.text("title"), "figures": _items(block_id, figures)}


def _table(block: Record, references: References, block_id: str) -> Any:
    columns = [{"type": column.text("type"), "heading": column.text("heading")} for column in block.tables("columns")]
    rows = [{"values": row.texts("cells")} for row in block.tables("rows")]
    return {"table": {"caption": block.text("caption"), "columns": columns, "rows": rows}, "row_headers": True}


def _contact(block: Record, references: References, block_id: str) -> Any:
    return {
        "title": block.text("title"),
        "role": block.text("role"),
        "email": block.text("email", ""),
        "telephone": block.text("telephone", ""),
        "opening_hours": block.text("opening_hours", ""),
        "page": references.id_of("pagina", block.text("page"), block.place) if "page" in block else None,
    }


def _download(block: Record, references: References, block_id: str) -> Any:
    return {
        "document": references.id_of("bestand", block.text("file"), block.place),
        "title": block.text("title", ""),
        "description": block.text("description", ""),
    }


def _form(block: Record, references: References, block_id: str) -> Any:
    return {"form": references.id_of("formulier", block.text("form"), block.place)}


def _overview(block: Record, references: References, block_id: str) -> Any:
    return {
        "title": block.text("title"),
        "piece": block.text("piece"),
        "display": block.text("display"),
        "number": block.optional_number("max"),
    }


_VALUES: dict[str, Callable[[Record, References, str], Any]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "quote": _quote,
    "callout": _callout,
    "image": _image,
    "links": _links,
    "page_cards": _page_cards,
    "publications": _publications,
    "accordion": _titled_texts("items"),
    "steps": _titled_texts("steps"),
    "timeline": _timeline,
    "key_figures": _key_figures,
    "table": _table,
    "contact": _contact,
    "download": _download,
    "form": _form,
    "overview": _overview,
}
