"""Draws how times grow with the size of a site, as SVG: both scales are logarithmic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP = 640, 320, 60, 170, 40, 20
# Names of lines stand below each other at least so far.
LABEL = 14


@dataclass(frozen=True)
class Line:
    """A line with its name, and a value in milliseconds for each size."""

    name: str
    colour: str
    values: Sequence[float]
    dashes: str = ""


def growth(title: str, description: str, sizes: Sequence[int], lines: Sequence[Line]) -> str:
    """Give the drawing; `description` says in words what can be seen in it."""
    values = [max(value, 0.01) for line in lines for value in line.values]
    lowest, highest = floor(log10(min(values))), ceil(log10(max(values)))
    highest = max(highest, lowest + 1)
    span = max(log10(max(sizes)) - log10(min(sizes)), 0.01)

    def across(size: int) -> float:
        return LEFT + (log10(size) - log10(min(sizes))) / span * (WIDTH - LEFT - RIGHT)

    def up(milliseconds: float) -> float:
        share = (log10(max(milliseconds, 0.01)) - lowest) / (highest - lowest)
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' aria-labelledby="title description" font-family="sans-serif" font-size="12">',
        f'<title id="title">{title}</title>',
        f'<desc id="description">{description}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(lowest, highest + 1):
        y = up(10**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#c9ccd1"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#333333">{10**power:g} ms</text>')
    for size in sizes:
        x = across(size)
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 16}" text-anchor="middle" fill="#333333">{size:,}</text>')
    label = 0.0
    for line in sorted(lines, key=lambda line: -line.values[-1]):
        points = [(across(size), up(value)) for size, value in zip(sizes, line.values, strict=True)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashes = f' stroke-dasharray="{line.dashes}"' if line.dashes else ""
        parts.append(f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="2"{dashes}/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{line.colour}"/>' for x, y in points]
        x, y = points[-1]
        label = max(y + 4, label + LABEL)
        parts.append(
            f'<text x="{x + 8:.1f}" y="{label:.1f}" fill="{line.colour}">{line.name} {line.values[-1]:g}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])
