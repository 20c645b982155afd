"""Typed views of the network's pages, as the API gives them."""

from datetime import date
from typing import Literal

from pydantic import Field

from cms.found.structured_data import Organization, PageAddress
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


class OrganisationIndexView(PageView, title="Organisatieoverzichtpagina"):
    kind: Literal["organisatieoverzicht"] = Field(default="organisatieoverzicht", alias="soort")


class OrganisationView(PageView, title="Organisatiepagina"):
    """`hero` is the logo."""

    kind: Literal["organisatie"] = Field(default="organisatie", alias="soort")
    short_name: str = Field(alias="korteNaam")
    organisation_kind: str = Field(alias="organisatiesoort")
    website: str = Field(description="Leeg als er geen website is")

    def thing(self, address: PageAddress) -> Organization:
        return Organization(
            type="Organization",
            id=f"{address.page}#organisatie",
            name=self.title,
            url=self.website or address.page,
            logo=address.absolute(self.hero.src) if self.hero else None,
        )
