"""Base of every typed value: English names in Python and templates, Dutch aliases in the API's JSON."""

from pydantic import BaseModel, ConfigDict


class Schema(BaseModel):
    """A plain, immutable value that a template reads and the API serialises by alias."""

    model_config = ConfigDict(
        populate_by_name=True, serialize_by_alias=True, frozen=True, arbitrary_types_allowed=False
    )
