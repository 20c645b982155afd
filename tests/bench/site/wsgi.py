"""What gunicorn serves: the site, and the peers with the middleware of a new Django project."""

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.site.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test.utils import override_settings

from tests.bench.site import PEERS

_site = get_wsgi_application()
with override_settings(MIDDLEWARE=settings.PEERS_MIDDLEWARE):
    # The middleware is loaded here, once; each handler keeps its own.
    _peers = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Give a request to the site or to the peers, by its address."""
    return (_peers if environ["PATH_INFO"].startswith(PEERS) else _site)(environ, start_response)
