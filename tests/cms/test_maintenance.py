"""A site that is closed for maintenance."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.maintenance import RETRY_AFTER
from tests.cms.factories import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _flag(settings, tmp_path: Path) -> None:
    settings.MAINTENANCE = False
    settings.MAINTENANCE_FILE = tmp_path / "map" / "dicht"
    make_site()


def switch(stand: str) -> str:
    out = StringIO()
    call_command("onderhoud", stand, stdout=out)
    return out.getvalue().strip()


def test_the_command_closes_and_opens_the_site_without_a_restart(client):
    assert client.get("/").status_code == 200
    assert switch("aan") == switch("stand") == "De site is dicht voor onderhoud."
    assert client.get("/").status_code == 503
    assert switch("uit") == "De site is open."
    assert client.get("/").status_code == 200
    assert switch("uit") == "De site is open."


def test_the_setting_closes_it_too_and_the_command_says_why_it_stays_closed(client, settings):
    settings.MAINTENANCE = True
    assert client.get("/").status_code == 503
    with pytest.raises(CommandError, match="MAINTENANCE"):
        switch("uit")


def test_readers_get_a_page_in_the_language_of_the_address_and_when_to_come_back(client):
    switch("aan")
    for address, language, words in (
        ("/themas/", "nl", "We werken aan de site"),
        ("/en/themes/", "en", "We are working on the site"),
        ("/de/", "de", "Wir arbeiten an der Website"),
    ):
        response = client.get(address)
        html = response.content.decode()
        assert (response.status_code, response.headers["Retry-After"]) == (503, str(RETRY_AFTER))
        assert response.headers["Cache-Control"] == "no-store"
        assert f'<html lang="{language}">' in html
        assert f"{words}</h1>" in html
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert not response.cookies


def test_the_api_says_so_as_a_problem(client):
    switch("aan")
    response = client.get("/api/v1/themas")
    assert (response.status_code, response.headers["Content-Type"]) == (503, "application/problem+json")
    assert response.headers["Retry-After"] == str(RETRY_AFTER)
    assert response.json()["title"] == "Onderhoud"
    assert "API-Version" in response.headers


def test_the_database_is_not_asked(client, django_assert_num_queries):
    switch("aan")
    with django_assert_num_queries(0):
        for address in ("/", "/api/v1/themas", "/documenten/1/x.pdf", "/sitemap.xml"):
            assert client.get(address).status_code == 503


def test_staff_and_probes_come_in(client, admin_client):
    switch("aan")
    assert client.get("/admin/login/").status_code == 200
    assert admin_client.get("/admin/").status_code == 200
    assert client.get("/status/leeft").status_code == 200
    assert client.get("/status/gereed").status_code == 200
