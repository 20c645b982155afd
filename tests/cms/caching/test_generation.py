"""The generation changes with whatever the public may see, in its transaction, and with nothing else."""

from datetime import timedelta
from inspect import getsource

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Collection, Page, Site

from cms.caching import generation
from cms.caching.watching import watch as make_triggers
from cms.caching.watching import watched
from cms.models import Banner, CMSImage, PendingEntry
from cms.settings import base
from districts.models import Municipality
from tests.api.factories import Example
from tests.cms.factories import make_content_page, make_document, make_image, make_private
from tests.cms.test_site_parts import make

pytestmark = pytest.mark.django_db


def raised_by(watch, change) -> bool:
    before = watch.current()
    change()
    return watch.current().token != before.token


def test_every_change_that_readers_may_see_raises_it(example: Example, watch):
    for change in (
        lambda: Page.objects.filter(pk=example.about.pk).update(title="Anders"),
        lambda: Page.objects.filter(pk=example.about.pk).update(expire_at=timezone.now()),
        lambda: Page.objects.bulk_update([_renamed(example.about)], ["title"]),
        lambda: example.about.specific.unpublish(),
        lambda: Page.objects.get(pk=example.about.pk).delete(),
        lambda: make_private(example.theme),
        lambda: Municipality.objects.filter(pk=example.municipality.pk).update(name="Anders"),
        lambda: Municipality.objects.bulk_create([_copied(example.municipality)]),
        lambda: example.publication.files.all().delete(),
        lambda: Collection.get_first_root_node().add_child(name="Besloten"),
        lambda: Site.objects.update(site_name="Anders"),
        lambda: make(Banner, title="Let op"),
        lambda: CMSImage.objects.filter(pk=make_image().pk).update(title="Anders"),
        lambda: make_document(),
    ):
        assert raised_by(watch, change), getsource(change)


def _renamed(page: Page) -> Page:
    found = Page.objects.get(pk=page.pk)
    found.title = "Weer anders"
    return found


def _copied(municipality: Municipality) -> Municipality:
    return Municipality(name="Elders", code="9999", slug="elders", district=municipality.district)


def test_a_change_by_hand_in_the_database_raises_it_too(example: Example, watch):
    def by_hand():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE wagtailcore_page SET title = 'Met de hand' WHERE id = %s", [example.about.pk])

    assert raised_by(watch, by_hand)


def test_what_no_reader_sees_does_not_raise_it(example: Example, watch):
    for change in (
        lambda: example.about.specific.save_revision(),
        lambda: Page.objects.filter(pk=example.about.pk).update(title=example.about.title),
        lambda: Page.objects.filter(pk=example.about.pk).update(locked=True),
        lambda: Page.objects.filter(pk=0).update(title="Niemand"),
        lambda: PendingEntry.objects.create(key="iets"),
    ):
        assert not raised_by(watch, change), getsource(change)


def test_what_is_rolled_back_leaves_it_and_what_follows_in_the_same_transaction_raises_it(example: Example, watch):
    def broken_off():
        with transaction.atomic():
            Page.objects.filter(pk=example.about.pk).update(title="Toch niet")
            transaction.set_rollback(True)

    assert not raised_by(watch, broken_off)
    assert raised_by(watch, lambda: Page.objects.filter(pk=example.about.pk).update(title="Toch wel"))


def test_every_table_of_ours_is_watched_or_says_that_it_is_not_public():
    ours = {
        model._meta.db_table
        for name in ("network", "themes", "districts", "home", "wagtailredirects")
        for model in apps.get_app_config(name).get_models(include_auto_created=True)
    }
    assert ours <= {one.table for one in watched()}


def test_no_table_that_reading_writes_to_is_watched():
    """Else each search in vain or each visit of an editor would make all answers anew."""
    tables = {one.table for one in watched()}
    assert not tables & {"cms_missedsearch", "django_session", "cms_user", "wagtailcore_revision"}


def test_every_watched_table_has_its_triggers_and_no_other_one():
    wanted = {(one.table, name) for one in watched() for name, _statement in one.triggers()}
    assert _triggers() == wanted


def test_triggers_are_made_anew_where_they_are_missing_or_not_wanted():
    wanted = _triggers()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER cms_generation_changed ON wagtailcore_site")
        cursor.execute(
            "CREATE TRIGGER cms_generation AFTER INSERT ON cms_missedsearch FOR EACH ROW"
            " EXECUTE FUNCTION cms_raise_generation()"
        )
    make_triggers(using="default")
    assert _triggers() == wanted


def _triggers() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'cms_raise_generation'"
        )
        return set(cursor.fetchall())


def test_it_lasts_until_the_next_moment_at_which_something_changes_by_itself(example: Example, watch):
    soon = timezone.now() + timedelta(seconds=30)
    Page.objects.filter(pk=example.about.pk).update(expire_at=soon)
    now = watch.current()
    assert now.until <= soon
    assert now.since <= now.now < now.until
    if now.until == soon:  # not within half a minute of midnight
        assert 0 < now.seconds_left <= 31


def test_a_day_ends_at_midnight_of_the_site(db, watch):
    until = timezone.localtime(watch.current().until)
    assert (until.hour, until.minute, until.second) == (0, 0, 0)


def test_one_question_an_interval_is_asked_of_the_database(db, watch, settings, django_assert_num_queries):
    settings.GENERATION_SECONDS = 60
    watch.current()
    with django_assert_num_queries(0):
        assert watch.current() is not None
    settings.GENERATION_SECONDS = 0
    with django_assert_num_queries(1):
        watch.current()


def test_a_change_shows_within_a_second_on_a_process_that_knew_another_generation(
    example: Example, watch, settings, monkeypatch, django_assert_num_queries
):
    """As it is set: half a second later it asks again, which leaves as much for making the page."""
    settings.GENERATION_SECONDS = base.GENERATION_SECONDS
    assert 0 < settings.GENERATION_SECONDS <= 0.5
    clock = [1000.0]
    monkeypatch.setattr(generation.time, "monotonic", lambda: clock[0])
    before = watch.current()
    Page.objects.filter(pk=example.about.pk).update(title="Anders")
    clock[0] += settings.GENERATION_SECONDS - 0.01
    with django_assert_num_queries(0):
        assert watch.current().token == before.token
    clock[0] += 0.01
    assert watch.current().token != before.token


def test_what_a_process_remembers_of_the_site_is_forgotten_with_the_generation(example: Example, watch):
    """Another process moved the home page: Wagtail keeps addresses of sites for an hour."""
    watch.current()
    assert Site.get_site_root_paths()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET url_path = '/thuis/' WHERE id = %s", [example.home.pk])
    assert "/thuis/" not in {root.root_path for root in Site.get_site_root_paths()}
    watch.current()
    assert "/thuis/" in {root.root_path for root in Site.get_site_root_paths()}


def test_pages_of_a_list_that_grew_are_another_generation(example: Example, watch):
    assert raised_by(watch, lambda: make_content_page(example.home, "Nieuw", slug="nieuw"))
