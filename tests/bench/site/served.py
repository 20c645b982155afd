"""Serves the site as in production and measures it from outside: `python -m tests.bench.site.served` prints JSON.

Requests a second and CPU time a request of web and frontend, the memory of each process after that, page weights.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from deploy.local import ROOT, node
from tests.bench.site import PEERS, browser
from tests.e2e.conftest import free_port, start, stop, wait_until_it_answers

TICKS = os.sysconf("SC_CLK_TCK")
FRONTEND_ADDRESSES = {
    "home page": "/", "theme": "/themas/ondermijning/", "publication": "/kennisbank/factsheet-leegstand-buitengebied/",
}  # fmt: skip
SECRET = "only-for-measuring-0123456789-abcdefghijklmnopqrstuvwxyz"


@dataclass
class Served:
    """What runs: processes and their addresses, without a slash at the end."""

    web: str = ""
    web_keeping_nothing: str = ""
    stub: str = ""
    frontend: str = ""
    frontend_on_stub: str = ""
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)


@contextlib.contextmanager
def serving() -> Iterator[Served]:
    """Run web, worker, publisher, a stub of the API, and a frontend on each of the two."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cms-bench-")))
        served = Served()

        def run(name: str, command: list[str], environment: dict[str, str], address: str = "", path: str = "/") -> str:
            log = folder / f"{name.replace(' ', '-')}.log"
            process = start(command, {**os.environ, **environment}, log)
            stack.callback(stop, process)
            served.processes[name] = process
            if address:
                wait_until_it_answers(address + path, process, log)
            return address

        def web(name: str, **environment: str) -> str:
            address = f"http://127.0.0.1:{free_port()}"
            # The server of deploy/, but for the renewal of processes: that would come in the middle of a measurement.
            command = [sys.executable, "-m", "gunicorn", "tests.bench.site.wsgi"]
            command += ["--config", "deploy/gunicorn_conf.py", "--max-requests", "0"]
            bind = {"WEB_BIND": address.removeprefix("http://"), "WEB_CONCURRENCY": "1", "FRONTEND_SECRET": SECRET}
            return run(name, command, {**bind, **environment}, address)

        def frontend(name: str, api: str) -> str:
            port = str(free_port())
            environment = {
                **node.environment(), "HOST": "127.0.0.1", "PORT": port, "CMS_API_URL": f"{api}/api/v1",
                "FRONTEND_SECRET": SECRET,
            }  # fmt: skip
            command = [str(node.node_bin() / "node"), str(node.FRONTEND / "dist/server/entry.mjs")]
            return run(name, command, environment, f"http://127.0.0.1:{port}")

        manage = [sys.executable, "manage.py"]
        served.web = web("web", ANSWERS_KEPT="1")
        served.web_keeping_nothing = web("web, nothing kept", ANSWERS_KEPT="0")
        run("worker", [*manage, "db_worker"], {})
        run("publisher", [*manage, "publiceer_op_tijd"], {})
        port = str(free_port())
        script = str(Path(__file__).with_name("stub.mjs"))
        stub = [str(node.node_bin() / "node"), script, port, served.web]
        served.stub = run("stub", stub, {}, f"http://127.0.0.1:{port}", "/api/v1/themas")
        served.frontend = frontend("frontend", served.web)
        served.frontend_on_stub = frontend("frontend on a stub", served.stub)
        yield served


