"""What everybody finds without words is kept, and is never anything else than what may be seen now."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from cms.search import statements, tally, versions
from cms.search.engine import find
from cms.search.loading import page_key
from cms.search.values import Answer, Question
from cms.search.writing import remove_entries
from tests.cms.factories import make_content_page, make_private, make_site
from tests.cms.search.test_index_visibility import Shuffle, make_other_site
from tests.search import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(monkeypatch) -> None:
    """Ask each question as in a transaction to itself, though the test has one round all."""
    monkeypatch.setattr(tally, "_has_transaction_to_itself", lambda: True)


def ask(site: Site, language: str = "nl", **values: object) -> Answer:
    with connection.cursor() as cursor:
        # The next change is that of another transaction.
        cursor.execute("SELECT set_config('cms.raised', '', true)")
    return find(Question(site.pk, language, facets=("kind",), order="titel", size=100, **values))


def asked_anew(site: Site, language: str = "nl") -> Answer:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tally, "_has_transaction_to_itself", lambda: False)
        return ask(site, language)


def statements_of(site: Site) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask(site)
    return len(captured)


@pytest.mark.usefixtures("alone")
def test_a_second_question_costs_a_statement_less():
    site, home = make_site()
    make_content_page(home, "Contact", slug="contact")
    reindex()
    ask(site)
    known = statements_of(site)
    Page.objects.filter(slug="contact").update(title="Bel ons")
    ask(site, "en")
    assert statements_of(site) == known + 1
    assert statements_of(site) == known


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("seed", range(10, 14))
def test_what_is_kept_is_what_may_be_seen_whatever_changes_in_the_tree(seed):
    site, home = make_site()
    shuffle = Shuffle(seed, home, make_other_site())
    reindex()
    for number, step in zip(range(20), shuffle.steps(), strict=False):
        step()
        for one in (site, shuffle.other):
            for language in ("nl", "en"):
                assert ask(one, language) == asked_anew(one, language), (number, step.__name__)
        reindex()
        assert ask(site) == asked_anew(site)


@pytest.mark.usefixtures("alone")
def test_an_entry_that_leaves_the_index_is_counted_no_more():
    site, home = make_site()
    page = make_content_page(home, "Contact", slug="contact")
    reindex()
    before = ask(site).total
    remove_entries(versions.ensure_live(), [page_key(page.pk)])
    assert ask(site).total == before - 1


@pytest.mark.usefixtures("alone")
def test_what_expires_is_gone_at_its_moment(monkeypatch):
    site, home = make_site()
    page = make_content_page(home, "Contact", slug="contact")
    moment = timezone.now() + timedelta(hours=1)
    Page.objects.filter(pk=page.pk).update(expire_at=moment)
    reindex()
    ask(site)
    known = statements_of(site)
    situation = statements.situation
    for now, statements_asked in ((moment - timedelta(seconds=1), known), (moment, known + 1)):
        monkeypatch.setattr(statements, "situation", lambda *asked, now=now: replace(situation(*asked), now=now))
        assert statements_of(site) == statements_asked


@pytest.mark.usefixtures("alone")
def test_who_passed_a_restriction_shares_nothing_with_others():
    site, home = make_site()
    make_private(make_content_page(home, "Besloten", slug="besloten"))
    restriction = PageViewRestriction.objects.get()
    reindex()
    everybody = ask(site).total
    for _time in range(2):
        assert ask(site, passed=frozenset({restriction.pk})).total == everybody + 1
        assert ask(site).total == everybody


def test_within_a_longer_transaction_its_own_changes_are_seen():
    site, home = make_site()
    pages = [make_content_page(home, title, slug=title.lower()) for title in ("Een", "Twee")]
    reindex()
    before = find(Question(site.pk, "nl")).total
    for number, page in enumerate(pages, start=1):
        page.unpublish()
        assert find(Question(site.pk, "nl")).total == before - number
