"""Draws the demo's pictures: calm, flat landscapes of the region in the site's own colours.

Run from anywhere: `python home/demo/make_images.py [key ...]`. Every run with the same Pillow gives the same result.
Coordinates are in pixels of the finished picture (1600 x 900); everything is drawn twice as large and scaled down.
"""

import math
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT, SCALE = 1600, 900, 2
TARGET = Path(__file__).parent / "images"

Point = tuple[float, float]
Wave = tuple[float, float, float]

INK = "#06323b"
PETROL = "#0b4f5c"
TEAL = "#26727d"
LAGOON = "#5a9ba3"
MIST = "#a9cdcf"
PALE = "#dcebea"
CREAM = "#fbf5ea"
SAND = "#f0e0c6"
DUNE = "#dfc59c"
CLAY = "#c39a6b"
CORAL = "#e26d52"
BLUSH = "#f2a88f"
MOSS = "#5f8a74"
SAGE = "#9dba9c"
HEATHER = "#9b6f8a"
LILAC = "#c3a0b4"


def rgba(colour: str, alpha: float = 1.0) -> tuple[int, int, int, int]:
    value = colour.lstrip("#")
    red, green, blue = (int(value[i : i + 2], 16) for i in (0, 2, 4))
    return red, green, blue, round(alpha * 255)


class Canvas:
    """A picture of WIDTH x HEIGHT with the few shapes that the scenes are made of."""

    def __init__(self, top: str, bottom: str, seed: int) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self.random = random.Random(seed)  # noqa: S311 - scatters trees, keeps no secrets
        self.gradient(top, bottom, 0, HEIGHT)

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image, "RGBA")

    def gradient(self, top: str, bottom: str, y0: float, y1: float) -> None:
        height = round((y1 - y0) * SCALE)
        mask = Image.linear_gradient("L").resize((1, height)).resize((WIDTH * SCALE, height))
        first = Image.new("RGB", mask.size, rgba(top)[:3])
        second = Image.new("RGB", mask.size, rgba(bottom)[:3])
        self.image.paste(Image.composite(second, first, mask), (0, round(y0 * SCALE)))

    def polygon(self, points: Iterable[Point], colour: str, alpha: float = 1.0) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=rgba(colour, alpha))

    def box(self, x: float, y: float, width: float, height: float, colour: str, alpha: float = 1.0) -> None:
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour, alpha)

    def disc(self, x: float, y: float, radius: float, colour: str, alpha: float = 1.0) -> None:
        bounds = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self.pen.ellipse(bounds, fill=rgba(colour, alpha))

    def ring(self, x: float, y: float, radius: float, width: float, colour: str, alpha: float = 1.0) -> None:
        bounds = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self.pen.ellipse(bounds, outline=rgba(colour, alpha), width=round(width * SCALE))

    def line(self, points: Sequence[Point], width: float, colour: str, alpha: float = 1.0) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=rgba(colour, alpha), width=max(1, round(width * SCALE)), joint="curve")

    def land(self, base: float, waves: Sequence[Wave], colour: str, alpha: float = 1.0) -> None:
        """Everything below a wavy line; a wave is (height, length, shift)."""
        edge = [(x, horizon(x, base, waves)) for x in range(-8, WIDTH + 17, 8)]
        self.polygon([*edge, (WIDTH + 16, HEIGHT + 8), (-8, HEIGHT + 8)], colour, alpha)

    def sun(self, x: float, y: float, radius: float, colour: str = BLUSH) -> None:
        for factor, alpha in ((2.3, 0.10), (1.65, 0.16), (1.0, 1.0)):
            self.disc(x, y, radius * factor, colour, alpha)

    def save(self, path: Path) -> None:
        finished = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        finished.save(path, "WEBP", quality=82, method=6)


def horizon(x: float, base: float, waves: Sequence[Wave]) -> float:
    return base + sum(height * math.sin((x + shift) / length * math.tau) for height, length, shift in waves)


def arch(x0: float, x1: float, y: float, rise: float) -> list[Point]:
    """Half an ellipse from (x0, y) up and down to (x1, y)."""
    middle, half = (x0 + x1) / 2, (x1 - x0) / 2
    return [(middle - half * math.cos(a * math.pi / 40), y - rise * math.sin(a * math.pi / 40)) for a in range(41)]


