"""What pages share of the network is what the public may see of it now: nothing of before, elsewhere or another day."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from network.models import BodyKind, BodyRelation, NetworkBodyPage
from tests.api.factories import Example
from tests.cms.caching.test_dependants import in_both, publish_with
from tests.cms.factories import make_private, publish
from tests.network.factories import (
    make_body,
    make_network,
    make_role,
    make_verb,
    relate,
    seat,
    translate_page,
    translate_term,
)

pytestmark = pytest.mark.django_db

NETWORK = "/netwerk/"


@pytest.fixture
def other(example: Example) -> NetworkBodyPage:
    """A body that the one of the example steers."""
    body = make_body(example.network, "het RVO", title="Regionaal overleg", slug="rvo")
    relate(example.body, body)
    return body


@pytest.fixture
def pages(example: Example, other: NetworkBodyPage) -> tuple[str, str, str]:
    """The network, and two bodies that have to do with each other."""
    return NETWORK, example.body.url, other.url


def on_all(reader, pages: tuple[str, ...], text: str) -> bool:
    found = {in_both(reader, path, text) for path in pages}
    assert len(found) == 1, f"the pages differ about {text!r}"
    return found.pop()


def test_a_body_that_is_renamed_is_so_in_boxes_sentences_and_cards(reader, pages, other: NetworkBodyPage):
    assert on_all(reader, pages, "et RVO")
    publish_with(other, title="Overleg van de regio", short_name="OVR", phrase="het OVR")
    assert on_all(reader, pages, "et OVR")
    assert in_both(reader, NETWORK, "Overleg van de regio")
    assert not on_all(reader, pages, "et RVO")
    assert not on_all(reader, pages, "Regionaal overleg")


def test_a_relation_is_said_and_drawn_as_it_is_now(reader, pages, example: Example, other: NetworkBodyPage):
    assert not on_all(reader, pages, "begeleidt")
    relation = relate(example.body, other, make_verb("begeleiden"))
    assert on_all(reader, pages, "begeleidt")
    BodyRelation.objects.filter(pk=relation.pk).update(verb=make_verb("afstemmen"))
    assert on_all(reader, pages, "stemt af met")
    assert not on_all(reader, pages, "begeleidt")
    relation.delete()
    assert not on_all(reader, pages, "stemt af met")


def test_a_role_that_sits_in_a_body_is_there_at_once(reader, pages, example: Example, other: NetworkBodyPage):
    assert not on_all(reader, pages, "de voorzitters van")
    membership = seat(other, member_role=make_role("de voorzitter", "de voorzitters"), member_body=example.body)
    assert in_both(reader, NETWORK, "e voorzitters van")
    assert in_both(reader, other.url, "e voorzitters van")
    membership.delete()
    assert not on_all(reader, pages, "e voorzitters van")


def test_a_kind_that_is_renamed_is_so_on_cards_and_pages(reader, pages):
    assert on_all(reader, pages, "Overleg")
    BodyKind.objects.update(name="Beraad")
    assert on_all(reader, pages, "Beraad")


def test_a_draft_is_not_shown_and_a_private_body_no_longer(reader, pages, other: NetworkBodyPage):
    draft = Page.objects.get(pk=other.pk).specific
    draft.title, draft.phrase = "Geheim overleg", "het geheime overleg"
    draft.save_revision()
    assert not on_all(reader, pages, "eheim")
    assert on_all(reader, pages[:2], "het RVO")
    make_private(other)
    assert not on_all(reader, pages[:2], "het RVO")
    assert not on_all(reader, pages[:2], other.url)


def test_a_body_that_is_unpublished_is_gone_from_the_picture(reader, pages, other: NetworkBodyPage):
    assert on_all(reader, pages[:2], other.url)
    Page.objects.get(pk=other.pk).specific.unpublish()
    assert not on_all(reader, pages[:2], other.url)


def test_today_is_never_another_day(reader, example: Example, other: NetworkBodyPage):
    today = timezone.localdate()
    relate(example.body, other, make_verb("begeleiden"), valid_to=today)
    for _time in range(2):
        assert not in_both(reader, NETWORK, "begeleidt")
        assert in_both(reader, f"{NETWORK}?op={today - timedelta(days=1)}", "begeleidt")
        assert not in_both(reader, NETWORK, "begeleidt")


def test_each_language_has_its_own_words(reader, example: Example, other: NetworkBodyPage):
    english = translate_page(example.network, "en", slug="network")
    for body, name in ((example.body, "the board"), (other, "the council")):
        translate_page(body, "en", title=name, phrase=name, phrase_of=f"of {name}", slug=name.replace(" ", "-"))
    pattern = dict.fromkeys(("singular", "plural"), "{van} steers {naar}")
    pattern |= dict.fromkeys(("inverse_singular", "inverse_plural"), "{naar} is steered by {van}")
    verb = translate_term(make_verb(), "en", **pattern)
    for _time in range(2):
        assert in_both(reader, NETWORK, "geeft richting aan")
        for words in ("steers", "the council"):
            assert in_both(reader, english.url, words)
            assert not in_both(reader, NETWORK, words)
    type(verb).objects.filter(pk=verb.pk).update(singular="{van} guides {naar}")
    assert in_both(reader, english.url, "guides")


def test_each_site_has_its_own_network(reader, example: Example, settings):
    settings.ALLOWED_HOSTS = ["*"]
    home = publish(Page.get_first_root_node(), type(example.home)(title="Elders", slug="elders", slogan="Elders"))
    Site.objects.create(hostname="elders.example", port=80, root_page=home, site_name="Elders")
    network = make_network(home, "Netwerk elders")
    make_body(network, "het verre overleg", title="Ver overleg")

    def there() -> Any:
        return Client().get(NETWORK, headers={"host": "elders.example"}).content.decode()

    for _time in range(2):
        assert "Ver overleg" in there()
        assert "Bestuurlijke begeleidingsgroep" not in there()
        assert not in_both(reader, NETWORK, "Ver overleg")


def test_who_may_see_more_gets_a_network_of_the_moment(reader, example: Example, other: NetworkBodyPage):
    reader.get(NETWORK)
    client = Client()
    client.cookies["sessionid"] = "x"
    with CaptureQueriesContext(connection) as queries:
        assert client.get(NETWORK).status_code == 200
    assert any('FROM "network_bodyrelation"' in query["sql"] for query in queries)


def test_both_renderings_and_all_bodies_share_what_is_loaded(reader, pages):
    reader.get(NETWORK)
    with CaptureQueriesContext(connection) as queries:
        for path in pages:
            reader.both(path)
    asked = [query["sql"] for query in queries]
    assert not any('FROM "network_bodyrelation"' in sql or 'FROM "network_bodykind"' in sql for sql in asked)
