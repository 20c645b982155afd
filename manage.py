#!/usr/bin/env python3
"""Django's commands. In development they get the embedded PostgreSQL when DATABASE_URL names no other."""

import contextlib
import os
import sys
from collections.abc import Iterator

DEVELOPMENT = "cms.settings.development"


@contextlib.contextmanager
def database() -> Iterator[None]:
    """Hold the embedded server for as long as the command lasts; processes that it starts find it by DATABASE_URL."""
    if os.environ.get("DATABASE_URL") or settings_module() != DEVELOPMENT:
        yield
        return
    from deploy.local import postgres

    try:
        with postgres.Server(postgres.DEVELOPMENT).lease() as url:
            os.environ["DATABASE_URL"] = url
            yield
    except postgres.PostgresError as error:
        sys.exit(str(error))


def settings_module() -> str:
    """The settings that Django is going to use: its option goes before the environment."""
    for position, argument in enumerate(sys.argv):
        if argument.startswith("--settings="):
            return argument.partition("=")[2]
        if argument == "--settings":
            return sys.argv[position + 1] if position + 1 < len(sys.argv) else ""
    return os.environ.get("DJANGO_SETTINGS_MODULE", "")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEVELOPMENT)
    from django.core.management import execute_from_command_line

    with database():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