def smooth(points: Sequence[Point], steps: int = 10) -> list[Point]:
    """A flowing line through the points (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    line: list[Point] = []
    for corners in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
            x = sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)) / 2
            y = sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)) / 2
            line.append((x, y))
    return [*line, points[-1]]


def house(
    canvas: Canvas, x: float, ground: float, width: float, height: float, wall: str, roof: str, light: str | None = None
) -> None:
    """A house with a pointed roof and windows; `height` is that of the wall."""
    canvas.box(x, ground - height, width, height, wall)
    peak = width * 0.55
    canvas.polygon(
        [(x - 4, ground - height), (x + width / 2, ground - height - peak), (x + width + 4, ground - height)], roof
    )
    size = max(5.0, width * 0.15)
    for row in range(max(1, int(height // (size * 2.6)))):
        for column in (0.24, 0.61):
            top = ground - height + size * 0.8 + row * size * 2.4
            if top + size * 1.5 < ground:
                canvas.box(x + width * column, top, size, size * 1.4, light or CREAM, 0.85)


def step_gable(canvas: Canvas, x: float, ground: float, width: float, height: float, wall: str) -> None:
    """A Hanseatic front: the gable goes up in steps."""
    canvas.box(x, ground - height, width, height, wall)
    for step in range(1, 5):
        inset = step * width / 10
        canvas.box(x + inset, ground - height - step * width / 9, width - 2 * inset, width / 9 + 1, wall)
    size = width * 0.13
    for row in range(int(height // (size * 3))):
        for column in (0.16, 0.44, 0.72):
            canvas.box(x + width * column, ground - height + size + row * size * 2.8, size, size * 1.6, CREAM, 0.8)


def church(canvas: Canvas, x: float, ground: float, width: float, height: float, wall: str, roof: str) -> None:
    """A tower with a spire and a nave beside it."""
    canvas.box(x + width, ground - height * 0.42, width * 2.1, height * 0.42, wall)
    canvas.polygon(
        [
            (x + width * 0.9, ground - height * 0.42),
            (x + width * 1.5, ground - height * 0.62),
            (x + width * 2.7, ground - height * 0.62),
            (x + width * 3.2, ground - height * 0.42),
        ],
        roof,
    )
    canvas.box(x, ground - height, width, height, wall)
    canvas.polygon(
        [(x - 4, ground - height), (x + width / 2, ground - height * 1.55), (x + width + 4, ground - height)], roof
    )
    canvas.disc(x + width / 2, ground - height * 0.84, width * 0.2, CREAM, 0.9)
    for step in range(3):
        canvas.box(x + width * (1.3 + step * 0.6), ground - height * 0.3, width * 0.22, height * 0.2, CREAM, 0.75)


def skyline(canvas: Canvas, x0: float, x1: float, ground: float, low: float, high: float, tones: Sequence[str]) -> None:
    """A row of houses of different widths, tones and roofs."""
    x, index = x0, 0
    while x < x1:
        width = canvas.random.uniform(34, 62)
        height = canvas.random.uniform(low, high)
        wall = tones[index % len(tones)]
        if index % 4 == 3:
            step_gable(canvas, x, ground, width, height, wall)
        else:
            house(canvas, x, ground, width, height, wall, tones[(index + 1) % len(tones)])
        x += width + canvas.random.choice((0, 0, 3, 8))
        index += 1


def round_tree(canvas: Canvas, x: float, ground: float, size: float, colour: str, trunk: str = PETROL) -> None:
    canvas.box(x - size * 0.07, ground - size * 0.7, size * 0.14, size * 0.7, trunk)
    canvas.disc(x, ground - size, size * 0.5, colour)
    canvas.disc(x - size * 0.28, ground - size * 0.78, size * 0.32, colour)
    canvas.disc(x + size * 0.28, ground - size * 0.78, size * 0.34, colour)


def pine(canvas: Canvas, x: float, ground: float, size: float, colour: str) -> None:
    canvas.box(x - size * 0.045, ground - size * 0.2, size * 0.09, size * 0.2, INK)
    for step in range(3):
        top = ground - size + step * size * 0.22
        half = size * (0.17 + step * 0.07)
        canvas.polygon([(x, top), (x + half, top + size * 0.42), (x - half, top + size * 0.42)], colour)


def water(canvas: Canvas, y0: float, y1: float, top: str, bottom: str, ripples: int = 46) -> None:
    """A band of water with ripples that grow towards the viewer."""
    canvas.gradient(top, bottom, y0, y1)
    for _ in range(ripples):
        depth = canvas.random.random() ** 1.3
        y = y0 + 8 + depth * (y1 - y0 - 16)
        x = canvas.random.uniform(-40, WIDTH)
        length = 24 + depth * 120
        canvas.line([(x, y), (x + length, y)], 1.2 + depth * 2.2, CREAM, 0.22 + 0.16 * depth)


def network(canvas: Canvas, dots: Sequence[tuple[float, float, float]], reach: float, line: str, dot: str) -> None:
    """Dots (x, y, radius) joined by thin lines where they are nearer than `reach`."""
    for index, (x, y, _) in enumerate(dots):
        for other_x, other_y, _ in dots[index + 1 :]:
            if math.hypot(other_x - x, other_y - y) < reach:
                canvas.line([(x, y), (other_x, other_y)], 2.2, line, 0.55)
    for index, (x, y, radius) in enumerate(dots):
        canvas.disc(x, y, radius + 5, CREAM, 0.55)
        canvas.disc(x, y, radius, CORAL if index % 5 == 0 else dot)


def fields(canvas: Canvas, y0: float, vanish: Point, tones: Sequence[str], parts: int = 11) -> None:
    """Strips of farmland that run to a vanishing point."""
    left, right = -900, WIDTH + 900
    step = (right - left) / parts
    for index in range(parts):
        xs = (left + index * step, left + (index + 1) * step)
        top = [vanish[0] + (x - vanish[0]) * 0.16 for x in xs]
        tone = tones[index % len(tones)]
        canvas.polygon([(top[0], y0), (top[1], y0), (xs[1], HEIGHT + 40), (xs[0], HEIGHT + 40)], tone)
        for furrow in range(1, 5):
            share = furrow / 5
            canvas.line(
                [(top[0] + (top[1] - top[0]) * share, y0), (xs[0] + (xs[1] - xs[0]) * share, HEIGHT + 40)],
                1.6,
                CREAM,
                0.16,
            )


def bridge(canvas: Canvas, x0: float, x1: float, deck: float, foot: float, spans: int, colour: str) -> None:
    """A stone bridge: a deck on arches."""
    width = (x1 - x0) / spans
    for span in range(spans):
        a, b = x0 + span * width, x0 + (span + 1) * width
        opening = arch(a + 12, b - 12, foot, foot - deck - 16)
        canvas.polygon([(a, deck), (b, deck), (b, foot), *reversed(opening), (a, foot)], colour)
    canvas.box(x0 - 20, deck - 12, x1 - x0 + 40, 16, colour)
    canvas.line([(x0 - 20, deck - 26), (x1 + 20, deck - 26)], 3, colour)
    for post in range(int((x1 - x0) // 40) + 2):
        canvas.box(x0 - 20 + post * 40, deck - 26, 3, 18, colour)


def person(canvas: Canvas, x: float, ground: float, size: float, colour: str, head: str = SAND) -> None:
    """A simple figure: a head above rounded shoulders."""
    canvas.disc(x, ground - size * 0.86, size * 0.14, head)
    body = arch(x - size * 0.2, x + size * 0.2, ground - size * 0.32, size * 0.36)
    canvas.polygon([*body, (x + size * 0.17, ground), (x - size * 0.17, ground)], colour)


def draw_home() -> Canvas:
    c = Canvas("#cfe3e3", CREAM, 1)
    c.sun(1230, 250, 92)
    dots = [
        (140, 210, 9), (270, 130, 7), (330, 270, 11), (470, 190, 7), (560, 100, 9), (610, 250, 8),
        (720, 160, 10), (820, 270, 7), (880, 120, 8), (210, 330, 7), (1000, 210, 8),
    ]  # fmt: skip
    network(c, dots, 215, TEAL, PETROL)
    c.land(440, [(22, 900, 100), (10, 370, 0)], MIST, 0.75)
    c.land(468, [(16, 620, 300), (8, 240, 80)], LAGOON, 0.55)
    ground = 512
    for x in range(-20, 640, 46):
        round_tree(c, x, ground + 4, c.random.uniform(38, 66), c.random.choice((MOSS, TEAL, SAGE)))
    skyline(c, 760, 1590, ground, 46, 92, (PETROL, TEAL, CORAL, LAGOON, CLAY))
    church(c, 980, ground, 44, 170, PETROL, INK)
    church(c, 1385, ground, 30, 120, TEAL, PETROL)
    c.box(0, ground - 2, WIDTH, 10, MOSS)
    water(c, 518, 690, "#8fbfc4", "#3f8791", 60)
    quay = smooth([(690, 512), (716, 556), (800, 588), (1000, 596), (1300, 584), (1610, 598)])
    c.polygon([*quay, (1610, 505), (690, 505)], "#7d6a52")
    c.polygon([*[(x, y - 16) for x, y in quay], (1610, 505), (690, 505)], SAGE)
    bridge(c, -60, 720, 486, 588, 5, INK)
    c.land(672, [(14, 1500, 300), (6, 460, 0)], MOSS)
    c.land(690, [(14, 1500, 300), (6, 460, 0)], SAGE)
    fields(c, 716, (980, 380), (SAGE, DUNE, MOSS, SAND, "#7fa58d"))
    for x in (70, 150, 1480, 1555):
        round_tree(c, x, 742, 120, PETROL if x % 20 else TEAL, INK)
    return c


def draw_ondermijning() -> Canvas:
    c = Canvas("#2f7380", "#f0c9a8", 2)
    c.sun(1190, 330, 74, BLUSH)
    c.land(410, [(18, 760, 0), (9, 300, 90)], LAGOON, 0.6)
    c.land(440, [(14, 900, 220), (6, 260, 30)], TEAL, 0.8)
    ground = 520
    for x in (90, 150, 205, 1320, 1400, 1465, 1530):
        round_tree(c, x, ground + 6, c.random.uniform(80, 116), PETROL, INK)
    c.land(ground, [(4, 1200, 0)], MOSS)
    # the barn
    c.box(600, 372, 400, 152, PETROL)
    c.polygon([(570, 376), (650, 268), (950, 268), (1030, 376)], INK)
    c.box(748, 420, 104, 104, CORAL)
    c.line([(748, 420), (852, 524)], 6, INK)
    c.line([(852, 420), (748, 524)], 6, INK)
    c.box(640, 420, 56, 40, "#ffd9a6")
    c.box(904, 420, 56, 40, "#ffd9a6")
    for plank in range(610, 1000, 26):
        c.line([(plank, 378), (plank, 520)], 1.5, INK, 0.45)
    house(c, 250, ground + 2, 84, 74, CLAY, CORAL, "#ffd9a6")
    house(c, 1140, ground + 2, 76, 62, LAGOON, PETROL, "#ffd9a6")
    # below the ground: layers, rooms and passages
    c.land(556, [(6, 1100, 120)], "#12424c")
    c.land(700, [(10, 900, 40)], "#0c3640")
    c.land(820, [(8, 1000, 260)], "#082a32")
    rooms = [(800, 640, 84), (470, 720, 58), (1130, 700, 66), (270, 640, 40), (1400, 770, 50), (800, 812, 46)]
    passages = [(800, 524, 800, 640), (800, 640, 470, 720), (800, 640, 1130, 700), (470, 720, 270, 640),
                (270, 640, 292, 524), (1130, 700, 1178, 524), (1130, 700, 1400, 770), (800, 640, 800, 812)]  # fmt: skip
    for x0, y0, x1, y1 in passages:
        c.line([(x0, y0), (x1, y1)], 26, CORAL, 0.9)
    for x, y, size in rooms:
        c.disc(x, y, size, CORAL)
        c.disc(x, y, size - 14, "#7d3a33")
    for x, y, size in rooms:
        for step in range(3):
            c.disc(x - size * 0.35 + step * size * 0.35, y, size * 0.11, BLUSH, 0.9)
    return c


def draw_digitale_veiligheid() -> Canvas:
    c = Canvas("#bcd9da", CREAM, 3)
    c.land(430, [(16, 800, 60), (8, 300, 0)], MIST, 0.7)
    ground = 600
    skyline(c, 20, 620, ground, 90, 190, (TEAL, PETROL, LAGOON, CLAY, CORAL))
    skyline(c, 980, 1590, ground, 90, 190, (PETROL, LAGOON, TEAL, CORAL, CLAY))
    for x, height in ((120, 300), (470, 250), (1110, 270), (1430, 330)):
        c.box(x, ground - height, 66, height, PETROL)
        for row in range(int(height // 34)):
            for column in (12, 38):
                lit = c.random.random() > 0.35
                c.box(x + column, ground - height + 14 + row * 34, 16, 18, "#ffe2b8" if lit else TEAL)
    c.box(0, ground - 2, WIDTH, 8, INK)
    water(c, 604, 900, "#74aeb5", "#1f6671", 70)
    dots = [(153, 270, 10), (300, 370, 8), (503, 320, 10), (420, 200, 7), (640, 250, 8), (960, 250, 8),
            (1143, 300, 10), (1200, 170, 7), (1300, 360, 8), (1463, 240, 10), (660, 480, 8), (950, 480, 8)]  # fmt: skip
    network(c, dots, 260, PETROL, TEAL)
    for x, y in ((640, 250), (960, 250), (660, 480), (950, 480)):
        c.line([(x, y), (800, 390)], 2.2, PETROL, 0.55)
    c.disc(800, 390, 196, CREAM, 0.55)
    shield = [(800, 208), (922, 252), (922, 392), (906, 462), (866, 522), (800, 572)]
    mirrored = [(1600 - x, y) for x, y in reversed(shield)]
    c.polygon([*shield, *mirrored], PETROL)
    inner = [(800 + (x - 800) * 0.84, 390 + (y - 390) * 0.84) for x, y in (*shield, *mirrored)]
    c.polygon(inner, TEAL)
    c.polygon([p for p in inner if p[0] <= 800.1], "#337f8a")
    c.line([(742, 392), (784, 436), (864, 338)], 26, CREAM)
    for x, y in ((742, 392), (784, 436), (864, 338)):
        c.disc(x, y, 13, CREAM)
    return c


def draw_zorg_en_veiligheid() -> Canvas:
    c = Canvas("#1d5f6b", "#e7b796", 4)
    for _ in range(38):
        c.disc(c.random.uniform(0, WIDTH), c.random.uniform(10, 260), c.random.uniform(1.2, 2.8), CREAM, 0.65)
    c.disc(1330, 170, 62, CREAM, 0.95)
    c.disc(1306, 156, 58, "#2f707b")
    c.land(470, [(20, 800, 40), (8, 260, 0)], LAGOON, 0.5)
    ground = 660
    tones = (PETROL, "#155f6c", INK, "#1d6a76", PETROL, "#11535f", INK)
    for index, tone in enumerate(tones):
        x, height = 40 + index * 220, (190, 230, 176, 250, 200, 226, 180)[index]
        warm = index == 3
        c.box(x, ground - height, 206, height, CLAY if warm else tone)
        roof = [(x - 10, ground - height), (x + 103, ground - height - 108), (x + 216, ground - height)]
        c.polygon(roof, CORAL if warm else "#0a3d47")
        c.box(x + 150, ground - height - 96, 22, 60, CORAL if warm else "#0a3d47")
        for row in range(2):
            for column in (26, 134):
                c.box(x + column, ground - height + 26 + row * 84, 46, 54, "#ffe1b0" if warm else "#2f7884")
                c.line([(x + column + 23, ground - height + 26 + row * 84),
                        (x + column + 23, ground - height + 80 + row * 84)], 3, CLAY if warm else tone)  # fmt: skip
        if not warm:
            c.box(x + 82, ground - 82, 42, 82, "#0a3d47")
    c.land(ground, [(2, 900, 0)], MOSS)
    c.land(ground + 34, [(3, 1100, 200)], "#4c7563")
    # the open door and its light
    c.polygon([(776, 562), (830, 562), (1010, 900), (590, 900)], "#ffe1b0", 0.55)
    c.box(774, 558, 58, 104, "#fff0d2")
    c.box(832, 558, 16, 104, CORAL)
    person(c, 700, 800, 150, PETROL)
    person(c, 800, 824, 162, CORAL, CREAM)
    person(c, 902, 800, 150, TEAL)
    for x, size in ((90, 130), (1500, 150), (1380, 100)):
        round_tree(c, x, 740, size, "#0f4a55", INK)
    return c


def draw_mensenhandel() -> Canvas:
    c = Canvas("#0d4451", "#0d4451", 5)
    for row in range(13):
        for column in range(-1, 14):
            x = column * 128 + (row % 2) * 64
            tone = c.random.choice(("#0f4a57", "#11505d", "#0c414d", "#0e4754"))
            c.box(x + 3, row * 56 + 3, 122, 50, tone)
    c.gradient("#08323b", "#06282f", 724, 900)
    left, right, top, floor = 690, 1010, 150, 724
    # outside, seen through the doorway
    outside = Canvas("#bfe0e0", "#ffe7c4", 51)
    outside.sun(900, 300, 60, "#ffd08a")
    outside.land(470, [(18, 420, 0)], MIST)
    outside.land(520, [(14, 360, 90)], SAGE)
    outside.land(590, [(10, 500, 40)], MOSS)
    for x, size in ((730, 84), (790, 60), (975, 92)):
        round_tree(outside, x, 600, size, TEAL)
    outside.polygon([(842, 560), (862, 560), (1010, 730), (700, 730)], SAND)
    corner = (left * SCALE, top * SCALE)
    c.image.paste(outside.image.crop((*corner, right * SCALE, floor * SCALE)), corner)
    # light on the floor, the frame, the door
    c.polygon([(left, floor), (right, floor), (1330, 900), (420, 900)], "#ffd9a0", 0.5)
    c.polygon([(left + 70, floor), (right - 70, floor), (1130, 900), (600, 900)], "#ffe9c8", 0.5)
    for x in (left - 20, right):
        c.box(x, top - 20, 20, floor - top + 20, CLAY)
    c.box(left - 20, top - 20, right - left + 40, 20, CLAY)
    c.polygon([(right + 20, top - 6), (1236, 92), (1236, 812), (right + 20, floor)], CORAL)
    c.polygon([(1056, 190), (1206, 160), (1206, 400), (1056, 394)], "#c9573f")
    c.polygon([(1056, 452), (1206, 462), (1206, 732), (1056, 674)], "#c9573f")
    c.disc(1210, 436, 13, "#ffe1b0")
    person(c, 838, 790, 250, INK, "#1d4c55")
    c.polygon([(786, 790), (890, 790), (960, 900), (716, 900)], "#06282f", 0.5)
    return c


def draw_maatschappelijke_onrust() -> Canvas:
    c = Canvas("#d3e6e5", CREAM, 6)
    c.sun(800, 236, 84, BLUSH)
    c.land(400, [(20, 900, 0), (8, 330, 0)], MIST, 0.75)
    c.land(440, [(14, 700, 200)], LAGOON, 0.5)
    water(c, 470, 900, "#9cc9cd", "#1f6671", 80)
    west = smooth([(-20, 440), (260, 446), (430, 490), (440, 590), (500, 700), (450, 800), (470, 920)])
    c.polygon([*west, (-20, 920)], MOSS)
    c.polygon([*[(x - 30, y + 4) for x, y in west], (-60, 920)], SAGE)
    east = smooth([(1620, 430), (1330, 444), (1170, 492), (1160, 600), (1100, 700), (1150, 800), (1130, 920)])
    c.polygon([*east, (1620, 920)], CLAY)
    c.polygon([*[(x + 30, y + 4) for x, y in east], (1660, 920)], DUNE)
    for x, y, size in ((60, 470, 90), (160, 476, 70), (250, 478, 84)):
        round_tree(c, x, y, size, TEAL)
    for x, y, size in ((1350, 474, 78), (1440, 470, 96), (1545, 466, 80)):
        round_tree(c, x, y, size, MOSS)
    # the bridge
    deck = [(360, 640), (560, 584), (800, 560), (1040, 584), (1240, 640)]
    under = [(1240, 676), (1040, 622), (800, 600), (560, 622), (360, 676)]
    c.polygon([*deck, *under], INK)
    for x, y, foot in ((500, 628, 720), (660, 600, 740), (800, 592, 748), (940, 600, 740), (1100, 628, 720)):
        c.box(x - 9, y, 18, foot - y, INK)
    c.line([(x, y - 34) for x, y in deck], 4, INK)
    for post in range(380, 1240, 43):
        rise = ((post - 800) / 440) ** 2 * 80
        c.line([(post, 526 + rise), (post, 566 + rise)], 3, INK)
    groups = (
        [(150, 640), (230, 600), (300, 680), (200, 730), (110, 780), (300, 800), (380, 740)],
        [(1420, 620), (1330, 670), (1480, 710), (1370, 760), (1520, 800), (1290, 820), (1250, 750)],
    )
    for group, colour in zip(groups, (PETROL, CORAL), strict=True):
        for x, y in group:
            c.disc(x + 5, y + 26, 20, INK, 0.14)
            person(c, x, y + 30, 96, colour)
    for x, colour in ((690, PETROL), (760, CORAL), (836, PETROL), (908, CORAL)):
        person(c, x, 564 + ((x - 800) / 440) ** 2 * 80, 92, colour)
    return c


def draw_jeugd_en_veiligheid() -> Canvas:
    c = Canvas("#c5e0e0", CREAM, 7)
    c.sun(300, 210, 80, "#f6c27a")
    c.land(410, [(14, 900, 0), (6, 340, 60)], MIST, 0.8)
    skyline(c, 900, 1590, 470, 60, 130, (LAGOON, MIST, TEAL, LAGOON, CLAY))
    for x in range(10, 900, 66):
        round_tree(c, x, 486, c.random.uniform(80, 120), c.random.choice((MOSS, TEAL, SAGE, MOSS)))
    c.land(470, [(3, 900, 0)], SAGE)
    c.polygon([(300, 540), (1300, 540), (1720, 910), (-120, 910)], MOSS)
    for index in range(0, 6, 2):
        y0, y1 = (540 + (index / 6) ** 1.4 * 370, 540 + ((index + 1) / 6) ** 1.4 * 370)
        spread = [(y - 540) / 370 * 420 for y in (y0, y1)]
        c.polygon(
            [(300 - spread[0], y0), (1300 + spread[0], y0), (1300 + spread[1], y1), (300 - spread[1], y1)],
            "#6c967f",
        )
    c.line([(300, 540), (1300, 540)], 4, CREAM, 0.9)
    c.line([(300, 540), (-120, 910)], 5, CREAM, 0.9)
    c.line([(1300, 540), (1720, 910)], 5, CREAM, 0.9)
    # goal
    for x in range(670, 940, 20):
        c.line([(x, 424), (x, 540)], 1.4, CREAM, 0.6)
    for y in range(430, 540, 18):
        c.line([(660, y), (940, y)], 1.4, CREAM, 0.6)
    c.line([(656, 544), (656, 420), (944, 420), (944, 544)], 9, CREAM)
    # swing
    c.line([(1210, 560), (1258, 380), (1306, 560)], 9, PETROL)
    c.line([(1450, 560), (1498, 380), (1546, 560)], 9, PETROL)
    c.line([(1250, 382), (1506, 382)], 10, PETROL)
    for x, tilt in ((1326, -20), (1430, 26)):
        c.line([(x - 14, 382), (x - 14 + tilt, 506)], 3, INK)
        c.line([(x + 14, 382), (x + 14 + tilt, 506)], 3, INK)
        c.box(x - 22 + tilt, 504, 44, 8, CORAL)
    # the circle of young people and a ball
    colours = (CORAL, PETROL, "#f6c27a", TEAL, CORAL, PETROL, "#f6c27a", TEAL, CREAM)
    ring = [(800 + 300 * math.cos(a), 712 + 92 * math.sin(a)) for a in ((i + 0.25) / 9 * math.tau for i in range(9))]
    for (across, down), colour in sorted(zip(ring, colours, strict=True), key=lambda item: item[0][1]):
        tall = 84 + (down - 620) * 0.2
        c.disc(across, down + 6, tall * 0.26, INK, 0.12)
        person(c, across, down + 8, tall, colour)
    c.disc(742, 684, 16, CREAM)
    c.ring(742, 684, 16, 3, INK)
    return c


def draw_ijsselland() -> Canvas:
    c = Canvas("#bfdcdd", CREAM, 8)
    c.sun(370, 230, 76, BLUSH)
    c.land(440, [(12, 800, 50)], MIST, 0.7)
    ground = 540
    skyline(c, 380, 1590, ground, 70, 132, (CORAL, PETROL, CLAY, TEAL, LAGOON))
    for x, width, height in ((560, 54, 240), (900, 70, 290), (1240, 46, 210)):
        church(c, x, ground, width, height, PETROL, INK)
    for x in (760, 1100, 1450):
        step_gable(c, x, ground, 84, 140, CORAL if x != 1100 else CLAY)
    for x in range(-10, 370, 52):
        round_tree(c, x, ground + 4, c.random.uniform(50, 92), c.random.choice((MOSS, TEAL, SAGE)))
    c.box(0, ground - 3, WIDTH, 26, "#7d6a52")
    for x in range(0, WIDTH, 58):
        c.line([(x, ground), (x, ground + 22)], 2, INK, 0.25)
    water(c, 562, 900, "#93c4c8", "#1f6671", 90)
    c.polygon([(470, 706), (720, 706), (676, 752), (510, 752)], INK)
    c.box(586, 470, 7, 238, INK)
    c.polygon([(598, 480), (598, 690), (742, 690)], CREAM)
    c.polygon([(580, 500), (580, 690), (488, 690)], SAND)
    c.polygon([(593, 470), (640, 482), (593, 494)], CORAL)
    for _ in range(120):
        foot = c.random.choice((c.random.uniform(-10, 420), c.random.uniform(1120, 1610)))
        reed, lean = c.random.uniform(90, 230), c.random.uniform(-24, 24)
        c.line([(foot, 910), (foot + lean, 900 - reed)], 4, c.random.choice((MOSS, PETROL, "#6c967f")), 0.95)
        if c.random.random() > 0.55:
            c.line([(foot + lean, 900 - reed - 4), (foot + lean * 1.12, 900 - reed - 34)], 10, CLAY)
    return c


def draw_twente() -> Canvas:
    c = Canvas("#d5e7e6", "#fdf2df", 9)
    c.sun(1260, 240, 86, BLUSH)
    c.land(424, [(18, 760, 0), (7, 300, 120)], MIST, 0.8)
    skyline(c, 60, 520, 470, 30, 74, (LAGOON, MIST, TEAL, LAGOON))
    # the old mill: saw-tooth roof and a chimney
    for tooth in range(6):
        x = 560 + tooth * 62
        c.polygon([(x, 470), (x, 376), (x + 62, 410), (x + 62, 470)], PETROL)
        c.box(x + 14, 426, 34, 26, "#ffe1b0", 0.9)
    c.polygon([(962, 470), (972, 176), (1004, 176), (1014, 470)], CORAL)
    c.box(966, 170, 44, 14, INK)
    c.box(968, 230, 40, 10, CREAM, 0.8)
    for x in range(1040, 1600, 60):
        round_tree(c, x, 482, c.random.uniform(52, 84), c.random.choice((MOSS, TEAL, SAGE)))
    c.land(470, [(10, 1300, 200)], SAGE)
    c.land(540, [(24, 1100, 500), (6, 400, 0)], MOSS)
    c.land(610, [(28, 1400, 100), (8, 500, 60)], DUNE)
    for offset in range(9):
        c.line([(x, horizon(x, 624 + offset * 20, [(28, 1400, 100), (8, 500, 60)])) for x in range(0, 1610, 20)],
               2.4, CLAY, 0.4)  # fmt: skip
    c.land(770, [(30, 1500, 700), (8, 420, 0)], "#7fa58d")
    # a Twente farm: wide roof to the ground, a gable with a sign
    c.polygon([(250, 690), (330, 520), (600, 520), (690, 690)], INK)
    c.box(300, 640, 350, 62, CLAY)
    c.polygon([(232, 700), (355, 500), (478, 700)], "#0a3d47")
    c.polygon([(268, 700), (355, 556), (442, 700)], SAND)
    c.box(320, 636, 70, 66, CORAL)
    c.line([(355, 636), (355, 702)], 3, INK)
    c.box(345, 580, 20, 26, PETROL)
    for x in (520, 590):
        c.box(x, 656, 36, 30, CREAM)
    for x, size in ((130, 210), (780, 170), (1470, 230), (1360, 150)):
        round_tree(c, x, 770 if x > 1000 else 720, size, PETROL if size > 200 else TEAL, INK)
    return c


def draw_noord_en_oost_gelderland() -> Canvas:
    c = Canvas("#d6e6e8", "#fbead9", 10)
    c.sun(420, 260, 90, BLUSH)
    c.land(420, [(26, 900, 150), (8, 350, 0)], MIST, 0.8)
    c.land(452, [(10, 700, 0)], SAGE)
    for index, x in enumerate(range(900, 1620, 90)):
        c.polygon([(x, 452), (x + 84, 452), (x + 128, 512), (x - 30, 512)], (DUNE, SAGE, SAND, MOSS)[index % 4])
        for bush in range(5):
            c.disc(x + 86 + bush * 9, 456 + bush * 12, 9 + bush, PETROL, 0.9)
    for x in range(-10, 900, 34):
        pine(c, x, 520, c.random.uniform(90, 150), c.random.choice((PETROL, TEAL, "#1d5b52")))
    c.land(506, [(18, 1200, 300), (6, 420, 40)], LILAC)
    c.land(566, [(24, 1000, 40), (8, 380, 0)], HEATHER)
    c.land(650, [(26, 1300, 640), (8, 420, 10)], "#b287a0")
    for _ in range(900):
        y = c.random.uniform(540, 900)
        c.disc(
            c.random.uniform(0, WIDTH),
            y,
            1.4 + (y - 520) / 130,
            c.random.choice((LILAC, "#7f5873", "#d9bccb", HEATHER)),
            0.8,
        )
    near = smooth([(770, 548), (700, 590), (640, 650), (690, 740), (760, 820), (700, 920)])
    far = smooth([(786, 548), (740, 592), (712, 650), (820, 740), (960, 820), (1060, 920)])
    c.polygon([*near, *reversed(far)], SAND)
    for x, ground, size in ((180, 700, 330), (330, 690, 230), (60, 730, 250), (1330, 700, 270), (1470, 730, 360)):
        pine(c, x, ground, size, PETROL if size > 260 else "#1d5b52")
    return c


def draw_gelderland_midden() -> Canvas:
    c = Canvas("#cbe1e1", "#fdf0df", 11)
    c.sun(1180, 230, 82, BLUSH)
    c.land(360, [(34, 1000, 250), (10, 330, 0)], MIST)
    c.land(420, [(26, 800, 0), (8, 270, 90)], SAGE)
    for x in range(0, 1610, 36):
        round_tree(c, x, horizon(x, 446, [(20, 800, 0)]), c.random.uniform(36, 60), c.random.choice((MOSS, TEAL, SAGE)))
    c.land(470, [(8, 900, 0)], MOSS)
    skyline(c, 40, 1560, 540, 44, 100, (PETROL, CORAL, LAGOON, CLAY, TEAL))
    church(c, 330, 540, 50, 250, PETROL, INK)
    church(c, 1310, 540, 34, 150, TEAL, PETROL)
    c.box(0, 536, WIDTH, 12, "#7d6a52")
    water(c, 546, 900, "#93c4c8", "#1f6671", 90)
    # the tied-arch bridge in front
    outer = arch(270, 1330, 650, 300)
    inner = arch(300, 1300, 650, 262)
    c.polygon([*outer, *reversed(inner)], INK)
    for x in range(340, 1290, 50):
        share = (x - 800) / 500
        top = 650 - 262 * math.sqrt(max(0.0, 1 - share * share))
        c.line([(x, top), (x, 650)], 4, INK)
    c.box(-10, 642, WIDTH + 20, 26, INK)
    c.box(-10, 634, WIDTH + 20, 5, CORAL)
    for x in (286, 1314):
        c.polygon([(x - 44, 668), (x + 44, 668), (x + 58, 790), (x - 58, 790)], "#7d6a52")
        c.polygon([(x - 58, 790), (x + 58, 790), (x + 70, 806), (x - 70, 806)], "#5f503d")
    for x, colour in ((150, CREAM), (520, CORAL), (930, CREAM), (1450, "#f6c27a")):
        c.box(x, 616, 54, 20, colour)
        c.box(x + 10, 604, 30, 14, colour)
        c.disc(x + 12, 636, 6, INK)
        c.disc(x + 42, 636, 6, INK)
    return c


def draw_gelderland_zuid() -> Canvas:
    c = Canvas("#cfe4e6", "#fdf1e2", 12)
    c.sun(1120, 220, 78, BLUSH)
    c.land(420, [(10, 900, 0)], MIST, 0.9)
    skyline(c, 1040, 1590, 440, 24, 58, (LAGOON, TEAL, MIST))
    church(c, 1290, 440, 24, 110, TEAL, PETROL)
    # a long cable-stayed bridge in the distance
    c.box(-10, 420, 1066, 9, INK)
    for x in (260, 640):
        c.box(x - 6, 270, 12, 190, INK)
        for step in range(1, 7):
            for side in (-1, 1):
                c.line([(x, 276 + step * 4), (x + side * step * 28, 420)], 2, INK, 0.8)
    water(c, 440, 640, "#a5cfd2", "#4a919b", 50)
    c.polygon([(880, 560), (1400, 560), (1372, 604), (912, 604)], INK)
    c.box(1290, 510, 76, 52, CREAM)
    c.box(1302, 522, 22, 16, TEAL)
    c.box(1332, 522, 22, 16, TEAL)
    for index, colour in enumerate((CORAL, TEAL, "#f6c27a", LAGOON, CORAL)):
        c.box(940 + index * 66, 530, 62, 32, colour)
    c.line([(820, 616), (1420, 616)], 4, CREAM, 0.7)
    # the dike with its road
    c.polygon([(-10, 600), (520, 612), (1100, 660), (1610, 640), (1610, 910), (-10, 910)], SAGE)
    c.polygon(
        [(-10, 660), (560, 656), (1120, 700), (1610, 676), (1610, 700), (1120, 730), (560, 684), (-10, 694)], SAND
    )
    c.polygon([(-10, 694), (560, 684), (1120, 730), (1610, 700), (1610, 910), (-10, 910)], MOSS)
    for row, (ground, size, gap) in enumerate(((812, 104, 150), (900, 168, 232))):
        for x in range(-60 + row * 60, 1700, gap):
            c.disc(x, ground, size * 0.4, INK, 0.10)
            round_tree(c, x, ground, size, ("#f4cfc4", "#f7ddd5", "#efbcae")[(x // gap) % 3], "#6b4a3a")
            for _ in range(12):
                c.disc(
                    x + c.random.uniform(-0.45, 0.45) * size,
                    ground - size * c.random.uniform(0.62, 1.35),
                    size * 0.04,
                    c.random.choice((CREAM, "#fff8f2", "#e9a79a")),
                    0.9,
                )
    return c


def draw_logo_netwerk() -> Canvas:
    c = Canvas("#ffffff", "#ffffff", 13)
    nodes = [(520, 250), (1080, 200), (800, 470), (470, 690), (1120, 670)]
    for start, end in ((0, 1), (0, 2), (1, 2), (2, 3), (2, 4), (3, 4)):
        c.line([nodes[start], nodes[end]], 22, PETROL)
    for (x, y), colour in zip(nodes, (PETROL, TEAL, CORAL, TEAL, PETROL), strict=True):
        c.disc(x, y, 78 if colour == CORAL else 60, colour)
    return c


def draw_logo_weerbaar() -> Canvas:
    c = Canvas("#ffffff", "#ffffff", 14)
    for x, y, colour in ((640, 380, TEAL), (960, 380, CORAL), (800, 600, MOSS)):
        c.disc(x, y, 220, colour, 0.85)
    c.disc(800, 450, 70, "#ffffff")
    return c


def draw_logo_riec() -> Canvas:
    c = Canvas("#ffffff", "#ffffff", 15)
    c.ring(740, 420, 250, 56, PETROL)
    c.ring(740, 420, 130, 30, LAGOON)
    c.disc(740, 420, 46, CORAL)
    c.line([(930, 610), (1150, 800)], 64, PETROL)
    return c


SCENES: dict[str, Callable[[], Canvas]] = {
    "home": draw_home,
    "ondermijning": draw_ondermijning,
    "digitale-veiligheid": draw_digitale_veiligheid,
    "zorg-en-veiligheid": draw_zorg_en_veiligheid,
    "mensenhandel": draw_mensenhandel,
    "maatschappelijke-onrust": draw_maatschappelijke_onrust,
    "jeugd-en-veiligheid": draw_jeugd_en_veiligheid,
    "district-ijsselland": draw_ijsselland,
    "district-twente": draw_twente,
    "district-noord-en-oost-gelderland": draw_noord_en_oost_gelderland,
    "district-gelderland-midden": draw_gelderland_midden,
    "district-gelderland-zuid": draw_gelderland_zuid,
    "logo-netwerk": draw_logo_netwerk,
    "logo-weerbaar": draw_logo_weerbaar,
    "logo-riec": draw_logo_riec,
}


def main(chosen: Sequence[str]) -> None:
    TARGET.mkdir(exist_ok=True)
    for key, draw in SCENES.items():
        if not chosen or key in chosen:
            path = TARGET / f"{key}.webp"
            draw().save(path)
            print(f"{path.name}: {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
