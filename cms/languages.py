"""The language of a request and of texts; decided by the address alone, never by a cookie or a header."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]


class PathLanguageMiddleware:
    """Activate the language of the path's prefix ("/en/…"), else the site's own.

    Django's LocaleMiddleware would also look at cookies and headers, and redirect an API 404 to a prefixed address.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def own_name(code: str) -> str:
    """Give a language's name in that language, as "Nederlands"; the code itself where it is unknown."""
    return dict(settings.WAGTAIL_CONTENT_LANGUAGES).get(code, code)
