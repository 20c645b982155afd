"""The part of `make bench` about the whole site: CPU time, requests a second, growth, memory, weight, Lighthouse."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from deploy.local import ROOT
from deploy.local.charts import Line, growth
from deploy.local.steps import run, step

SIZES = (100, 1_000, 10_000)
# Of load; CPU time takes more of them.
LOAD_ROUNDS = 3
CHART = "benchmarks-growth.svg"
MANAGE = [sys.executable, "manage.py"]
KINDS = ("cold", "made", "warm", "304")
BARE = "bare view"
API = "API, "
GROWING = (
    ("theme, made", "theme", "ours", "made", "#1f5fa8", ""),
    ("API theme, made", "API, theme", "ours", "made", "#1f5fa8", "2 3"),
    ("API list, made", "API, list of 20", "ours", "made", "#1d7a46", ""),
    ("v3 list", "API, list of 20", "v3", "cold", "#1d7a46", "6 3"),
    ("API search, made", "API, search", "ours", "made", "#b5460f", ""),
    ("v3 search", "API, search", "v3", "cold", "#b5460f", "6 3"),
    ("theme, warm", "theme", "ours", "warm", "#5b3a8c", ""),
)
LIGHTHOUSE = ("performance", "accessibility", "best-practices", "seo")

Results = dict[str, Any]


def environment(url: str, folder: Path) -> dict[str, str]:
    """Give the environment of a site on this database, with its files in the folder."""
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.bench.site.settings",
        "MEDIA_ROOT": str(folder / "media"),
        "DOCUMENT_ROOT": str(folder / "documents"),
        "STATIC_ROOT": str(folder / "static"),
        "MAINTENANCE_FILE": str(folder / "maintenance-flag"),
    }


def prepare(environment: dict[str, str]) -> None:
    """Fill an empty database with the demo, and collect the static files."""
    for what, *command in (
        ("Migrations", "migrate", "--noinput", "-v0"),
        ("Demo content", "demo"),
        ("Static files", "collectstatic", "--noinput", "-v0"),
    ):
        with step(what):
            run([*MANAGE, *command], cwd=ROOT, environment=environment)
    settle(environment)


def settle(environment: dict[str, str]) -> None:
    """Do what waits for the worker, and fill both indexes: ours, and Wagtail's for its own APIs."""
    with step("Worker and indexes"):
        for command in (["db_worker", "--batch", "-v0"], ["zoekindex"], ["update_index", "-v0"]):
            run([*MANAGE, *command], cwd=ROOT, environment=environment)


def _told(environment: dict[str, str], module: str, *arguments: str) -> Results:
    output = run([sys.executable, "-m", f"tests.bench.site.{module}", *arguments], cwd=ROOT, environment=environment)
    found: Results = json.loads(next(line for line in reversed(output.splitlines()) if line.startswith("{")))
    return found


