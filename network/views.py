"""Typed views of the network's pages, as the API gives them."""

from datetime import date
from typing import Literal

from pydantic import Field

from cms.rendering.view import PageView


class NetworkView(PageView, title="Netwerkpagina"):
    kind: Literal["netwerk"] = Field(default="netwerk", alias="soort")


class NetworkBodyView(PageView, title="Netwerkorgaanpagina"):
    kind: Literal["netwerkorgaan"] = Field(default="netwerkorgaan", alias="soort")
    short_name: str = Field(alias="korteNaam")
    body_kind: str = Field(alias="orgaansoort")
    tier: Literal["lokaal", "districtelijk", "regionaal"] = Field(alias="niveau")
    valid_from: date | None = Field(default=None, alias="geldtVan", description="Leeg: altijd al")
    valid_to: date | None = Field(
        default=None, alias="geldtTot", description="De eerste dag waarop het orgaan niet meer bestaat"
    )
