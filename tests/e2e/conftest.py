"""A site for the browser tests: a database of its own with the demo, Django under gunicorn, the built frontend."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from deploy.local import chromium, node

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

# What the worker does after publishing; tests run none. One theme is enough to see AVIF in the pages.
PICTURES = """
from cms.tasks import make_pictures
from themes.models import ThemePage
make_pictures.func(ThemePage.objects.get(slug="ondermijning").pk)
"""


@dataclass(frozen=True)
class RunningSite:
    """Addresses of the two renderings, without a slash at the end, and what it takes to start more processes on it."""

    django: str
    frontend: str
    environment: dict[str, str]

    def manage(self, *command: str) -> str:
        """Run a management command on this site; give what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_answers(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, f"{process.args} ended:\n{log.read_text()[-3000:]}"
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"{address} did not answer within a minute:\n{log.read_text()[-3000:]}")


def start(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen:
    with log.open("ab") as stream:
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT
        )


def stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def own_database(purpose: str) -> Iterator[str]:
    """A database beside pytest-django's, dropped afterwards."""
    run = os.environ["DATABASE_URL"]
    server, name = run.rsplit("/", 1)
    own = f"test_{name}_{purpose}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{own}"')
    yield f"{server}/{own}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')


def new_site(database_address: str, folder: Path) -> RunningSite:
    """A site with an empty database, of which nothing runs yet."""
    site = RunningSite(
        django=f"http://127.0.0.1:{free_port()}",
        frontend=f"http://127.0.0.1:{free_port()}",
        environment={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "DATABASE_URL": database_address,
            "MEDIA_ROOT": str(folder),
            # As readers get it.
            "ANSWERS_KEPT": "1",
        },
    )
    site.environment["FRONTEND_URL"] = site.frontend
    site.manage("migrate", "--verbosity", "0")
    return site


@contextmanager
def django_served(site: RunningSite, folder: Path) -> Iterator[None]:
    """Run Django under gunicorn."""
    log = folder / f"django-{site.django.rsplit(':', 1)[1]}.log"
    workers = ["--workers", "1", "--worker-class", "gthread", "--threads", "4"]
    address = site.django.removeprefix("http://")
    process = start([sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", address, *workers], site.environment, log)
    try:
        wait_until_it_answers(f"{site.django}/", process, log)
        yield
    finally:
        stop(process)


@contextmanager
def frontend_served(site: RunningSite, folder: Path) -> Iterator[None]:
    """Build and run the frontend on the site's API."""
    node.install()
    node.build()
    log = folder / f"frontend-{site.frontend.rsplit(':', 1)[1]}.log"
    environment = {
        **node.environment(),
        "HOST": "127.0.0.1",
        "PORT": site.frontend.rsplit(":", 1)[1],
        "CMS_API_URL": f"{site.django}/api/v1",
    }
    process = start([str(node.node_bin() / "node"), str(node.FRONTEND / "dist/server/entry.mjs")], environment, log)
    try:
        wait_until_it_answers(f"{site.frontend}/", process, log)
        yield
    finally:
        stop(process)


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The demo, served by Django and by the built frontend."""
    folder = tmp_path_factory.mktemp("site")
    with own_database("e2e") as database_address:
        site = new_site(database_address, folder)
        site.manage("demo")
        # What the worker does: read the files, and put all that is findable into the index.
        site.manage("lees_documenten")
        site.manage("shell", "--verbosity", "0", "--command", "from tests.search import reindex; reindex()")
        site.manage("shell", "--verbosity", "0", "--command", PICTURES)
        with django_served(site, folder), frontend_served(site, folder):
            yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. `make test` installs one where there is none."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(chromium.ensure()), args=CHROMIUM_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A page of an anonymous reader on a desktop, in a context of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    yield context.new_page()
    context.close()
