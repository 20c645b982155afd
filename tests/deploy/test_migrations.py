"""Migrations can be undone: an upgrade that goes wrong goes back by `migrate`, with the content still there."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from deploy.local import ROOT
from deploy.local.rehearsal import Place
from tests.deploy import databases

OURS = [config.label for config in apps.get_app_configs() if (ROOT / config.label / "migrations").is_dir()]
ALIAS = "undone"


def newest(loader: MigrationLoader, app: str) -> tuple[str, str]:
    (leaf,) = loader.graph.leaf_nodes(app)
    return leaf


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[BaseDatabaseWrapper]:
    """The database of a region's site, which may lose its tables."""
    with django_db_blocker.unblock(), databases.copy_of_tests(ALIAS) as name:
        place = Place(databases.address(name), tmp_path_factory.mktemp("files"))
        place.python("manage.py", "inrichten", "--regio", "oost-nederland")
        other = connection.copy(ALIAS)
        other.settings_dict = {**connection.settings_dict, "NAME": name}
        connections[ALIAS] = other
        yield other
        other.close()
        del connections[ALIAS]


def tables(database: BaseDatabaseWrapper) -> dict[str, int]:
    """The rows of each table."""
    with database.cursor() as cursor:
        names = database.introspection.table_names(cursor)
        counts = {}
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {database.ops.quote_name(name)}")  # noqa: S608
            counts[name] = cursor.fetchone()[0]
    return counts


def test_every_operation_of_ours_can_be_undone():
    loader = MigrationLoader(None)
    stuck = [
        f"{app}.{name}: {operation.describe()}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in OURS
        for operation in migration.operations
        if not operation.reversible
    ]
    assert stuck == []


@pytest.mark.django_db
def test_the_newest_migrations_go_back_and_forth_and_what_they_do_not_touch_stays(site):
    before = tables(site)
    loader = MigrationExecutor(site).loader
    leaves = [newest(loader, app) for app in OURS]
    parents = [parent for leaf in leaves for parent in loader.graph.node_map[leaf].parents if parent[0] == leaf[0]]
    assert parents
    MigrationExecutor(site).migrate(parents)
    assert not set(leaves) <= MigrationExecutor(site).loader.applied_migrations.keys()
    MigrationExecutor(site).migrate(leaves)
    after = tables(site)
    assert after.keys() == before.keys()
    for kept in ("wagtailcore_page", "wagtailcore_locale", "districts_municipality"):
        assert after[kept] == before[kept] > 0, kept
    assert not MigrationExecutor(site).migration_plan(leaves)
