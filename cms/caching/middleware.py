"""Answers readers of pages from what is known already, and says of every answer who may keep it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from cms.api.problems import is_api
from cms.caching.answers import fresh
from cms.caching.headers import tell_private
from cms.caching.questions import question_of
from cms.errors import NO_PAGES


class AnswersMiddleware:
    """Stands before everything that looks at a session: a reader with a cookie or a token passes it by.

    The API does the same behind its limits (`kept` in cms/api/app.py): who asks too much gets nothing from here either.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(NO_PAGES):
            return self.get_response(request)
        question = None if is_api(request.path_info) else question_of(request)
        if question is not None:
            return fresh(request, question, self.get_response)
        response = self.get_response(request)
        tell_private(response)
        return response
