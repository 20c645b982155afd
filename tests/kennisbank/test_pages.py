"""Pages of the Kennisbank as an anonymous reader gets them."""

import pytest
from django.test import Client

from tests.cms.factories import make_site
from tests.kennisbank.factories import add_file, make_kennisbank, make_publication

pytestmark = pytest.mark.django_db


def test_lists_a_publication(client: Client) -> None:
    _site, home = make_site()
    kennisbank = make_kennisbank(home)
    page = make_publication(kennisbank)
    add_file(page)
    answer = client.get("/kennisbank/")
    assert answer.status_code == 200
    assert "1 publicatie" in answer.content.decode()
    answer = client.get(page.url)
    print(answer.content.decode())
    assert 0
