"""`make bench` measures the whole site: a small run of it, from the growing to the page that it writes."""

import sys
from pathlib import Path

import psycopg
from defusedxml import ElementTree

from deploy.local import ROOT, bench, bench_site
from deploy.local.steps import run
from tests.e2e.conftest import RunningSite


def test_a_small_run_writes_the_page_and_its_chart(running_site: RunningSite, tmp_path: Path) -> None:
    server, source = running_site.environment["DATABASE_URL"].rsplit("/", 1)
    own = f"{source}_bench"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{own}" TEMPLATE "{source}"')
        try:
            parts, charts = measured(f"{server}/{own}", Path(running_site.environment["MEDIA_ROOT"]), tmp_path)
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
    bench.write(tmp_path, parts, charts)
    page = (tmp_path / "benchmarks.md").read_text()
    for title in ("CPU time of a request", "Requests a second", "Growth", "Memory", "Frontend", "Weight of pages"):
        assert f"### {title}" in page
    assert "| 150 |" in page
    for row in ("| bare view |", "| theme |", "| search |", "| worker |", "| publication | frontend |"):
        assert row in page
    drawn = ElementTree.fromstring((tmp_path / bench_site.CHART).read_text())
    assert len(drawn.findall("{*}polyline")) == len(bench_site.GROWING)


def measured(url: str, files: Path, folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Measure a site of 150 pages as shortly as possible; give what is written of it."""
    environment = bench_site.environment(url, folder) | {
        "MEDIA_ROOT": str(files / "media"), "DOCUMENT_ROOT": str(files / "documents"),
    }  # fmt: skip
    run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, environment=environment)
    found = bench_site.measured([150], environment, rounds=1, seconds=0.05)
    return {"site": bench_site.report(found, bench.measured_on())}, {bench_site.CHART: bench_site.chart(found)}
