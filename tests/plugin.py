"""Gives the test run its database before Django reads its settings: the embedded server, or the one in DATABASE_URL."""

import contextlib
import os
from collections.abc import Iterator

import pytest

from deploy.local import postgres
from deploy.local.testdatabases import for_this_run


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Around pytest-django's own, which loads the settings."""
    if not os.environ.get("DATABASE_URL"):
        stack = contextlib.ExitStack()
        early_config.add_cleanup(stack.close)
        try:
            url = stack.enter_context(for_this_run(postgres.Server(postgres.TESTS, fast_unsafe=True)))
        except postgres.PostgresError as error:
            raise pytest.UsageError(str(error)) from error
        os.environ["DATABASE_URL"] = url
        stack.callback(os.environ.pop, "DATABASE_URL", None)
    yield
