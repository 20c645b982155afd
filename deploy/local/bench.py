"""`make bench`: measures parts of the site on databases of their own, and writes docs/benchmarks.md with charts.

`make bench ARGS=site` measures one part, and leaves the others' last figures as they are; `ARGS="site 100 1000"` at
those sizes. Parts: search, site, lighthouse.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from deploy.local import ROOT, bench_search, bench_site, node
from deploy.local.postgres import DEVELOPMENT, Server
from deploy.local.rehearsal import databases
from deploy.local.steps import run, step, told

# In the order in which they stand on the page, each with the sizes that it is measured at.
PARTS: dict[str, tuple[int, ...]] = {"search": bench_search.SIZES, "site": bench_site.SIZES, "lighthouse": ()}
FOLDER = ROOT / "docs"
PAGE = "benchmarks.md"
BEGINNING = "# Benchmarks\n\nWritten by `make bench`; do not edit. Each part says when and where it was measured.\n"


def measured_on() -> list[str]:
    """Give what this is measured on, and when, as the first lines of a list."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{len(os.sched_getaffinity(0))} cores ({names[0] if names else platform.machine()}), {memory:.0f} GB"
    return [
        f"- Machine: {machine}, {platform.system()}; load before it began {os.getloadavg()[0]:.1f}. PostgreSQL is the"
        " embedded one, as it comes.",
        f"- Date: {date.today().isoformat()}, commit {commit()}.",
    ]


def commit() -> str:
    """Give which state of the code was measured."""
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


def renewed(page: str, parts: dict[str, str]) -> str:
    """Give the page with these parts in place of what it said of them; the others stay."""
    texts = {name: _part(page, name) for name in PARTS} | parts
    marked = [f"<!-- {name} -->\n{texts[name].strip()}\n<!-- end of {name} -->\n" for name in PARTS if texts[name]]
    return "\n".join([BEGINNING, *marked])


def _part(page: str, name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- end of {name} -->", page, re.DOTALL)
    return found[1] if found else ""


def write(folder: Path, parts: dict[str, str], charts: dict[str, str]) -> None:
    """Write the parts into the page in the folder, and the charts beside it."""
    page = folder / PAGE
    page.write_text(renewed(page.read_text() if page.exists() else "", parts))
    for name, drawn in charts.items():
        (folder / name).write_text(drawn)


def search(sizes: list[int], url: str) -> tuple[str, dict[str, str]]:
    """Measure the search; give its part of the page, and its charts by name of file."""
    where = measured_on()
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cms.settings.development"}
    with step("Migrations"):
        run([sys.executable, "manage.py", "migrate", "--noinput"], cwd=ROOT, environment=environment)
    results, beside = bench_search.measured(sizes, environment)
    page = bench_search.report(results, beside, bench_search.quality(environment), where)
    return page, {bench_search.CHART: bench_search.chart(results)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("asked", nargs="*", metavar="part or size")
    parser.add_argument("--print", action="store_true", help="write nothing, print the parts")
    parser.add_argument("--seconds", type=float, default=2, help="of load an address and round (site)")
    parser.add_argument("--rounds", type=int, default=15, help="of measuring CPU time (site)")
    parser.add_argument("--looks", type=int, default=3, help="at each page (lighthouse)")
    arguments = parser.parse_args()
    own_sizes = sorted(int(each) for each in arguments.asked if each.isdigit())
    names = [each for each in arguments.asked if not each.isdigit()] or list(PARTS)
    if unknown := set(names) - set(PARTS):
        parser.error(f"no part of this name: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.")
    server = Server(DEVELOPMENT)
    parts: dict[str, str] = {}
    charts: dict[str, str] = {}

    def sizes(name: str) -> list[int]:
        return own_sizes or list(PARTS[name])

    with told(), server.lease():
        name = f"bench_{os.getpid()}"
        if "search" in names:
            with databases(server, name):
                parts["search"], charts = search(sizes("search"), server.url(name))
        if {"site", "lighthouse"} & set(names):
            node.install()
            node.build()
            with databases(server, name), tempfile.TemporaryDirectory(prefix="cms-bench-") as folder:
                environment = bench_site.environment(server.url(name), Path(folder))
                bench_site.prepare(environment)
                if "lighthouse" in names:
                    where = measured_on()
                    looked = bench_site.looked_at(environment, arguments.looks)
                    parts["lighthouse"] = bench_site.lighthouse_report(looked, arguments.looks, where)
                if "site" in names:
                    where = measured_on()
                    found = bench_site.measured(sizes("site"), environment, arguments.rounds, arguments.seconds)
                    parts["site"] = bench_site.report(found, where)
                    charts[bench_site.CHART] = bench_site.chart(found)
    if arguments.print:
        print("\n".join(parts[name] for name in PARTS if name in parts))
        return
    write(FOLDER, parts, charts)
    print(f"\nWritten: {', '.join([PAGE, *charts])} in {FOLDER.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
