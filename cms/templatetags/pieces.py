"""`{% piece "….html" with … %}`: an include that many pages print with the same values, as a tile of the map.

What it prints is remembered by those values, in each process; the template gets nothing else.
"""

from collections.abc import Hashable
from hashlib import blake2b
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.loader_tags import IncludeNode, do_include
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.schema import Schema

register = template.Library()

# Characters. The tiles of some hundred municipalities in three languages, marked and not, as many cards, and the
# drawings of a network take half of it.
MOST = 10_000_000


class _Printed:
    """What was printed, by template, language and values."""

    def __init__(self) -> None:
        self._texts: dict[Hashable, SafeString] = {}
        self._characters = 0
        self.get = self._texts.get

    def keep(self, key: Hashable, text: SafeString) -> None:
        """Remember a text; forget all others first where they would be too many."""
        if self._characters + len(text) > MOST:
            self._texts.clear()
            self._characters = 0
        self._texts[key] = text
        self._characters += len(text)


_printed = _Printed()


class PieceNode(IncludeNode):
    """An include of which the key is the node itself, and thereby the template in the form in which it was loaded."""

    def render(self, context: Context) -> SafeString:
        values = [variable.resolve(context) for variable in self.extra_context.values()]
        key = (self, get_language(), *(_key(value) for value in values))
        found = _printed.get(key)
        if found is None:
            found = super().render(context)
            _printed.keep(key, found)
        return found


@register.tag
def piece(parser: Parser, token: Token) -> PieceNode:
    """Take what `{% include %}` takes; `only` goes without saying."""
    node = do_include(parser, token)
    return PieceNode(node.template, extra_context=node.extra_context, isolated_context=True)


def _key(value: Any) -> Hashable:
    """Give what tells values apart. Of a typed value that is its JSON: it holds lists, and all that a template prints.

    Raises TypeError for anything of which that is not sure.
    """
    if isinstance(value, Schema):
        return type(value), blake2b(value.__pydantic_serializer__.to_json(value), digest_size=16).digest()
    if isinstance(value, list):
        return tuple(_key(each) for each in value)
    if value is None or isinstance(value, bool | int | str):
        # A text that is safe already prints otherwise than one that is not.
        return type(value), value
    raise TypeError(f"A piece can't be remembered by a {type(value).__name__}")
