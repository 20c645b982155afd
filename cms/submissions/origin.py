"""Where a form was sent from, which takes the place of a token in a cookie."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from cms.addresses import frontends


def is_own(request: HttpRequest) -> bool:
    """Whether no page of another site sent this.

    Browsers name the origin of every POST, and pages can't change it. What sends neither of the headers is no browser,
    or one of before 2020: nobody can make that send something in another's name.
    """
    origin = request.headers.get("Origin")
    if origin is not None:
        return (
            urlsplit(origin).netloc == request.get_host()
            or origin in settings.CSRF_TRUSTED_ORIGINS
            or origin in frontends().values()
        )
    return request.headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none")
