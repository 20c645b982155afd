"""The part of `make bench` about the search: on a database of its own, with made-up publications."""

from __future__ import annotations

import json
import sys
from typing import Any

from deploy.local import ROOT
from deploy.local.charts import Line, growth
from deploy.local.steps import run, step

SIZES = (1_000, 10_000, 100_000)
CHART = "benchmarks.svg"
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


def report(results: list[Results], beside: Results, right: str, measured_on: list[str]) -> str:
    """Give the part of the page with these figures, in Markdown; `measured_on` says where and when."""
    last = results[-1]
    lines = [
        "## Search",
        "",
        "Times are milliseconds, as the code of the site waits for them: analysis of the question, database, marks in",
        "the snippets.",
        "",
        *measured_on,
        f"- Data: made-up Dutch publications (`tests/bench/generator.py`), {last['characters'] / 1000:.1f} kB of text"
        " each, with",
        f"  about eleven values of facets. {last['search']['number']} questions as readers ask them"
        " (`tests/bench/speed.py`).",
        "",
        f"### {last['publications']:,} publications",
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
        "### Growth",
        "",
        f"![Search times by number of publications]({CHART})",
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
        "### Beside Wagtail's own search",
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
    return "\n".join([*lines, "", "### How often it is right", "", "```", right.strip(), "```", ""])


def chart(results: list[Results]) -> str:
    """Draw the growth of the search times."""
    sizes = [each["publications"] for each in results]
    lines = [Line(name, colour, [each["search"][name] for each in results]) for name, colour in LINES]
    said = ", ".join(f"{line.name} {line.values[0]:g} to {line.values[-1]:g} ms" for line in lines)
    return growth(
        "Search times by number of publications",
        f"From {sizes[0]:,} to {sizes[-1]:,} publications: {said}.",
        sizes,
        lines,
    )
