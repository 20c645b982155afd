"""The tile map: equal squares placed by rough geography, as a section that is a list of links too.

Where an editor has placed no tile, the list stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from wagtail.models import Page

from cms.names import sort_key
from cms.rendering.context import RenderContext
from cms.rendering.links import page_link
from cms.rendering.values import Link
from cms.sections import LinksSection, MapArea, MapTile, NumberedLink, TileMapSection, TileText
from districts import models
from districts.addresses import MunicipalityAddresses
from districts.names import municipality_count
from districts.priorities import municipalities_of_today

UNIT = 100
# Room around the drawing, so that the thick line of a marked tile is not cut off.
MARGIN = 6
# A line of this many letters fits in a tile; a longer word is parted before its last syllable.
LINE_LENGTH = 12
LINE_HEIGHT = 17
MIDDLE = 40
# One sign an area, so that colour is never the only one. After the last come the first again.
SHAPES = (
    "M39 79a11 11 0 1 0 22 0a11 11 0 1 0-22 0z",
    "M40 69h20v20h-20z",
    "M50 66l14 24h-28z",
    "M50 65l14 14l-14 14l-14-14z",
    "M29 74h42v11h-42z",
    "M45 67h10v7h7v10h-7v7h-10v-7h-7v-10h7z",
)
_LAST_SYLLABLE = re.compile(r"[^aeiouy]?[aeiouy]+[^aeiouy]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Placed:
    """The municipalities of today that have a tile, their districts in the reader's language, and their places.

    Districts and places are by id (of the page in the site's own language, of the municipality); `places` are column
    and row.
    """

    municipalities: list[models.Municipality]
    districts: dict[int, Page]
    places: dict[int, tuple[int, int]]

    @classmethod
    def of(cls, context: RenderContext) -> Placed:
        """Load them once for all pages. Two queries, three in other languages."""
        return context.shared("tiles", lambda: cls._load(context))

    @classmethod
    def _load(cls, context: RenderContext) -> Placed:
        rows = municipalities_of_today(context)
        placed = [item for item in rows if item.tile_x is not None and item.tile_y is not None]
        wanted = {item.district_id for item in placed}
        districts = context.sources(models.DistrictPage) if placed else {}
        return cls(
            sorted(placed, key=lambda item: sort_key(item.name)),
            {pk: source.shown for pk, source in districts.items() if pk in wanted},
            {item.pk: (item.tile_x, item.tile_y) for item in placed},  # type: ignore[misc]
        )


def with_map(
    section: LinksSection,
    context: RenderContext,
    *,
    marked: Collection[int] = (),
    marked_label: str = "",
    unmarked_label: str = "",
) -> LinksSection | TileMapSection:
    """Give the same lists of links with the map above them; the section itself where no tile is placed.

    `marked` are ids of municipalities, and the labels say in the legend what a mark means and what its absence does.
    """
    values = {name: getattr(section, name) for name in ("key", "title", "introduction", "more", "order", "groups")}
    drawn = tile_map(
        context,
        skip_to=f"{section.key}-lijst",
        marked=marked,
        marked_label=marked_label,
        unmarked_label=unmarked_label,
        **values,
    )
    return drawn or section


def tile_map(
    context: RenderContext,
    *,
    skip_to: str,
    marked: Collection[int] = (),
    marked_label: str = "",
    unmarked_label: str = "",
    **values: object,
) -> TileMapSection | None:
    """Give the map with the section's other `values`; None where no tile is placed. Queries as `Placed.of`."""
    drawn = context.shared("tile map", lambda: _Drawn.of(context))
    if drawn is None:
        return None
    return TileMapSection(
        **values,
        label=gettext("Kaart van de gemeenten"),
        view_box=drawn.view_box,
        borders=drawn.borders,
        areas=drawn.marked(frozenset(marked), marked_label),
        legend_label=gettext("Legenda"),
        marked_label=marked_label if marked else "",
        unmarked_label=unmarked_label if marked else "",
        skip=Link(title=gettext("Sla de kaart over"), url=f"#{skip_to}"),
    )


@dataclass(frozen=True)
class _Drawn:
    """The map with no tile marked, the same on all pages; each area with the ids of its tiles' municipalities."""

    view_box: str
    borders: str
    areas: list[tuple[MapArea, list[int]]]

    @classmethod
    def of(cls, context: RenderContext) -> _Drawn | None:
        """Draw it; None where no tile is placed."""
        placed = Placed.of(context)
        if not placed.municipalities:
            return None
        columns, rows = ([place[axis] for place in placed.places.values()] for axis in (0, 1))
        left, top = min(columns), min(rows)
        width, height = (max(columns) - left + 1) * UNIT, (max(rows) - top + 1) * UNIT
        places = {pk: (x - left, y - top) for pk, (x, y) in placed.places.items()}
        return cls(
            view_box=f"{-MARGIN} {-MARGIN} {width + 2 * MARGIN} {height + 2 * MARGIN}",
            borders=_borders({places[item.pk]: _area_of(item, placed) for item in placed.municipalities}),
            areas=list(_areas(places, placed, context)),
        )

    def marked(self, marked: frozenset[int], label: str) -> list[MapArea]:
        """Give the areas with the tiles of these municipalities marked; a mark is named where it has a label."""
        if not marked:
            return [area for area, _ids in self.areas]
        return [
            area.model_copy(
                update={
                    "tiles": [
                        _marked(tile, label) if pk in marked else tile for tile, pk in zip(area.tiles, ids, strict=True)
                    ]
                }
            )
            for area, ids in self.areas
        ]


def _marked(tile: MapTile, label: str) -> MapTile:
    return tile.model_copy(update={"name": f"{tile.name}, {label}" if label else tile.name, "marked": True})


def _area_of(municipality: models.Municipality, placed: Placed) -> int:
    return municipality.district_id if municipality.district_id in placed.districts else 0


def _areas(
    places: dict[int, tuple[int, int]], placed: Placed, context: RenderContext
) -> Iterator[tuple[MapArea, list[int]]]:
    addresses = MunicipalityAddresses.on_page(context)
    shorts = short_names([item.name for item in placed.municipalities])
    for number, area in enumerate([*placed.districts, 0]):
        members = [item for item in placed.municipalities if _area_of(item, placed) == area]
        if not members:
            continue
        link = _area_link(area, placed, context)
        area_on_map = MapArea(
            number=number % len(SHAPES) + 1,
            shape=SHAPES[number % len(SHAPES)],
            label=f"{link.title}: {municipality_count(len(members))}",
            link=NumberedLink(title=link.title, url=link.url, language=link.language, number=len(members)),
            tiles=[
                MapTile(
                    name=f"{item.name}, {link.title}",
                    url=addresses.path(item),
                    short=shorts[item.name],
                    lines=lines_of(item.name),
                    x=places[item.pk][0] * UNIT,
                    y=places[item.pk][1] * UNIT,
                )
                for item in members
            ],
        )
        yield area_on_map, [item.pk for item in members]


def _area_link(area: int, placed: Placed, context: RenderContext) -> Link:
    if area in placed.districts:
        return page_link(placed.districts[area], context.locale)
    return Link(title=gettext("Andere gemeenten"), url="")


def _borders(areas: dict[tuple[int, int], int]) -> str:
    """Give the path of the lines between neighbours of different areas."""
    lines = []
    for (x, y), area in sorted(areas.items()):
        if areas.get((x + 1, y), area) != area:
            lines.append(f"M{(x + 1) * UNIT} {y * UNIT}v{UNIT}")
        if areas.get((x, y + 1), area) != area:
            lines.append(f"M{x * UNIT} {(y + 1) * UNIT}h{UNIT}")
    return "".join(lines)


def lines_of(name: str) -> list[TileText]:
    """Part a name over the lines of its tile, at spaces and hyphens, and set them around the tile's middle."""
    lines: list[str] = []
    for piece in _pieces(name):
        joined = f"{lines[-1]}{piece}" if lines and lines[-1].endswith("-") else f"{lines[-1]} {piece}" if lines else ""
        if joined and len(joined) <= LINE_LENGTH - 1:
            lines[-1] = joined
        else:
            lines.append(piece)
    # The baseline of the first line: letters stand about a third of a line above it.
    first = MIDDLE + 5 - (len(lines) - 1) * LINE_HEIGHT // 2
    return [TileText(text=line, y=first + number * LINE_HEIGHT) for number, line in enumerate(lines)]


def _pieces(name: str) -> Iterator[str]:
    for word in re.findall(r"[^\s-]+-?", name):
        syllable = _LAST_SYLLABLE.search(word) if len(word) > LINE_LENGTH else None
        if syllable and syllable.start() > 2:
            yield f"{word[: syllable.start()]}-"
            yield word[syllable.start() :]
        else:
            yield word


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Give each of these names two or three letters that no other one has: Ens, HT, and Dos beside Dot.

    The capitals of a name of several words, else its first three letters; of two that would be the same, the third is
    the first letter by which a name differs from the others.
    """
    names = sorted(set(names), key=lambda name: sort_key(name))
    stems: dict[str, list[str]] = {}
    for name in names:
        stems.setdefault(_stem(name), []).append(name)
    found: dict[str, str] = {}
    taken = {stem for stem, same in stems.items() if len(same) == 1}
    for stem, same in stems.items():
        if len(same) == 1:
            found[same[0]] = stem
            continue
        for name in same:
            found[name] = _distinct(name, same, taken)
            taken.add(found[name])
    return found


def _stem(name: str) -> str:
    words = [word for word in re.split(r"[\s-]+", name) if word]
    capitals = [word for word in words if word[0].isupper()]
    if len(words) > 1 and len(capitals) > 1:
        return "".join("IJ" if word.startswith("IJ") else word[0] for word in capitals[:2])
    return name[:3]


def _distinct(name: str, same: list[str], taken: set[str]) -> str:
    others = [other for other in same if other != name]
    differing = (
        letter
        for place, letter in enumerate(name)
        if place > 1 and letter.isalpha() and all(other[place : place + 1] != letter for other in others)
    )
    further = [*differing, *(letter for letter in name[2:] if letter.isalpha()), *"abcdefghijklmnopqrstuvwxyz"]
    start = _stem(name)[:2]
    return next((start + letter.lower() for letter in further if start + letter.lower() not in taken), start)
