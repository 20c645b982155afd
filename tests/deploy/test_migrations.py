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
def place(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Place]:
    """A region's site, which may lose its tables."""
    with django_db_blocker.unblock(), databases.copy_of_tests(ALIAS) as name:
        place = Place(databases.address(name), tmp_path_factory.mktemp("files"))
        place.python("manage.py", "inrichten", "--regio", "oost-nederland")
        yield place


@pytest.fixture(scope="module")
def site(place, django_db_blocker) -> Iterator[BaseDatabaseWrapper]:
    """The database of that site."""
    with django_db_blocker.unblock():
        name = place.database.rpartition("/")[2]
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


TWO_FILES = """
from django.core.files.base import ContentFile
from cms.models import CMSDocument
from kennisbank.models import KennisbankPage, PublicationFile, PublicationPage, PublicationType

def document(name):
    made = CMSDocument(title=name.partition(".")[0].title(), file=ContentFile(b"%PDF-1.7 " + name.encode(), name=name))
    made.save()
    return made

page = PublicationPage(title="Handreiking", slug="handreiking", publication_type=PublicationType.objects.first())
page.files = [
    PublicationFile(document=document("eerste.pdf"), version="1.0", sort_order=0),
    PublicationFile(document=document("tweede.pdf"), version="2.0", sort_order=1),
    PublicationFile(document=document("los.docx"), title="Los stuk", sort_order=2),
]
KennisbankPage.objects.filter(locale__language_code="nl").first().add_child(instance=page)
page.save_revision().publish()
PublicationPage.objects.get(pk=page.pk).save_revision()
"""
MARK_AS_OLDER = """
UPDATE kennisbank_publicationfile f SET outdated = true FROM cms_cmsdocument d
WHERE d.id = f.document_id AND d.title IN ('Eerste', 'Los');
UPDATE wagtailcore_revision r SET content = jsonb_set(r.content, '{files}', (
    SELECT jsonb_agg(one || jsonb_build_object('outdated', d.title IN ('Eerste', 'Los')))
    FROM jsonb_array_elements(r.content -> 'files') one JOIN cms_cmsdocument d ON d.id = (one ->> 'document')::bigint
)) WHERE r.content ->> 'slug' = 'handreiking';
"""


def asked(site: BaseDatabaseWrapper, statement: str) -> list[tuple]:
    with site.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def titles_of_files(site: BaseDatabaseWrapper) -> list[tuple]:
    return asked(
        site,
        "SELECT d.title, f.title FROM kennisbank_publicationfile f JOIN cms_cmsdocument d ON d.id = f.document_id"
        " WHERE d.title IN ('Eerste', 'Tweede', 'Los') ORDER BY f.sort_order",
    )


def older_versions(site: BaseDatabaseWrapper) -> list[tuple]:
    return asked(
        site,
        "SELECT d.title, v.number, v.note, v.content_hash = old.content_hash, v.file <> old.file"
        " FROM cms_documentversion v JOIN cms_cmsdocument d ON d.id = v.document_id, cms_cmsdocument old"
        " WHERE old.title = 'Eerste' AND d.title = 'Tweede'",
    )


@pytest.mark.django_db
def test_older_versions_of_files_go_forth_and_back_with_their_content(site, place):
    """kennisbank.0002: a file marked as older becomes a version of the file that took its place."""
    place.python("manage.py", "shell", "--no-imports", "-c", TWO_FILES)
    place.python("manage.py", "migrate", "kennisbank", "0001_initial")
    with site.cursor() as cursor:
        cursor.execute(MARK_AS_OLDER)
    before = place.files()

    place.python("manage.py", "migrate")
    kept = [("Tweede", ""), ("Los", "Los stuk (oudere versie)")]
    version = ("Tweede", 1, "Versie 1.0", True, True)
    assert titles_of_files(site) == kept
    assert older_versions(site) == [version]
    drafts = asked(
        site,
        "SELECT array_agg(file ->> 'title' ORDER BY file ->> 'title') FROM wagtailcore_page p"
        " JOIN wagtailcore_revision r ON r.id = p.latest_revision_id, jsonb_array_elements(r.content -> 'files') file"
        " WHERE p.slug = 'handreiking'",
    )
    assert drafts == [(["", "Los stuk (oudere versie)"],)]
    after = place.files()
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1

    place.python("manage.py", "migrate", "kennisbank", "0001_initial")
    assert titles_of_files(site) == kept
    assert older_versions(site) == [version]
    assert place.files() == after
    place.python("manage.py", "migrate")
    assert titles_of_files(site) == kept
    assert older_versions(site) == [version]
