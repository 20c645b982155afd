"""The documentation as pages of the site: in two languages, whole, and without script or anything of others."""

import re

import pytest

from cms.api.app import api
from cms.api.openapi import describe
from tests.api.factories import Example

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/documentatie"


@pytest.mark.parametrize(("query", "language", "title"), [("", "nl", "De API"), ("?taal=en", "en", "The API")])
def test_it_stands_there_in_dutch_and_english(example: Example, client, query, language, title):
    response = client.get(ADDRESS + query)
    html = response.content.decode()
    assert (response.status_code, response.headers["Content-Language"]) == (200, language)
    assert f'<html lang="{language}">' in html
    assert f">{title}</h1>" in html


def test_every_address_is_there_with_what_it_takes(example: Example, client):
    html = client.get(ADDRESS).content.decode()
    for path, methods in describe(api)["paths"].items():
        for method, operation in methods.items():
            assert f"<code>{method.upper()} {path}</code>" in html
            assert f'id="{operation["operationId"]}"' in html
            for parameter in operation["parameters"]:
                assert f"<code>{parameter['name']}</code>" in html


@pytest.mark.parametrize("query", ["", "?taal=en", "?pagina=wijzigingen", "?pagina=afwijkingen"])
def test_links_lead_somewhere_and_nothing_comes_from_others(example: Example, client, query):
    response = client.get(ADDRESS + query)
    html = response.content.decode()
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    main = html[html.index("<main") : html.index("</main>")]
    for target in re.findall(r'href="([^"]+)"', main):
        address, _hash, place = target.partition("#")
        if address.startswith("/"):
            assert client.get(address.replace("&amp;", "&")).status_code == 200, target
        elif not address:
            assert place in ids, target
        else:
            assert address.startswith("https://logius-standaarden.github.io/"), target
    assert not re.findall(r'<script(?![^>]*\bsrc="/static/)|<style|\bstyle="|\bon\w+="', html)
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("query", ["?taal=de", "?pagina=README", "?pagina=../operator/settings", "?x=1"])
def test_other_pages_are_not_there(site, client, query):
    assert client.get(ADDRESS + query).status_code == 404


def test_it_stands_without_the_texts_too(example: Example, client, settings):
    settings.API_GUIDE_ROOT = None
    html = client.get(ADDRESS).content.decode()
    assert "<code>GET /api/v1/themas</code>" in html
