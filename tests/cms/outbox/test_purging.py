"""Caches in front of the site are purged from the outbox, after the request: by tag, or by the addresses of pages."""

import pytest
from django.utils import timezone
from wagtail.models import Page, Site

from cms.models import Delivery
from cms.outbox.delivering import Receiver, deliver_to
from cms.outbox.keeping import tell_once
from tests.cms.factories import make_content_page, make_site
from tests.cms.outbox.conftest import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache(receiver, settings):
    """Give a function that sets a backend up, beginning with nothing to tell."""

    def set_up(backend: str, **options: object) -> None:
        settings.WAGTAILFRONTENDCACHE = {
            "voorkant": {"BACKEND": backend, "LOCATION": receiver.url.rstrip("/"), **options}
        }
        make_site()
        told()
        Delivery.objects.all().delete()

    return set_up


def purge() -> Delivery:
    """Tell what changed, and give how that went."""
    told()
    Delivery.objects.update(next_at=timezone.now())
    deliver_to(Receiver(None, "voorkant"))
    return Delivery.objects.get()


def lines(receiver) -> list[str]:
    return sorted(line for line, _headers, _body in receiver.got)


WAGTAILS = "wagtail.contrib.frontend_cache.backends.HTTPBackend"
OURS = "cms.outbox.varnish.VarnishBackend"


def test_a_backend_of_wagtail_purges_pages_that_changed_and_those_above_them(cache, receiver) -> None:
    home = make_site()[1]
    page = make_content_page(make_content_page(home, "Boven"), "Onder")
    cache(WAGTAILS)
    Page.objects.filter(pk=page.pk).update(title="Anders")
    assert receiver.got == []  # not in the request
    delivery = purge()
    assert lines(receiver) == ["PURGE /", "PURGE /boven/", "PURGE /boven/onder/"]
    assert {headers["host"] for _line, headers, _body in receiver.got} == {Site.objects.get().hostname}
    assert (delivery.state, delivery.answer) == ("afgeleverd", "Gewist: 3 adressen.")


def test_where_a_page_was_is_purged_too(cache, receiver) -> None:
    home = make_site()[1]
    page, other = make_content_page(home, "Weg"), make_content_page(home, "Elders")
    cache(WAGTAILS)
    page.move(other, "last-child")
    purge()
    assert {"PURGE /weg/", "PURGE /elders/weg/"} <= set(lines(receiver))


def test_a_frontend_on_a_host_of_its_own_is_purged_too(cache, receiver, settings) -> None:
    site, home = make_site()
    settings.FRONTEND_ADDRESSES = {site.hostname: "https://www.voorbeeld.example"}
    cache(WAGTAILS)
    Page.objects.filter(pk=home.pk).update(title="Anders")
    purge()
    assert {headers["host"] for _line, headers, _body in receiver.got} == {site.hostname, "www.voorbeeld.example"}


def test_a_cache_that_answers_with_an_error_is_asked_again(cache, receiver) -> None:
    cache(WAGTAILS)
    receiver.statuses = [500]
    Page.objects.filter(pk=make_site()[1].pk).update(title="Anders")
    delivery = purge()
    assert (delivery.state, delivery.attempts) == ("mislukt", 1)
    assert "logboek" in delivery.answer


def test_varnish_is_told_the_tags_of_the_sites_in_one_order(cache, receiver) -> None:
    site, home = make_site()
    cache(OURS)
    Page.objects.filter(pk=home.pk).update(title="Anders")
    assert purge().state == "afgeleverd"
    ((line, headers, _body),) = receiver.got
    assert line == "BAN /"
    assert headers["x-cache-tags"] == f"(^|,)(site-{site.pk})(,|$)"


def test_a_varnish_that_refuses_or_is_away_is_asked_again(cache, receiver, settings) -> None:
    cache(OURS)
    receiver.statuses = [403]
    Page.objects.filter(pk=make_site()[1].pk).update(title="Anders")
    delivery = purge()
    assert (delivery.state, delivery.attempts) == ("mislukt", 1)
    assert "HTTPError" in delivery.answer
    settings.WAGTAILFRONTENDCACHE = {}
    Delivery.objects.update(next_at=timezone.now())
    tell_once()
    delivery.refresh_from_db()
    assert delivery.answer == "Deze cache staat niet meer in de instellingen."
