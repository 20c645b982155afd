"""The built frontend as an operator runs it: one folder, its probes, its end, its log, a path of its own."""

import json
import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from deploy.local import node
from tests.deploy.processes import eventually

LAYOUT = {
    "siteNaam": "Voorbeeldnetwerk", "basisadres": "https://voorbeeld.example", "ondertitel": "", "taal": "nl",
    "home": {"titel": "Home", "url": "/", "taal": None}, "menu": [], "zoeken": None, "voet": [], "voetTekst": "",
    "voetTaal": None, "mededelingen": [],
    "teksten": {
        "organisatie": "Voorbeeldnetwerk", "email": "", "telefoon": "", "adres": [], "zoekTekst": "",
        "nietsGevondenTekst": "", "nietGevondenTitel": "Hier staat niets", "nietGevondenTekst": "Zoek verder.",
    },
}  # fmt: skip
MISSING = {"status": 404, "zoekwoorden": "", "nabij": []}


@dataclass
class Api:
    """A CMS of a few lines. While `free` is not set, it keeps whoever asks for a page waiting."""

    address: str
    free: threading.Event = field(default_factory=threading.Event)
    asked: threading.Event = field(default_factory=threading.Event)


@contextmanager
def stub_api() -> Iterator[Api]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = 200, LAYOUT
            if urlsplit(self.path).path.endswith("/op-pad"):
                api.asked.set()
                api.free.wait(30)
                status, body = 404, MISSING
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api = Api(f"http://127.0.0.1:{server.server_port}/api/v1")
    api.free.set()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield api
    finally:
        api.free.set()
        server.shutdown()
        server.server_close()


@dataclass
class Frontend:
    process: subprocess.Popen
    log: Path

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    @property
    def port(self) -> int:
        listening = next(line["message"] for line in self.lines if line["message"].startswith("Listening"))
        return int(listening.rstrip(".").rsplit(" ", 1)[1])

    def ask(self, path: str) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        return connection.getresponse()


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build, copied to where nothing else is."""
    node.install()
    node.build()
    folder = tmp_path_factory.mktemp("elders")
    shutil.copytree(node.FRONTEND / "dist", folder / "dist")
    return folder


@contextmanager
def running(dist: Path, api: str, **environment: str) -> Iterator[Frontend]:
    log = dist / "log"
    log.write_text("")
    with log.open("ab") as stream:
        process = subprocess.Popen(
            [str(node.node_bin() / "node"), "dist/server/entry.mjs"],
            cwd=dist,
            env={"PATH": os.defpath, "HOST": "127.0.0.1", "PORT": "0", "CMS_API_URL": api, **environment},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
        )
    try:
        eventually(lambda: process.poll() is not None or "Listening" in log.read_text(), "the frontend listens")
        assert process.poll() is None, log.read_text()
        yield Frontend(process, log)
    finally:
        process.kill()
        process.wait()


def test_the_built_folder_runs_where_there_is_nothing_else(dist: Path) -> None:
    with stub_api() as api, running(dist, api.address) as frontend:
        page = frontend.ask("/nergens/")
        assert page.status == 404
        html = page.read().decode()
        assert "<h1" in html
        files = re.findall(r'"(/_astro/[^"]+)"', html)
        assert [path.rpartition(".")[2] for path in files] == ["woff2", "css", "svg", "js"]
        for path in files:
            answer = frontend.ask(path)
            assert answer.status == 200, path
            assert "immutable" in answer.headers["Cache-Control"], path
            assert answer.headers["X-Content-Type-Options"] == "nosniff", path
            assert answer.headers.get_all("X-Content-Type-Options") == ["nosniff"]


def test_probes_tell_life_from_readiness(dist: Path) -> None:
    with stub_api() as api, running(dist, api.address) as frontend:
        assert frontend.ask("/status/leeft").status == 200
        assert json.loads(frontend.ask("/status/gereed").read()) == {"status": "in orde"}
    with running(dist, "http://127.0.0.1:1/api/v1") as frontend:
        assert frontend.ask("/status/leeft").status == 200
        answer = frontend.ask("/status/gereed")
        assert answer.status == 503
        assert json.loads(answer.read())["status"] == "niet gereed"


def test_what_runs_is_finished_before_it_ends(dist: Path) -> None:
    with stub_api() as api, running(dist, api.address) as frontend:
        port = frontend.port
        api.free.clear()
        reader = HTTPConnection("127.0.0.1", port, timeout=30)
        reader.request("GET", "/nergens/")
        assert api.asked.wait(30)
        frontend.process.send_signal(signal.SIGTERM)
        eventually(lambda: not takes_connections(port), "no new reader is let in")
        assert frontend.process.poll() is None
        api.free.set()
        answer = reader.getresponse()
        assert answer.status == 404
        assert "</html>" in answer.read().decode()
        assert frontend.process.wait(30) == 0


def takes_connections(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.connect()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def test_the_log_is_json_and_tells_nothing_of_readers(dist: Path) -> None:
    with stub_api() as api, running(dist, api.address, LOG_REQUESTS="1") as frontend:
        frontend.ask("/nergens/?zoek=jan+jansen").read()
        frontend.ask("/voorbeeld/geheim").read()
        eventually(lambda: len(requests_in(frontend)) > 1, "both requests stand in the log")
        first, second = requests_in(frontend)
        assert (first["method"], first["path"], first["status"]) == ("GET", "/nergens/", 404)
        assert second["path"] == "/voorbeeld/…"
        assert "jansen" not in frontend.log.read_text()
        assert "geheim" not in frontend.log.read_text()
    with running(dist, "http://127.0.0.1:1/api/v1") as frontend:
        assert frontend.ask("/nergens/?zoek=jan+jansen").status == 503
        assert [line["level"] for line in frontend.lines if "does not answer" in line["message"]] == ["error"]
        assert requests_in(frontend) == []
        assert "jansen" not in frontend.log.read_text()


def requests_in(frontend: Frontend) -> list[dict]:
    return [line for line in frontend.lines if line["message"] == "request"]


def test_it_can_stand_below_a_path(dist: Path) -> None:
    with stub_api() as api, running(dist, api.address, BASE_PATH="/netwerk") as frontend:
        page = frontend.ask("/netwerk/nergens/")
        html = page.read().decode()
        assert page.status == 404
        assert 'src="/netwerk/_astro/site.' in html
        assert '"/_astro/' not in html
        stylesheet = re.search(r'href="(/netwerk(/_astro/site\.[^"]+\.css))"', html)
        assert stylesheet
        # The font that the page asks for in advance is the one that the stylesheet names.
        named = re.search(r"url\(([^)]+\.woff2)\)", frontend.ask(stylesheet[1]).read().decode())
        assert named
        assert f'href="{urljoin(stylesheet[1], named[1])}"' in html
        assert frontend.ask(stylesheet[2]).status == 404
        slashed = frontend.ask("/netwerk/themas")
        assert (slashed.status, slashed.headers["Location"]) == (301, "/netwerk/themas/")
        assert frontend.ask("/netwerk/status/leeft").status == 200
