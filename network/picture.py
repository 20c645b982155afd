"""The network as a picture: what a graph looks like as boxes, arrows and texts, with a place for each."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import graphlay
from django.utils.translation import gettext

from cms.rendering.values import Link
from cms.sections import (
    AFTER_BODY,
    DrawnArrow,
    DrawnBand,
    DrawnBody,
    DrawnBox,
    DrawnLine,
    DrawnPart,
    ListedArrow,
    Moments,
    NetworkPictureSection,
)
from network.graph import BodyNode, NetworkGraph, RelationEdge
from network.layout import Arrow, Box, Place, Plan, lay_out, path_of
from network.lettering import lines_of, width_of
from network.models import NetworkBodyPage

logger = logging.getLogger(__name__)

KEY = "netwerkbeeld"
Tier = NetworkBodyPage.Tier
# From the whole region to the neighbourhood.
TIERS = (Tier.REGION, Tier.DISTRICT, Tier.LOCAL)

# Type sizes and measures in CSS pixels; frontend/design/components/drawing.css has the same sizes.
NAME, SMALL, LABEL = 16.0, 13.5, 13.5
LEADING = 1.25
PADDING = 12.0
LABEL_PADDING = 5.0
TEXT_WIDTH, WIDEST_TEXT = 130.0, 230.0
PART_WIDTH, PART_HEIGHT, PART_GAP = 190.0, 28.0, 4.0
LABEL_WIDTH, SHORT_LABEL = 125.0, 105.0
# Between relations that share an arrow.
LABEL_GAP = 5.0
PARTS_IN_A_COLUMN = 8
# Wider than this for its height, a drawing gets more of a sheet that lies on its side.
PAPER = 0.9
# Up to the first width a drawing may shrink to a tablet's page, up to the second to a desktop's; wider ones scroll.
SMALL_UP_TO, MIDDLE_UP_TO = 896.0, 1400.0


@dataclass
class _Line:
    text: str
    style: Literal["naam", "uitleg", "onderdeel", "pijl"]
    size: float


@dataclass
class _Part:
    node: BodyNode
    lines: list[str]
    height: float


@dataclass
class _Body:
    """A body to draw, with the bodies that stand in its box and its size."""

    node: BodyNode
    parts: list[_Part] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    columns: int = 1
    part_width: float = 0
    width: float = 0
    height: float = 0


@dataclass
class _Arrow:
    """Relations of one kind from one box to another share an arrow; each has words of its own on it."""

    source: int
    target: int
    kind: Literal["relatie", "deelname"]
    edges: list[RelationEdge] = field(default_factory=list)
    words: list[list[str]] = field(default_factory=list)
    width: float = 0
    height: float = 0


def picture(
    graph: NetworkGraph,
    *,
    title: str = "",
    introduction: str = "",
    focus: int | None = None,
    order: int = AFTER_BODY,
    more: Link | None = None,
    in_words: Link | None = None,
    moments: Moments | None = None,
    unlisted: bool = False,
) -> NetworkPictureSection | None:
    """Give the section that draws `graph`; None where there is nothing to draw, or the engine can't.

    `focus` is the id of the body that the picture is about: it stands out, and so do its arrows. The same is said in
    sentences elsewhere on the page, so a page without its picture is whole.
    """
    homes = _homes(graph)
    bodies = _bodies(graph, homes)
    arrows = _arrows(graph, homes)
    try:
        plan = lay_out(
            tuple(
                Box(body.node.id, TIERS.index(Tier(body.node.tier)), body.width, body.height)
                for body in bodies.values()
            ),
            tuple(Arrow(arrow.source, arrow.target, arrow.width, arrow.height) for arrow in arrows),
        )
    except graphlay.GraphlayError:
        logger.exception("The network of %d bodies and %d arrows can't be drawn.", len(bodies), len(arrows))
        return None
    if not bodies and moments is None:
        return None
    kinds = {arrow.kind for arrow in arrows}
    legend = [gettext("Pijl: wie iets doet, en voor wie")] if "relatie" in kinds else []
    legend += [gettext("Stippellijn: wie er namens een ander orgaan in zit")] if "deelname" in kinds else []
    return NetworkPictureSection(
        key=KEY,
        title=title,
        introduction=introduction,
        order=order,
        more=more,
        unlisted=unlisted,
        width=_rounded(plan.width),
        height=_rounded(plan.height),
        size="klein" if plan.width <= SMALL_UP_TO else "middel" if plan.width <= MIDDLE_UP_TO else "groot",
        wide=plan.width > plan.height * PAPER,
        name=title or gettext("Tekening van het netwerk"),
        legend=legend,
        in_words=in_words,
        bands=_drawn_bands(plan, bodies, arrows, graph, homes, focus),
        arrows=[_drawn_arrow(index, arrow, plan) for index, arrow in enumerate(arrows)],
        moments=moments,
        zoom_in_label=gettext("Tekening vergroten"),
        zoom_out_label=gettext("Tekening verkleinen"),
    )


def neighbourhood(graph: NetworkGraph, focus: int) -> NetworkGraph:
    """Give the part of the graph that one body sees: itself, its whole and its parts, and whom these deal with.

    Relations of its whole are its own too; those of its parts are theirs.
    """
    whole = next(node.parent for node in graph.nodes if node.id == focus)
    own = {focus} if whole is None else {focus, whole}
    edges = [edge for edge in graph.edges if edge.source in own or edge.target in own]
    around = own | {node.id for node in graph.nodes if node.parent == focus}
    around |= {end for edge in edges for end in (edge.source, edge.target)}
    return graph.model_copy(update={"nodes": [node for node in graph.nodes if node.id in around], "edges": edges})


def _homes(graph: NetworkGraph) -> dict[int, int]:
    """Give the box that each body is drawn in: that of the outermost collective of its tier, else one of its own."""
    nodes = {node.id: node for node in graph.nodes}
    homes = {}
    for node in graph.nodes:
        home = node
        while home.parent in nodes and nodes[home.parent].tier == node.tier:
            home = nodes[home.parent]
        homes[node.id] = home.id
    return homes


def _bodies(graph: NetworkGraph, homes: dict[int, int]) -> dict[int, _Body]:
    bodies = {node.id: _Body(node) for node in graph.nodes if homes[node.id] == node.id}
    for node in graph.nodes:
        if homes[node.id] != node.id:
            width = min(max(PART_WIDTH, _widest_word(_short(node), SMALL)), WIDEST_TEXT)
            lines = lines_of(_short(node), SMALL, width)
            bodies[homes[node.id]].parts.append(_Part(node, lines, max(PART_HEIGHT, len(lines) * SMALL * LEADING + 8)))
    nodes = {node.id: node for node in graph.nodes}
    for edge in graph.edges:
        home = homes[edge.source]
        if home == homes[edge.target]:
            bodies[home].inner += _words_on(edge, nodes, homes)
    for body in bodies.values():
        _measure(body)
    return bodies


def _measure(body: _Body) -> None:
    """Set the size of a box by its texts: the name, the full title where that is another one, and its parts."""
    node = body.node
    name, title = _short(node), node.title
    wide = PART_WIDTH if body.parts else TEXT_WIDTH
    width = min(max(wide, _widest_word(name, NAME), _widest_word(title, SMALL)), WIDEST_TEXT)
    body.lines = [_Line(line, "naam", NAME) for line in lines_of(name, NAME, width)]
    if title != name:
        body.lines += [_Line(line, "uitleg", SMALL) for line in lines_of(title, SMALL, width)]
    text_width = max(width_of(line.text, line.size) for line in body.lines)
    body.height = 2 * PADDING + sum(line.size * LEADING for line in body.lines)
    if body.parts:
        body.columns = -(-len(body.parts) // PARTS_IN_A_COLUMN)
        # Room for a mark and air in each part.
        body.part_width = max(width_of(line, SMALL) for part in body.parts for line in part.lines) + 24
        columns = _columns(body)
        text_width = max(text_width, body.columns * (body.part_width + PART_GAP) - PART_GAP)
        body.height += 8 + max(sum(part.height + PART_GAP for part in column) for column in columns)
    if body.inner:
        text_width = max(text_width, *(width_of(line, SMALL) for line in body.inner))
        body.height += 8 + len(body.inner) * SMALL * LEADING
    body.width = max(110.0, text_width + 2 * PADDING)


def _columns(body: _Body) -> list[list[_Part]]:
    size = -(-len(body.parts) // body.columns)
    return [body.parts[start : start + size] for start in range(0, len(body.parts), size)]


def _short(node: BodyNode) -> str:
    return node.short_name or node.title


def _widest_word(text: str, size: float) -> float:
    return max((width_of(word, size) for word in text.split()), default=0)


def _arrows(graph: NetworkGraph, homes: dict[int, int]) -> list[_Arrow]:
    found: dict[tuple[int, int, str], _Arrow] = {}
    nodes = {node.id: node for node in graph.nodes}
    for edge in graph.edges:
        ends = homes[edge.source], homes[edge.target]
        if ends[0] != ends[1]:
            arrow = found.setdefault((*ends, edge.kind), _Arrow(*ends, edge.kind))
            arrow.edges.append(edge)
    for arrow in found.values():
        # What the body itself does goes before what somebody in it does.
        arrow.words = [_words_on(edge, nodes, homes) for edge in sorted(arrow.edges, key=lambda edge: bool(edge.role))]
        lines = [line for words in arrow.words for line in words]
        arrow.width = max(width_of(line, LABEL) for line in lines) + 2 * LABEL_PADDING
        arrow.height = len(lines) * LABEL * LEADING + (len(arrow.words) - 1) * LABEL_GAP + 2 * LABEL_PADDING - 2
    return list(found.values())


def _words_on(edge: RelationEdge, nodes: dict[int, BodyNode], homes: dict[int, int]) -> list[str]:
    """Give the words on an arrow or in a box as the lines they make: on one line where they are few.

    A body that stands in the box of its collective is named.
    """
    source, target = nodes[edge.source], nodes[edge.target]
    before = [_short(source)] if homes[source.id] != source.id else []
    after = [_short(target)] if homes[target.id] != target.id else []
    role = edge.role or ""
    pieces = [*before, *([role] if role else []), edge.arrow.removeprefix(role).strip(), *after]
    whole = " ".join(pieces)
    if not before and not after and width_of(whole, LABEL) <= SHORT_LABEL:
        return [whole]
    return [line for piece in pieces for line in lines_of(piece, LABEL, LABEL_WIDTH)]


def _drawn_bands(
    plan: Plan,
    bodies: dict[int, _Body],
    arrows: Sequence[_Arrow],
    graph: NetworkGraph,
    homes: dict[int, int],
    focus: int | None,
) -> list[DrawnBand]:
    touching: dict[int, list[int]] = defaultdict(list)
    for index, arrow in enumerate(arrows):
        for end in (arrow.source, arrow.target):
            touching[end].append(index)
    bands = []
    for number, place in plan.bands.items():
        tier = TIERS[number]
        title = str(tier.label)
        x, y = _rounded(place.x + 28), _rounded(place.y + place.height / 2)
        drawn = [
            _drawn_body(body, plan.boxes[key], arrows, touching[key], graph, homes, focus)
            for key, body in bodies.items()
            if body.node.tier == tier
        ]
        bands.append(
            DrawnBand(
                **_box(place),
                tier=tier.value,
                title=title,
                turn=f"translate({x} {y}) rotate(-90)",
                bodies=drawn,
            )
        )
    return bands


def _drawn_body(
    body: _Body,
    place: Place,
    arrows: Sequence[_Arrow],
    touching: Sequence[int],
    graph: NetworkGraph,
    homes: dict[int, int],
    focus: int | None,
) -> DrawnBody:
    node = body.node
    lines, y = [], place.y + PADDING
    for line in body.lines:
        lines.append(
            DrawnLine(x=_rounded(place.x + PADDING), y=_rounded(y + line.size), text=line.text, style=line.style)
        )
        y += line.size * LEADING
    parts = []
    for column, in_column in enumerate(_columns(body) if body.parts else []):
        top = y + 8
        for part in in_column:
            x = place.x + PADDING + column * (body.part_width + PART_GAP)
            parts.append(_drawn_part(part, Place(x, top, body.part_width, part.height), focus))
            top += part.height + PART_GAP
    bottom = place.y + place.height - PADDING - len(body.inner) * SMALL * LEADING
    for number, text in enumerate(body.inner):
        baseline = bottom + SMALL + number * SMALL * LEADING
        lines.append(DrawnLine(x=_rounded(place.x + PADDING), y=_rounded(baseline), text=text, style="uitleg"))
    neighbours = {end for index in touching for end in (arrows[index].source, arrows[index].target)} - {node.id}
    return DrawnBody(
        **_box(place),
        key=str(node.id),
        link=_link(node),
        chosen=node.id == focus,
        lines=lines,
        parts=parts,
        arrows=[str(index + 1) for index in touching],
        neighbours=[str(end) for end in sorted(neighbours)],
        notes=_listed(node, graph, homes),
    )


def _drawn_part(part: _Part, place: Place, focus: int | None) -> DrawnPart:
    height = len(part.lines) * SMALL * LEADING
    first = place.y + (place.height - height) / 2 + SMALL
    return DrawnPart(
        **_box(place),
        link=_link(part.node),
        chosen=part.node.id == focus,
        lines=[
            DrawnLine(
                x=_rounded(place.x + 16), y=_rounded(first + index * SMALL * LEADING), text=line, style="onderdeel"
            )
            for index, line in enumerate(part.lines)
        ],
    )


def _listed(node: BodyNode, graph: NetworkGraph, homes: dict[int, int]) -> list[ListedArrow]:
    """Give what a body and the ones in its box do, each with where the others stand on the page."""
    nodes = {each.id: each for each in graph.nodes}
    listed: dict[tuple[str, str | None], list[Link]] = defaultdict(list)
    for edge in sorted(graph.edges, key=lambda edge: bool(edge.role)):
        if homes[edge.source] != node.id:
            continue
        source, target = nodes[edge.source], nodes[edge.target]
        words = edge.arrow if source.id == node.id else f"{_short(source)} {edge.arrow}"
        listed[words, edge.arrow_language].append(
            Link(title=_short(target), url=f"#{KEY}-{homes[target.id]}", language=target.language)
        )
    return [ListedArrow(text=text, language=language, to=to) for (text, language), to in listed.items()]


def _drawn_arrow(index: int, arrow: _Arrow, plan: Plan) -> DrawnArrow:
    label = plan.labels[index]
    upper, lower = plan.lines[index]
    lines, y = [], label.y + LABEL_PADDING - 1 + LABEL
    for words in arrow.words:
        for line in words:
            lines.append(DrawnLine(x=_rounded(label.x + label.width / 2), y=_rounded(y), text=line, style="pijl"))
            y += LABEL * LEADING
        y += LABEL_GAP
    languages = {edge.arrow_language for edge in arrow.edges}
    return DrawnArrow(
        key=str(index + 1),
        kind=arrow.kind,
        line=path_of(upper) + path_of(lower),
        head=path_of(plan.heads[index], closed=True),
        label=DrawnBox(**_box(label)),
        language=languages.pop() if len(languages) == 1 else None,
        lines=lines,
    )


def _link(node: BodyNode) -> Link:
    return Link(title=node.title, url=node.url, language=node.language)


def _box(place: Place) -> dict[str, int]:
    return {
        "x": _rounded(place.x),
        "y": _rounded(place.y),
        "width": _rounded(place.width),
        "height": _rounded(place.height),
    }


def _rounded(value: float) -> int:
    return round(value)
