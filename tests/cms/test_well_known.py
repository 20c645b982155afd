"""security.txt, the icons and the web app manifest."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from cms.found.well_known import ICONS
from tests.cms.factories import make_site
from tests.cms.test_settings import SAFE, load_production

pytestmark = pytest.mark.django_db

SECURITY = "/.well-known/security.txt"


@pytest.fixture(autouse=True)
def site(db):
    return make_site()[0]


def test_without_a_contact_there_is_no_security_txt(client):
    assert client.get(SECURITY).status_code == 404


def test_security_txt_says_whom_to_tell_and_until_when(client, settings):
    settings.SECURITY_CONTACTS = ["mailto:security@example.nl", "https://www.example.nl/melden"]
    settings.SECURITY_POLICY_URL = "https://www.example.nl/beleid"
    response = client.get(SECURITY)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[:2] == ["Contact: mailto:security@example.nl", "Contact: https://www.example.nl/melden"]
    assert f"Canonical: http://localhost{SECURITY}" in lines
    assert "Policy: https://www.example.nl/beleid" in lines
    assert "Preferred-Languages: nl, en" in lines
    [expires] = [line.removeprefix("Expires: ") for line in lines if line.startswith("Expires: ")]
    ahead = datetime.fromisoformat(expires) - datetime.now(UTC)
    assert timedelta(days=200) < ahead < timedelta(days=365)


def test_a_policy_is_optional(client, settings):
    settings.SECURITY_CONTACTS = ["mailto:security@example.nl"]
    assert b"Policy" not in client.get(SECURITY).content


@pytest.mark.parametrize(
    ("name", "value"),
    [("SECURITY_CONTACTS", "security@example.nl"), ("SECURITY_POLICY_URL", "http://www.example.nl/"),
     ("SEARCH_ENGINES_WELCOME", "yes")],
)  # fmt: skip
def test_a_value_that_would_not_work_stops_the_start(name, value):
    result = load_production(**SAFE, **{name: value})
    assert result.returncode != 0
    assert name in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "kind", "sizes"),
    [
        ("favicon.ico", "image/x-icon", {(16, 16), (32, 32), (48, 48)}),
        ("apple-touch-icon.png", "image/png", {(180, 180)}),
        ("icon-192.png", "image/png", {(192, 192)}),
        ("icon-512.png", "image/png", {(512, 512)}),
    ],
)
def test_an_icon_stands_where_browsers_look_for_it(name, kind, sizes, client):
    response = client.get(f"/{name}")
    assert response.headers["Content-Type"] == kind
    image = Image.open(io.BytesIO(response.content))
    assert set(image.info.get("sizes", {image.size})) == sizes
    again = client.get(f"/{name}", headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304


def test_the_manifest_names_the_site_its_colours_and_icons_that_exist(client):
    response = client.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert (manifest["name"], manifest["start_url"], manifest["lang"]) == ("Netwerk", "/", "nl")
    for icon in manifest["icons"]:
        image = Image.open(io.BytesIO(client.get(icon["src"]).content))
        assert f"{image.width}x{image.height}" == icon["sizes"]


def test_every_page_names_its_icons(client):
    html = client.get("/").content.decode()
    for link in (
        '<link rel="icon" href="/favicon.ico" sizes="32x32">',
        '<link rel="apple-touch-icon" href="/apple-touch-icon.png">',
        '<link rel="manifest" href="/manifest.webmanifest">',
    ):
        assert link in html


@pytest.mark.parametrize("path", ["/manifest.webmanifest", *(f"/{name}" for name in ICONS)])
def test_only_reading_is_offered(path, client):
    assert client.head(path).status_code == 200
    assert client.delete(path).status_code == 405
