"""Typed views of districts and municipalities, as the API gives them."""

from datetime import date
from typing import Literal

from pydantic import Field

from cms.found.structured_data import PageAddress, Place
from cms.rendering.values import Link
from cms.rendering.view import PageView


class DistrictIndexView(PageView, title="Districtenoverzichtpagina"):
    kind: Literal["districtenoverzicht"] = Field(default="districtenoverzicht", alias="soort")


class DistrictView(PageView, title="Districtpagina"):
    kind: Literal["district"] = Field(default="district", alias="soort")
    network_body: Link | None = Field(default=None, alias="overleg")
    municipality_count: int = Field(alias="aantalGemeenten")


class MunicipalityIndexView(PageView, title="Gemeentenoverzichtpagina"):
    kind: Literal["gemeentenoverzicht"] = Field(default="gemeentenoverzicht", alias="soort")


class PriorityMatrixView(PageView, title="Prioriteitenpagina"):
    kind: Literal["prioriteiten"] = Field(default="prioriteiten", alias="soort")


class MunicipalityView(PageView, title="Gemeentepagina"):
    kind: Literal["gemeente"] = Field(default="gemeente", alias="soort")
    code: str = Field(description="CBS-code, bijvoorbeeld GM0202")
    district: Link | None
    successor: Link | None = Field(default=None, alias="opgegaanIn")
    valid_to: date | None = Field(default=None, alias="geldtTot")

    def thing(self, address: PageAddress) -> Place:
        return Place(
            id=f"{address.page}#gemeente",
            name=self.title,
            url=address.page,
            identifier=self.code,
            contained_in_place=Place(name=self.district.title, url=address.absolute(self.district.url))
            if self.district
            else None,
        )
