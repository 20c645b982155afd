"""What several endpoints of districts give: the reference to a municipality."""

from pydantic import Field

from cms.schema import Schema
from districts.addresses import MunicipalityAddresses
from districts.models import Municipality


class MunicipalityReference(Schema, title="Gemeenteverwijzing"):
    """A municipality that a fact points at."""

    code: str = Field(description="CBS-code", examples=["GM0202"])
    name: str = Field(alias="naam", examples=["Arnhem"])
    url: str | None = Field(description="Ontbreekt (null) als de site geen pagina's van gemeenten heeft")


def reference_of(municipality: Municipality, addresses: MunicipalityAddresses) -> MunicipalityReference:
    """Give the reference to a municipality."""
    return MunicipalityReference(
        code=municipality.code, name=municipality.name, url=addresses.path(municipality) or None
    )
