"""What holds for every answer: headers, methods, media types, and errors as problem documents."""

import pytest

from cms.api.app import VERSION
from cms.rendering.view import Layout

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"


def test_every_answer_tells_the_version(site, client):
    for address in (
        "/api/v1/themas",
        "/api/v1/themas/999999",
        "/api/v1/themas?x=1",
        "/api/v1/openapi.json",
        "/api/v1/x",
    ):
        assert client.get(address).headers["API-Version"] == VERSION


@pytest.mark.parametrize("address", ["/api/v1/themas/", "/api/v1/bestaat-niet", "/api/v1/", "/api/v1/themas/999999"])
def test_what_is_not_there_is_a_problem_in_dutch(site, client, address):
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (404, PROBLEM)
    problem = response.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert (problem["title"], problem["status"]) == ("Niet gevonden", 404)


def test_the_type_of_a_problem_leads_to_its_description(site, client):
    document, _hash, pointer = client.get("/api/v1/themas/999999").json()["type"].partition("#/")
    place = client.get(document).json()
    for part in pointer.split("/"):
        place = place[part]
    assert place["description"].startswith("Niet gevonden")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_refused_with_the_allowed_ones(site, client, method):
    response = getattr(client, method)("/api/v1/themas")
    assert (response.status_code, response.headers["Content-Type"]) == (405, PROBLEM)
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_options_tells_the_methods(site, client):
    response = client.options("/api/v1/themas")
    assert (response.status_code, response.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_head_answers_as_get_without_a_body(site, client):
    response = client.head("/api/v1/themas")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Type"] == "application/json"


def test_another_media_type_is_not_to_be_had(site, client):
    response = client.get("/api/v1/themas", headers={"accept": "text/csv"})
    assert (response.status_code, response.headers["Content-Type"]) == (406, PROBLEM)
    assert client.get("/api/v1/themas", headers={"accept": "text/html,*/*;q=0.8"}).status_code == 200


def test_a_failure_tells_nothing_of_the_code(site, client, monkeypatch, caplog):
    def fail(*args: object) -> Layout:
        raise RuntimeError("geheim")

    monkeypatch.setattr("cms.api.site.site_layout", fail)
    response = client.get("/api/v1/navigatie")
    assert (response.status_code, response.headers["Content-Type"]) == (500, PROBLEM)
    assert "geheim" not in response.content.decode()
    assert "geheim" in caplog.text


def test_only_the_description_may_be_read_by_scripts_of_other_sites(site, client):
    assert client.get("/api/v1/openapi.json").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/themas").headers


def test_an_anonymous_reader_gets_no_cookie(site, client):
    assert not client.get("/api/v1/paginas/op-pad?pad=/").cookies


def test_there_is_no_documentation_page_with_scripts_of_others(client):
    assert client.get("/api/v1/docs").status_code == 404
