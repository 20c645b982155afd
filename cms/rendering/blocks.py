"""A rendered block: its typed value for the API and its HTML, made by one Django template for both renderings."""

from typing import Any, Literal

from pydantic import Field, GetJsonSchemaHandler, SerializeAsAny, create_model
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from cms.schema import Schema


class BlockHeading(Schema):
    """A heading that a block prints, with its level on this page; `anchor` is its id."""

    text: str
    level: int
    anchor: str


class _Block(Schema):
    type: str
    id: str
    value: SerializeAsAny[Schema] = Field(alias="waarde")
    html: str


_described: dict[str, type[_Block]] = {}


def describe_block(api_type: str, value_type: type[Schema]) -> None:
    """Let the API's description know a block type: what its `waarde` holds."""
    _described[api_type] = create_model(
        "Blok" + api_type.capitalize(),
        __base__=_Block,
        type=(Literal[api_type], ...),  # type: ignore[arg-type]
        value=(value_type, Field(alias="waarde")),
    )


class RenderedBlock(_Block, title="Blok"):
    """Type (in the API's words), id, typed value and the HTML that an anonymous reader gets."""

    heading: BlockHeading | None = Field(default=None, exclude=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe one variant a registered block type; all are known once the apps have loaded."""
        # A type that names another one twice comes as a reference, which says nothing of the variant's own name.
        variants: dict[str, Any] = {
            name: handler.resolve_ref_schema(handler(model.__pydantic_core_schema__))
            for name, model in sorted(_described.items())
        }
        return {"title": "Blok", "oneOf": list(variants.values()), "discriminator": {"propertyName": "type"}}
