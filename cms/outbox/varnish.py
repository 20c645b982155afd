"""A Varnish with deploy/varnish/default.vcl, as a backend of Wagtail's frontend cache: it forgets by tags."""

from collections.abc import Iterable
from typing import Any
from urllib.request import Request, urlopen

from wagtail.contrib.frontend_cache.backends.base import BaseBackend

_SECONDS = 10


class VarnishBackend(BaseBackend):
    """`LOCATION` is its address, as `http://127.0.0.1:6081`. One `BAN` takes all tags of a message."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.location = params["LOCATION"].rstrip("/")

    def purge(self, url: str) -> None:
        """Do nothing: what stands at an address goes by its tags."""

    def purge_tags(self, tags: Iterable[str]) -> None:
        """Let it forget all answers with any of these tags. Raises OSError where it does not answer or refuses."""
        pattern = f"(^|,)({'|'.join(tags)})(,|$)"
        request = Request(f"{self.location}/", headers={"X-Cache-Tags": pattern}, method="BAN")  # noqa: S310
        with urlopen(request, timeout=_SECONDS):  # noqa: S310 - the operator's own setting
            pass
