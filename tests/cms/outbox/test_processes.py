"""The processes as they run: several that deliver, one that is killed, and a real Varnish that forgets by tag."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.cms.outbox.conftest import Receiver
from tests.deploy.processes import eventually
from tests.e2e.conftest import free_port, own_database, start, stop, wait_until_it_answers

ROOT = Path(__file__).resolve().parents[3]
VARNISH = shutil.which("varnishd") or shutil.which("/usr/sbin/varnishd")
THEMES = "/themas/"


class Site:
    """A database with a region's site, and ways to change it and to run processes on it."""

    def __init__(self, database: str, folder: Path) -> None:
        self.database, self.folder = database, folder
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.cms.caching.node_settings",
            "DATABASE_URL": database,
            "MEDIA_ROOT": str(folder),
        }

    def write(self, statement: str, *values: object) -> None:
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute(statement, values)

    def read(self, statement: str) -> list[tuple]:
        with psycopg.connect(self.database, autocommit=True) as connection:
            return connection.execute(statement).fetchall()

    def rename_themes(self) -> str:
        words = f"Titel {uuid4()}"
        self.write("UPDATE wagtailcore_page SET title = %s WHERE url_path LIKE '%%/themas/'", words)
        return words

    def listen(self, receiver: Receiver) -> None:
        """Begin anew with one webhook."""
        self.write("TRUNCATE cms_change, cms_delivery, cms_outboxmessage, cms_webhook")
        self.write(
            "INSERT INTO cms_webhook (name, url, words, active, secret) VALUES ('CDN', %s, '', true, 'whsec_MDEy')",
            receiver.url,
        )

    def states(self) -> list[str]:
        return sorted(state for (state,) in self.read("SELECT state FROM cms_delivery"))

    @contextmanager
    def publisher(self, **environment: str) -> Iterator[subprocess.Popen]:
        command = [sys.executable, "manage.py", "publiceer_op_tijd"]
        process = start(command, {**self.environment, **environment}, self.folder / "publisher.log")
        try:
            yield process
        finally:
            stop(process)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    with own_database("outbox") as database:
        found = Site(database, tmp_path_factory.mktemp("files"))
        for command in (["migrate", "--verbosity", "0"], ["inrichten", "--regio", "oost-nederland"]):
            done = subprocess.run(
                [sys.executable, "manage.py", *command], cwd=ROOT, env=found.environment, capture_output=True, text=True
            )
            assert done.returncode == 0, done.stdout + done.stderr
        yield found


def ids(receiver: Receiver) -> list[str]:
    return [headers["webhook-id"] for _line, headers, _body in receiver.got]


def test_two_processes_bring_each_message_once_and_never_two_at_a_time(site: Site, receiver: Receiver) -> None:
    site.listen(receiver)
    with site.publisher(), site.publisher():
        for number in range(1, 4):
            site.rename_themes()
            eventually(lambda number=number: len(site.states()) >= number, "the change is a message")
        eventually(lambda: set(site.states()) == {"afgeleverd"}, "all is delivered")
    assert len(ids(receiver)) == len(set(ids(receiver))) == len(site.states())


def test_what_a_killed_process_was_sending_is_sent_by_another_and_not_sooner(site: Site, receiver: Receiver) -> None:
    site.listen(receiver)
    held = threading.Event()
    receiver.meanwhile = lambda: held.wait(60) if len(receiver.got) == 1 else None
    with site.publisher() as first:
        site.rename_themes()
        eventually(lambda: len(receiver.got) == 1, "the first process is sending")
        # A second one looks each second, and leaves it alone.
        with site.publisher():
            site.rename_themes()
            eventually(lambda: len(ids(receiver)) == 2, "the second process sends another message")
            assert len(set(ids(receiver))) == 2
            os.kill(first.pid, signal.SIGKILL)
            eventually(lambda: site.states() == ["afgeleverd"] * 2, "the second process takes over")
    held.set()
    assert ids(receiver)[0] == ids(receiver)[2]


