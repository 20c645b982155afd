"""Reads a recipe of the developer's documentation and follows it on a copy of the project."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import polib

from deploy.local import ROOT, node

# What a copy goes without: what is installed or made, and the demo's large files.
LEFT_OUT = (
    ".git", ".venv", ".local", "node_modules", "dist", ".astro", "__pycache__", ".*_cache", "media", "media-documents",
    "static-collected", "images", "files", "build", "*.egg-info",
)  # fmt: skip
MANAGE = """
import importlib, os, shlex, sys
import django
from django.core.management import call_command
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.development"
django.setup()
for command in sys.argv[1:]:
    importlib.invalidate_caches()
    call_command(*shlex.split(command))
"""
COMPILE = re.compile(r"\(cd (\w+) && \S*django-admin compilemessages\)")


@dataclass(frozen=True)
class Piece:
    """A fence: what is to be done with which file ("new", "end" or "change"), or commands ("run")."""

    what: str
    path: str
    text: str


def pieces_of(page: Path) -> list[Piece]:
    """Give the fences of a page in order. The line above one names its file. Raises ValueError where none does."""
    pieces, above, fence, lines = [], "", "", []
    for line in page.read_text().splitlines():
        if not line.startswith("```"):
            lines.append(line)
            above = above if fence or not line.strip() else line
        elif not fence:
            fence, lines = line[3:], []
        else:
            pieces.append(_piece(fence, above, "\n".join(lines) + "\n"))
            fence = ""
    return pieces


def _piece(language: str, above: str, text: str) -> Piece:
    if language == "sh":
        return Piece("run", "", text)
    for what, pattern in (
        ("new", r"New file `(\S+)`:"),
        ("end", r"`(\S+)`, at the end:"),
        ("change", r"In `(\S+)`:"),
    ):
        if named := re.fullmatch(pattern, above):
            if (what == "change") != (language == "diff"):
                raise ValueError(f"A change is a diff, and only a change is: {above}")
            return Piece(what, named[1], text)
    raise ValueError(f"Which file is this piece for? {above!r}\n{text}")


def new_files(page: Path) -> set[str]:
    """Give the files that somebody who follows the page makes."""
    return {piece.path for piece in pieces_of(page) if piece.what == "new"}


@dataclass(frozen=True)
class Copy:
    """A copy of the project, with the addresses of its database for commands and for its own tests."""

    folder: Path
    database: str
    test_database: str

    def follow(self, page: Path) -> None:
        """Do what the page says, its changes of files before its commands."""
        pieces = pieces_of(page)
        for piece in pieces:
            if piece.what != "run":
                self._write(piece)
        commands = [line for piece in pieces if piece.what == "run" for line in piece.text.splitlines()]
        for managed, group in groupby(commands, lambda command: command.startswith("manage.py ")):
            if managed:
                self.manage(*(command.removeprefix("manage.py ") for command in group))
            else:
                for command in group:
                    self._other(command)

    def _write(self, piece: Piece) -> None:
        path = self.folder / piece.path
        if piece.what == "new":
            assert not path.exists(), f"{piece.path} exists already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(piece.text)
            return
        before = path.read_text()
        if piece.what == "change":
            path.write_text(changed(before, piece))
        else:
            gap = "\n\n" if path.suffix == ".py" else "\n"
            path.write_text(before + gap + piece.text)

    def _other(self, command: str) -> None:
        if compiled := COMPILE.fullmatch(command):
            # What gettext does, on a machine that may not have it.
            for catalogue in (self.folder / compiled[1] / "locale").glob("*/LC_MESSAGES/django.po"):
                polib.pofile(str(catalogue), check_for_duplicates=True).save_as_mofile(catalogue.with_suffix(".mo"))
            return
        assert command.startswith("npm "), f"Nobody follows this command: {command}"
        self.run(*shlex.split(command))

    def manage(self, *commands: str) -> str:
        """Run commands of `manage.py` in the copy, in one process: most of their time is loading all the apps."""
        return self.run(sys.executable, "-c", MANAGE, *commands)

    def run(self, *command: str) -> str:
        """Run a program in the copy; give what it printed."""
        return self._run(command, self.database)

    def pytest(self, *arguments: str) -> str:
        """Run tests of the copy on the database that is there, which the copy's migrations have changed."""
        command = (sys.executable, "-m", "pytest", "-q", "--reuse-db", "-p", "no:cacheprovider", *arguments)
        return self._run(command, self.test_database)

    def _run(self, command: tuple[str, ...], database: str) -> str:
        without = {name: value for name, value in node.environment().items() if not name.startswith("PYTEST")}
        without.pop("DJANGO_SETTINGS_MODULE", None)
        done = subprocess.run(
            command, cwd=self.folder, env=without | {"DATABASE_URL": database}, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}{done.stderr}"
        return done.stdout


def changed(text: str, piece: Piece) -> str:
    """Give the text after a change, which must fit in one place only."""
    lines = piece.text.splitlines(keepends=True)
    before = "".join(line[1:] or "\n" for line in lines if line[0] in " -\n")
    after = "".join(line[1:] or "\n" for line in lines if line[0] in " +\n")
    place = re.compile("^" + re.escape(before), re.M)
    assert len(place.findall(text)) == 1, f"{piece.path} has changed; this is not there once:\n{before}"
    return place.sub(lambda _found: after, text)


def copy_project(folder: Path, database: str, test_database: str) -> Copy:
    """Copy the project as it stands in the working tree. The frontend's packages are shared."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    os.symlink(ROOT / "frontend" / "node_modules", folder / "frontend" / "node_modules")
    return Copy(folder, database, test_database)
