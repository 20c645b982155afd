"""The download block: what a reader sees of a file, and of which files nothing."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from cms.rendering.body import render_blocks
from cms.rendering.build import context_for
from home.models import ContentPage
from tests.cms.factories import make_content_page, make_document, make_site, private_collection

pytestmark = pytest.mark.django_db


def block(document: object, **values: object) -> dict:
    filled = {"document": document.pk, "title": "", "description": "", **values}
    return {"type": "download", "id": f"{document.pk}", "value": filled}


def page_with(*blocks: dict) -> ContentPage:
    _site, home = make_site()
    return make_content_page(home, "Met bestanden", body=json.dumps(blocks))


def html_of(client: Client, *blocks: dict) -> str:
    return client.get(page_with(*blocks).url).content.decode()


def test_shows_title_type_and_size(client):
    document = make_document("Factsheet leegstand", b"x" * 1234)
    html = html_of(client, block(document, description="Zo herkent u leegstand."))
    assert f'href="/documenten/{document.pk}/{document.filename}">Factsheet leegstand</a>' in html
    assert ">PDF</span>" in html
    assert "1 kB" in html
    assert "Zo herkent u leegstand." in html


def test_a_title_of_its_own_wins_and_is_escaped(client):
    html = html_of(client, block(make_document(), title="<b>De factsheet</b>"))
    assert "&lt;b&gt;De factsheet&lt;/b&gt;</a>" in html


def test_a_private_file_leaves_no_trace(client):
    document = make_document("Besloten stuk", collection=private_collection())
    html = html_of(client, block(document, description="Geheim"))
    assert "Besloten stuk" not in html
    assert "Geheim" not in html
    assert "/documenten/" not in html


def test_a_file_that_is_gone_takes_the_block_away(client):
    document = make_document()
    page = page_with(block(document, description="Weg"))
    document.delete()
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert "Weg" not in answer.content.decode()


@pytest.mark.parametrize("number", [1, 8])
def test_many_files_cost_no_more_queries_than_one(number: int, django_assert_max_num_queries: Callable):
    page = page_with(*[block(make_document(f"Stuk {count}")) for count in range(number)])
    site, _home = make_site()
    # The library notes the size of a file the first time that it is asked for.
    render_blocks(page.body, context_for(page, site, {}))
    page = ContentPage.objects.get(pk=page.pk)
    with django_assert_max_num_queries(4):
        assert len(render_blocks(page.body, context_for(page, site, {}))) == number
