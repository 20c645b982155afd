"""The page of benchmarks says what was measured, and the chart is one."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree

from deploy.local.bench import measured_on, renewed, write
from deploy.local.bench_search import TARGETS, chart, report
from deploy.local.charts import Line, growth


def results(publications: int, milliseconds: float) -> dict[str, Any]:
    figures = {"p50": milliseconds, "p95": 2 * milliseconds, "worst": 3 * milliseconds, "number": 300}
    return dict.fromkeys(TARGETS, figures) | {
        "publications": publications,
        "reindex_seconds": 12.3,
        "characters": 4400,
        "sizes": {"cms_searchentry": 3 * 2**20},
    }


def test_the_page_shows_each_figure_with_its_target() -> None:
    beside = {
        "ours": {"p50": 2.0, "p95": 4.0, "worst": 5.0, "number": 100},
        "wagtail": {"p50": 9.0, "p95": 8.0, "worst": 10.0, "number": 100},
    }
    page = report([results(1_000, 3), results(100_000, 20)], beside, "typo 0.95", measured_on())
    assert "## 100,000 publications" in page
    assert all(f"| {label} | 20 | 40 | 60 |" in page for label, _targets in TARGETS.values())
    assert "| p50 | 2.0 | 9.0 | 4.5 |" in page
    assert "typo 0.95" in page
    assert "3 MB" in page
    assert "- Machine:" in page


def test_the_chart_has_a_point_for_each_size_and_line() -> None:
    drawn = ElementTree.fromstring(chart([results(1_000, 0.4), results(10_000, 8), results(100_000, 2000)]))
    assert len(drawn.findall("{http://www.w3.org/2000/svg}circle")) == 6
    heights = [float(point.get("cy", "")) for point in drawn.iter("{http://www.w3.org/2000/svg}circle")]
    assert all(0 <= height <= 320 for height in heights)


def test_one_size_makes_a_chart_too() -> None:
    assert "NaN" not in chart([results(1_000, 3)])


def test_the_chart_says_in_words_what_it_shows() -> None:
    drawn = ElementTree.fromstring(chart([results(1_000, 3), results(10_000, 8)]))
    assert drawn.get("aria-labelledby") == "title description"
    assert "From 1,000 to 10,000 publications: p50 3 to 8 ms" in (drawn.findtext("{*}desc") or "")


def test_labels_of_lines_that_end_together_stand_apart() -> None:
    drawn = ElementTree.fromstring(growth("t", "d", [1, 10], [Line(name, "#000000", [5, 5]) for name in "abc"]))
    labels = [float(text.get("y", "")) for text in drawn.findall("{*}text") if (text.text or "").endswith(" 5")]
    assert [second - first for first, second in pairwise(labels)] == pytest.approx([14, 14])


def test_a_part_that_is_measured_again_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, {"search": "## Search\n\nold", "site": "## The whole site\n\nold"}, {"a.svg": "<svg/>"})
    write(tmp_path, {"site": "## The whole site\n\nnew"}, {})
    page = (tmp_path / "benchmarks.md").read_text()
    assert "## Search\n\nold" in page
    assert "## The whole site\n\nnew" in page
    assert page.count("## The whole site") == 1
    assert renewed(page, {}) == page
    assert (tmp_path / "a.svg").read_text() == "<svg/>"