class Varnish:
    """A real Varnish on a free port."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers={"Host": "localhost", **given})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return response.status, found, response.read().decode()
        finally:
            connection.close()

    def keeps(self, path: str) -> bool:
        """Whether the answer came from what it keeps: then two transactions made it."""
        return len(self.ask(path)[1]["x-varnish"].split()) == 2


@pytest.fixture(scope="module")
def varnish(site: Site, tmp_path_factory) -> Iterator[Varnish]:
    # Unlike a browser it can't be had without the rights of an administrator. What goes to it is tested without it too
    # (test_purging.py); here it is whether a real one, with the rules of deploy/, does as it is told.
    if VARNISH is None:
        pytest.skip("varnishd is not installed (Debian: apt-get install varnish)")
    folder = tmp_path_factory.mktemp("varnish")
    node, port = free_port(), free_port()
    rules = (ROOT / "deploy" / "varnish" / "default.vcl").read_text()
    assert '.port = "8000"' in rules
    (folder / "site.vcl").write_text(rules.replace('.port = "8000"', f'.port = "{node}"'))
    with ExitStack() as stack:

        def run(command: list[str], name: str, address: str) -> None:
            log = folder / f"{name}.log"
            process = start(command, {**site.environment, "CDN_SECONDS": "3600", "CDN_STALE_SECONDS": "60"}, log)
            stack.callback(stop, process)
            wait_until_it_answers(address, process, log)

        workers = ["--workers", "1", "--worker-class", "gthread", "--threads", "4"]
        command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{node}", *workers]
        run(command, "site", f"http://127.0.0.1:{node}/status/leeft")
        options = ["-n", str(folder / "work"), "-s", "malloc,32m", "-j", "none", "-p", "thread_pools=1"]
        command = [VARNISH, "-F", "-f", str(folder / "site.vcl"), "-a", f"127.0.0.1:{port}", *options]
        run(command, "varnish", f"http://127.0.0.1:{port}/status/leeft")
        yield Varnish(port)


def test_varnish_forgets_by_tag_what_changed(site: Site, varnish: Varnish) -> None:
    api = f"/api/v1/paginas/op-pad?pad={THEMES}"
    site.write("TRUNCATE cms_change, cms_delivery, cms_outboxmessage, cms_webhook")
    for path in (THEMES, api):
        eventually(lambda path=path: varnish.keeps(path), f"Varnish keeps {path}")
    with site.publisher(VARNISH_ADDRESSES=f"http://127.0.0.1:{varnish.port}"):
        for path in (THEMES, api):
            words = site.rename_themes()
            eventually(lambda path=path, words=words: words in varnish.ask(path)[2], f"{path} is new")
            eventually(lambda path=path: varnish.keeps(path), f"Varnish keeps the new {path}")
            assert words in varnish.ask(path)[2]
    assert set(site.states()) == {"afgeleverd"}


def test_without_being_told_varnish_keeps_what_it_has(site: Site, varnish: Varnish) -> None:
    eventually(lambda: varnish.keeps(THEMES), "Varnish keeps the page")
    words = site.rename_themes()
    assert words not in varnish.ask(THEMES)[2]
    number = site.read("SELECT id FROM wagtailcore_page WHERE url_path LIKE '%/themas/'")[0][0]
    eventually(lambda: varnish.keeps("/api/v1/teksten"), "Varnish keeps another answer")
    # One word makes it forget what has that word, and nothing else.
    assert varnish.ask("/", "BAN", X_Cache_Tags=f"(^|,)page-{number}(,|$)")[0] == 200
    eventually(lambda: words in varnish.ask(THEMES)[2], "the page is new")
    assert varnish.keeps("/api/v1/teksten")


def test_varnish_keeps_nothing_of_one_reader_and_takes_no_order_without_tags(varnish: Varnish) -> None:
    eventually(lambda: varnish.keeps(THEMES), "Varnish keeps the page")
    for headers in ({"Cookie": "sessionid=iemand"}, {"Authorization": "Bearer onbekend"}):
        assert len(varnish.ask(THEMES, **headers)[1]["x-varnish"].split()) == 1
    assert varnish.ask("/", "BAN")[0] == 400
    assert not varnish.keeps("/admin/login/")
