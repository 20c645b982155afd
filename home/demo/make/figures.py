"""Draws the charts of a document as SVG that a PDF keeps as vectors, with its description for who cannot see it."""

from html import escape

from home.demo.make.source import Figure, shown

WIDTH, NAMES, ROW = 640, 230, 34
BOX, GAP = 46, 18


def figure_html(figure: Figure) -> str:
    """The figure with its title as caption. The drawing alone counts as figure: around both, one without text would."""
    drawing = _bars(figure) if figure.kind == "bars" else _steps(figure)
    return f'<div class="figure">{drawing}<p>{escape(figure.title)}</p></div>'


def _svg(figure: Figure, height: int, content: str) -> str:
    label = escape(f"{figure.title}. {figure.text}", quote=True)
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{content}</svg>'


def _bars(figure: Figure) -> str:
    most = max(value for _name, value in figure.values)
    content = ""
    for number, (name, value) in enumerate(figure.values):
        top = number * ROW
        width = round((WIDTH - NAMES - 70) * value / most)
        content += (
            f'<text x="{NAMES - 12}" y="{top + 21}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{NAMES}" y="{top + 4}" width="{width}" height="{ROW - 10}" rx="3" fill="#26727d"/>'
            f'<text x="{NAMES + width + 8}" y="{top + 21}" font-weight="bold">{shown(value)}</text>'
        )
    return _svg(figure, len(figure.values) * ROW, content)


def _steps(figure: Figure) -> str:
    content = ""
    for number, (name, _value) in enumerate(figure.values, start=1):
        top = (number - 1) * (BOX + GAP)
        content += (
            f'<rect x="40" y="{top}" width="{WIDTH - 80}" height="{BOX}" rx="6" fill="#dcebea"/>'
            f'<circle cx="70" cy="{top + BOX / 2}" r="14" fill="#0b4f5c"/>'
            f'<text x="70" y="{top + BOX / 2 + 5}" text-anchor="middle" font-weight="bold" fill="#fff">{number}</text>'
            f'<text x="98" y="{top + BOX / 2 + 5}">{escape(name)}</text>'
        )
        if number < len(figure.values):
            middle, end = WIDTH / 2, top + BOX + GAP
            content += (
                f'<path d="M{middle} {top + BOX + 2}V{end - 5}M{middle - 5} {end - 8}l5 5 5-5" fill="none" '
                'stroke="#b8472f" stroke-width="2"/>'
            )
    return _svg(figure, len(figure.values) * (BOX + GAP) - GAP, content)
