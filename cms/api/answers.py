"""From typed values to the answer: JSON by Dutch names, whole or with the chosen fields only."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from cms.api.parameters import Parameters
from cms.schema import Schema

MEDIA_TYPE = "application/json"


def answer(value: Schema, parameters: Parameters, language: str | None = None) -> HttpResponse:
    """Give the answer with one value. `language` is the language of its texts, where they have one."""
    return json_response(value, _of_type(value, parameters.attributes), language)


def json_response(
    value: Schema, include: Any = None, language: str | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Give `value` as JSON, straight from pydantic; `include` is pydantic's too."""
    content = value.__pydantic_serializer__.to_json(value, by_alias=True, include=include)
    response = HttpResponse(content, status=status, content_type=MEDIA_TYPE)
    if language:
        response.headers["Content-Language"] = language
    return response


def _of_type(value: Schema, attributes: set[str] | None) -> set[str] | None:
    """Keep the attributes this type has: of pages of several types, each has some of its own."""
    return None if attributes is None else attributes & set(type(value).model_fields)
