"""The example network and a way to ask the API."""

import pytest
from wagtail.models import Site

from tests.api.factories import Example, make_example
from tests.cms.factories import make_site


@pytest.fixture
def example(db) -> Example:
    return make_example()


@pytest.fixture
def site(db) -> Site:
    """The site with nothing but a home page: enough for errors, and made in no time."""
    return make_site()[0]


@pytest.fixture
def ask(client):
    """Give the answer's JSON; the status must be as told."""

    def asked(address: str, status: int = 200, **parameters):
        response = client.get(f"/api/v1{address}", parameters or None)
        assert response.status_code == status, response.content.decode()
        return response.json()

    return asked
