"""Base of every typed value: English names in Python and templates, Dutch aliases in the API's JSON.

A class's `title` is its Dutch name in the API's description: `class Link(Schema, title="Koppeling")`.
"""

from pydantic import BaseModel, ConfigDict


class Schema(BaseModel):
    """A plain, immutable value that a template reads and the API serialises by alias."""

    model_config = ConfigDict(
        populate_by_name=True,
        serialize_by_alias=True,
        frozen=True,
        arbitrary_types_allowed=False,
        # The JSON always holds every field, so its description calls each one required.
        json_schema_serialization_defaults_required=True,
    )
