"""What a supervisor or load balancer asks."""

import logging

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor

from cms.health import ALIVE, READY, HealthMiddleware


def test_a_process_that_answers_is_alive_whatever_its_database(client):
    response = client.get(ALIVE)
    assert (response.status_code, response.json()) == (200, {"status": "in orde"})


@pytest.mark.django_db
def test_a_site_with_its_database_is_ready(client):
    response = client.get(READY)
    assert (response.status_code, response.json()) == (200, {"status": "in orde"})


def test_without_database_it_is_not_ready_and_tells_no_more_than_that(client, monkeypatch, caplog):
    def fail(*args: object) -> None:
        raise OperationalError("password of user cms at 10.0.0.7 is wrong")

    monkeypatch.setattr("cms.health.connection.cursor", fail)
    with caplog.at_level(logging.DEBUG):
        response = client.get(READY)
    assert (response.status_code, response.json()["reden"]) == (503, "De database is niet bereikbaar.")
    assert "10.0.0.7" not in response.content.decode() + caplog.text
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.django_db
def test_with_migrations_to_apply_it_is_not_ready_until_they_are(monkeypatch):
    middleware = HealthMiddleware(lambda request: None)
    with monkeypatch.context() as patched:
        patched.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["iets"])
        assert "migrate" in middleware.obstacle()
    assert middleware.obstacle() == ""


@pytest.mark.django_db
def test_once_ready_a_probe_costs_one_query(client, django_assert_num_queries):
    client.get(READY)
    with django_assert_num_queries(1):
        client.get(READY)


@pytest.mark.django_db
@pytest.mark.parametrize("address", [ALIVE, READY, f"{ALIVE}/", f"{READY}/"])
def test_a_probe_needs_no_right_host_and_no_https_and_gets_no_cookie(address, client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(address, headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_other_addresses_below_are_pages_or_nothing(client):
    assert client.get("/status/").status_code == 404
