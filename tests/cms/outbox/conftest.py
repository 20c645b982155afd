"""Somebody else's server on this machine, and what the outbox tells it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection

from cms.models import OutboxMessage, Webhook
from cms.outbox.gathering import Gatherer
from tests.cms.factories import make_site


@dataclass
class Receiver:
    """What the server got, and the statuses that it answers with: 204 when there are no more."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    meanwhile: Callable[[], None] | None = None


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found.got.append((f"{self.command} {self.path}", headers, body))
            if found.meanwhile:
                found.meanwhile()
            self.send_response(found.statuses.pop(0) if found.statuses else 204)
            self.send_header("Location", f"{found.url}elders")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    for method in ("POST", "PURGE", "BAN"):
        setattr(Handler, f"do_{method}", Handler.answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def webhook(db, receiver: Receiver) -> Webhook:
    """A webhook of a site where nothing has changed yet."""
    make_site()
    found = Webhook.objects.create(name="CDN", url=receiver.url)
    told()
    OutboxMessage.objects.all().delete()
    return found


def told() -> OutboxMessage | None:
    """Give the message of all that changed since the last time."""
    return Gatherer().gather()


def noted() -> set[str]:
    """Give what the triggers noted since the last time."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cms_change RETURNING word")
        return {word for (word,) in cursor.fetchall()}
