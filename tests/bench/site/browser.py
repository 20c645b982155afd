"""What a browser says of pages: their weight, and Lighthouse's four figures on a phone."""

from __future__ import annotations

import json
import statistics
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from deploy.local import STATE, chromium, node
from tests.e2e.conftest import CHROMIUM_ARGUMENTS
from tests.e2e.pages import EXAMPLES
from tests.e2e.weight import first_view

LIGHTHOUSE = "13.5.0"
PAGES = ("home", "theme", "municipality", "publication", "search", "network")
# Results of the search are kept from search engines on purpose, and only Lighthouse minds.
WANTED_OTHERWISE = {"search": "is-crawlable"}
# On a busy machine Chromium sometimes records no trace; Lighthouse itself says to run it again.
ATTEMPTS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def weights(renderings: dict[str, str]) -> list[dict[str, Any]]:
    """Give kilobytes of each page's first view, packed, without pictures in pixels; and how many files all of it is."""
    found = []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(chromium.ensure()), args=CHROMIUM_ARGUMENTS)
        for name in PAGES:
            for rendering, origin in renderings.items():
                context = running.new_context(viewport={"width": 412, "height": 823}, locale="nl-NL")
                by_path, all_files = first_view(context.new_page(), origin + EXAMPLES[name])
                context.close()
                kinds = dict.fromkeys(("css", "js", "woff2"), 0)
                for path, size in by_path.items():
                    ending = path.rpartition(".")[2]
                    if ending in kinds:
                        kinds[ending] += size
                total = sum(by_path.values())
                html = by_path[EXAMPLES[name].split("?")[0]]
                found.append(
                    {"what": name, "rendering": rendering, "total": total, "html": html, **kinds,
                     "files": len(all_files)}
                )  # fmt: skip
        running.close()
    return found


def lighthouse(renderings: dict[str, str], times: int) -> list[dict[str, Any]]:
    """Give Lighthouse's figures of each page, the middle of so many looks, and the audits that cost points."""
    program = _installed()
    found = []
    for name in PAGES:
        for rendering, origin in renderings.items():
            looks = [_look(program, origin + EXAMPLES[name], WANTED_OTHERWISE.get(name, "")) for _time in range(times)]
            scores = {each: round(statistics.median(look["scores"][each] for look in looks)) for each in CATEGORIES}
            failed = sorted({audit for look in looks for audit in look["failed"]})
            found.append({"what": name, "rendering": rendering, **scores, "failed": failed})
    return found


def _installed() -> Path:
    """Install Lighthouse once, beside the project's own packages: it is no part of them."""
    folder = STATE / f"lighthouse-{LIGHTHOUSE}"
    program = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        npm = [str(node.node_bin() / "npm"), "install", "--prefix", str(folder), "--no-fund", "--no-audit"]
        subprocess.run(
            [*npm, f"lighthouse@{LIGHTHOUSE}"], cwd=folder, env=node.environment(), check=True, capture_output=True
        )
    return program


def _look(program: Path, address: str, without: str) -> dict[str, Any]:
    flags = " ".join(["--headless=new", *CHROMIUM_ARGUMENTS])
    command = [str(node.node_bin() / "node"), str(program), address, "--quiet", "--output=json"]
    command += [f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--skip-audits={without}"] if without else []
    environment = {**node.environment(), "CHROME_PATH": str(chromium.ensure())}
    for _attempt in range(ATTEMPTS):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
        if not done.returncode:
            break
    else:
        raise RuntimeError(f"Lighthouse on {address}:\n{done.stderr[-2000:]}")
    told = json.loads(done.stdout)
    failed = [
        f"{category}: {reference['id']}"
        for category in CATEGORIES
        for reference in told["categories"][category]["auditRefs"]
        if reference["weight"] and (told["audits"][reference["id"]]["score"] or 0) < 0.9
        and told["audits"][reference["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    ]  # fmt: skip
    scores = {category: (told["categories"][category]["score"] or 0) * 100 for category in CATEGORIES}
    return {"scores": scores, "failed": failed}
