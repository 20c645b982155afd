"""Two nodes on one database, each with answers of its own or both with those in a real Redis: what changes shows on
both, and nothing is made twice that need not be."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from redis import Redis

from tests.cms.caching.server import redis_server
from tests.deploy.processes import eventually
from tests.e2e.conftest import free_port, own_database, start, stop, wait_until_it_answers

ROOT = Path(__file__).resolve().parents[3]
# As two machines: each listens on the same port.
HOSTS = ("127.0.0.1", "127.0.0.2")
THEMES = "/themas/"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Nodes:
    """Two processes of the site, and how to reach what they share."""

    port: int
    database: str
    redis: Redis | None = None
    processes: list[subprocess.Popen] = field(default_factory=list)

    def get(self, node: int, path: str, **headers: str) -> Answer:
        connection = HTTPConnection(HOSTS[node], self.port, timeout=30)
        try:
            # The host of the site, as behind one proxy.
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers={"Host": "localhost", **given})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read().decode())
        finally:
            connection.close()

    def write(self, statement: str, *values: object) -> None:
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute(statement, values)


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a database with a region's site, and the environment of its nodes."""
    with own_database("nodes") as database:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.cms.caching.node_settings",
            "DATABASE_URL": database,
            "MEDIA_ROOT": str(tmp_path_factory.mktemp("files")),
        }
        for command in (["migrate", "--verbosity", "0"], ["inrichten", "--regio", "oost-nederland"]):
            done = subprocess.run(
                [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True
            )
            assert done.returncode == 0, done.stdout + done.stderr
        yield database, environment


@pytest.fixture(scope="module", params=["memory", "redis"])
def nodes(request, filled, tmp_path_factory) -> Iterator[Nodes]:
    database, environment = filled
    folder = tmp_path_factory.mktemp("nodes")
    found = Nodes(free_port(), database)
    with ExitStack() as stack:
        if request.param == "redis":
            address = stack.enter_context(redis_server(folder))
            environment = {**environment, "CACHE_URL": address}
            found.redis = Redis.from_url(address)
        for host in HOSTS:
            log = folder / f"{host}.log"
            workers = ["--workers", "1", "--worker-class", "gthread", "--threads", "4"]
            command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"{host}:{found.port}", *workers]
            process = start(command, environment, log)
            stack.callback(stop, process)
            found.processes.append(process)
            wait_until_it_answers(f"http://{host}:{found.port}/status/leeft", process, log)
        yield found


def test_both_nodes_give_one_answer_the_same_name(nodes: Nodes):
    etag = nodes.get(0, THEMES).headers["etag"]
    other = nodes.get(1, THEMES, If_None_Match=etag)
    assert (other.status, other.text) == (304, "")


@pytest.mark.parametrize("path", [THEMES, f"/api/v1/paginas/op-pad?pad={THEMES}", "/api/v1/paginas"])
def test_a_change_shows_on_both_nodes(nodes: Nodes, path):
    before = [nodes.get(node, path) for node in (0, 1) for _time in range(3)]
    assert len({answer.text for answer in before}) == 1
    words = f"Titel {uuid4()}"
    nodes.write("UPDATE wagtailcore_page SET title = %s WHERE url_path LIKE '%%/themas/'", words)
    for node in (0, 1):
        eventually(lambda node=node: words in nodes.get(node, path).text, f"the change shows on node {node}")
        # An answer of before is not given for that of now.
        assert nodes.get(node, path, If_None_Match=before[0].headers["etag"]).status == 200


def test_a_page_that_becomes_private_is_gone_from_both_nodes(nodes: Nodes):
    path = THEMES
    for node in (0, 1, 0, 1):
        assert nodes.get(node, path).status == 200
    nodes.write(
        "INSERT INTO wagtailcore_pageviewrestriction (page_id, restriction_type, password)"
        " SELECT id, 'login', '' FROM wagtailcore_page WHERE url_path LIKE '%%/themas/'"
    )
    try:
        for node in (0, 1):
            eventually(lambda node=node: nodes.get(node, path).status == 302, f"node {node} asks to log in")
    finally:
        nodes.write("DELETE FROM wagtailcore_pageviewrestriction")


@pytest.mark.parametrize("nodes", ["redis"], indirect=True)
class TestShared:
    """What only a shared store does."""

    @staticmethod
    def key_of(nodes: Nodes, path: str) -> bytes:
        name = nodes.get(0, path).headers["etag"].removeprefix("W/").strip('"')
        (key,) = nodes.redis.keys(f"*{name}")
        return key

    @pytest.mark.parametrize(
        ("path", "part"), [("/privacy/", b"</main>"), ("/api/v1/paginas/op-pad?pad=/privacy/", b'"titel":"')]
    )
    def test_what_one_node_made_the_other_gives(self, nodes: Nodes, path, part):
        """At the first question to either: an address with a query that the site gives is one like any other."""

        def shared() -> bool:
            key = self.key_of(nodes, path)
            kept = nodes.redis.get(key)
            assert kept.startswith(b'[["')  # text, nothing that runs
            nodes.redis.set(key, kept.replace(part, b"uit Redis" + part), keepttl=True)
            return "uit Redis" in nodes.get(1, path).text

        # A node may be half a second behind the other.
        eventually(shared, "the other node gives it")

    def test_a_node_waits_for_what_the_other_is_making(self, nodes: Nodes):
        for node in (0, 1):  # what changed before has been seen by both
            eventually(lambda node=node: nodes.get(node, "/contact/").status == 200, "the page is there")

        def waits() -> bool:
            """False also where another generation began meanwhile, as it may on a busy machine."""
            nodes.get(0, "/contact/")
            key = self.key_of(nodes, "/contact/")
            kept = nodes.redis.get(key)
            if kept is None:
                return False
            nodes.redis.set(key + b"-making", 1, ex=10)
            nodes.redis.delete(key)
            got: list[str] = []
            waiting = threading.Thread(target=lambda: got.append(nodes.get(1, "/contact/").text))
            waiting.start()
            nodes.redis.set(key, kept.replace(b"</main>", b"van de ander</main>"), ex=60)
            nodes.redis.delete(key + b"-making")
            waiting.join()
            return "van de ander" in got[0]

        eventually(waits, "the node gives what the other made")

    def test_without_redis_the_nodes_go_on(self, nodes: Nodes):
        nodes.redis.shutdown(nosave=True)
        for node in (0, 1, 0, 1):
            assert nodes.get(node, THEMES).status == 200
