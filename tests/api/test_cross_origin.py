"""Which other sites' scripts may read the API."""

import pytest

pytestmark = pytest.mark.django_db

OURS, THEIRS = "https://intranet.example", "https://elders.example"


def preflight(client, origin: str, address: str = "/api/v1/themas"):
    return client.options(
        address,
        headers={
            "origin": origin,
            "access-control-request-method": "GET",
            "access-control-request-headers": "authorization",
        },
    )


def test_nobody_elses_script_reads_anything_unless_a_setting_says_so(site, client):
    for response in (client.get("/api/v1/themas", headers={"origin": OURS}), preflight(client, OURS)):
        assert not [name for name in response.headers if name.lower().startswith("access-control")]


def test_sites_that_are_named_may_read(site, client, settings):
    settings.API_ALLOWED_ORIGINS = [OURS]
    answer = client.get("/api/v1/themas", headers={"origin": OURS})
    assert answer.headers["Access-Control-Allow-Origin"] == OURS
    assert {"Link", "RateLimit", "Retry-After", "Cache-Tag", "Deprecation", "Sunset"} <= set(
        answer.headers["Access-Control-Expose-Headers"].split(", ")
    )
    assert "Origin" in answer.headers["Vary"]
    for other in (THEIRS, "null", "", f"{OURS}.{THEIRS}"):
        refused = client.get("/api/v1/themas", headers={"origin": other} if other else {})
        assert "Access-Control-Allow-Origin" not in refused.headers
        assert "Origin" in refused.headers["Vary"]


def test_a_browser_that_asks_first_hears_what_may_be_sent(site, client, settings):
    settings.API_ALLOWED_ORIGINS = [OURS]
    answer = preflight(client, OURS)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == OURS
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert {"Authorization", "Toegangsbewijs"} <= set(answer.headers["Access-Control-Allow-Headers"].split(", "))
    assert int(answer.headers["Access-Control-Max-Age"]) > 0
    assert "Access-Control-Allow-Origin" not in preflight(client, THEIRS).headers


def test_every_site_may_read_where_the_setting_is_a_star(site, client, settings):
    settings.API_ALLOWED_ORIGINS = ["*"]
    answer = client.get("/api/v1/themas", headers={"origin": THEIRS})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Origin" not in answer.headers.get("Vary", "")


def test_cookies_are_never_asked_for(site, client, settings):
    settings.API_ALLOWED_ORIGINS = ["*", OURS]
    for response in (client.get("/api/v1/themas", headers={"origin": OURS}), preflight(client, OURS)):
        assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("address", ["/api/v1/themas?x=1", "/api/v1/themas/999999", "/api/v1/bestaat-niet"])
def test_an_error_may_be_read_too(site, client, settings, address):
    settings.API_ALLOWED_ORIGINS = [OURS]
    assert client.get(address, headers={"origin": OURS}).headers["Access-Control-Allow-Origin"] == OURS


def test_the_description_may_always_be_read(site, client, settings):
    for origins in ([], [OURS]):
        settings.API_ALLOWED_ORIGINS = origins
        answer = client.get("/api/v1/openapi.json", headers={"origin": THEIRS})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
