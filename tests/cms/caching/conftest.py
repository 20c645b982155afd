"""The example network with answers that are kept, and ways to ask for them in both renderings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client

from cms.caching import answers, generation
from cms.caching.generation import Watch
from tests.api.factories import Example, make_example


@pytest.fixture(autouse=True)
def kept(settings, monkeypatch) -> Iterator[None]:
    """Keep answers, beginning with none; at whatever moment the tests run, the last one is long past."""
    settings.ANSWERS_KEPT = True
    monkeypatch.setattr(answers, "asked_before", type(answers.asked_before)())
    caches["answers"].clear()
    monkeypatch.setattr(generation, "SETTLING", timedelta(0))
    yield
    caches["answers"].clear()


@pytest.fixture
def example(db) -> Example:
    return make_example()


@dataclass
class Reader:
    """Somebody without a cookie."""

    client: Client
    made: list[str]

    def get(self, address: str, status: int = 200, **headers: str) -> HttpResponse:
        response: Any = Client().get(address, headers=headers)
        assert response.status_code == status, (address, response.status_code, response.content[:500])
        return response

    def both(self, path: str, status: int = 200) -> list[str]:
        """The page at a path as Django prints it and as the API gives it; each asked twice, the second one kept."""
        found = []
        for address in (path, f"/api/v1/paginas/op-pad?pad={path}"):
            self.get(address, status)
            found.append(self.get(address, status).content.decode())
        return found

    def costs_rendering(self, ask: Callable[[], object]) -> bool:
        """Whether an answer is made when this is asked."""
        before = len(self.made)
        ask()
        return len(self.made) > before


@pytest.fixture
def reader(client, monkeypatch) -> Reader:
    made: list[str] = []
    make = answers.made

    def counting(request, *rest):
        made.append(request.get_full_path())
        return make(request, *rest)

    monkeypatch.setattr(answers, "made", counting)
    return Reader(client, made)


@pytest.fixture
def watch() -> Watch:
    """What a process knows of the generation."""
    return Watch()
