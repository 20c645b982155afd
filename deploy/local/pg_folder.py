"""The data folder of an embedded server: its layout, making it, and what an earlier server left in it.

Data is never removed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from deploy.local.pg_account import MAJOR, Account
from deploy.local.pg_errors import PostgresError

ROLE = "cms"
PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 100
PUBLIC_TMP = "/tmp"  # noqa: S108 - short, and the folder made in it is private


@dataclass(frozen=True)
class Folder:
    """Where everything of one server stands."""

    root: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data."""
        return self.root / "cluster"

    @property
    def log(self) -> Path:
        return self.root / "server.log"

    @property
    def gate(self) -> Path:
        """Held by the one command that is looking at, or starting, the server."""
        return self.root / "gate.lock"

    @property
    def lease(self) -> Path:
        """Shared by every command that uses the server."""
        return self.root / "lease.lock"

    @property
    def keeper(self) -> Path:
        """Held by the process that keeps the server, with its pid in it."""
        return self.root / "keeper.lock"

    @property
    def socket_dir(self) -> Path:
        """A short private folder for the socket: a socket's path may be about 100 bytes, a data folder's is what it is.

        Not under XDG_RUNTIME_DIR: that differs between the shells of one user and vanishes when the user logs out.
        """
        name = f"cms-pg-{hashlib.sha256(str(self.root).encode()).hexdigest()[:16]}"
        # Root's server may run as a user who is not let into root's own TMPDIR.
        place = Path(tempfile.gettempdir() if os.getuid() else PUBLIC_TMP)
        if len(str(place / name / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
            place = Path(PUBLIC_TMP)
        return place / name

    @property
    def address(self) -> Path:
        """Tells commands with another TMPDIR where the running server's socket is."""
        return self.root / "socket-folder"


def prepare(folder: Folder, account: Account, *, fast_unsafe: bool) -> None:
    """Make the data folder ready for a start: made when missing, of this major version, owned by the account."""
    version = folder.cluster / "PG_VERSION"
    if not folder.cluster.exists():
        create(folder, account, fast_unsafe=fast_unsafe)
    elif not version.exists():
        raise PostgresError(
            f"{folder.cluster} is no PostgreSQL data folder (it has no PG_VERSION). Nothing was changed.\n"
            "Move it aside and start again."
        )
    elif (found := version.read_text().strip()) != MAJOR:
        raise PostgresError(
            f"{folder.cluster} was made by PostgreSQL {found}, this needs PostgreSQL {MAJOR}. Nothing was changed.\n"
            f"- To keep the content: pg_dump it with PostgreSQL {found}, move the folder aside, start, restore it.\n"
            f"- To start afresh: mv {folder.root} {folder.root}-{found}"
        )
    account.own(folder.cluster)
    folder.log.touch()
    if os.getuid() == 0:
        # What root makes in somebody's folder stays that person's.
        owner = folder.root.stat()
        for path in (folder.log, folder.gate, folder.lease, folder.keeper):
            if path.exists():
                os.chown(path, owner.st_uid, owner.st_gid)
    make_socket_dir(folder.socket_dir, account)


def create(folder: Folder, account: Account, *, fast_unsafe: bool) -> None:
    """Run initdb beside the final place and move the result there: an interrupted one leaves no half database."""
    fresh = folder.root / "cluster.new"
    shutil.rmtree(fresh, ignore_errors=True)  # of an interrupted initdb: no server ever ran on it
    fresh.mkdir(mode=0o700)
    account.own(fresh)
    arguments = [
        *("--pgdata", account.folder(fresh), "--username", ROLE, "--auth", "trust", "--no-instructions"),
        *("--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"),
        *(["--no-sync"] if fast_unsafe else []),
    ]
    process = account.start("initdb", *arguments, cwd=fresh, output=subprocess.PIPE)
    output, _ = process.communicate()
    if process.returncode:
        raise PostgresError(f"PostgreSQL could not make {folder.cluster}:\n{output.decode(errors='replace').strip()}")
    fresh.rename(folder.cluster)


def make_socket_dir(path: Path, account: Account) -> None:
    """Make the socket's folder, for the account only: whoever reaches the socket is trusted."""
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=0o700)
        if os.getuid() == 0:
            os.chown(path, account.uid, account.gid)
    found = path.lstat()
    if os.getuid() == 0 and found.st_uid == 0 and not path.is_symlink():
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
        found = path.lstat()
    if path.is_symlink() or found.st_uid != account.uid or found.st_mode & 0o077:
        raise PostgresError(
            f"{path} is in the way: the database's socket needs a folder of its own there. Look at it and remove it."
        )


def clear_leftovers(folder: Folder) -> None:
    """End a server of this folder that lost its keeper, and remove a pid file whose server is gone.

    The pid in the file may have become somebody else's, so a process is only signalled when it proves, by answering on
    the socket named
    there, to be this server. PostgreSQL guards against a second server on the same data by its shared memory as well.
    Call only while holding the keeper's lock or the gate.
    """
    pid_file = folder.cluster / "postmaster.pid"
    try:
        lines = pid_file.read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return
    pid = int(lines[0]) if lines and lines[0].strip().isdigit() else 0
    listening = Path(lines[4].strip()) / SOCKET_NAME if len(lines) > 4 and lines[4].strip() else None
    if pid and listening and sys.platform != "linux" and is_alive(pid):
        raise PostgresError(
            f"Process {pid} may still be the server of {folder.cluster}.\n"
            f"If it is (ps -p {pid}), stop it: kill -INT {pid}. "
            f"If it is something else, remove {pid_file} and start again."
        )
    if pid and listening:
        for number, patience in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0)):
            until = time.monotonic() + patience
            if peer(listening) != pid:
                break
            os.kill(pid, number)
            while peer(listening) == pid and time.monotonic() < until:
                time.sleep(0.05)
        else:
            raise PostgresError(f"The database server (process {pid}) of {folder.cluster} does not stop.")
    pid_file.unlink(missing_ok=True)


def peer(path: Path) -> int | None:
    """The pid of the process that listens on a Unix socket (Linux), or None when nobody answers."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(5)
        try:
            connection.connect(str(path))
        except OSError:
            return None
        size = struct.calcsize("3i")
        pid, _, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
        return int(pid)


def is_alive(pid: int) -> bool:
    """Whether there is a process with this pid, whoever's it is."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
