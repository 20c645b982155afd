"""Fills the local database: migrations, the region and the demo, each only when what it comes from has changed."""

from __future__ import annotations

import json
import os
import sys

import psycopg
from psycopg import sql

from deploy.local import ROOT, postgres
from deploy.local.node import digest
from deploy.local.steps import StepError, reused, run, step, told

REGION = "oost-nederland"
MANAGE = [sys.executable, str(ROOT / "manage.py")]
# Folders whose Python and data files say what the database should hold.
LOADED = {"demo", "management", "regions", "setup"}


def fill(url: str) -> None:
    """Bring the database at DATABASE_URL up to date."""
    wanted = {"migrations": migrations(), "content": content()}
    known = noted(url)
    if known.get("migrations") == wanted["migrations"]:
        reused("Migrations")
    else:
        with step("Migrations"):
            manage(url, "migrate", "--noinput")
    if known == wanted:
        reused("Demo content")
    else:
        load(url)
    # Words may be analysed otherwise than when it was filled: the index then has to be built anew.
    with step("Search index"):
        manage(url, "zoekindex", "--als-nodig")


def load(url: str) -> str:
    """Load the region and the demo, and note from what. Returns what the two commands say they did."""
    wanted = {"migrations": migrations(), "content": content()}
    with step("Demo content"):
        done = manage(url, "inrichten", "--regio", REGION) + manage(url, "demo")
    note(url, wanted)
    return done


def manage(url: str, *arguments: str) -> str:
    """Run one of Django's commands on the database."""
    return run([*MANAGE, *arguments], cwd=ROOT, environment=os.environ | {"DATABASE_URL": url})


def migrations() -> str:
    """A fingerprint of the migrations, the packages' own by their lock."""
    return digest([ROOT / "requirements" / "production.txt", *sorted(ROOT.glob("*/migrations/*.py"))])


def content() -> str:
    """A fingerprint of the region's and the demo's data and of what loads them."""
    folders = [path for path in sorted(ROOT.glob("*/*")) if path.name in LOADED and path.is_dir()]
    return digest([file for folder in folders for file in sorted(folder.rglob("*")) if "__pycache__" not in file.parts])


def noted(url: str) -> dict[str, str]:
    """What the database was filled from, as it says itself: another or a new database says nothing."""
    with psycopg.connect(url) as connection:
        query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        row = connection.execute(query).fetchone()
    try:
        return dict(json.loads(row[0])) if row and row[0] else {}
    except ValueError:
        return {}


def note(url: str, filled: dict[str, str]) -> None:
    """Write that in a comment on the database, which goes where the database goes."""
    with psycopg.connect(url, autocommit=True) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(json.dumps(filled))))


def logins(url: str) -> list[dict[str, str]]:
    """The demo's accounts, one per role; none under settings that allow no known passwords."""
    try:
        return list(json.loads(manage(url, "demo", "--inloggegevens")))
    except StepError:
        return []


def main() -> None:
    """`make demo`: migrate and load, whatever was loaded before."""
    with told(), postgres.address() as url:
        with step("Migrations"):
            manage(url, "migrate", "--noinput")
        print(load(url))


if __name__ == "__main__":
    main()
