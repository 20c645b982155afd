"""Query ceilings of whole page requests on the demo's real content, with all its blocks and pictures."""

from collections.abc import Iterator

import pytest
from django.db import transaction

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