def measured(sizes: list[int], environment: dict[str, str], rounds: int, seconds: float) -> Results:
    """Give the figures of a site that grows to each of these numbers of pages; from outside at the middle one."""
    grown, served = [], {}
    for size in sizes:
        with step(f"Grow to {size:,} pages"):
            run([sys.executable, "-m", "tests.bench.site.content", str(size)], cwd=ROOT, environment=environment)
        settle(environment)
        with step("Measure CPU time"):
            grown.append(_told(environment, "cpu", "--rounds", str(rounds)))
        if size == sizes[len(sizes) // 2]:
            with step("Measure requests a second"):
                asked = ["--seconds", str(seconds), "--rounds", str(min(rounds, LOAD_ROUNDS)), "--weights"]
                served = _told(environment, "served", *asked)
    return {"grown": grown, "served": served, "middle": len(sizes) // 2, "rounds": rounds}


def looked_at(environment: dict[str, str], looks: int) -> list[Results]:
    """Give Lighthouse's figures."""
    with step("Lighthouse"):
        found: list[Results] = _told(environment, "served", "--lighthouse", str(looks))["lighthouse"]
    return found


def _by_name(answers: list[Results]) -> dict[tuple[str, str, str], Results]:
    return {(each["what"], each["who"], each["kind"]): each for each in answers}


def report(results: Results, measured_on: list[str]) -> str:
    """Give the part of the page with these figures, in Markdown; `measured_on` says where and when."""
    middle = results["grown"][results["middle"]]
    served = results["served"]
    return "\n".join(
        [
            "## The whole site",
            "",
            *measured_on,
            f"- Data: the demo, grown to {middle['pages']:,} pages with copies that have texts of their own"
            " (`tests/bench/site/content.py`).",
            "- Settings as in production; Wagtail's own APIs and the bare view have the middleware of a new Django"
            " project,",
            "  and `api_fields` for all that stands on a page itself. Ours gives final HTML, links, pictures and lists"
            " too.",
            "",
            *_cpu(middle["answers"], results["rounds"]),
            *_load(served["web"]),
            *_growth(results["grown"]),
            *_outside(served),
        ]
    )


def _cpu(answers: list[Results], rounds: int) -> list[str]:
    found = _by_name(answers)
    bare = found[BARE, "bare", "cold"]["cpu"]
    lines = [
        "### CPU time of a request",
        "",
        f"Milliseconds in the process that answers, without a server; the middle of {rounds} rounds in which all take"
        " turns.",
        "*Cold*: nothing is kept. *Made*: a page's first reader after a change; menu and footer are there already.",
        "*Warm*: the answer is kept. *304*: the reader has it. Queries are those of cold / made.",
        "Targets: kept ≤ 0.6; page made ≤ 10 and 12 queries; API page made ≤ 5 and 8 queries.",
        "",
        "| page | cold | made | warm | 304 | queries | made : warm : bare view |",
        "|---|---|---|---|---|---|---|",
    ]
    names = list(dict.fromkeys(each["what"] for each in answers))
    for what in names:
        if what != BARE and not what.startswith(API):
            figures = {kind: found[what, "ours", kind] for kind in KINDS}
            made, warm = (figures[kind]["cpu"] / bare for kind in ("made", "warm"))
            lines.append(f"| {what} | {_kinds(figures)} | {made:.0f} : {warm:.1f} : 1 |")
    lines += [
        f"| {BARE} | {bare} | | | | 0 | |",
        "",
        "| API | cold | made | warm | 304 | queries | v2 (queries) | v3 (queries) | made : v2 : v3 | warm : v2 : v3 |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for what in names:
        if what.startswith(API):
            figures = {kind: found[what, "ours", kind] for kind in KINDS if (what, "ours", kind) in found}
            peers = [found.get((what, who, "cold")) for who in ("v2", "v3")]
            told = " | ".join(f"{peer['cpu']} ({peer['queries']})" if peer else "–" for peer in peers)
            ratios = " | ".join(_ratio(figures.get(kind), peers) for kind in ("made", "warm"))
            lines.append(f"| {what.removeprefix(API)} | {_kinds(figures)} | {told} | {ratios} |")
    return [*lines, ""]


def _kinds(figures: dict[str, Results]) -> str:
    cells = [str(figures[kind]["cpu"]) if kind in figures else "–" for kind in KINDS]
    return " | ".join([*cells, f"{figures['cold']['queries']} / {figures['made']['queries']}"])


def _ratio(ours: Results | None, peers: list[Results | None]) -> str:
    if ours is None or None in peers:
        return "–"
    return " : ".join(["1", *(f"{peer['cpu'] / ours['cpu']:.1f}" for peer in peers if peer)])


def _load(load: list[Results]) -> list[str]:
    found = _by_name(load)
    lines = [
        "### Requests a second",
        "",
        "One process of gunicorn as in `deploy/`, eight readers with connections that stay, on the same machine. In"
        " brackets",
        "milliseconds of CPU of the whole server process a request. Questions in free text are never kept.",
        "",
        "| | cold | warm | 304 | v2 | v3 |",
        "|---|---|---|---|---|---|",
    ]
    columns = (("ours", "cold"), ("ours", "warm"), ("ours", "304"), ("v2", "cold"), ("v3", "cold"))
    for what in dict.fromkeys(each["what"] for each in load):
        if what == BARE:
            continue
        cells = [_rate(found.get((what, *column))) for column in columns]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return [*lines, f"| {BARE} | {_rate(found[BARE, 'bare', 'cold'])} | | | | |", ""]


def _rate(figures: Results | None) -> str:
    return f"{figures['rate']:,} ({figures['cpu']})" if figures else "–"


def _growth(grown: list[Results]) -> list[str]:
    lines = [
        "### Growth with the number of pages",
        "",
        f"![Milliseconds of CPU by number of pages]({CHART})",
        "",
        f"| pages | {' | '.join(name for name, *_rest in GROWING)} |",
        f"|---|{'---|' * len(GROWING)}",
    ]
    for each in grown:
        found = _by_name(each["answers"])
        cells = [str(found[what, who, kind]["cpu"]) for _name, what, who, kind, *_look in GROWING]
        lines.append(f"| {each['pages']:,} | {' | '.join(cells)} |")
    return [*lines, ""]


def _outside(served: Results) -> list[str]:
    lines = [
        "### Memory",
        "",
        "Megabytes after the load; *own share* counts what processes have together in parts.",
        "",
        "| process | all | own share |",
        "|---|---|---|",
        *(f"| {name} | {each['rss']:.0f} | {each['pss']:.0f} |" for name, each in served["memory"].items()),
        "",
        "### Frontend",
        "",
        "Requests a second of the built server, on a stub of the API that answers from memory and on the API with kept"
        " answers",
        "on the same two cores; in brackets milliseconds of CPU of the frontend alone a request.",
        "",
        "| page | stub | API |",
        "|---|---|---|",
    ]
    found = {(each["what"], each["api"]): each for each in served["frontend"]}
    for what in dict.fromkeys(each["what"] for each in served["frontend"]):
        lines.append(f"| {what} | {_rate(found[what, 'stub'])} | {_rate(found[what, 'API'])} |")
    lines += [
        "",
        "### Weight of pages",
        "",
        "Kilobytes of a first view as a proxy sends it, without pictures in pixels (target: ≤ 60), and files in all.",
        "",
        "| page | rendering | all | HTML | CSS | script | font | files |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for each in served["weights"]:
        sizes = " | ".join(f"{each[name] / 1000:.1f}" for name in ("total", "html", "css", "js", "woff2"))
        lines.append(f"| {each['what']} | {each['rendering']} | {sizes} | {each['files']} |")
    return lines


def chart(results: Results) -> str:
    """Draw how CPU time grows with the number of pages."""
    sizes = [each["pages"] for each in results["grown"]]
    found = [_by_name(each["answers"]) for each in results["grown"]]
    lines = [
        Line(name, colour, [each[what, who, kind]["cpu"] for each in found], dashes)
        for name, what, who, kind, colour, dashes in GROWING
    ]
    said = "; ".join(f"{line.name} {line.values[0]:g} to {line.values[-1]:g} ms" for line in lines)
    return growth(
        "CPU time of a request by number of pages", f"From {sizes[0]:,} to {sizes[-1]:,} pages: {said}.", sizes, lines
    )


def lighthouse_report(looked: list[Results], looks: int, measured_on: list[str]) -> str:
    """Give the part of the page with Lighthouse's figures, in Markdown."""
    lines = [
        "## Lighthouse",
        "",
        *measured_on,
        f"- On a phone, as Lighthouse chooses by itself; the middle of {looks}. Goal: all four 98 or more. Results of",
        "  the search are kept from search engines on purpose; that one audit is left out for them. No proxy stands in",
        "  front that would pack the pages.",
        "",
        "| page | rendering | performance | accessibility | best practices | SEO | what costs points |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in looked:
        scores = " | ".join(str(each[category]) for category in LIGHTHOUSE)
        lines.append(f"| {each['what']} | {each['rendering']} | {scores} | {', '.join(each['failed']) or '–'} |")
    return "\n".join(lines)
