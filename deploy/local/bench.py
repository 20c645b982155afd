"""`make bench`: measures the search in a database of its own, and writes docs/benchmarks.md with a chart of growth.

`make bench ARGS="1000 10000"` measures those numbers of publications only; `ARGS="1000 --print"` writes nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from deploy.local import ROOT
from deploy.local.postgres import DEVELOPMENT, Server
from deploy.local.rehearsal import databases
from deploy.local.steps import run, step, told

SIZES = (1_000, 10_000, 100_000)
REPORT = ROOT / "docs" / "benchmarks.md"
CHART = ROOT / "docs" / "benchmarks.svg"
# What 100,000 publications may take on two cores, in ms: p50, p95, worst.
TARGETS: dict[str, tuple[str, tuple[int | None, int | None, int | None]]] = {
    "search": ("Search: total, all facets, 20 hits with snippets", (25, 120, 400)),
    "clients": ("The same, 8 readers at once", (None, 300, None)),
    "indexing": ("The same, while changes are being indexed", (None, 200, None)),
    "correction": ("A word with a typing error, with its correction", (None, 10, None)),
    "completion": ("Completion while somebody types", (None, 10, None)),
}
REINDEX_TARGET = 360
LINES = (("p50", "#1f5fa8"), ("p95", "#b5460f"))

Results = dict[str, Any]


def measured(sizes: list[int], environment: dict[str, str]) -> tuple[list[Results], Results]:
    """Give the figures of each size, and those beside Wagtail's own search."""
    command = [sys.executable, "-m", "tests.bench.speed", *map(str, sizes), "--beside"]
    with step(f"Measure {', '.join(f'{size:,}' for size in sizes)}"):
        output = run(command, cwd=ROOT, environment=environment)
    found = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return found[:-1], found[-1]["beside"]


def quality(environment: dict[str, str]) -> str:
    """Give how often the search is right, as that measurement prints it."""
    with step("Measure how often it is right"):
        return run([sys.executable, "-m", "tests.bench.quality", "--questions"], cwd=ROOT, environment=environment)


def machine() -> str:
    """Give what this was measured on."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores ({names[0] if names else platform.machine()}), {memory:.0f} GB, {platform.system()}"


def commit() -> str:
    """Give which state of the code was measured."""
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


def report(results: list[Results], beside: Results, right: str, load: float) -> str:
    """Give the page of figures, in Markdown."""
    last = results[-1]
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`; do not edit. Times are milliseconds, as the code of the site waits for them:",
        "analysis of the question, database, marks in the snippets.",
        "",
        f"- Machine: {machine()}; load before it began {load:.1f}. PostgreSQL is the embedded one, as it comes.",
        f"- Data: made-up Dutch publications (`tests/bench/generator.py`), {last['characters'] / 1000:.1f} kB of text"
        " each, with",
        f"  about eleven values of facets. {last['search']['number']} questions as readers ask them"
        " (`tests/bench/speed.py`).",
        f"- Date: {date.today().isoformat()}, commit {commit()}.",
        "",
        f"## {last['publications']:,} publications",
        "",
        "The targets are those of 100,000 publications on two cores.",
        "",
        "| | p50 | p95 | worst | target (p50 / p95 / worst) |",
        "|---|---|---|---|---|",
    ]
    for name, (label, targets) in TARGETS.items():
        figures = last[name]
        target = " / ".join("–" if each is None else f"≤ {each}" for each in targets)
        lines.append(f"| {label} | {figures['p50']} | {figures['p95']} | {figures['worst']} | {target} |")
    total = sum(last["sizes"].values()) / 2**20
    lines += [
        "",
        f"Building the whole index took {last['reindex_seconds']:.0f} s (target: less than {REINDEX_TARGET} s), from"
        f" texts that are there already. It takes {total:,.0f} MB of disk.",
        "",
        "## Growth",
        "",
        f"![Search times by number of publications]({CHART.name})",
        "",
        "| publications | search p50 | search p95 | worst | 8 readers p95 | while indexing p95 | building |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {each['publications']:,} | {each['search']['p50']} | {each['search']['p95']} | {each['search']['worst']}"
        f" | {each['clients']['p95']} | {each['indexing']['p95']} | {each['reindex_seconds']:.0f} s |"
        for each in results
    ]
    ours, theirs = beside["ours"], beside["wagtail"]
    lines += [
        "",
        "## Beside Wagtail's own search",
        "",
        f"The same {ours['number']} words, texts and machine, one after the other. Wagtail's search has the index that",
        "its own migrations forget, and gives twenty pages and their number; ours gives facets and snippets too.",
        "",
        "| | ours | Wagtail's | ratio |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {ours[name]} | {theirs[name]} | {theirs[name] / ours[name]:.1f} |"
        for name in ("p50", "p95", "worst")
    ]
    return "\n".join([*lines, "", "## How often it is right", "", "```", right.strip(), "```", ""])


def chart(results: list[Results]) -> str:
    """Draw the growth of the search times as SVG: both scales are logarithmic."""
    from math import log10

    width, height, left, bottom, top = 640, 320, 60, 40, 20
    sizes = [each["publications"] for each in results]
    times = [each["search"][name] for each in results for name, _colour in LINES]
    lowest, highest = 0, max(1, int(log10(max(times))) + 1)
    span = max(log10(max(sizes)) - log10(min(sizes)), 0.01)

    def across(size: int) -> float:
        return left + (log10(size) - log10(min(sizes))) / span * (width - left - 80)

    def up(milliseconds: float) -> float:
        share = (log10(max(milliseconds, 1)) - lowest) / (highest - lowest)
        return height - bottom - share * (height - bottom - top)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        ' font-family="sans-serif" font-size="12">',
        "<title>Search times by number of publications</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for power in range(lowest, highest + 1):
        y = up(10**power)
        parts.append(f'<path d="M{left} {y:.1f}H{width - 80}" stroke="#c9ccd1"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#333333">{10**power} ms</text>')
    for size in sizes:
        x = across(size)
        parts.append(f'<text x="{x:.1f}" y="{height - 16}" text-anchor="middle" fill="#333333">{size:,}</text>')
    for name, colour in LINES:
        points = [(across(each["publications"]), up(each["search"][name])) for each in results]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        parts.append(
            f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{name} {results[-1]["search"][name]}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--print", action="store_true", help="write nothing, print the page")
    arguments = parser.parse_args()
    sizes = sorted(arguments.sizes)
    server, name, load = Server(DEVELOPMENT), f"bench_{os.getpid()}", os.getloadavg()[0]
    with told(), server.lease(), databases(server, name):
        environment = os.environ | {
            "DATABASE_URL": server.url(name),
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        }
        with step("Migrations"):
            run([sys.executable, "manage.py", "migrate", "--noinput"], cwd=ROOT, environment=environment)
        results, beside = measured(sizes, environment)
        page = report(results, beside, quality(environment), load)
    if arguments.print:
        print(page)
        return
    REPORT.write_text(page)
    CHART.write_text(chart(results))
    print(f"\nWritten: {REPORT.relative_to(ROOT)}, {CHART.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
