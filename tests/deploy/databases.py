"""Further databases on the server of this test run, for tests that fill and lose a whole one."""

import contextlib
from collections.abc import Iterator

import psycopg
from django.db import connection
from psycopg import sql


def address(name: str) -> str:
    """The address of another database on the server of this test run."""
    known = connection.settings_dict
    host = known["HOST"].replace("/", "%2F")
    who = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
    return f"postgresql://{who}@{host}:{known['PORT'] or 5432}/{name}"


def make(name: str, template: str = "template1") -> None:
    """Make a database anew, as a copy of another one."""
    drop(name)
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def drop(name: str) -> None:
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def copy_of_tests(suffix: str) -> Iterator[str]:
    """The name of a copy of the test database: with all tables."""
    # A database that anybody is connected to can't be copied.
    connection.close()
    name = f"{connection.settings_dict['NAME']}_{suffix}"
    make(name, connection.settings_dict["NAME"])
    try:
        yield name
    finally:
        drop(name)
