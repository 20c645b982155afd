"""Bodies, organisations, and the facts about them."""

from network.models.facts import BodyRelation, Membership
from network.models.organisations import Organisation
from network.models.pages import NetworkBodyPage, NetworkPage
from network.models.partners import OrganisationIndexPage
from network.models.terms import BodyKind, Capacity, OrganisationKind, RelationVerb, Role

__all__ = [
    "BodyKind",
    "BodyRelation",
    "Capacity",
    "Membership",
    "NetworkBodyPage",
    "NetworkPage",
    "Organisation",
    "OrganisationIndexPage",
    "OrganisationKind",
    "RelationVerb",
    "Role",
]