def family(pid: int) -> list[int]:
    """Give a process and all that came of it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [each for child in (task / "children").read_text().split() for each in family(int(child))]
    return found


def cpu_seconds(pid: int) -> float:
    """Give how long a process and its children have worked so far."""
    ticks = 0
    for each in family(pid):
        after_name = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(after_name[11]) + int(after_name[12])
    return ticks / TICKS


def memory(pid: int) -> dict[str, float]:
    """Give megabytes: all that a process holds, and its share of what it holds together with others."""
    sums = {"Rss": 0, "Pss": 0}
    for each in family(pid):
        for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()[1:]:
            name, _, rest = line.partition(":")
            if name in sums:
                sums[name] += int(rest.split()[0])
    return {"rss": round(sums["Rss"] / 1024), "pss": round(sums["Pss"] / 1024)}


def loaded(address: str, pid: int, seconds: float, etag: str = "") -> dict[str, float]:
    """Let readers ask an address; give requests a second, and milliseconds of CPU that the server spent on each."""
    command = [sys.executable, "-m", "tests.bench.site.load", address, "--seconds", str(seconds), "--etag", etag]
    before = cpu_seconds(pid)
    told = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    spent = cpu_seconds(pid) - before
    if told["errors"] or told["status"] != (304 if etag else 200):
        raise RuntimeError(f"{address}: {told}")
    return {"rate": told["requests"] / told["seconds"], "cpu": spent / told["requests"] * 1000}


def etag_of(address: str) -> str:
    """Give the header of an answer that is kept: one with a query is so from the second time on."""
    for _time in range(3):
        with urlopen(address, timeout=30) as answer:
            etag = answer.headers["ETag"]
    return str(etag)


def web_load(served: Served, asked: dict[str, dict[str, str]], seconds: float, rounds: int) -> list[dict[str, Any]]:
    """Give the figures of each address and kind; all take turns."""
    keeping, nothing = served.processes["web"].pid, served.processes["web, nothing kept"].pid
    turns = []
    for what, by in asked.items():
        for who, address in by.items():
            if address.startswith(PEERS):
                turns.append((what, who, "cold", served.web + address, keeping))
                continue
            turns.append((what, who, "cold", served.web_keeping_nothing + address, nothing))
            if "zoek=" not in address:
                turns.append((what, who, "warm", served.web + address, keeping))
                turns.append((what, who, "304", served.web + address, keeping))
    found: dict[tuple[str, str, str], list[dict[str, float]]] = {turn[:3]: [] for turn in turns}
    for _round in range(rounds):
        for what, who, kind, address, pid in turns:
            etag = etag_of(address) if kind == "304" else ""
            found[what, who, kind].append(loaded(address, pid, seconds, etag))
    return [{"what": what, "who": who, "kind": kind, **middle(each)} for (what, who, kind), each in found.items()]


def frontend_load(served: Served, seconds: float, rounds: int) -> list[dict[str, Any]]:
    """Give the figures of the frontend on a stub of the API and on the API itself."""
    on = {
        "stub": (served.frontend_on_stub, served.processes["frontend on a stub"].pid),
        "API": (served.frontend, served.processes["frontend"].pid),
    }
    found: dict[tuple[str, str], list[dict[str, float]]] = {
        (what, api): [] for what in FRONTEND_ADDRESSES for api in on
    }
    for _round in range(rounds):
        for what, api in found:
            origin, pid = on[api]
            found[what, api].append(loaded(origin + FRONTEND_ADDRESSES[what], pid, seconds))
    return [{"what": what, "api": api, **middle(each)} for (what, api), each in found.items()]


def middle(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Give the median of each figure."""
    return {
        "rate": round(statistics.median(each["rate"] for each in rounds)),
        "cpu": round(statistics.median(each["cpu"] for each in rounds), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, help="of load an address and round; without: no load")
    parser.add_argument("--rounds", type=int, default=3, help="of load")
    parser.add_argument("--weights", action="store_true", help="weigh pages")
    parser.add_argument("--lighthouse", type=int, metavar="TIMES", help="look at each page so often")
    arguments = parser.parse_args()
    told: dict[str, Any] = {}
    with serving() as served:
        renderings = {"Django": served.web, "frontend": served.frontend}
        if arguments.seconds:
            command = [sys.executable, "-m", "tests.bench.site.addresses"]
            asked = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
            told["web"] = web_load(served, asked, arguments.seconds, arguments.rounds)
            told["frontend"] = frontend_load(served, arguments.seconds, arguments.rounds)
            told["memory"] = {
                name: memory(process.pid)
                for name, process in served.processes.items()
                if name in ("web", "worker", "publisher", "frontend")
            }
        if arguments.weights:
            told["weights"] = browser.weights(renderings)
        if arguments.lighthouse:
            told["lighthouse"] = browser.lighthouse(renderings, arguments.lighthouse)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
