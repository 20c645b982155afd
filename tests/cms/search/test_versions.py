"""A new index is built beside the one in use, and takes its place at once."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cms.models import IndexVersion, PendingEntry
from cms.search import building, versions
from cms.search.indexing import index_pending
from tests.api.factories import make_example
from tests.cms.factories import make_content_page
from tests.search import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture
def example():
    return make_example()


def rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


ENTRIES = "FROM cms_searchentry JOIN cms_searchtitle USING (version, id) ORDER BY key"


def keys(version: int | None = None) -> set[str]:
    version = version or versions.live()
    return {key for (key,) in rows("SELECT key FROM cms_searchentry WHERE version = %s", version)}


def test_a_build_holds_what_the_changes_would_have_made(example):
    reindex()
    one, entries = versions.live(), f"SELECT key, published, facets, sort_title, rv, tsv {ENTRIES}"
    expected = rows(entries)
    assert building.rebuild() != one
    assert rows(entries) == expected
    version = IndexVersion.objects.get()
    assert version.state == "live"
    assert version.done == version.total > len(expected) - 2


def test_the_tables_of_the_former_version_are_gone(example):
    building.rebuild()
    number = building.rebuild()
    assert {version for (version,) in rows("SELECT DISTINCT version FROM cms_searchpart")} == {number}
    tables = "SELECT count(*) FROM pg_inherits WHERE inhparent = 'cms_searchentry'::regclass"
    assert rows(tables) == [(1,)]


def test_readers_keep_the_former_version_until_the_new_one_is_whole(example, monkeypatch):
    former = building.rebuild()
    seen = []

    def write(*args, **kwargs):
        seen.append(versions.live())
        return original(*args, **kwargs)

    original = building._write
    monkeypatch.setattr(building, "_write", write)
    assert building.rebuild() != former
    assert set(seen) == {former}


def test_what_changes_meanwhile_goes_into_both(example, monkeypatch):
    former = building.rebuild()
    make_index = versions.make_indexes
    pages = []

    def while_building(number):
        pages.append(make_content_page(example.home, "Waterpeil"))
        index_pending()
        key = f"page:{pages[0].pk}"
        assert key in keys(former)
        assert key in keys(number)
        make_index(number)

    monkeypatch.setattr(versions, "make_indexes", while_building)
    building.rebuild()
    assert f"page:{pages[0].pk}" in keys()


def test_a_build_that_was_broken_off_goes_on_where_it_was(example, monkeypatch):
    monkeypatch.setattr(building, "BATCH", 3)
    monkeypatch.setattr(building, "BATCHES_OF_WORDS", 1)
    PendingEntry.objects.all().delete()
    original, written = building._write, []

    def write(version, words, batch, *rest):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(batch)
        original(version, words, batch, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(building, "_write", write)
        with pytest.raises(KeyboardInterrupt):
            building.rebuild()
    assert IndexVersion.objects.get().state == "building"
    done = keys(IndexVersion.objects.get().number)
    again = []

    def again_written(version, words, batch, *rest):
        again.append(batch)
        original(version, words, batch, *rest)

    monkeypatch.setattr(building, "_write", again_written)
    building.rebuild()
    assert done
    assert not done & {key for batch in again for key in batch}
    monkeypatch.undo()
    whole = keys()
    building.rebuild()
    assert keys() == whole


def test_another_analyser_means_a_whole_new_index(example, monkeypatch):
    former = building.rebuild()
    assert building.up_to_date()
    monkeypatch.setattr(building, "ANALYSER", "anders")
    monkeypatch.setattr(versions, "ANALYSER", "anders")
    assert not building.up_to_date()
    assert versions.targets() == []
    make_content_page(example.home, "Waterpeil")
    index_pending()
    assert versions.live() != former
    assert building.up_to_date()
    assert IndexVersion.objects.get().analyser == "anders"


def test_without_an_index_the_first_change_builds_it(example):
    assert PendingEntry.objects.exists()
    index_pending()
    assert f"page:{example.about.pk}" in keys()
    assert not PendingEntry.objects.exists()


def test_one_entry_that_fails_does_not_stop_a_build(example, monkeypatch):
    prepare = building.prepare

    def broken(loaded):
        if loaded[0].key == f"page:{example.about.pk}":
            raise ValueError("stuk")
        return prepare(loaded)

    monkeypatch.setattr(building, "prepare", broken)
    PendingEntry.objects.all().delete()
    building.rebuild()
    assert PendingEntry.objects.get().message == "ValueError: stuk"
    assert f"page:{example.theme.pk}" in keys()


def test_the_processes_give_what_one_gives(example, monkeypatch):
    building.rebuild()
    expected = rows(f"SELECT key, rv, tsv {ENTRIES}")
    monkeypatch.setattr(building, "WORTH_PROCESSES", 1)
    building.rebuild(processes=2)
    assert rows(f"SELECT key, rv, tsv {ENTRIES}") == expected


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("zoekindex", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_builds_tells_and_builds_only_where_that_is_needed(example):
    assert "Er is nog geen zoekindex" in command("--stand")
    assert "is in gebruik" in command("--als-nodig")
    assert "De zoekindex is bij." in command("--als-nodig")
    assert "in gebruik" in command("--stand")
    assert "is in gebruik" in command()


def test_the_command_says_so_where_another_builds(example, monkeypatch):
    def busy(*_args):
        raise building.BusyError

    monkeypatch.setattr(building, "rebuild", busy)
    with pytest.raises(CommandError, match="Een ander proces"):
        command()
