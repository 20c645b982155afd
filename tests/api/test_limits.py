"""How much one caller may ask, and what tells it so."""

import re

import pytest
from django.core.cache import cache

from cms.api import limits
from tests.api.test_access import bearer, make_token

pytestmark = pytest.mark.django_db

SECRET = "x" * 40


@pytest.fixture(autouse=True)
def _still(monkeypatch, settings):
    """A clock that stands still, empty counters, and limits that are soon reached."""
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_010.0)
    settings.API_LIMIT_ANONYMOUS, settings.API_LIMIT_TOKEN = 2, 3
    cache.clear()
    yield
    cache.clear()


def left(response) -> int:
    return int(re.search(r"r=(\d+)", response.headers["RateLimit"])[1])


def test_an_address_may_ask_so_much_a_minute(site, client):
    first, second, third = (client.get("/api/v1/themas") for _number in range(3))
    assert [answer.status_code for answer in (first, second, third)] == [200, 200, 429]
    assert first.headers["RateLimit-Policy"] == '"anoniem";q=2;w=60'
    assert first.headers["RateLimit"] == '"anoniem";r=1;t=10'
    assert [left(answer) for answer in (first, second, third)] == [1, 0, 0]
    assert third.headers["Content-Type"] == "application/problem+json"
    assert third.headers["Retry-After"] == "10"
    assert third.json()["title"] == "Te veel verzoeken"
    assert third.headers["API-Version"]


def test_the_next_minute_begins_anew(site, client, monkeypatch):
    for _number in range(3):
        client.get("/api/v1/themas")
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_021.0)
    assert client.get("/api/v1/themas").status_code == 200


def test_wrong_questions_and_missing_things_count_too(site, client):
    client.get("/api/v1/themas?x=1")
    client.get("/api/v1/bestaat-niet")
    assert client.get("/api/v1/themas").status_code == 429


def test_each_address_counts_for_itself_as_our_proxy_saw_it(site, client, settings):
    for _number in range(2):
        client.get("/api/v1/themas", headers={"x-forwarded-for": "192.0.2.1"})
    # What a reader sends in that header changes nothing where no proxy is trusted.
    assert client.get("/api/v1/themas", headers={"x-forwarded-for": "192.0.2.9"}).status_code == 429
    settings.TRUSTED_PROXY = True
    cache.clear()
    for _number in range(2):
        client.get("/api/v1/themas", headers={"x-forwarded-for": "192.0.2.7, 192.0.2.1"})
    assert client.get("/api/v1/themas", headers={"x-forwarded-for": "192.0.2.8, 192.0.2.1"}).status_code == 429
    assert client.get("/api/v1/themas", headers={"x-forwarded-for": "192.0.2.7, 192.0.2.2"}).status_code == 200


def test_a_token_counts_for_itself(site, client):
    token, other = make_token("lezen"), make_token("lezen")
    answers = [client.get("/api/v1/themas", headers=bearer(token)) for _number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"sleutel";q=3;w=60'
    assert client.get("/api/v1/themas", headers=bearer(other)).status_code == 200
    assert client.get("/api/v1/themas").status_code == 200


def test_our_frontend_has_no_limit_and_nobody_passes_for_it(site, client, settings):
    settings.FRONTEND_SECRET = SECRET
    for _number in range(4):
        answer = client.get("/api/v1/themas", headers={"frontend-secret": SECRET})
        assert answer.status_code == 200
        assert "RateLimit" not in answer.headers
    for wrong in ("", "x", SECRET + "x", "é"):
        client.get("/api/v1/themas", headers={"frontend-secret": wrong})
    assert client.get("/api/v1/themas", headers={"frontend-secret": "x"}).status_code == 429
    settings.FRONTEND_SECRET = ""
    assert client.get("/api/v1/themas", headers={"frontend-secret": ""}).status_code == 429


def test_nought_is_no_limit(site, client, settings):
    settings.API_LIMIT_ANONYMOUS = 0
    answers = [client.get("/api/v1/themas") for _number in range(4)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0].headers


def test_no_address_is_kept_as_it_is(site, client, monkeypatch):
    keys = []
    monkeypatch.setattr(limits.cache, "add", lambda key, *args, **values: keys.append(key))
    monkeypatch.setattr(limits.cache, "incr", lambda key: 1)
    client.get("/api/v1/themas")
    assert keys
    assert not any("127.0.0.1" in key for key in keys)


def test_pages_of_the_site_have_no_limit(site, client):
    assert {client.get("/").status_code for _number in range(4)} == {200}
