"""The process that keeps one embedded server: its parent while any command holds a lease, and who stops it."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

from deploy.local.locks import Lock
from deploy.local.pg_account import Account, choose
from deploy.local.pg_errors import PostgresError
from deploy.local.pg_folder import PORT, SOCKET_NAME, Folder, clear_leftovers, make_socket_dir

POLL_SECONDS = 0.1
STOP_SECONDS = 60.0
QUICK_DEATH_SECONDS = 5.0
MOST_QUICK_DEATHS = 5
UNSAFE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
# PostgreSQL's own 128 MB is less than the search index of a large Kennisbank. Memory that is never used is never taken.
SHARE_OF_MEMORY, MOST_BUFFERS_MB = 8, 2048


def keep(folder: Folder, asked: Event, *, fast_unsafe: bool) -> int:
    """Run the server until nobody has a lease or `asked` is set; start it again when it dies under commands."""
    keeper, lease = Lock(folder.keeper), Lock(folder.lease)
    if not keeper.take(timeout=2):
        return 0  # another one was quicker
    keeper.note(str(os.getpid()))
    account = choose(folder.root)
    server: subprocess.Popen[bytes] | None = None
    deaths = 0
    try:
        while not asked.is_set() and not lease.take(timeout=0):
            if server is None:
                started = time.monotonic()
                server = start(folder, account, fast_unsafe=fast_unsafe)
            elif server.poll() is not None:
                quick = time.monotonic() - started < QUICK_DEATH_SECONDS
                deaths = deaths + 1 if quick else 1
                if deaths > MOST_QUICK_DEATHS:
                    return 1
                # The processes of a killed server need a moment to notice.
                time.sleep(0.2 * deaths)
                server = None
            else:
                time.sleep(POLL_SECONDS)
        return 0
    finally:
        if server is not None:
            stop(server)
        clear_socket(folder)
        # In this order: who gets the lease next must not take this keeper for one that still keeps.
        keeper.free()
        lease.free()


def start(folder: Folder, account: Account, *, fast_unsafe: bool) -> subprocess.Popen[bytes]:
    """Start the server on a private socket only; its words go to the log."""
    clear_leftovers(folder)
    make_socket_dir(folder.socket_dir, account)
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder.socket_dir),
        "unix_socket_permissions": "0700",
        "port": str(PORT),
    }
    if not fast_unsafe:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
        options["shared_buffers"] = f"{max(128, min(memory // SHARE_OF_MEMORY, MOST_BUFFERS_MB))}MB"
    options |= {"logging_collector": "off", "log_destination": "stderr"} | (UNSAFE if fast_unsafe else {})
    arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with folder.log.open("ab") as log:
        server = account.start(
            "postgres", "-D", account.folder(folder.cluster), *arguments, cwd=folder.cluster, output=log
        )
    # Renamed into place: a reader finds a whole address or none.
    fresh = folder.address.with_suffix(".new")
    fresh.write_text(str(folder.socket_dir))
    fresh.replace(folder.address)
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop our own child: politely, then firmly. Never by a pid from a file."""
    for number, patience in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
        server.send_signal(number)
        try:
            server.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        return


def clear_socket(folder: Folder) -> None:
    """Remove the socket's folder from the temporary folder."""
    folder.address.unlink(missing_ok=True)
    for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
        (folder.socket_dir / name).unlink(missing_ok=True)
    try:
        folder.socket_dir.rmdir()
    except OSError:
        # Never made, or something of somebody else is in it: not ours to remove.
        return


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.local.pg_keeper")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fast-unsafe", action="store_true")
    arguments = parser.parse_args()
    asked = Event()
    signal.signal(signal.SIGTERM, lambda number, frame: asked.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        return keep(Folder(arguments.folder), asked, fast_unsafe=arguments.fast_unsafe)
    except PostgresError as error:
        print(error, file=sys.stderr, flush=True)
        return 1


if __name__ == "__main__":
    sys.exit(main())
