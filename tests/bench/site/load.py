"""Readers who ask one address again and again: `python -m tests.bench.site.load ADDRESS` prints how many were served.

A process of its own, so that it shares nothing with the server but the machine.
"""

from __future__ import annotations

import argparse
import http.client
import json
import threading
import time
from urllib.parse import urlsplit


def load(address: str, seconds: float, clients: int, headers: dict[str, str]) -> dict[str, float]:
    """Ask for so many seconds, each client over a connection that it keeps; give requests, errors and seconds.

    An answer with another status than the first one is an error.
    """
    parts = urlsplit(address)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    served, wrong = [0] * clients, [0] * clients
    expected = _once(http.client.HTTPConnection(parts.netloc, timeout=30), target, headers)
    started = time.monotonic()

    def read(client: int) -> None:
        connection = http.client.HTTPConnection(parts.netloc, timeout=30)
        while time.monotonic() - started < seconds:
            try:
                right = _once(connection, target, headers) == expected
            except (OSError, http.client.HTTPException):
                connection.close()
                right = False
            served[client] += right
            wrong[client] += not right
        connection.close()

    threads = [threading.Thread(target=read, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "requests": sum(served), "errors": sum(wrong), "seconds": time.monotonic() - started, "status": expected,
    }  # fmt: skip


def _once(connection: http.client.HTTPConnection, target: str, headers: dict[str, str]) -> int:
    connection.request("GET", target, headers=headers)
    response = connection.getresponse()
    response.read()
    return response.status


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--etag", default="")
    arguments = parser.parse_args()
    headers = {"If-None-Match": arguments.etag} if arguments.etag else {}
    print(json.dumps(load(arguments.address, arguments.seconds, arguments.clients, headers)))


if __name__ == "__main__":
    main()
