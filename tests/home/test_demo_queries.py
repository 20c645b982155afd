"""Query ceilings of whole page requests on the demo's real content, with all its blocks and pictures."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page

from cms.caching import generation, shared
from cms.rendering.links import page_path
from home.setup.demo.files import make_renditions
from home.setup.demo.load import load_demo
from home.setup.report import Report
from tests.search import reindex

CEILINGS = {
    "/": 27,
    "/en/": 34,
    "/themas/": 19,
    "/themas/ondermijning/": 34,
    "/en/themes/human-trafficking/": 45,
    "/districten/": 22,
    "/districten/twente/": 34,
    "/gemeenten/": 23,
    "/gemeenten/prioriteiten/": 23,
    "/gemeenten/enschede/": 29,
    "/netwerk/": 20,
    "/en/network/": 24,
    "/en/municipalities/priorities/": 28,
    "/netwerk/bestuurlijke-begeleidingsgroep/": 25,
    "/netwerk/districtelijke-veiligheidsoverleggen/dvo-twente/": 33,
    "/kennisbank/": 25,
    "/kennisbank/?thema=ondermijning": 30,
    "/kennisbank/?zoek=leegstand&thema=ondermijning&jaar=2026": 30,
    "/zoeken/?zoek=ondermijning": 35,
    "/kennisbank/jaarplan-2026/": 27,
    "/toegankelijkheid/": 18,
}
# Of a page that is made anew, while what all pages share is there already.
MADE = {
    "/": 6,
    "/en/": 8,
    "/themas/": 3,
    "/themas/ondermijning/": 8,
    "/districten/twente/": 9,
    "/gemeenten/": 6,
    "/gemeenten/enschede/": 7,
    "/netwerk/": 7,
    "/kennisbank/": 8,
    "/kennisbank/factsheet-leegstand-buitengebied/": 8,
    "/api/v1/paginas/op-pad?pad=/": 7,
    "/api/v1/paginas/op-pad?pad=/themas/ondermijning/": 8,
    "/api/v1/paginas/op-pad?pad=/gemeenten/enschede/": 7,
    "/api/v1/paginas/op-pad?pad=/kennisbank/factsheet-leegstand-buitengebied/": 8,
}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(Report())
        make_renditions()
        reindex()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("path", CEILINGS)
def test_a_page_of_the_demo_stays_within_its_ceiling(demo, db, client, django_assert_max_num_queries, path):
    assert client.get(path).status_code == 200
    with django_assert_max_num_queries(CEILINGS[path]):
        client.get(path)


@pytest.mark.parametrize("path", MADE)
def test_a_page_that_is_made_anew_asks_little(demo, db, client, settings, monkeypatch, path):
    settings.ANSWERS_KEPT = True
    monkeypatch.setattr(generation, "SETTLING", timedelta(0))
    for _time in range(3):
        caches["answers"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
    # What a process asks twice a second at most is not the request's own.
    own = [query["sql"] for query in queries if "cms_generation" not in query["sql"]]
    assert len(own) <= MADE[path], own


def test_every_address_is_that_of_wagtail(demo, db):
    now: Any = generation.Watch().current()
    pages = list(Page.objects.filter(depth__gt=1))
    for language in ("nl", "en", "de"):
        with translation.override(language):
            by_wagtail = [page.get_url_parts()[2] for page in pages]
            with shared.sharing(generation.Generation(language, now.since - timedelta(hours=1), now.until, now.now)):
                assert [page_path(page) for page in pages] == by_wagtail
                assert [page_path(page.specific) for page in pages] == by_wagtail
