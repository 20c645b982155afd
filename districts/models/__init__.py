"""Districts, municipalities and safety plans."""

from districts.models.municipality import Municipality
from districts.models.pages import DistrictIndexPage, DistrictPage, MunicipalityIndexPage, PriorityMatrixPage
from districts.models.plans import SafetyPlan

__all__ = [
    "DistrictIndexPage",
    "DistrictPage",
    "Municipality",
    "MunicipalityIndexPage",
    "PriorityMatrixPage",
    "SafetyPlan",
]
