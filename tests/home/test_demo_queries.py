"""Query ceilings of whole page requests on the demo's real content, with all its blocks and pictures."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from home.setup.demo.files import make_renditions
from home.setup.demo.load import load_demo
from home.setup.report import Report

CEILINGS = {
    "/": 24,
    "/en/": 30,
    "/themas/": 16,
    "/themas/ondermijning/": 24,
    "/en/themes/human-trafficking/": 30,
    "/districten/": 17,
    "/districten/twente/": 28,
    "/gemeenten/": 15,
    "/gemeenten/enschede/": 20,
    "/netwerk/": 18,
    "/netwerk/bestuurlijke-begeleidingsgroep/": 20,
    "/netwerk/districtelijke-veiligheidsoverleggen/dvo-twente/": 24,
    "/kennisbank/": 20,
    "/kennisbank/?thema=ondermijning": 20,
    "/kennisbank/jaarplan-2026/": 20,
    "/toegankelijkheid/": 14,
}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(Report())
        make_renditions()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("path", CEILINGS)
def test_a_page_of_the_demo_stays_within_its_ceiling(demo, db, client, django_assert_max_num_queries, path):
    assert client.get(path).status_code == 200
    with django_assert_max_num_queries(CEILINGS[path]):
        client.get(path)
